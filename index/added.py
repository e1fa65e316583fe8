"""The documents that were added from the chat: copies in a private folder of the library's own.

A file is written under another name, synced to disk, and only then put among the documents, so that
nothing half is ever read. No file is ever written over: a name that is taken gets a number.
"""

import os
import re
import stat
import threading
import time
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path, PurePosixPath
from typing import IO
from uuid import uuid4

from index.durable import sync_to_disk
from index.errors import AddingError
from index.library import library_directory
from index.lock import make_private_folder
from index.os_errors import describe_os_error
from index.read.folder import size_reason, type_reason
from index.read.limits import MEGABYTE
from index.types import FoundFile

MAX_FILES = 1_000
"""As many as one wants to see in a list; more belong in the folder itself."""

MAX_TOTAL_BYTES = 2_000 * MEGABYTE

_MAX_NAME_BYTES = 200
"""File systems allow 255; the rest is for a number."""

_LEFT_BEHIND_SECONDS = 24 * 60 * 60

_NOT_ADDED = "»{}« er ikke tilføjet"

_UNSAFE = re.compile(r'[<>:"|?*]')
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)$")
"""Names of devices on Windows, whatever their suffix."""


def added_directory(home: Path, folder: Path) -> Path:
    """Return where under `home` the files lie that were added to the library of `folder`.

    It is not the library's own folder: that may be deleted and built again, these are copies to keep.
    """
    return home / "added" / library_directory(home, folder).name


class AddedFiles:
    """The added files of one library. Safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Use `directory`, which is made, open to its owner alone, when the first file comes."""
        self.documents = directory / "documents"
        self._incoming = directory / "incoming"
        self._placing = threading.Lock()
        self._remove_left_behind()

    def files(self) -> tuple[FoundFile, ...]:
        """List the files by name; raises `AddingError` if their folder cannot be read."""
        if not self.documents.is_dir():
            return ()
        with _errors_translated("De tilføjede filer kan ikke vises"), os.scandir(self.documents) as entries:
            found = [(entry.name, entry.stat(follow_symlinks=False)) for entry in entries]
        return tuple(
            FoundFile(name, status.st_size, status.st_mtime_ns)
            for name, status in sorted(found)
            if stat.S_ISREG(status.st_mode)
        )

    @contextmanager
    def receive(self, name: str) -> "Iterator[Incoming]":
        """Give a new file to write, which is gone after the block unless it was kept.

        Raises `AddingError` if a file of this name is of no kind that is read, if there are too many,
        or if nothing can be written.
        """
        name = safe_name(name)
        failure = _NOT_ADDED.format(name)
        if reason := type_reason(name):
            raise AddingError(f"{failure}: {reason}.")
        self._require_room(0)
        path = self._incoming / uuid4().hex
        try:
            with _errors_translated(failure):
                for folder in (self.documents, self._incoming):
                    make_private_folder(folder)
                file = os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
            with file:
                yield Incoming(name, file, partial(self._place, path, name))
        finally:
            with suppress(OSError):
                path.unlink()

    def remove(self, name: str) -> None:
        """Delete the file called `name`; nothing happens where there is none. Raises `AddingError`."""
        if name in {file.path for file in self.files()}:
            with _errors_translated(f"»{name}« er ikke taget ud"):
                (self.documents / name).unlink(missing_ok=True)
                sync_to_disk(self.documents)

    def _place(self, path: Path, name: str, size: int) -> str:
        """Put a whole file among the documents under a name that is free, and return that."""
        with self._placing, _errors_translated(_NOT_ADDED.format(name)):
            self._require_room(size)
            free = _take_free_name(self.documents, name)
            try:
                path.replace(self.documents / free)
            except OSError:
                (self.documents / free).unlink()  # the name alone would be a document without a word
                raise
            sync_to_disk(self.documents)
            return free

    def _remove_left_behind(self) -> None:
        """Remove what was on its way in when a machine stopped; younger files may be another chat's."""
        for path in self._incoming.glob("*"):
            with suppress(OSError):
                if path.stat().st_mtime < time.time() - _LEFT_BEHIND_SECONDS:
                    path.unlink()

    def _require_room(self, size: int) -> None:
        files = self.files()
        if len(files) >= MAX_FILES:
            raise AddingError(f"Der kan ikke tilføjes mere end {MAX_FILES} filer; tag nogle ud.")
        if sum(file.size for file in files) + size > MAX_TOTAL_BYTES:
            most = MAX_TOTAL_BYTES // MEGABYTE
            raise AddingError(f"Der er ikke plads: Tilføjede filer må fylde {most} MB i alt; tag nogle ud.")


class Incoming:
    """A file on its way in."""

    def __init__(self, name: str, file: IO[bytes], place: Callable[[int], str]) -> None:
        self._name, self._file, self._place = name, file, place
        self._failure = _NOT_ADDED.format(name)
        self._size = 0

    def write(self, data: bytes) -> None:
        """Write what came next; raises `AddingError` if the file gets too large or the disk is full."""
        self._size += len(data)
        if data:
            self._require_size()
        with _errors_translated(self._failure):
            self._file.write(data)

    def keep(self) -> str:
        """Put the whole file among the documents, and return its name there; raises `AddingError`."""
        self._require_size()
        with _errors_translated(self._failure):
            self._file.flush()
            os.fsync(self._file.fileno())
            self._file.close()
        return self._place(self._size)

    def _require_size(self) -> None:
        if reason := size_reason(self._name, self._size):
            raise AddingError(f"{self._failure}: {reason}.")


def safe_name(name: str) -> str:
    """Return a name that any system can give a file: no folders, nothing that steers, not hidden."""
    name = unicodedata.normalize("NFC", name.replace("\\", "/")).rsplit("/", 1)[-1]
    name = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C")
    name = " ".join(_UNSAFE.sub("_", name).split()).lstrip(".~$ ").rstrip(". ")
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    if _RESERVED.match(stem):
        stem = f"{stem}_"
    suffix = _cut(suffix, _MAX_NAME_BYTES // 2)
    return f"{_cut(stem, _MAX_NAME_BYTES - len(suffix.encode()))}{suffix}" if stem else "dokument"


def _cut(text: str, most_bytes: int) -> str:
    return text.encode()[:most_bytes].decode(errors="ignore")


def _take_free_name(folder: Path, name: str) -> str:
    """Make an empty file of this name, or of the first number that is free, and return its name."""
    stem, suffix = PurePosixPath(name).stem, PurePosixPath(name).suffix
    taken = {unicodedata.normalize("NFC", path.name).casefold() for path in folder.iterdir()}
    numbered = (f"{stem} ({number}){suffix}" for number in range(2, MAX_FILES + 3))
    for free in (name, *numbered):
        if free.casefold() not in taken:
            with suppress(FileExistsError):  # another chat has just taken it
                os.close(os.open(folder / free, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
                return free
    raise AddingError(f"{_NOT_ADDED.format(name)}: for mange filer har det navn; giv filen et andet.")


@contextmanager
def _errors_translated(failure: str) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise AddingError(f"{failure}: {describe_os_error(error)}.") from error
