"""Writing the library: documents are staged bit by bit, then made current in one transaction."""

import json
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from pathlib import Path

from index.database import Connection, create_database, truncate_log
from index.embed import Embeddings
from index.library import Library
from index.types import Document, FileStamp, Passage, SkippedFile


@dataclass(frozen=True, slots=True)
class KeyedPassage:
    """A passage with the keys of its own embedding and of its sentences' embeddings."""

    passage: Passage
    key: bytes
    sentence_keys: tuple[bytes, ...]


class WritableLibrary(Library):
    """A library that can be changed. Only one at a time: whoever writes holds the library's lock (`sync.py`).

    Every method but `truncate_log` is called inside `writing()`.
    """

    def _open(self, path: Path) -> Connection:
        return create_database(path)

    def drop_staged_under_other(self, settings: Mapping[str, str]) -> int:
        """Drop what a stopped run staged, unless it ran under the same settings; remember these.

        Returns the number of documents dropped; see `drop_unused`.
        """
        staged_under = json.dumps(settings, sort_keys=True)
        if self.setting("staged_under") == staged_under:
            return 0
        self.remember("staged_under", staged_under)
        return self.drop_staged_except(())

    def drop_staged_except(self, paths: Collection[str]) -> int:
        """Drop what a stopped run staged of other files than these: they are gone, or as they were.

        Returns the number of documents dropped; see `drop_unused`.
        """
        dropped = self.connection.execute(
            "DELETE FROM documents WHERE NOT current AND path NOT IN (SELECT value FROM json_each(?))",
            (json.dumps([*paths]),),
        )
        return dropped.rowcount

    def drop_unused(self) -> None:
        """Drop the embeddings, and the texts that wait for one, that no document has any more."""
        for table in ("embeddings", "pending"):
            self.connection.execute(
                f"DELETE FROM {table} WHERE key NOT IN "
                "(SELECT embedding_key FROM passages UNION ALL SELECT embedding_key FROM sentences)"
            )

    def is_staged(self, stamp: FileStamp) -> bool:
        """Tell whether the same bytes of the same path were read by a run that was stopped."""
        row = self.connection.execute(
            "SELECT 1 FROM documents WHERE NOT current AND path = ? AND content_hash = ?",
            (stamp.path, stamp.content_hash),
        ).fetchone()
        return row is not None

    def restamp(self, stamp: FileStamp) -> None:
        """Note a new time for a file whose bytes are as they were."""
        self.connection.execute(
            "UPDATE documents SET size = ?, modified_ns = ? WHERE path = ? AND current",
            (stamp.size, stamp.modified_ns, stamp.path),
        )

    def replace_skipped(self, skipped: Iterable[SkippedFile]) -> None:
        """Note which files could not be read, in place of the former list."""
        files = {file.path: file for file in skipped}
        if files == self.failures():
            return
        self.connection.execute("DELETE FROM skipped")
        self.connection.executemany(
            "INSERT INTO skipped VALUES (?, ?, ?, ?)", (astuple(file) for file in files.values())
        )

    def stage(self, stamp: FileStamp, document: Document, passages: Sequence[KeyedPassage]) -> None:
        """Write one read document beside the current ones, in place of what was staged under its path.

        The passages' embeddings may come later (`add_pending`, `add_embeddings`).
        """
        self.connection.execute("DELETE FROM documents WHERE path = ? AND NOT current", (stamp.path,))
        document_id = self._insert(
            "documents",
            path=stamp.path,
            content_hash=stamp.content_hash,
            size=stamp.size,
            modified_ns=stamp.modified_ns,
            title=document.title,
            date=document.date,
            author=document.author,
            partly_read=document.partly_read,
            text=document.text,
        )
        self.connection.executemany(
            "INSERT INTO blocks VALUES (?, ?, ?, ?, ?, ?, ?)",
            (
                (document_id, i, b.kind.value, b.start, b.end, b.level, b.page)
                for i, b in enumerate(document.blocks)
            ),
        )
        for passage in passages:
            self._stage_passage(document_id, document, passage)

    def _stage_passage(self, document_id: int, document: Document, keyed: KeyedPassage) -> None:
        passage = keyed.passage
        passage_id = self._insert(
            "passages",
            document_id=document_id,
            start=passage.start,
            end=passage.end,
            paragraph=passage.paragraph,
            page=passage.page,
            headings=json.dumps(passage.headings, ensure_ascii=False),
            introduction=passage.introduction,
            columns=json.dumps(passage.columns, ensure_ascii=False),
            text=document.text[passage.start : passage.end],
            embedding_key=keyed.key,
        )
        self.connection.executemany(
            'INSERT INTO sentences (passage_id, start, "end", embedding_key) VALUES (?, ?, ?, ?)',
            (
                (passage_id, sentence.start, sentence.end, key)
                for sentence, key in zip(passage.sentences, keyed.sentence_keys, strict=True)
            ),
        )

    def _insert(self, table: str, **values: str | int | bytes | None) -> int:
        columns = ", ".join(f'"{name}"' for name in values)
        marks = ", ".join("?" * len(values))
        cursor = self.connection.execute(
            f"INSERT INTO {table} ({columns}) VALUES ({marks})", tuple(values.values())
        )
        return int(cursor.lastrowid or 0)

    def add_pending(self, texts: Iterable[tuple[bytes, str]]) -> None:
        """Note the (key, text) pairs that have no embedding yet."""
        self.connection.executemany(
            "INSERT OR IGNORE INTO pending SELECT ?1, ?2 "
            "WHERE NOT EXISTS (SELECT 1 FROM embeddings WHERE key = ?1)",
            texts,
        )

    def pending(self, limit: int) -> list[tuple[bytes, str]]:
        """Return up to `limit` (key, text) pairs to embed, those of like length together, longest first."""
        rows = self.connection.execute(
            "SELECT key, text FROM pending ORDER BY LENGTH(text) DESC, key LIMIT ?", (limit,)
        )
        return rows.fetchall()

    def pending_size(self) -> int:
        """Return how many characters still have to be embedded."""
        return self.count("SELECT COALESCE(SUM(LENGTH(text)), 0) FROM pending")

    def add_embeddings(self, keys: Sequence[bytes], embeddings: Embeddings) -> None:
        """Keep embeddings, rounded to 16-bit floats, and take their texts off the pending list."""
        rounded = embeddings.astype("<f2")
        self.connection.executemany(
            "INSERT OR REPLACE INTO embeddings VALUES (?, ?)",
            ((key, row.tobytes()) for key, row in zip(keys, rounded, strict=True)),
        )
        self.connection.executemany("DELETE FROM pending WHERE key = ?", ((key,) for key in keys))

    def publish(self, staged: Collection[str], removed: Collection[str]) -> int:
        """Make `staged` paths current, drop `removed` ones, and return the new generation.

        Call inside `writing()`, and build what is derived before leaving it: that commit is the one
        moment at which readers move from the old state to the new one.
        """
        many = self.connection.executemany
        many("DELETE FROM documents WHERE path = ? AND current", ((path,) for path in (*staged, *removed)))
        many("UPDATE documents SET current = 1 WHERE path = ? AND NOT current", ((path,) for path in staged))
        self.drop_unused()
        generation = self.generation() + 1
        self.remember("generation", str(generation))
        self.remember("state", secrets.token_hex(16))
        return generation

    def forget(self, path: str) -> None:
        """Drop a document with all that is known of its file, and begin a new generation without it."""
        for table in ("documents", "skipped"):
            self.connection.execute(f"DELETE FROM {table} WHERE path = ?", (path,))
        self.publish((), ())

    def has_changed(self) -> bool:
        """Tell whether anything was written since the library was opened."""
        return self.connection.total_changes > 0

    def truncate_log(self) -> bool:
        """Move the write-ahead log into the database and empty it, so that deleted text leaves the disk.

        Returns False where a reader still needed the log; the next sync tries again.
        """
        with self.translated():
            return truncate_log(self.connection)
