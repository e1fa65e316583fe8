from pathlib import Path

import pytest

from index.library import Library
from index.sync import sync_library
from index.vector_kind import VectorKind
from tests.fakes import FakeSource, WordEmbedder


def test_a_kind_reads_back_as_it_was_written(tmp_path: Path) -> None:
    VectorKind(2000, 0.9912).save(tmp_path)
    assert VectorKind.load(tmp_path) == VectorKind(2000, 0.9912)


def test_where_there_is_none_it_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"vectors\.json"):
        VectorKind.load(tmp_path)


def test_the_kind_of_a_library_is_that_of_its_present_state(tmp_path: Path) -> None:
    sync_library(FakeSource({"a.txt": "Hunde skal føres i snor."}), tmp_path, WordEmbedder())
    with Library(tmp_path) as library, library.snapshot():
        assert VectorKind.of(library) == VectorKind()
        (library.generation_directory() / "vectors.json").unlink()
        assert VectorKind.of(library) is None
