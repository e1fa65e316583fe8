"""Brings a library up to date with what it is made of, and opens it for questions."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from index.engines import open_search_engine
from index.errors import FolderError, LibraryBusy, LibraryError
from index.network import shut_network
from qa.log import keep_error

if TYPE_CHECKING:  # what these import takes seconds, and most errors are found without it
    from index.added import AddedFiles
    from index.embed import Embedder
    from index.joined import JoinedSource
    from index.plan import SyncPlan
    from index.search_engine import SearchEngine
    from index.sync import Progress, Source, SyncReport
    from index.types import FoundFile, SkippedFile
    from qa.engine import Engine
    from qa.evaluation.question_sets import QuestionSet
    from qa.following import Follower

SHORT_PATIENCE_SECONDS = 1.0
"""How long a question waits for another program that reads the folder; then it is asked of what is there."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What all commands may be told: where things are kept, which model embeds, and what searches."""

    home: Path
    model: str | None = None
    allow_download: bool = False
    engine: str | None = None


def update_folder(folder: Path, settings: Settings, progress: "Progress | None" = None) -> "SyncReport":
    """Make the library of `folder` equal to it; raises `FolderError`, `ModelError` or `LibraryError`.

    Raises `SettingError` too, if there is no such search engine.
    """
    from index.late import late_embedder  # takes a moment, and not before the folder has been looked at

    with _files_of(folder, settings) as source:
        engine = open_search_engine(settings.engine)  # out of reach is told before the model is loaded
        embedder = late_embedder(settings.home, settings.model, lambda: load_model(settings))
        return _update(source, _library_of(folder, settings), embedder, engine, progress)


def plan_folder(folder: Path, settings: Settings) -> "SyncPlan":
    """Return what `update_folder` would do, without doing it; raises `FolderError` or `LibraryError`."""
    from index.plan import plan_sync

    with _files_of(folder, settings) as source:
        return plan_sync(source, _library_of(folder, settings))


def open_folder(
    folder: Path, settings: Settings, progress: "Progress | None" = None
) -> "tuple[Engine, SyncReport]":
    """Make the library of `folder` equal to it and open it; raises as `update_folder`.

    Raises `FolderError` also where there is nothing in the folder that can be asked about.
    """
    with _files_of(folder, settings) as source:
        engine, report = _open(source, folder, settings, progress)
    _require_documents(folder, report.documents)
    return engine, report


def open_for_questions(
    folder: Path, settings: Settings, progress: "Progress", tell_busy: Callable[[], object]
) -> "Engine":
    """Open the library of `folder` as `open_folder` does, but do not wait for another program to read it.

    Then `tell_busy` is called, and what was published last is opened; raises `LibraryBusy` if nothing was.
    """
    with _files_of(folder, settings) as source:
        directory = _library_of(folder, settings)
        search_engine, embedder = open_search_engine(settings.engine), load_model(settings)
        try:
            _update(source, directory, embedder, search_engine, progress, SHORT_PATIENCE_SECONDS)
        except LibraryBusy:
            if not _is_published(directory):
                raise
            tell_busy()
    engine = _engine_of(directory, embedder, search_engine)
    _require_documents(folder, len(engine.documents()))
    return engine


def _is_published(directory: Path) -> bool:
    """Tell whether there is a state that can be read while another is written."""
    from index.library import Library

    try:
        with Library(directory) as library, library.snapshot():
            return True
    except LibraryError:
        return False


def _require_documents(folder: Path, count: int) -> None:
    if not count:
        raise FolderError(
            f"Der er ingen dokumenter, der kan læses, i »{folder}«; læg nogle i mappen, og prøv igen."
        )


@contextmanager
def follow_folder(folder: Path, settings: Settings, embedder: "Embedder") -> "Iterator[Follower]":
    """Keep the library of `folder` equal to it for as long as the block lasts; errors go to the log."""
    from index.joined import JoinedSource, is_added
    from qa.following import Follower

    added, directory = added_files(folder, settings), _library_of(folder, settings)
    engine = open_search_engine(settings.engine)

    def look() -> "tuple[Sequence[FoundFile], Sequence[SkippedFile]]":
        try:
            return list_own()
        except FolderError:
            _erase_taken_out(added, directory, engine)
            raise

    def list_own() -> "tuple[Sequence[FoundFile], Sequence[SkippedFile]]":
        files, left_out = JoinedSource(folder, added).list_files()
        if all(is_added(file.path) for file in files):  # a drive that is away would cost all embeddings
            raise FolderError(
                f"Der er ingen dokumenter i »{folder}«, så biblioteket beholder dem, det har; "
                "læg dokumenter i mappen, eller start Kildesvar igen."
            )
        return files, left_out

    def update(progress: "Progress") -> None:
        with closing(JoinedSource(folder, added)) as source:
            _update(source, directory, embedder, engine, progress)

    with Follower(look, update, partial(keep_error, settings.home)) as follower:
        yield follower


def _erase_taken_out(added: "AddedFiles", directory: Path, engine: "SearchEngine") -> None:
    """Erase the added documents whose files are gone: they may not stay because the folder is away."""
    from index.erasure import erase_document
    from index.joined import ADDED_FOLDER, is_added
    from index.library import Library

    there = {f"{ADDED_FOLDER}/{file.path}" for file in added.files()}
    with Library(directory) as library, library.snapshot():
        kept = [entry.path for entry in library.entries() if is_added(entry.path)]
    for path in kept:
        if path not in there:
            erase_document(directory, path, None, engine)


def open_question_set(
    question_set: "QuestionSet", settings: Settings, progress: "Progress | None" = None
) -> "tuple[Engine, SyncReport]":
    """Make the library of a question set's documents equal to them and open it; raises as `open_folder`."""
    if not question_set.is_corpus:
        return open_folder(question_set.documents, settings, progress)
    from qa.evaluation.corpus import CorpusSource

    return _open(CorpusSource(question_set.documents), question_set.documents, settings, progress)


def added_files(folder: Path, settings: Settings) -> "AddedFiles":
    """Return the documents that were added to the library of `folder` from the chat."""
    from index.added import AddedFiles, added_directory

    return AddedFiles(added_directory(settings.home, folder))


def load_model(settings: Settings) -> "Embedder":
    """Load the model, behind the wall unless it may be downloaded; raises `ModelError`."""
    if not settings.allow_download:
        shut_network()
    from index.model import load_embedder

    return load_embedder(settings.home, settings.model, allow_download=settings.allow_download)


@contextmanager
def _files_of(folder: Path, settings: Settings) -> "Iterator[JoinedSource]":
    """Give the folder's files, and those that were added from the chat.

    A folder that cannot be used is found out before the model is loaded. The processes that read end with
    the block, however that is left.
    """
    from index.joined import JoinedSource

    with closing(JoinedSource(folder, added_files(folder, settings))) as source:
        source.list_files()
        yield source


def _open(
    source: "Source", place: Path, settings: Settings, progress: "Progress | None"
) -> "tuple[Engine, SyncReport]":
    search_engine = open_search_engine(settings.engine)
    directory, embedder = _library_of(place, settings), load_model(settings)
    report = _update(source, directory, embedder, search_engine, progress)
    return _engine_of(directory, embedder, search_engine), report


def _library_of(place: Path, settings: Settings) -> Path:
    from index.library import library_directory

    return library_directory(settings.home, place)


def _engine_of(directory: Path, embedder: "Embedder", search_engine: "SearchEngine") -> "Engine":
    from qa.engine import Engine

    return Engine(directory, embedder, search_engine)


def _update(
    source: "Source",
    directory: Path,
    embedder: "Embedder",
    engine: "SearchEngine",
    progress: "Progress | None",
    patience: float | None = None,
) -> "SyncReport":
    from index.sync import sync_library

    return sync_library(source, directory, embedder, progress, engine, patience)
