"""A library is opened, held in one state and known by its name, or says in one line why it is not."""

import os
import sqlite3
from pathlib import Path

import pytest

from index.background import Background
from index.errors import LibraryError
from index.library import Library, library_directory
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A published library of one document."""
    sync_library(FakeSource({"a.txt": "Hunde skal føres i snor."}), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def test_the_background_is_measured_when_the_library_is_made(directory: Path) -> None:
    with Library(directory) as library, library.snapshot():
        assert library.background() != Background(0.0)
        assert library.background().answers > library.background().strangers


def test_the_state_has_another_name_after_each_publishing(directory: Path) -> None:
    states = []
    for text in ("Et.", "To.", "Et."):
        sync_library(FakeSource({"a.txt": text}), directory, WordEmbedder())
        with Library(directory) as library, library.snapshot():
            states.append((library.generation(), library.state()))
    assert [number for number, _ in states] == [2, 3, 4]
    assert len({state for _, state in states}) == 3


def test_a_missing_library_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"^Der er intet bibliotek i ».*«; kør »kildesvar index MAPPE«"):
        Library(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_a_database_that_was_just_begun_is_unfinished_and_not_damaged(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").touch()
    with pytest.raises(LibraryError, match="er ikke bygget færdigt"):
        Library(tmp_path)


def test_a_file_that_is_no_library_is_told_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "library.sqlite").write_bytes(b"ikke en database" * 500)
    with pytest.raises(LibraryError, match=r"er beskadiget \(.*\); slet mappen, og kør »kildesvar") as caught:
        Library(tmp_path)
    assert "\n" not in str(caught.value)


def test_a_library_of_another_format_says_how_to_build_it_again(directory: Path) -> None:
    with Library(directory) as library:
        library.remember("format", "99")
    with pytest.raises(LibraryError, match=r"har format 99, programmet 1; slet mappen og kør »kildesvar"):
        Library(directory)


def test_a_page_that_is_damaged_is_told_when_it_is_read(directory: Path) -> None:
    path = directory / "library.sqlite"
    whole = bytearray(path.read_bytes())
    whole[8192:] = b"\xff" * (len(whole) - 8192)
    path.write_bytes(whole)
    with pytest.raises(LibraryError, match="er beskadiget"):
        _read_all(directory)


def _read_all(directory: Path) -> None:
    with Library(directory) as library, library.snapshot():
        list(library.all_passages())


def test_nothing_can_be_read_after_closing(directory: Path) -> None:
    library = Library(directory)
    library.close()
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        library.generation()


def test_a_librarys_folder_has_a_readable_name_and_follows_its_folder(tmp_path: Path) -> None:
    home = tmp_path / "home"
    folder = tmp_path / "Mødereferater & bilag 2024"
    directory = library_directory(home, folder)
    assert directory.parent == home / "libraries"
    assert directory.name.rsplit("-", 1)[0] == "Mødereferater_bilag_2024"
    assert library_directory(home, tmp_path / "x" / ".." / folder.name) == directory
    assert library_directory(home, tmp_path / "andet" / folder.name) != directory


def test_links_that_lead_in_a_circle_have_a_name_too(tmp_path: Path) -> None:
    (tmp_path / "a").symlink_to("b")
    (tmp_path / "b").symlink_to("a")
    assert library_directory(tmp_path, tmp_path / "a").parent == tmp_path / "libraries"


def test_a_folder_whose_name_is_no_text_has_a_library_too(tmp_path: Path) -> None:
    folder = Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff\xe6"))
    directory = library_directory(tmp_path, folder)
    assert directory.name.encode().isascii()
