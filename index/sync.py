"""Make the library equal to the folder: read what is new or changed, embed what is missing, publish.

Reading and embedding are committed bit by bit and survive a stop; what readers see changes in one
moment, at the end. See `writing.py` for that commit and `derived.py` for what is built within it.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from enum import Enum
from pathlib import Path
from typing import Protocol

from index.background import measure_background
from index.batches import batches
from index.changes import compare, match_renames
from index.crash import crash_point
from index.derived import build_derived, ensure_derived, remove_other_generations
from index.embed import Embedder
from index.errors import UnreadableFile, UnreadNow
from index.local_engine import LOCAL
from index.lock import locked
from index.seal import leave_at_rest
from index.search_engine import SearchEngine
from index.soundness import require_sound, sign_contents
from index.stage import stage_document
from index.types import Document, FileStamp, FoundFile, Notice, Rename, SkippedFile
from index.writing import WritableLibrary

READING_VERSION = "6"
"""Raised whenever reading, splitting or measuring the background changes: all files are read again."""

EMBEDDED_AT_A_TIME = 256
"""Texts between two commits while embedding: at most this much work is lost when it is stopped."""

_FILES_AT_A_TIME = 32
_CLOCK_GRAIN_NS = 2_000_000_000
"""A file changed this shortly before it was read may change again without its time telling."""

_NO_TIME = -1
"""Stands for a file's time where the file shall be looked into again, whatever its time is then."""


class SyncStage(Enum):
    """What a sync is doing, for a progress bar; done and total count files, characters, or nothing."""

    READ = "read"
    EMBED = "embed"
    BUILD = "build"


Progress = Callable[[SyncStage, int, int], None]
"""Called with the stage, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a sync did; every file of the folder is in one of the lists or among the unchanged.

    A renamed file stands under `added` and `removed` too.
    """

    documents: int
    passages: int
    sentences: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: int
    skipped: tuple[Notice, ...]
    partly_read: tuple[Notice, ...]
    seconds: float
    renamed: tuple[Rename, ...] = ()


class Source(Protocol):
    """What the library shall be equal to: a folder, or documents from elsewhere."""

    def list_files(self) -> tuple[Sequence[FoundFile], Sequence[SkippedFile]]:
        """Return the files to read, and those that are left out with the reason."""

    def content_hash(self, path: str) -> str:
        """Return the hash of the file's bytes; raises `UnreadableFile`."""

    def read(self, path: str) -> Document:
        """Return the file as a document; raises `UnreadableFile`."""


def sync_library(
    source: Source,
    directory: Path,
    embedder: Embedder,
    progress: Progress | None = None,
    engine: SearchEngine = LOCAL,
    patience: float | None = None,
) -> SyncReport:
    """Make the library in `directory` hold exactly what `source` holds, searched with `engine`.

    Raises `LibraryBusy` if another process is still writing it after `patience` seconds, and `LibraryError`
    if it cannot be written, or is not what was written. It can be stopped at any moment: readers keep the
    old state, and the next run goes on where this one stopped.
    """
    started = time.monotonic()
    with locked(directory, patience), WritableLibrary(directory) as library, library.translated():
        sealed = require_sound(library)
        update = _Update(library, source, embedder, progress or _say_nothing, engine)
        update.run()
        leave_at_rest(library, sealed)
        return update.report(time.monotonic() - started)


@dataclass(slots=True)
class _Update:
    """One run, from listing to publishing, with what it found on the way.

    `known` holds how the documents' files were known before; `added` maps a path to its content's hash.
    """

    library: WritableLibrary
    source: Source
    embedder: Embedder
    progress: Progress
    engine: SearchEngine
    known: dict[str, FileStamp] = field(default_factory=dict)
    added: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    removed: list[str] = field(default_factory=list)
    skipped: list[SkippedFile] = field(default_factory=list)
    unchanged: int = 0
    same_settings: bool = False

    def run(self) -> None:
        """Read, embed and publish; the settings decide whether what is there can be kept."""
        settings = self._settings()
        self.same_settings = all(self.library.setting(name) == value for name, value in settings.items())
        with self.library.writing():
            dropped = self.library.drop_staged_under_other(settings)
        files, left_out = self.source.list_files()
        self.skipped.extend(replace(file, modified_ns=_NO_TIME) for file in left_out)
        self.known = self.library.stamps()
        self._read(self._suspects(files))
        with self.library.writing():
            dropped += self.library.drop_staged_except((*self.added, *self.changed))
            if dropped:
                self.library.drop_unused()
        self._embed()
        unread = {file.path for file in self.skipped}
        present = {file.path for file in files} - unread
        self.removed.extend(sorted(self.known.keys() - present))
        self._publish()

    def report(self, seconds: float) -> SyncReport:
        counts = self.library.counts()
        return SyncReport(
            documents=counts.documents,
            passages=counts.passages,
            sentences=counts.sentences,
            added=tuple(sorted(self.added)),
            changed=tuple(sorted(self.changed)),
            removed=tuple(self.removed),
            unchanged=self.unchanged,
            skipped=self.library.skipped(),
            partly_read=self.library.partly_read(),
            seconds=seconds,
            renamed=match_renames(self.added, {path: self.known[path].content_hash for path in self.removed}),
        )

    def _suspects(self, files: Sequence[FoundFile]) -> Sequence[FoundFile]:
        """Return the files to look into; one that failed before and is as it was is not tried again."""
        if not self.same_settings:
            return files
        compared = compare(files, self.known, self.library.failures())
        self.unchanged += compared.unchanged
        self.skipped.extend(compared.failed)
        return compared.suspects

    def _read(self, files: Sequence[FoundFile]) -> None:
        done = 0
        for batch in batches(files, _FILES_AT_A_TIME):
            with self.library.writing():
                for file in batch:
                    self._read_one(file)
                crash_point("files read")
            crash_point("reading committed")
            done += len(batch)
            self.progress(SyncStage.READ, done, len(files))

    def _read_one(self, file: FoundFile) -> None:
        time_ns = _NO_TIME  # a file whose bytes cannot be had is tried again: nothing may tell that it can
        try:
            content_hash = self.source.content_hash(file.path)
            time_ns = _trusted_time(file)
            self._read_bytes(FileStamp(file.path, content_hash, file.size, time_ns))
        except UnreadableFile as reason:
            if isinstance(reason, UnreadNow):
                time_ns = _NO_TIME
            self.skipped.append(SkippedFile(file.path, file.size, time_ns, str(reason)))

    def _read_bytes(self, stamp: FileStamp) -> None:
        """Stage what these bytes hold, unless they are known; raises `UnreadableFile`."""
        known = self.known.get(stamp.path)
        if known and known.content_hash == stamp.content_hash and self.same_settings:
            self.library.restamp(stamp)
            self.unchanged += 1
            return
        if not self.library.is_staged(stamp):
            stage_document(self.library, stamp, self.source.read(stamp.path), self.embedder.fingerprint)
        if known:
            self.changed.append(stamp.path)
        else:
            self.added[stamp.path] = stamp.content_hash

    def _embed(self) -> None:
        total = self.library.pending_size()
        done = 0
        while texts := self.library.pending(EMBEDDED_AT_A_TIME):
            embeddings = self.embedder.embed_passages([text for _, text in texts])
            with self.library.writing():
                self.library.add_embeddings([key for key, _ in texts], embeddings)
                crash_point("texts embedded")
            crash_point("embeddings committed")
            done += sum(len(text) for _, text in texts)
            self.progress(SyncStage.EMBED, done, total)

    def _publish(self) -> None:
        """Move readers to the new state if anything changed, and leave nothing of older ones on disk."""
        staged = (*self.added, *self.changed)
        with self.library.writing():
            self.library.replace_skipped(self.skipped)
            if staged or self.removed or not self.same_settings:
                self.progress(SyncStage.BUILD, 0, 1)
                self._publish_new(staged)
                self.progress(SyncStage.BUILD, 1, 1)
            else:
                ensure_derived(self.library, self.engine)
            crash_point("before the commit")
        crash_point("after the commit")
        remove_other_generations(self.library, self.engine)
        crash_point("old generations removed")

    def _publish_new(self, staged: Sequence[str]) -> None:
        """Make what was staged current, with all that is derived from it."""
        self.library.publish(staged, self.removed)
        crash_point("documents exchanged")
        for name, value in self._settings().items():
            self.library.remember(name, value)
        sentences = (embeddings for _, embeddings in self.library.sentence_portions())
        self.library.remember("background", measure_background(self.embedder, sentences).to_json())
        sign_contents(self.library)
        build_derived(self.library, self.engine)

    def _settings(self) -> dict[str, str]:
        return {
            "reading": READING_VERSION,
            "model": self.embedder.fingerprint,
            "model_name": self.embedder.name,
        }


def _say_nothing(_stage: SyncStage, _done: int, _total: int) -> None:
    """Stand in where nobody watches the progress."""


def _trusted_time(file: FoundFile) -> int:
    """Return the file's time, or none if it is so recent that a later change could bear the same time."""
    return file.modified_ns if time.time_ns() - file.modified_ns > _CLOCK_GRAIN_NS else _NO_TIME
