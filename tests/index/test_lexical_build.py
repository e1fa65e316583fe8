"""The lexical index in files: the same bytes however it is made, and nothing left of the making."""

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from index import lexical_build, term_numbers
from index.lexical_build import LexicalText, build_lexical
from index.postings import Postings
from index.term_numbers import Tokens
from tests.full_disk import files_no_larger_than

TEXTS = [
    LexicalText(3 * number, "ab"[number > 4], (f"Afsnit {number % 3}", f"Hund {number} og kat {number * 7}."))
    for number in range(9)
]


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


@pytest.mark.parametrize("limit", ["MAX_ROWS", "_CHARS_AT_ONCE"])
@pytest.mark.parametrize("at_once", [1, 2, 5, 9, 60])
def test_the_same_is_written_in_blocks_of_any_size(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, limit: str, at_once: int
) -> None:
    for name in ("whole", "blocks"):
        (tmp_path / name).mkdir()
    build_lexical(tmp_path / "whole", TEXTS)
    monkeypatch.setattr(lexical_build, limit, at_once)
    build_lexical(tmp_path / "blocks", TEXTS)
    assert contents(tmp_path / "blocks") == contents(tmp_path / "whole")


def test_each_field_has_its_postings_and_its_factors(tmp_path: Path) -> None:
    build_lexical(tmp_path, TEXTS)
    names = [
        f"{field}{around}.{part}.npy"
        for field in ("stems", "grams")
        for around in ("", "_around")
        for part in ("terms", "starts", "counts", "listed", "factors")
    ]
    assert {*contents(tmp_path)} == {"passage_ids.npy", *names}


def test_a_field_and_the_one_around_it_have_the_same_terms_in_the_same_places(tmp_path: Path) -> None:
    build_lexical(tmp_path, TEXTS)
    written = contents(tmp_path)
    for field in ("stems", "grams"):
        assert written[f"{field}.terms.npy"] == written[f"{field}_around.terms.npy"]


def test_a_disk_that_becomes_full_at_the_end_is_an_os_error(tmp_path: Path) -> None:
    wordless = [LexicalText(number, "a", ()) for number in range(40)]  # their ids are the largest file
    with files_no_larger_than(128 + 8 * 40 - 1), pytest.raises(OSError, match="File too large"):
        build_lexical(tmp_path, wordless)


def test_no_more_is_inverted_at_once_than_memory_is_meant_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []

    def find_tokens(passages: Iterable[Sequence[str]]) -> Tokens:
        taken = [*passages]
        sizes.append(len(taken))
        return term_numbers.find_tokens(taken)

    monkeypatch.setattr(lexical_build, "find_tokens", find_tokens)
    monkeypatch.setattr(lexical_build, "MAX_ROWS", 3)
    monkeypatch.setattr(lexical_build, "_CHARS_AT_ONCE", 10)
    parts = [("hund",), (), ("kat",), ("hest", "x" * 100), ("ko",), ("and", "gås")]
    build_lexical(tmp_path, [LexicalText(number, "a", each) for number, each in enumerate(parts)])
    assert sizes == [3, 1, 2]


@pytest.mark.skipif(not Path("/proc/self/maps").exists(), reason="the system does not list what is open")
def test_no_block_is_open_when_they_are_removed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where Windows would refuse to remove it."""
    removed: list[Path] = []

    def rmtree(folder: Path) -> None:
        assert str(folder) not in Path("/proc/self/maps").read_text(encoding="utf-8")
        removed.append(folder)

    monkeypatch.setattr(shutil, "rmtree", rmtree)
    build_lexical(tmp_path, TEXTS)
    assert removed == [tmp_path / "blocks"]
    held = Postings.open(removed[0] / "0", "stems")
    with pytest.raises(AssertionError):
        rmtree(removed[0])
    assert len(held.terms) > 0
