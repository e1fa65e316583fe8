"""What a sync would do, found out without reading a document, loading a model or writing a byte."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.changes import Comparison, compare, match_renames
from index.errors import UnreadableFile
from index.library import DATABASE_NAME, Library
from index.sync import READING_VERSION, Source
from index.types import FileStamp, FoundFile, Notice, Rename, SkippedFile


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What a sync would do; every file of the folder is in one of the lists or among the unchanged.

    A renamed file stands under `added` and `removed` too. Whether a new file can be read at all shows
    only when it is read. `reads_all_again` tells that the library was made by other rules of reading, so
    that the unchanged are read anew as well.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    renamed: tuple[Rename, ...]
    unchanged: int
    skipped: tuple[Notice, ...]
    reads_all_again: bool


def plan_sync(source: Source, directory: Path) -> SyncPlan:
    """Return what making the library in `directory` equal to `source` would change.

    Raises `LibraryError` if there is a library that cannot be used.
    """
    known, failed, reads_all_again = _read_library(directory)
    files, left_out = source.list_files()
    compared = compare(files, known, {} if reads_all_again else failed)
    look = _Look(source, known)
    for file in compared.suspects:
        look.into(file)
    return _plan(look, compared, files, left_out, reads_all_again)


@dataclass(slots=True)
class _Look:
    """Looks into files by their bytes' hash, and keeps what it found."""

    source: Source
    known: dict[str, FileStamp]
    added: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    skipped: list[Notice] = field(default_factory=list)
    unchanged: int = 0

    def into(self, file: FoundFile) -> None:
        try:
            content_hash = self.source.content_hash(file.path)
        except UnreadableFile as reason:
            self.skipped.append(Notice(file.path, str(reason)))
            return
        known = self.known.get(file.path)
        if known is None:
            self.added[file.path] = content_hash
        elif known.content_hash == content_hash:
            self.unchanged += 1
        else:
            self.changed.append(file.path)


def _plan(
    look: _Look,
    compared: Comparison,
    files: Sequence[FoundFile],
    left_out: Sequence[SkippedFile],
    reads_all_again: bool,
) -> SyncPlan:
    skipped = [*look.skipped, *(Notice(file.path, file.reason) for file in (*compared.failed, *left_out))]
    present = {file.path for file in files} - {notice.document for notice in skipped}
    removed = {path: stamp.content_hash for path, stamp in look.known.items() if path not in present}
    return SyncPlan(
        added=tuple(sorted(look.added)),
        changed=tuple(sorted(look.changed)),
        removed=tuple(sorted(removed)),
        renamed=match_renames(look.added, removed),
        unchanged=compared.unchanged + look.unchanged,
        skipped=tuple(sorted(skipped, key=lambda notice: notice.document)),
        reads_all_again=reads_all_again,
    )


def _read_library(directory: Path) -> tuple[dict[str, FileStamp], dict[str, SkippedFile], bool]:
    """Return what the library knows of the files; nothing where there is none yet."""
    if not (directory / DATABASE_NAME).is_file():
        return {}, {}, False
    with Library(directory) as library, library.translated():
        known = library.stamps()
        other_rules = bool(known) and library.setting("reading") != READING_VERSION
        return known, library.failures(), other_rules
