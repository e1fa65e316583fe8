"""A folder and what was added to it, as one source."""

from contextlib import closing
from pathlib import Path

import pytest

from index.added import AddedFiles
from index.errors import FolderError
from index.joined import ADDED_FOLDER, JoinedSource, is_added


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sager"
    folder.mkdir()
    (folder / "brev.txt").write_text("Brev\n\nVi mødes på onsdag.\n", encoding="utf-8")
    return folder


@pytest.fixture
def files(tmp_path: Path) -> AddedFiles:
    files = AddedFiles(tmp_path / "added")
    with files.receive("brev.txt") as incoming:
        incoming.write("Brev\n\nVi mødes på fredag.\n".encode())
        incoming.keep()
    return files


def test_added_files_stand_in_a_folder_of_their_own_beside_the_folders(
    folder: Path, files: AddedFiles
) -> None:
    with closing(JoinedSource(folder, files)) as source:
        found, skipped = source.list_files()
        assert [file.path for file in found] == ["brev.txt", "Tilføjet i Kildesvar/brev.txt"]
        texts = [source.read(file.path) for file in found]
        hashes = {source.content_hash(file.path) for file in found}
    assert [(text.path, text.text.splitlines()[-1]) for text in texts] == [
        ("brev.txt", "Vi mødes på onsdag."),
        ("Tilføjet i Kildesvar/brev.txt", "Vi mødes på fredag."),
    ]
    assert (len(hashes), skipped) == (2, [])
    assert [is_added(file.path) for file in found] == [False, True]


def test_a_folder_of_that_name_is_left_out_and_said(folder: Path, files: AddedFiles) -> None:
    (folder / ADDED_FOLDER).mkdir()
    (folder / ADDED_FOLDER / "brev.txt").write_text("Falsk\n\nVi mødes aldrig.\n", encoding="utf-8")
    (folder / ADDED_FOLDER / "x.exe").write_bytes(b"MZ")
    source = JoinedSource(folder, files)
    found, skipped = source.list_files()
    assert [file.path for file in found] == ["brev.txt", "Tilføjet i Kildesvar/brev.txt"]
    assert [(file.path, file.reason) for file in skipped] == [
        (
            "Tilføjet i Kildesvar",
            "mappen har et navn, som Kildesvar selv bruger, så dens 2 filer bliver ikke læst; omdøb den",
        )
    ]


def test_a_folder_that_nothing_was_added_to_is_as_it_is(folder: Path, tmp_path: Path) -> None:
    found, skipped = JoinedSource(folder, AddedFiles(tmp_path / "ingen")).list_files()
    assert ([file.path for file in found], skipped) == (["brev.txt"], [])
    assert not (tmp_path / "ingen").exists()


def test_an_empty_folder_is_refused_whatever_was_added(tmp_path: Path, files: AddedFiles) -> None:
    empty = tmp_path / "tom"
    empty.mkdir()
    with pytest.raises(FolderError, match="for mappen er tom"):
        JoinedSource(empty, files).list_files()
