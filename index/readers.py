"""Connections to a library that wait for the next question, as opening one costs more than a search."""

import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from index.library import DATABASE_NAME, Library

_MOST_WAITING = 8


class Readers:
    """Readers of one library, as many as are asked for at once; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Read the library in `directory`; nothing is opened yet."""
        self._directory, self._database = directory, directory / DATABASE_NAME
        self._waiting: list[tuple[Library, tuple[int, int]]] = []
        self._changing = threading.Lock()
        weakref.finalize(self, _close_all, self._waiting)

    @contextmanager
    def reader(self) -> Iterator[Library]:
        """Give a reader that nobody else uses; raises `LibraryError` if the library cannot be opened."""
        library, file = self._take()
        try:
            yield library
        except BaseException:
            library.close()
            raise
        self._give_back(library, file)

    def _take(self) -> tuple[Library, tuple[int, int]]:
        """Return a reader of the file that is there now: another may have been put in its place."""
        file = _identity(self._database)
        with self._changing:
            while self._waiting:
                library, opened = self._waiting.pop()
                if opened == file:
                    return library, opened
                library.close()
        return Library(self._directory), file

    def _give_back(self, library: Library, file: tuple[int, int]) -> None:
        with self._changing:
            if len(self._waiting) < _MOST_WAITING:
                self._waiting.append((library, file))
                return
        library.close()


def _identity(path: Path) -> tuple[int, int]:
    """Return what tells a file from another that takes its name; of a file that is not there, zeros."""
    try:
        found = path.stat()
    except OSError:
        return 0, 0
    return found.st_dev, found.st_ino


def _close_all(waiting: list[tuple[Library, tuple[int, int]]]) -> None:
    while waiting:
        waiting.pop()[0].close()
