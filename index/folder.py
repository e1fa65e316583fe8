"""A folder of files as the source of a library."""

import hashlib
from collections.abc import Sequence
from io import BufferedReader
from pathlib import Path

from index.errors import FolderError, UnreadNow
from index.os_errors import describe_os_error
from index.read.folder import CUT_SHORT, list_files, open_below
from index.read.guard import GuardedReader
from index.types import Document, FoundFile, SkippedFile


class FolderSource:
    """The files below one folder, read in a guarded child process; close it when it is done with."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._reader = GuardedReader(folder)

    def list_files(self) -> tuple[Sequence[FoundFile], Sequence[SkippedFile]]:
        """Return the files to read, and those left out with the reason.

        Raises `FolderError` also where there is nothing at all: a drive that is not connected looks like
        that, and must not cost the library its documents.
        """
        found, skipped = list_files(self._folder)
        if not found and not skipped:
            raise FolderError(
                f"Der er ingen dokumenter i »{self._folder}«, for mappen er tom; "
                "læg nogle i mappen, og prøv igen."
            )
        return found, skipped

    def content_hash(self, path: str) -> str:
        """Return the SHA-256 of the file's bytes; raises `UnreadableFile`."""
        try:
            with self.open_file(path) as file:
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError as error:
            raise UnreadNow(CUT_SHORT.format(describe_os_error(error))) from error

    def open_file(self, path: str) -> BufferedReader:
        """Return the file's bytes, opened for reading; no link is followed. Raises `UnreadableFile`."""
        return open_below(self._folder, path)

    def read(self, path: str) -> Document:
        """Return the file as a document; raises `UnreadableFile`."""
        return self._reader.read(path)

    def close(self) -> None:
        """End the child process."""
        self._reader.close()
