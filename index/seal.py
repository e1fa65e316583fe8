"""The seal of a library at rest: the SHA-256 of its database file, put when a writer is done with it.

SQLite believes what its pages say, so a bit that a disk has turned over would be quoted. A file that fits
its seal is byte for byte what was written. One that does not is not yet damaged: a writer may have been
stopped before it could seal, and then its contents decide (`soundness.py`).
"""

import os
import subprocess
import sys
from pathlib import Path

from index.crash import crash_point
from index.database import file_errors_translated
from index.durable import sync_to_disk
from index.library import DATABASE_NAME
from index.writing import WritableLibrary

SEAL_NAME = "library.seal"

_HASHING = "import hashlib, sys; print(hashlib.file_digest(open(sys.argv[1], 'rb'), 'sha256').hexdigest())"


def leave_at_rest(library: WritableLibrary, sealed: bool) -> None:
    """Empty the log and seal the file, unless a reader still needs the log: then the next writer does.

    `sealed` tells that the seal held when the library was opened. Raises `LibraryError`.
    """
    emptied = library.truncate_log()
    crash_point("log emptied")
    if emptied and (library.has_changed() or not sealed):
        put_seal(library.directory)


def put_seal(directory: Path) -> None:
    """Seal the library in `directory`, whose log must be empty; raises `LibraryError`."""
    temporary = directory / f"{SEAL_NAME}.new"
    with file_errors_translated(directory):
        with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(_hash_elsewhere(directory / DATABASE_NAME))
        sync_to_disk(temporary)
        crash_point("seal written")
        temporary.replace(directory / SEAL_NAME)
        crash_point("seal put")
        sync_to_disk(directory)


def seal_holds(directory: Path) -> bool:
    """Tell whether the library's database is byte for byte what was sealed; without a seal it is not."""
    try:
        seal = (directory / SEAL_NAME).read_bytes()
        return seal.decode("ascii") == _hash_elsewhere(directory / DATABASE_NAME)
    except (OSError, ValueError):
        return False


def _hash_elsewhere(path: Path) -> str:
    """Return the SHA-256 of a database, read by another process; raises `OSError`.

    Closing a database's file drops every lock that its process holds on it, also SQLite's own, on which
    the library's safety rests (sqlite.org/howtocorrupt.html, section 2.2).
    """
    command = [sys.executable, "-I", "-S", "-c", _HASHING, str(path)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own code
    if done.returncode:
        raise OSError(f"{path.name}: {done.stderr.strip().rpartition(chr(10))[2]}")
    return done.stdout.strip()
