from pathlib import Path

import pytest

from index.vector_kind import VectorKind


def test_a_kind_reads_back_as_it_was_written(tmp_path: Path) -> None:
    VectorKind(2000, 0.9912).save(tmp_path)
    assert VectorKind.load(tmp_path) == VectorKind(2000, 0.9912)


def test_where_there_is_none_it_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"vectors\.json"):
        VectorKind.load(tmp_path)
