"""One writer at a time: the lock that whoever changes a library holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.database import file_errors_translated
from index.errors import LibraryError

_LOCK_NAME = "library.lock"
_TIMEOUT_SECONDS = 5.0


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the one right to write the library in `directory`, which is made if it is missing.

    Raises `LibraryError` if another process holds it, or the folder cannot be written. The operating
    system takes the lock back when a process ends, however it ends.
    """
    with file_errors_translated(directory):
        make_private_folder(directory)
        lock = FileLock(directory / _LOCK_NAME, timeout=_TIMEOUT_SECONDS, mode=0o600)
        _acquire(lock, directory)
    try:
        yield
    finally:
        lock.release()


def make_private_folder(directory: Path) -> None:
    """Make `directory`, and what is missing above it, so that only its owner can look into it."""
    missing = [folder for folder in (directory, *directory.parents) if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)


def _acquire(lock: FileLock, directory: Path) -> None:
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryError(
            f"Biblioteket i »{directory}« bliver opdateret af et andet program; "
            "vent, til det er færdigt, og prøv igen."
        ) from error
