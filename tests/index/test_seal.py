"""The seal of a library at rest: what is byte for byte as it was left, and what is not."""

import stat
from pathlib import Path

import pytest

from index import seal, soundness
from index.errors import LibraryError
from index.library import DATABASE_NAME, Library
from index.seal import SEAL_NAME, put_seal, seal_holds
from index.sync import sync_library
from index.writing import WritableLibrary
from tests.fakes import FakeSource, WordEmbedder

TEXTS = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit."}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A published library of two documents."""
    sync_library(FakeSource(TEXTS), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def replace_in_database(directory: Path, old: str, new: str) -> int:
    path = directory / DATABASE_NAME
    data = path.read_bytes()
    path.write_bytes(data.replace(old.encode(), new.encode()))
    return data.count(old.encode())


def test_a_sync_leaves_a_seal_that_holds_and_only_its_owner_can_read(directory: Path) -> None:
    assert seal_holds(directory)
    assert stat.S_IMODE((directory / SEAL_NAME).stat().st_mode) == 0o600
    assert not (directory / f"{SEAL_NAME}.new").exists()


def test_reading_does_not_break_the_seal(directory: Path) -> None:
    with Library(directory) as library, library.snapshot():
        assert library.counts().documents == 2
    assert seal_holds(directory)


def test_one_changed_letter_of_a_passage_is_never_served(directory: Path) -> None:
    assert replace_in_database(directory, "Katte må gå frit", "Katte må gå fri.") == 2
    assert not seal_holds(directory)
    with pytest.raises(LibraryError, match=r"er beskadiget .*indholdet er ikke det, der blev skrevet"):
        sync_library(FakeSource(TEXTS), directory, WordEmbedder())


def test_a_library_without_its_seal_is_proven_by_its_contents_and_sealed_again(directory: Path) -> None:
    (directory / SEAL_NAME).unlink()
    assert not seal_holds(directory)
    assert sync_library(FakeSource(TEXTS), directory, WordEmbedder()).unchanged == 2
    assert seal_holds(directory)


def test_an_unchanged_folder_costs_no_new_seal(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seal, "put_seal", lambda _: pytest.fail("sealed again"))
    monkeypatch.setattr(soundness, "contents_signature", lambda _: pytest.fail("read all again"))
    assert sync_library(FakeSource(TEXTS), directory, WordEmbedder()).unchanged == 2


def test_a_log_that_a_reader_needs_is_sealed_by_the_next_sync(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WritableLibrary, "truncate_log", lambda _: False)
    sync_library(FakeSource(TEXTS | {"c.txt": "Får må græsse."}), directory, WordEmbedder())
    assert not seal_holds(directory)
    monkeypatch.undo()
    sync_library(FakeSource(TEXTS | {"c.txt": "Får må græsse."}), directory, WordEmbedder())
    assert seal_holds(directory)


def test_a_database_that_cannot_be_read_has_no_seal(directory: Path) -> None:
    (directory / DATABASE_NAME).unlink()
    assert not seal_holds(directory)
    with pytest.raises(LibraryError, match="kan ikke læses eller skrives"):
        put_seal(directory)
