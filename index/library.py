"""The library in SQLite: documents, passages, sentences and embeddings; the only truth.

A reader sees one state: inside `snapshot()` everything comes from one generation, whatever is written
meanwhile. A writer stages documents bit by bit, then makes them current in one transaction (`publish`),
so a stop at any moment leaves the old state or the new one.
"""

import hashlib
import json
import os
import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.background import Background
from index.database import (
    Connection,
    closed_on_error,
    connect,
    database_errors_translated,
    file_errors_translated,
    transaction,
)
from index.errors import LibraryError
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

FORMAT_VERSION = 1
"""Raised whenever `schema.sql`, or what is written into it, changes."""

DATABASE_NAME = "library.sqlite"

Portion = tuple[Sequence[int], NDArray[np.float16]]
"""Passage ids, and an embedding for each, one row each, as it is stored."""

_GENERATIONS = "generations"
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


def library_directory(home: Path, folder: Path) -> Path:
    """Return where under `home` the library of `folder` lies: a name a person knows again, and a hash."""
    whole = Path(os.path.realpath(folder))  # as `resolve`, which fails for links that lead in a circle
    readable = re.sub(r"[^\w-]+", "_", whole.name)[:40]
    return home / "libraries" / f"{readable}-{hashlib.sha256(os.fsencode(whole)).hexdigest()[:12]}"


class Library:
    """One connection to a library. Use one a thread, and close it (it is a context manager)."""

    def __init__(self, directory: Path) -> None:
        """Open the library in `directory`; raises `LibraryError` if it is missing or unusable."""
        self.directory = directory
        with file_errors_translated(directory), self.translated():
            self.connection = self._open(directory / DATABASE_NAME)
            with closed_on_error(self.connection):
                self._check_format()

    def _open(self, path: Path) -> Connection:
        if not path.is_file():
            raise LibraryError(
                f"Der er intet bibliotek i »{path.parent}«; kør »kildesvar index MAPPE« først."
            )
        return connect(path)

    def _check_format(self) -> None:
        """Refuse a library that another version of the program made, or whose first sync was just begun."""
        if not self.count("SELECT COUNT(*) FROM sqlite_master"):
            raise self._unfinished()
        found = self.setting("format")
        if found != str(FORMAT_VERSION):
            raise LibraryError(
                f"Biblioteket i »{self.directory}« har format {found}, programmet {FORMAT_VERSION}; "
                "slet mappen og kør »kildesvar index MAPPE« for at bygge det igen."
            )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the connection; a transaction that is not finished is undone."""
        self.connection.close()

    @contextmanager
    def snapshot(self) -> Iterator[int]:
        """Hold one state of the library for reading; gives its generation.

        Raises `LibraryError` if nothing has been published yet.
        """
        with self.translated(), transaction(self.connection, "DEFERRED"):
            generation = self.generation()
            if not generation:
                raise self._unfinished()
            yield generation

    def _unfinished(self) -> LibraryError:
        return LibraryError(
            f"Biblioteket i »{self.directory}« er ikke bygget færdigt; "
            "kør »kildesvar index MAPPE«, og vent, til det er færdigt."
        )

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Make all changes inside the block in one transaction, on disk when the block is left."""
        with self.translated(), transaction(self.connection, "IMMEDIATE"):
            yield

    # Settings

    def setting(self, name: str) -> str | None:
        """Return one remembered setting (how the library was built), or None."""
        row = self.connection.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return None if row is None else str(row[0])

    def remember(self, name: str, value: str) -> None:
        """Keep one setting."""
        self.connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))

    def generation(self) -> int:
        """Return the number of the state that readers see; it grows by one with each `publish`."""
        return int(self.setting("generation") or 0)

    def generation_directory(self) -> Path:
        """Return the folder of what is derived from the state that readers see."""
        return self.directory / _GENERATIONS / f"{self.generation():08d}"

    def state(self) -> str:
        """Return the name of the state that readers see; no other state of any library has it."""
        return self.setting("state") or ""

    # Reading

    def background(self) -> Background:
        """Return how near chance comes to this library's passages, as its last sync measured."""
        return Background.from_json(self.setting("background") or Background(0.0, 1.0).to_json())

    def counts(self) -> LibraryCounts:
        """Count what is current."""
        passages = self.count(f"SELECT COUNT(*) {_FROM_PASSAGES}")
        sentences = self.count(f"SELECT COUNT(*) {_FROM_SENTENCES}")
        return LibraryCounts(self.document_count(), passages, sentences)

    def document_count(self) -> int:
        """Count the current documents."""
        return self.count("SELECT COUNT(*) FROM documents WHERE current")

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
        """Go through every current sentence: its document's id, its passage's id, its text."""
        yield from self.connection.execute(
            f'SELECT d.id, p.id, substr(p.text, s.start - p.start + 1, s."end" - s.start) {_FROM_SENTENCES}'
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

    def count(self, query: str) -> int:
        """Return the one number that `query` gives."""
        return int(self.connection.execute(query).fetchone()[0])

    def _portions(self, query: str) -> Iterator[Portion]:
        cursor = self.connection.execute(query)
        while rows := cursor.fetchmany(_ROWS_AT_A_TIME):
            joined = np.frombuffer(b"".join(row[1] for row in rows), dtype="<f2")
            yield [row[0] for row in rows], joined.reshape(len(rows), -1)

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn errors of the database into `LibraryError`."""
        with database_errors_translated(self.directory):
            yield


def _list(values: Collection[int] | Collection[str]) -> str:
    """Return what `_LISTED` takes."""
    return json.dumps([*values])


def _stored_passage(row: tuple[Any, ...]) -> StoredPassage:
    (passage_id, document, title, date, start, end, paragraph, page, headings, *rest) = row
    introduction, text, columns, author = rest
    place = (passage_id, document, title, date, start, end, paragraph, page)
    lists = (tuple(json.loads(headings)), introduction, text, tuple(json.loads(columns)))
    return StoredPassage(*place, *lists, author)
