"""What a reader gets from a library: documents, passages, sentences and embeddings of one state."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest

from index.context import sentence_text
from index.library import Library
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


def test_the_passages_of_a_document_are_counted(library: Library) -> None:
    passages = [each.document for each in library.all_passages()]
    counts = {path: library.passage_count(path) for path in ("a.txt", "æ/b.txt", "væk.txt")}
    assert counts == {path: passages.count(path) for path in counts}
    assert [*map(bool, counts.values())] == [True, True, False]


def test_the_passages_of_some_documents_are_found_by_their_paths(library: Library) -> None:
    ids = {passage.id: passage.document for passage in library.all_passages()}
    assert library.passage_ids(["æ/b.txt", "c.txt"]) == [each for each in ids if ids[each] == "æ/b.txt"]
    assert library.passage_ids(["æ/b.txt", "a.txt"]) == sorted(ids)
    assert library.passage_ids([]) == []


def test_the_documents_of_passages_are_found_by_the_passages_ids(library: Library) -> None:
    paths = {passage.id: passage.document for passage in library.all_passages()}
    assert library.paths([*paths, 999]) == paths
    library.connection.execute("UPDATE documents SET current = 0 WHERE path = 'a.txt'")
    assert {*library.paths([*paths]).values()} == {"æ/b.txt"}


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
        sentence_text(
            texts[i].title, texts[i], texts[i].text[s.start - texts[i].start : s.end - texts[i].start]
        )
        for i, found in spans.items()
        for s in found
    ]
    assert np.abs(embeddings - WordEmbedder().embed_passages(sentences)).max() < 1e-3


def test_sentence_texts_and_embeddings_pair_up_wherever_their_rows_were_put(directory: Path) -> None:
    with closing(sqlite3.connect(directory / "library.sqlite")) as connection, connection:
        connection.execute("UPDATE sentences SET id = id + 100 WHERE id = 1")
    with Library(directory) as library, library.snapshot():
        ((owners, _),) = library.sentence_portions()
        assert [passage_id for _, passage_id, _ in library.sentence_texts()] == owners == sorted(owners)


def test_many_embeddings_come_in_several_portions(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    ((owners, embeddings),) = library.sentence_portions()
    monkeypatch.setattr("index.contents._ROWS_AT_A_TIME", 3)
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
