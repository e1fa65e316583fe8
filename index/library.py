"""The library in SQLite, the only truth: opened, held in one state, and told apart from other states.

A reader sees one state: inside `snapshot()` everything comes from one generation, whatever is written
meanwhile. A writer stages documents bit by bit, then makes them current in one transaction (`publish`),
so a stop at any moment leaves the old state or the new one. `contents.py` says what can be asked of it.
"""

import hashlib
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from index.background import Background
from index.contents import Contents
from index.database import (
    Connection,
    closed_on_error,
    connect,
    database_errors_translated,
    file_errors_translated,
    transaction,
)
from index.errors import LibraryError

FORMAT_VERSION = 1
"""Raised whenever `schema.sql`, or what is written into it, changes."""

DATABASE_NAME = "library.sqlite"

_GENERATIONS = "generations"


def library_directory(home: Path, folder: Path) -> Path:
    """Return where under `home` the library of `folder` lies: a name a person knows again, and a hash."""
    whole = Path(os.path.realpath(folder))  # as `resolve`, which fails for links that lead in a circle
    readable = re.sub(r"[^\w-]+", "_", whole.name)[:40]
    return home / "libraries" / f"{readable}-{hashlib.sha256(os.fsencode(whole)).hexdigest()[:12]}"


class Library(Contents):
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

    def background(self) -> Background:
        """Return how near chance comes to this library's passages, as its last sync measured."""
        return Background.from_json(self.setting("background") or Background(0.0).to_json())

    @contextmanager
    def translated(self) -> Iterator[None]:
        """Turn errors of the database into `LibraryError`."""
        with database_errors_translated(self.directory):
            yield
