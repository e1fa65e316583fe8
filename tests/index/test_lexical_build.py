"""The lexical index in files: the same bytes however it is made, and nothing left of the making."""

from pathlib import Path

import pytest

from index import lexical_build
from index.lexical_build import LexicalText, build_lexical
from tests.full_disk import files_no_larger_than

TEXTS = [
    LexicalText(3 * number, "ab"[number > 4], (f"Afsnit {number % 3}", f"Hund {number} og kat {number * 7}."))
    for number in range(9)
]


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


@pytest.mark.parametrize("at_once", [1, 2, 5, 9])
def test_the_same_is_written_in_blocks_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    for name in ("whole", "blocks"):
        (tmp_path / name).mkdir()
    build_lexical(tmp_path / "whole", TEXTS)
    monkeypatch.setattr(lexical_build, "MAX_ROWS", at_once)
    build_lexical(tmp_path / "blocks", TEXTS)
    assert contents(tmp_path / "blocks") == contents(tmp_path / "whole")


def test_each_field_has_its_postings_and_its_factors(tmp_path: Path) -> None:
    build_lexical(tmp_path, TEXTS)
    names = [
        f"{field}{around}.{part}.npy"
        for field in ("stems", "grams")
        for around in ("", "_around")
        for part in ("terms", "starts", "listed", "factors")
    ]
    assert {*contents(tmp_path)} == {"passage_ids.npy", *names}


def test_a_disk_that_becomes_full_at_the_end_is_an_os_error(tmp_path: Path) -> None:
    wordless = [LexicalText(number, "a", ()) for number in range(40)]  # their ids are the largest file
    with files_no_larger_than(128 + 8 * 40 - 1), pytest.raises(OSError, match="File too large"):
        build_lexical(tmp_path, wordless)
