"""A folder and the documents that were added from the chat, as one source of a library."""

from collections.abc import Sequence
from dataclasses import replace
from io import BufferedReader
from pathlib import Path
from typing import TypeVar

from index.added import AddedFiles
from index.folder import FolderSource
from index.read.folder import list_files
from index.types import Document, FoundFile, SkippedFile

ADDED_FOLDER = "Tilføjet i Kildesvar"
"""The folder that added documents stand in, as far as anybody who asks can see."""

_ADDED = f"{ADDED_FOLDER}/"

_RESERVED = "mappen har et navn, som Kildesvar selv bruger, så dens {} filer bliver ikke læst; omdøb den"

_File = TypeVar("_File", FoundFile, SkippedFile)


class JoinedSource:
    """The files below `folder`, and those in `added` as if they lay in a folder below it; close it after use.

    What the folder itself holds under that name is left out, and reported as one.
    """

    def __init__(self, folder: Path, added: AddedFiles) -> None:
        self._folder = FolderSource(folder)
        self._added_folder = added.documents
        self._added = FolderSource(added.documents)

    def list_files(self) -> tuple[Sequence[FoundFile], Sequence[SkippedFile]]:
        """Return the files to read, and those left out with the reason; raises `FolderError`."""
        found, skipped = self._folder.list_files()
        own, own_skipped = _without_added(found), _without_added(skipped)
        if hidden := len(found) + len(skipped) - len(own) - len(own_skipped):
            own_skipped.append(SkippedFile(ADDED_FOLDER, 0, 0, _RESERVED.format(hidden)))
        if not self._added_folder.is_dir():
            return own, own_skipped
        added, added_skipped = list_files(self._added_folder)
        return [*own, *map(_as_added, added)], [*own_skipped, *map(_as_added, added_skipped)]

    def content_hash(self, path: str) -> str:
        """Return the SHA-256 of the file's bytes; raises `UnreadableFile`."""
        source, inner = self._place(path)
        return source.content_hash(inner)

    def open_file(self, path: str) -> BufferedReader:
        """Return the file's bytes, opened for reading; no link is followed. Raises `UnreadableFile`."""
        source, inner = self._place(path)
        return source.open_file(inner)

    def read(self, path: str) -> Document:
        """Return the file as a document; raises `UnreadableFile`."""
        source, inner = self._place(path)
        return replace(source.read(inner), path=path)

    def close(self) -> None:
        """End the processes that read."""
        self._folder.close()
        self._added.close()

    def _place(self, path: str) -> tuple[FolderSource, str]:
        """Return which of the two sources holds `path`, and what it is called there."""
        if is_added(path):
            return self._added, name_of_added(path)
        return self._folder, path


def is_added(path: str) -> bool:
    """Tell whether a document's path is that of one added from the chat."""
    return path.startswith(_ADDED)


def name_of_added(path: str) -> str:
    """Return what the file of an added document is called in the folder of the added ones."""
    return path.removeprefix(_ADDED)


def _without_added(files: Sequence[_File]) -> list[_File]:
    return [file for file in files if not is_added(file.path)]


def _as_added(file: _File) -> _File:
    return replace(file, path=_ADDED + file.path)
