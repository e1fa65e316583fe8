"""Disks that are full, files that cannot be written, at any step of a sync: one Danish line, and no loss."""

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from index import database, derived, local_engine
from index.derived import open_search_index
from index.errors import LibraryError
from index.lexical import LexicalField
from index.library import Library
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder
from tests.full_disk import files_no_larger_than

OLD = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit."}
NEW = {"a.txt": "Heste skal holdes på fold.", "c.txt": "Gæs må gå på diget. " * 40}

_FILE_EVENTS = {"open", "os.rename", "os.mkdir", "os.chmod", "sqlite3.connect", "tempfile.mkdtemp", "fsync"}


class _FailingCalls:
    """Lets the calls that touch files below one folder fail, from the Nth on, or the Nth alone."""

    def __init__(self) -> None:
        self.below: str | None = None
        self.left = 0
        self.for_good = False

    def __call__(self, event: str, args: tuple[object, ...]) -> None:
        if self.below is None or event not in _FILE_EVENTS or not self._is_below(args):
            return
        self.left -= 1
        if self.left == 0 or (self.for_good and self.left < 0):
            raise OSError(errno.ENOSPC, "No space left on device")

    def _is_below(self, args: tuple[object, ...]) -> bool:
        return (
            bool(args)
            and isinstance(args[0], str | bytes | Path)
            and str(args[0]).startswith(str(self.below))
        )

    @contextmanager
    def failing(self, below: Path, number: int, *, for_good: bool) -> Iterator[None]:
        self.below, self.left, self.for_good = str(below), number, for_good
        try:
            yield
        finally:
            self.below = None


_calls = _FailingCalls()
sys.addaudithook(_calls)  # never goes away, but does nothing outside of `failing`


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A published library of the old documents."""
    sync_library(FakeSource(OLD), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def state(directory: Path) -> dict[str, str]:
    """Return what a reader sees, after asking that every document is also found and has its vectors."""
    with Library(directory) as library, library.snapshot():
        documents = [library.document(entry.path) for entry in library.entries()]
        index = open_search_index(library)
        assert len(index.vectors) == library.counts().passages
        for word in ("hund", "kat", "hest", "gæs"):
            found = index.lexical.search(LexicalField.STEMS, word, 10).pairs()
            passages = library.passages([passage_id for passage_id, _ in found])
            assert len(passages) == len(found)
            assert {passage.document for passage in passages.values()} == {
                document.path for document in documents if document and word in document.text.casefold()
            }
        return {document.path: document.text for document in documents if document}


def _told_by_sync(directory: Path) -> str | None:
    try:
        sync_library(FakeSource(NEW), directory, WordEmbedder())
    except LibraryError as error:
        return str(error)
    return None


def new_state() -> dict[str, str]:
    return {path: text.strip() for path, text in NEW.items()}


@pytest.mark.parametrize("for_good", [False, True], ids=["once", "for good"])
def test_a_failure_at_any_call_leaves_the_old_state_or_the_new(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, for_good: bool
) -> None:
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda file: (_calls("fsync", (str(tmp_path),)), fsync(file)))
    ends: list[str | None] = []
    for number in range(1, 400):
        copy = tmp_path / f"kopi-{number}"
        shutil.copytree(directory, copy)
        with _calls.failing(tmp_path, number, for_good=for_good):
            told = _told_by_sync(copy)
        assert state(copy) in ([OLD, new_state()] if told else [new_state()])
        assert "\n" not in (told or "")
        shutil.rmtree(copy)
        ends.append(told)
        if _calls.left > 0:
            break
    assert ends[-1] is None
    assert len(ends) - ends.count(None) > 30


@pytest.mark.parametrize("size", [0, 600, 6_000, 40_000, 90_000])
def test_a_disk_that_becomes_full_leaves_the_old_state(directory: Path, size: int) -> None:
    with files_no_larger_than(size), pytest.raises(LibraryError) as caught:
        sync_library(FakeSource({**NEW, "d.txt": "Ål bor i åen. " * 9_000}), directory, WordEmbedder())
    assert "\n" not in str(caught.value)
    assert state(directory) == OLD
    sync_library(FakeSource(NEW), directory, WordEmbedder())
    assert state(directory) == new_state()


@pytest.mark.parametrize("size", [0, 600, 6_000, 40_000])
def test_a_disk_that_is_full_at_the_first_sync_is_told(tmp_path: Path, size: int) -> None:
    with files_no_larger_than(size), pytest.raises(LibraryError):
        sync_library(FakeSource({"d.txt": "Ål bor i åen. " * 9_000}), tmp_path / "nyt", WordEmbedder())
    sync_library(FakeSource(NEW), tmp_path / "nyt", WordEmbedder())
    assert state(tmp_path / "nyt") == new_state()


def test_a_database_that_cannot_grow_says_that_the_disk_is_full(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library(directory) as library:
        pages = library.count("PRAGMA page_count")
    monkeypatch.setattr(database, "_PRAGMAS", (*database._PRAGMAS, f"max_page_count = {pages}"))
    with pytest.raises(LibraryError, match=r"^Der er ikke plads på disken .* frigør plads, og prøv igen\.$"):
        sync_library(FakeSource(NEW), directory, WordEmbedder())
    assert state(directory) == OLD


@pytest.mark.parametrize(
    ("module", "part"),
    [
        (local_engine, "build_vectors"),
        (local_engine, "build_lexical"),
        (derived, "_write_manifest"),
        (derived, "_put_in_place"),
    ],
)
def test_a_failure_while_building_undoes_the_publishing(
    directory: Path, monkeypatch: pytest.MonkeyPatch, module: object, part: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(module, part, _no_space)
        with pytest.raises(LibraryError, match="Der er ikke plads på disken"):
            sync_library(FakeSource(NEW), directory, WordEmbedder())
    assert state(directory) == OLD
    report = sync_library(FakeSource(NEW), directory, WordEmbedder())
    assert (report.added, report.changed, report.removed) == (("c.txt",), ("a.txt",), ("b.txt",))
    assert state(directory) == new_state()


def _no_space(*_: object) -> None:
    raise OSError(errno.ENOSPC, "No space left on device")


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("ikke en mappe")
    with pytest.raises(
        LibraryError, match=r"kan ikke læses eller skrives \(et led på vejen er ikke en mappe\); .*--home"
    ):
        sync_library(FakeSource(OLD), tmp_path / "home" / "libraries" / "prøve", WordEmbedder())
    assert (tmp_path / "home").read_text() == "ikke en mappe"


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may write anywhere")
def test_a_home_that_is_not_writable_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").mkdir(mode=0o500)
    with pytest.raises(LibraryError, match=r"kan ikke læses eller skrives \(Permission denied\); .*--home"):
        sync_library(FakeSource(OLD), tmp_path / "home" / "prøve", WordEmbedder())


def test_a_library_of_another_format_is_refused_and_left_as_it_is(directory: Path) -> None:
    with Library(directory) as library:
        library.remember("format", "0")
    before = (directory / "library.sqlite").read_bytes()
    with pytest.raises(
        LibraryError, match=r"har format 0, programmet 1; slet mappen og kør »kildesvar index"
    ):
        sync_library(FakeSource(NEW), directory, WordEmbedder())
    assert (directory / "library.sqlite").read_bytes() == before


def test_a_damaged_database_is_refused_in_one_line(directory: Path) -> None:
    (directory / "library.sqlite").write_bytes(b"ikke en database" * 500)
    with pytest.raises(LibraryError, match=r"er beskadiget \(SQLite-fejl 26\); slet mappen, og kør »ki"):
        sync_library(FakeSource(NEW), directory, WordEmbedder())
