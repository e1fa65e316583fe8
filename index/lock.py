"""One writer at a time: the lock that whoever changes a library holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.database import file_errors_translated
from index.durable import sync_to_disk
from index.errors import LibraryBusy

_LOCK_NAME = "library.lock"
PATIENCE_SECONDS = 5.0
"""How long to wait for another program that holds the lock, unless the caller says otherwise."""


@contextmanager
def locked(directory: Path, patience: float | None = None) -> Iterator[None]:
    """Hold the one right to write the library in `directory`, which is made if it is missing.

    Raises `LibraryBusy` if another process still holds it after `patience` seconds (`PATIENCE_SECONDS` if
    not given), and `LibraryError` if the folder cannot be written. The operating system takes the lock back
    when a process ends, however it ends.
    """
    with file_errors_translated(directory):
        make_private_folder(directory)
        seconds = PATIENCE_SECONDS if patience is None else patience
        lock = FileLock(directory / _LOCK_NAME, timeout=seconds, mode=0o600)
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
        sync_to_disk(folder.parent)  # or a power cut takes the folder away with all that was synced inside it


def _acquire(lock: FileLock, directory: Path) -> None:
    try:
        lock.acquire()
    except Timeout as error:
        raise LibraryBusy(
            f"Biblioteket i »{directory}« bliver opdateret af et andet program; "
            "vent, til det er færdigt, og prøv igen."
        ) from error
