"""A document is erased with its file, or not at all; what is erased for good is tried in `test_forget.py`."""

from contextlib import closing
from pathlib import Path

import pytest

from index import erasure
from index.erasure import erase_document, remove_file
from index.errors import FolderError
from index.folder import FolderSource
from index.lexical import LexicalIndex
from index.library import Library
from index.sync import sync_library
from index.term_numbers import number_terms
from tests.fakes import FakeSource, WordEmbedder


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A published library of one document."""
    sync_library(FakeSource({"a.txt": "Hunde skal føres i snor."}), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def test_where_the_file_cannot_be_deleted_nothing_is_erased(tmp_path: Path, directory: Path) -> None:
    file = tmp_path / "a.txt"
    file.mkdir()
    with pytest.raises(FolderError, match=r"a\.txt« kan ikke slettes \(det er en mappe\); ret det"):
        erase_document(directory, "a.txt", file)
    with Library(directory) as library, library.snapshot():
        assert library.document("a.txt") is not None


def test_a_deleted_file_is_gone_on_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[Path] = []
    monkeypatch.setattr(erasure, "sync_to_disk", synced.append)
    file = tmp_path / "a.txt"
    file.touch()
    remove_file(file)
    remove_file(file)
    assert (file.exists(), synced) == (False, [tmp_path, tmp_path])


def test_a_folder_that_cannot_be_synced_is_no_reason_to_stop(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_: Path) -> None:
        raise OSError(22, "Invalid argument")

    monkeypatch.setattr(erasure, "sync_to_disk", refuse)
    (tmp_path / "a.txt").touch()
    remove_file(tmp_path / "a.txt")
    assert not (tmp_path / "a.txt").exists()


def test_a_word_that_another_document_is_found_by_is_not_left_over(tmp_path: Path) -> None:
    folder = tmp_path / "mappe"
    folder.mkdir()
    (folder / "a.txt").write_text("En liste: navn Per alder 12 er slut.", encoding="utf-8")
    (folder / "b.csv").write_text("Navn;Alder\nPer;12\nOle;15\nIda;19\n", encoding="utf-8")
    with closing(FolderSource(folder)) as source:
        sync_library(source, tmp_path / "bibliotek", WordEmbedder())
    erased = erase_document(tmp_path / "bibliotek", "a.txt")
    # a, en, list, er, slut; a title has no pair with its text: en_list, list_navn, 12_er, er_slut
    assert (erased.terms, erased.terms_left) == (9, 0)


def test_words_that_the_index_still_has_are_counted(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = {"snor", "hest"}  # of which the one is this document's alone
    monkeypatch.setattr(LexicalIndex, "frequencies", lambda _, terms: [int(term in kept) for term in terms])
    sync_library(
        FakeSource({"a.txt": "Hunde skal føres i snor.", "b.txt": "Heste skal på fold."}),
        directory,
        WordEmbedder(),
    )
    assert erase_document(directory, "a.txt").terms_left == 1


def test_no_file_holds_the_number_of_a_word_that_is_gone(directory: Path) -> None:
    def files_with(word: str) -> set[str]:
        number = number_terms([word]).tobytes()
        files = (path for path in directory.rglob("*") if path.is_file())
        return {path.name for path in files if number in path.read_bytes()}

    sync_library(FakeSource({"a.txt": "Hund.", "b.txt": "Hest."}), directory, WordEmbedder())
    assert files_with("hund") == files_with("hest") == {"stems.terms.npy", "stems_around.terms.npy"}
    erase_document(directory, "a.txt")
    assert (files_with("hund"), len(files_with("hest"))) == (set(), 2)
