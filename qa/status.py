"""What a library holds and what could not be read, for `kildesvar status` and `kildesvar index`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import LibraryError
from index.library import DATABASE_NAME, Library, library_directory
from index.personal_numbers import has_personal_number, hide_personal_numbers
from index.types import DocumentEntry, LibraryCounts, Notice
from index.vector_kind import VectorKind
from qa.wording import terminal as wording
from qa.wording.danish import counted, danish_date, decimal, grouped

if TYPE_CHECKING:  # what these import is not needed to show a status
    from index.plan import SyncPlan
    from index.sync import SyncReport

MAX_NAMED = 5
"""Documents that are named in one line; `kildesvar status --json` names all."""


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """A library as it stands; `entries` are all its documents by path.

    `personal_numbers` are the paths of those in which a personal number stands. `search` is how the nearest
    passages are found, where that is done on this machine.
    """

    folder: str
    library: str
    model: str | None
    documents: int
    passages: int
    sentences: int
    entries: tuple[DocumentEntry, ...]
    skipped: tuple[Notice, ...]
    partly_read: tuple[Notice, ...]
    personal_numbers: tuple[str, ...]
    search: VectorKind | None = None


def read_status(folder: Path, home: Path) -> LibraryStatus:
    """Return what the library of `folder` holds, without changing it.

    Raises `LibraryError` where the folder has not been read yet, or the library cannot be used.
    """
    directory = library_directory(home, folder)
    if not (directory / DATABASE_NAME).is_file():
        raise LibraryError(f"Mappen »{folder}« er ikke læst endnu; kør »kildesvar index {folder}« først.")
    with Library(directory) as library, library.snapshot():
        counts = library.counts()
        return LibraryStatus(
            folder=str(folder.absolute()),
            library=str(directory),
            model=library.setting("model_name"),
            documents=counts.documents,
            passages=counts.passages,
            sentences=counts.sentences,
            entries=library.entries(),
            skipped=library.skipped(),
            partly_read=library.partly_read(),
            personal_numbers=_with_personal_numbers(library),
            search=VectorKind.of(library),
        )


def render_status(status: LibraryStatus) -> list[str]:
    """Return the status as lines: where it is, what it holds, each document, what could not be read."""
    counts = LibraryCounts(status.documents, status.passages, status.sentences)
    return [
        wording.STATUS_FOLDER.format(status.folder),
        wording.STATUS_LIBRARY.format(status.library),
        wording.STATUS_MODEL.format(status.model or "-"),
        *_search_lines(status.search),
        _holdings(counts),
        *(f"  {_entry_line(entry)}" for entry in status.entries),
        *_unread_lines(status.skipped, status.partly_read),
        *_number_lines(status.personal_numbers),
    ]


def render_report(report: "SyncReport", personal_numbers: Sequence[str] = ()) -> list[str]:
    """Return what a sync did as lines: each file that was not fully read, then a summary.

    `personal_numbers` are the paths of the documents in which one stands.
    """
    summary = wording.INDEXED.format(
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        unchanged=report.unchanged,
        seconds=decimal(report.seconds, 1),
    )
    counts = LibraryCounts(report.documents, report.passages, report.sentences)
    return [
        *_unread_lines(report.skipped, report.partly_read),
        *_number_lines(personal_numbers),
        f"{_holdings(counts)} {summary}",
    ]


def render_plan(plan: "SyncPlan") -> list[str]:
    """Return what a sync would do as lines: one for each file that is not as it was, then a summary."""
    old, new = {rename.old for rename in plan.renamed}, {rename.new for rename in plan.renamed}
    added = [path for path in plan.added if path not in new]
    removed = [path for path in plan.removed if path not in old]
    summary = wording.WOULD_INDEX.format(
        added=len(added),
        changed=len(plan.changed),
        renamed=len(plan.renamed),
        removed=len(removed),
        unchanged=plan.unchanged,
    )
    return [
        *(wording.WOULD_ADD.format(path) for path in added),
        *(wording.WOULD_CHANGE.format(path) for path in plan.changed),
        *(wording.WOULD_RENAME.format(old=rename.old, new=rename.new) for rename in plan.renamed),
        *(wording.WOULD_REMOVE.format(path) for path in removed),
        *_unread_lines(plan.skipped, ()),
        *([wording.WOULD_READ_ALL] if plan.reads_all_again else []),
        summary,
    ]


def find_personal_numbers(folder: Path, home: Path) -> tuple[str, ...]:
    """Return the paths of the documents in which a personal number stands; raises `LibraryError`."""
    with Library(library_directory(home, folder)) as library, library.snapshot():
        return _with_personal_numbers(library)


def _with_personal_numbers(library: Library) -> tuple[str, ...]:
    return tuple(path for path, text in library.texts() if has_personal_number(text))


def _number_lines(paths: Sequence[str]) -> list[str]:
    """Return a line that names the first documents with personal numbers, or none where there are none."""
    if not paths:
        return []
    named = ", ".join([*paths[:MAX_NAMED], *(["…"] if len(paths) > MAX_NAMED else [])])
    documents = counted(len(paths), "dokument", "dokumenter")
    return [wording.STATUS_NUMBERS.format(documents=documents, named=named)]


def _unread_lines(skipped: Sequence[Notice], partly_read: Sequence[Notice]) -> list[str]:
    return [wording.NOT_READ.format(document=notice.document, reason=notice.reason) for notice in skipped] + [
        wording.PARTLY_READ.format(document=notice.document, reason=notice.reason) for notice in partly_read
    ]


def _search_lines(kind: VectorKind | None) -> list[str]:
    if kind is None:
        return []
    if kind.candidates is None:
        return [wording.STATUS_EXACT]
    share = decimal(kind.recall_at_100 * 100, 1)
    return [wording.STATUS_ROUGH.format(candidates=grouped(kind.candidates), share=share)]


def _holdings(counts: LibraryCounts) -> str:
    return wording.HOLDINGS.format(
        documents=counted(counts.documents, "dokument", "dokumenter"),
        passages=counted(counts.passages, "afsnit", "afsnit"),
        sentences=counted(counts.sentences, "sætning", "sætninger"),
    )


def _entry_line(entry: DocumentEntry) -> str:
    facts = [
        f"»{hide_personal_numbers(entry.title)}«",
        danish_date(entry.date) if entry.date else "",
        counted(entry.pages, "side", "sider") if entry.pages else "",
        counted(entry.passages, "afsnit", "afsnit"),
    ]
    return wording.STATUS_DOCUMENT.format(path=entry.path, facts=", ".join(fact for fact in facts if fact))
