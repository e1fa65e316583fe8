"""What a library holds and what could not be read, for `kildesvar status` and `kildesvar index`."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.errors import LibraryError
from index.library import DATABASE_NAME, Library, library_directory
from index.plan import SyncPlan
from index.sync import SyncReport
from index.types import DocumentEntry, LibraryCounts, Notice
from qa.wording import terminal as wording
from qa.wording.danish import counted, danish_date, decimal


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """A library as it stands; `entries` are all its documents by path."""

    folder: str
    library: str
    model: str | None
    documents: int
    passages: int
    sentences: int
    entries: tuple[DocumentEntry, ...]
    skipped: tuple[Notice, ...]
    partly_read: tuple[Notice, ...]


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
        )


def render_status(status: LibraryStatus) -> list[str]:
    """Return the status as lines: where it is, what it holds, each document, what could not be read."""
    counts = LibraryCounts(status.documents, status.passages, status.sentences)
    return [
        wording.STATUS_FOLDER.format(status.folder),
        wording.STATUS_LIBRARY.format(status.library),
        wording.STATUS_MODEL.format(status.model or "-"),
        _holdings(counts),
        *(f"  {_entry_line(entry)}" for entry in status.entries),
        *_unread_lines(status.skipped, status.partly_read),
    ]


def render_report(report: SyncReport) -> list[str]:
    """Return what a sync did as lines: each file that was not fully read, then a summary."""
    summary = wording.INDEXED.format(
        added=len(report.added),
        changed=len(report.changed),
        removed=len(report.removed),
        unchanged=report.unchanged,
        seconds=decimal(report.seconds, 1),
    )
    counts = LibraryCounts(report.documents, report.passages, report.sentences)
    return [*_unread_lines(report.skipped, report.partly_read), f"{_holdings(counts)} {summary}"]


def render_plan(plan: SyncPlan) -> list[str]:
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


def _unread_lines(skipped: Sequence[Notice], partly_read: Sequence[Notice]) -> list[str]:
    return [wording.NOT_READ.format(document=notice.document, reason=notice.reason) for notice in skipped] + [
        wording.PARTLY_READ.format(document=notice.document, reason=notice.reason) for notice in partly_read
    ]


def _holdings(counts: LibraryCounts) -> str:
    return wording.HOLDINGS.format(
        documents=counted(counts.documents, "dokument", "dokumenter"),
        passages=counted(counts.passages, "afsnit", "afsnit"),
        sentences=counted(counts.sentences, "sætning", "sætninger"),
    )


def _entry_line(entry: DocumentEntry) -> str:
    facts = [
        f"»{entry.title}«",
        danish_date(entry.date) if entry.date else "",
        counted(entry.pages, "side", "sider") if entry.pages else "",
        counted(entry.passages, "afsnit", "afsnit"),
    ]
    return wording.STATUS_DOCUMENT.format(path=entry.path, facts=", ".join(fact for fact in facts if fact))
