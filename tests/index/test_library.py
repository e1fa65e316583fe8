"""What a reader gets from a library: documents, passages, sentences and embeddings of one state."""

import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from index.background import Background
from index.errors import LibraryError
from index.library import Library, library_directory
from index.read.builder import DocumentBuilder
from index.sync import sync_library
from index.types import (
    Block,
    BlockKind,
    Document,
    DocumentEntry,
    FileStamp,
    LibraryCounts,
    Notice,
    Span,
    StoredPassage,
)
from tests.fakes import FakeSource, WordEmbedder


class _Pages(FakeSource):
    """One document of two pages under a heading, half read, beside the plain ones."""

    def read(self, path: str) -> Document:
        if path != "æ/b.txt":
            return super().read(path)
        builder = DocumentBuilder(path)
        builder.add(BlockKind.HEADING, "Regler", level=1, page=1)
        builder.add(BlockKind.PARAGRAPH, "Katte må gå frit. Det må køer ikke.", page=1)
        builder.add(BlockKind.LIST_ITEM, "Geder må.", level=1, page=2)
        return builder.build(title="Dyr", date=None, author=None, partly_read="side 3 er et billede")


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    source = _Pages({"æ/b.txt": "se _Pages", "a.txt": "Hunde skal føres i snor.", "c.txt": "Brudt."})
    source.broken.add("c.txt")
    sync_library(source, tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


@pytest.fixture
def library(directory: Path) -> Iterator[Library]:
    with Library(directory) as library, library.snapshot():
        yield library


TEXT = "Regler\n\nKatte må gå frit. Det må køer ikke.\n\nGeder må."


def test_a_document_comes_back_as_it_was_read(library: Library) -> None:
    assert library.document("æ/b.txt") == Document(
        path="æ/b.txt",
        title="Dyr",
        date=None,
        author=None,
        text=TEXT,
        blocks=(
            Block(BlockKind.HEADING, 0, 6, 1, 1),
            Block(BlockKind.PARAGRAPH, 8, 43, 0, 1),
            Block(BlockKind.LIST_ITEM, 45, 54, 1, 2),
        ),
        partly_read="side 3 er et billede",
    )


def test_a_document_that_is_not_there_is_none(library: Library) -> None:
    assert [library.document(path) for path in ("", "b.txt", "c.txt")] == [None] * 3


def test_the_documents_are_listed_by_path(library: Library) -> None:
    assert library.entries() == (
        DocumentEntry("a.txt", "Prøve", "2015-03-05", None, 1, None),
        DocumentEntry("æ/b.txt", "Dyr", None, 2, 2, "side 3 er et billede"),
    )
    assert library.counts() == LibraryCounts(documents=2, passages=3, sentences=4)


def test_what_was_not_read_is_told(library: Library) -> None:
    assert library.partly_read() == (Notice("æ/b.txt", "side 3 er et billede"),)
    assert library.skipped() == (Notice("c.txt", "filen er beskadiget"),)


def test_passages_come_with_what_a_citation_needs(library: Library) -> None:
    by_start = {(passage.document, passage.start): passage for passage in library.all_passages()}
    cats = by_start["æ/b.txt", 8]
    assert cats == StoredPassage(
        id=cats.id,
        document="æ/b.txt",
        title="Dyr",
        date=None,
        start=8,
        end=43,
        paragraph=1,
        page=1,
        headings=("Regler",),
        introduction="",
        text="Katte må gå frit. Det må køer ikke.",
    )
    assert by_start["a.txt", 0].text == "Hunde skal føres i snor."
    assert len(by_start) == 3


def test_passages_are_found_by_id_and_others_are_left_out(library: Library) -> None:
    ids = [passage.id for passage in library.all_passages()]
    assert ids == sorted(ids)
    assert library.passages([ids[1], 999]).keys() == {ids[1]}
    assert library.passages([]) == {}


def test_more_can_be_asked_for_at_once_than_a_query_of_the_engine_may_have_values(library: Library) -> None:
    library.connection.setlimit(sqlite3.SQLITE_LIMIT_VARIABLE_NUMBER, 1)
    ids = [passage.id for passage in library.all_passages()]
    assert library.passages(ids).keys() == set(ids)
    assert [len(sentences) for sentences in library.sentences(ids).values()] == [2, 1, 1]
    assert library.passage_ids(["a.txt", "æ/b.txt"]) == ids


def test_the_passages_of_some_documents_are_found_by_their_paths(library: Library) -> None:
    ids = {passage.id: passage.document for passage in library.all_passages()}
    assert library.passage_ids(["æ/b.txt", "c.txt"]) == [each for each in ids if ids[each] == "æ/b.txt"]
    assert library.passage_ids(["æ/b.txt", "a.txt"]) == sorted(ids)
    assert library.passage_ids([]) == []


def test_sentences_are_spans_of_the_document_in_order(library: Library) -> None:
    cats = next(passage.id for passage in library.all_passages() if passage.start == 8)
    assert library.sentences([cats, 999]) == {cats: (Span(8, 25), Span(26, 43)), 999: ()}
    assert (TEXT[8:25], TEXT[26:43]) == ("Katte må gå frit.", "Det må køer ikke.")


def test_embeddings_are_those_of_the_texts_with_their_context(library: Library) -> None:
    ((ids, embeddings),) = library.passage_portions()
    heads = {"æ/b.txt": "Dyr · Regler", "a.txt": "Prøve"}
    passages = library.passages(ids)
    expected = WordEmbedder().embed_passages(
        [f"{heads[passages[i].document]}\n{passages[i].text}" for i in ids]
    )
    assert ids == sorted(passages)
    assert np.abs(embeddings - expected).max() < 1e-3
    assert embeddings.dtype == np.float16


def test_sentence_embeddings_follow_their_passages_in_order(library: Library) -> None:
    ((owners, embeddings),) = library.sentence_portions()
    spans = library.sentences(sorted(set(owners)))
    assert owners == [passage_id for passage_id, found in spans.items() for _ in found]
    texts = {passage.id: passage for passage in library.all_passages()}
    sentences = [
        f"{texts[i].title}: {texts[i].text[s.start - texts[i].start : s.end - texts[i].start]}"
        for i, found in spans.items()
        for s in found
    ]
    assert np.abs(embeddings - WordEmbedder().embed_passages(sentences)).max() < 1e-3


def test_many_embeddings_come_in_several_portions(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ((owners, embeddings),) = library.sentence_portions()
    monkeypatch.setattr("index.library._ROWS_AT_A_TIME", 3)
    first, second = library.sentence_portions()
    assert (first[0], second[0]) == (owners[:3], owners[3:])
    assert np.array_equal(np.concatenate([first[1], second[1]]), embeddings)


def test_files_are_known_by_hash_size_and_time(library: Library) -> None:
    stamps = library.stamps()
    assert stamps.keys() == {"a.txt", "æ/b.txt"}
    stamp = stamps["a.txt"]
    assert stamp == FileStamp(
        "a.txt", stamp.content_hash, len("Hunde skal føres i snor.".encode()), stamp.modified_ns
    )


def test_the_background_is_measured_when_the_library_is_made(library: Library) -> None:
    assert library.background() != Background(0.0, 1.0)
    assert library.background().deviation >= 0.005


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
