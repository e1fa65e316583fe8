"""What a library holds, asked of its database: documents, passages, sentences, embeddings, known files.

Inside `Library.snapshot()` all that is asked comes from one state.
"""

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.database import Connection
from index.types import (
    Block,
    BlockKind,
    Document,
    DocumentEntry,
    FileStamp,
    LibraryCounts,
    Notice,
    SkippedFile,
    Span,
    StoredPassage,
)

Portion = tuple[Sequence[int], NDArray[np.float16]]
"""Passage ids, and an embedding for each, one row each, as it is stored."""

_ROWS_AT_A_TIME = 4096

_FROM_PASSAGES = "FROM passages p JOIN documents d ON d.id = p.document_id WHERE d.current"
_FROM_SENTENCES = (
    "FROM sentences s JOIN passages p ON p.id = s.passage_id "
    "JOIN documents d ON d.id = p.document_id WHERE d.current"
)
_PASSAGE_COLUMNS = (
    'p.id, d.path, d.title, d.date, p.start, p."end", p.paragraph, p.page, '
    "p.headings, p.introduction, p.text, p.columns, d.author"
)
_LISTED = "(SELECT value FROM json_each(?))"
"""Takes a list of any length, where the engine limits how many values a query may have."""


class Contents:
    """The contents of a library that is open; only what is current, never what is staged."""

    connection: Connection

    def counts(self) -> LibraryCounts:
        """Count what is current."""
        passages = self.count(f"SELECT COUNT(*) {_FROM_PASSAGES}")
        sentences = self.count(f"SELECT COUNT(*) {_FROM_SENTENCES}")
        return LibraryCounts(self.document_count(), passages, sentences)

    def document_count(self) -> int:
        """Count the current documents."""
        return self.count("SELECT COUNT(*) FROM documents WHERE current")

    def passage_count(self, path: str) -> int:
        """Count the current passages of the document of this path."""
        return self.count(f"SELECT COUNT(*) {_FROM_PASSAGES} AND d.path = ?", path)

    def entries(self) -> tuple[DocumentEntry, ...]:
        """List the documents by path."""
        rows = self.connection.execute(
            "SELECT path, title, date, (SELECT MAX(page) FROM blocks WHERE document_id = d.id), "
            "(SELECT COUNT(*) FROM passages WHERE document_id = d.id), partly_read "
            "FROM documents d WHERE current ORDER BY path"
        )
        return tuple(DocumentEntry(*row) for row in rows)

    def texts(self) -> Iterator[tuple[str, str]]:
        """Yield every document's path and whole text, by path."""
        yield from self.connection.execute("SELECT path, text FROM documents WHERE current ORDER BY path")

    def document(self, path: str) -> Document | None:
        """Return one whole document, or None where there is none of that path."""
        row = self.connection.execute(
            "SELECT id, path, title, date, author, text, partly_read "
            "FROM documents WHERE path = ? AND current",
            (path,),
        ).fetchone()
        if row is None:
            return None
        document_id, path, title, date, author, text, partly_read = row
        rows = self.connection.execute(
            'SELECT kind, start, "end", level, page FROM blocks WHERE document_id = ? ORDER BY ordinal',
            (document_id,),
        )
        blocks = tuple(Block(BlockKind(kind), *place) for kind, *place in rows)
        return Document(path, title, date, author, text, blocks, partly_read)

    def passages(self, passage_ids: Collection[int]) -> dict[int, StoredPassage]:
        """Return the passages of these ids that are current, by id."""
        rows = self.connection.execute(
            f"SELECT {_PASSAGE_COLUMNS} {_FROM_PASSAGES} AND p.id IN {_LISTED}", (_list(passage_ids),)
        )
        return {row[0]: _stored_passage(row) for row in rows}

    def paths(self, passage_ids: Collection[int]) -> dict[int, str]:
        """Return the path of each current passage's document, by the passage's id."""
        rows = self.connection.execute(
            f"SELECT p.id, d.path {_FROM_PASSAGES} AND p.id IN {_LISTED}", (_list(passage_ids),)
        )
        return dict(rows.fetchall())

    def passage_ids(self, paths: Collection[str]) -> list[int]:
        """Return the ids, ascending, of the current passages of the documents of these paths."""
        rows = self.connection.execute(
            f"SELECT p.id {_FROM_PASSAGES} AND d.path IN {_LISTED} ORDER BY p.id", (_list(paths),)
        )
        return [row[0] for row in rows]

    def all_passages(self) -> Iterator[StoredPassage]:
        """Go through every current passage in the order of ids."""
        for row in self.connection.execute(f"SELECT {_PASSAGE_COLUMNS} {_FROM_PASSAGES} ORDER BY p.id"):
            yield _stored_passage(row)

    def sentences(self, passage_ids: Collection[int]) -> dict[int, tuple[Span, ...]]:
        """Return each passage's sentences, in order, as spans of the document's text."""
        rows = self.connection.execute(
            f'SELECT passage_id, start, "end" FROM sentences WHERE passage_id IN {_LISTED} ORDER BY id',
            (_list(passage_ids),),
        )
        spans: dict[int, list[Span]] = {passage_id: [] for passage_id in passage_ids}
        for passage_id, start, end in rows:
            spans[passage_id].append(Span(start, end))
        return {passage_id: tuple(found) for passage_id, found in spans.items()}

    def sentence_texts(self) -> Iterator[tuple[int, int, str]]:
        """Go through every current sentence: its document's id, its passage's id, its text.

        They come in the order of `sentence_portions`.
        """
        yield from self.connection.execute(
            f'SELECT d.id, p.id, substr(p.text, s.start - p.start + 1, s."end" - s.start) {_FROM_SENTENCES} '
            "ORDER BY s.passage_id, s.id"
        )

    def passage_portions(self) -> Iterator[Portion]:
        """Go through every current passage's id and its embedding, by id, a few thousand at a time."""
        return self._portions(
            "SELECT p.id, e.embedding FROM passages p JOIN documents d ON d.id = p.document_id "
            "JOIN embeddings e ON e.key = p.embedding_key WHERE d.current ORDER BY p.id"
        )

    def sentence_portions(self) -> Iterator[Portion]:
        """Go through every current sentence's passage id and its embedding likewise, by passage and place."""
        return self._portions(
            "SELECT s.passage_id, e.embedding FROM sentences s JOIN passages p ON p.id = s.passage_id "
            "JOIN documents d ON d.id = p.document_id JOIN embeddings e ON e.key = s.embedding_key "
            "WHERE d.current ORDER BY s.passage_id, s.id"
        )

    def stamps(self) -> dict[str, FileStamp]:
        """Return how each current document's file was known when it was read, by path."""
        rows = self.connection.execute(
            "SELECT path, content_hash, size, modified_ns FROM documents WHERE current"
        )
        return {row[0]: FileStamp(*row) for row in rows}

    def partly_read(self) -> tuple[Notice, ...]:
        """List the documents of which not all could be read."""
        return tuple(Notice(entry.path, entry.partly_read) for entry in self.entries() if entry.partly_read)

    def skipped(self) -> tuple[Notice, ...]:
        """List the files that could not be read when the folder was last gone through."""
        return tuple(
            Notice(*row) for row in self.connection.execute("SELECT path, reason FROM skipped ORDER BY path")
        )

    def failures(self) -> dict[str, SkippedFile]:
        """Return how each file that could not be read was known then, by path."""
        rows = self.connection.execute("SELECT path, size, modified_ns, reason FROM skipped")
        return {row[0]: SkippedFile(*row) for row in rows}

    def count(self, query: str, *values: str) -> int:
        """Return the one number that `query` gives."""
        return int(self.connection.execute(query, values).fetchone()[0])

    def _portions(self, query: str) -> Iterator[Portion]:
        cursor = self.connection.execute(query)
        while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
            joined = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2")
            yield [row[0] for row in rows], joined.reshape(len(rows), -1)


def _list(values: Collection[int] | Collection[str]) -> str:
    """Return what `_LISTED` takes."""
    return json.dumps([*values])


def _stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    (passage_id, document, title, date, start, end, paragraph, page, headings, *rest) = row
    introduction, text, columns, author = rest
    place = (passage_id, document, title, date, start, end, paragraph, page)
    lists = (_read_list(headings), introduction, text, _read_list(columns))
    return StoredPassage(*place, *lists, author)


def _read_list(written: str) -> tuple[str, ...]:
    """Return a list of strings; most are empty, and not worth a parser."""
    return () if written == "[]" else tuple(json.loads(written))
