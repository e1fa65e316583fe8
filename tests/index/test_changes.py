"""Which files must be looked into, and which are the same under another name."""

from index.changes import Comparison, compare, match_renames
from index.types import FileStamp, FoundFile, Rename, SkippedFile


def test_only_files_of_another_size_or_time_are_looked_into() -> None:
    same, longer, later, new = (
        FoundFile("a", 5, 1), FoundFile("b", 6, 1), FoundFile("c", 5, 2), FoundFile("d", 5, 1),
    )  # fmt: skip
    known = {path: FileStamp(path, "h", 5, 1) for path in ("a", "b", "c", "gone")}
    assert compare([same, longer, later, new], known, {}) == Comparison((longer, later, new), (), 1)


def test_a_file_that_failed_is_not_looked_into_before_it_changes() -> None:
    failed = {path: SkippedFile(path, 5, 1, "beskadiget") for path in ("a", "b")}
    changed = FoundFile("b", 5, 2)
    assert compare([FoundFile("a", 5, 1), changed], {}, failed) == Comparison((changed,), (failed["a"],), 0)


def test_a_file_of_the_same_content_is_renamed() -> None:
    assert match_renames({"ny": "1", "anden": "2"}, {"gammel": "1", "borte": "3"}) == (
        Rename("gammel", "ny"),
    )


def test_every_path_is_paired_once() -> None:
    assert match_renames({"c": "1", "d": "1", "e": "1"}, {"b": "1", "a": "1"}) == (
        Rename("a", "c"),
        Rename("b", "d"),
    )
