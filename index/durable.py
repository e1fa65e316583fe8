"""Files that must be on disk and as they were written: their hash, and the sync that makes them last."""

import hashlib
import os
from pathlib import Path

_ON_WINDOWS = os.name == "nt"


def hash_file(path: Path) -> str:
    """Return the SHA-256 of a file's bytes, in hexadecimal; raises `OSError`."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync_to_disk(path: Path) -> None:
    """Wait until a file, or a folder's list of names, is on disk; raises `OSError`.

    Windows syncs only what is open for writing, and opens no folder: there folders are left to the system.
    """
    if _ON_WINDOWS and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDWR if _ON_WINDOWS else os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
