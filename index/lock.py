"""One writer at a time: the lock that whoever changes a library holds."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from index.errors import LibraryError

_LOCK_NAME = "library.lock"
_TIMEOUT_SECONDS = 5.0


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the one right to write the library in `directory`, which is made if it is missing.

    Raises `LibraryError` if another process holds it, or the folder cannot be written. The operating
    system takes the lock back when a process ends, however it ends.
    """
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        with FileLock(directory / _LOCK_NAME, timeout=_TIMEOUT_SECONDS, mode=0o600):
            yield
    except Timeout as error:
        raise LibraryError(
            f"Biblioteket i »{directory}« bliver opdateret af et andet program; "
            "vent, til det er færdigt, og prøv igen."
        ) from error
    except OSError as error:
        raise LibraryError(
            f"Der kan ikke skrives i »{directory}« ({error.strerror or error}); "
            "vælg en anden mappe med --home, eller ret mappens rettigheder."
        ) from error
