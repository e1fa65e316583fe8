"""The documents that are wanted, by words, folder, year or path, and their list as the page draws it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import PurePosixPath
from typing import Any

from index.personal_numbers import hide_personal_numbers
from index.types import DocumentEntry, Notice

MAX_LISTED = 200
"""Documents, and files that were not read, shown at once."""


@dataclass(frozen=True, slots=True)
class Filter:
    """Which documents are wanted: with these words, in this folder or below it, of this year; "" is any.

    Where `paths` names some, those are wanted and no others.
    """

    words: str = ""
    folder: str = ""
    year: str = ""
    paths: frozenset[str] = frozenset()

    @property
    def wants_all(self) -> bool:
        """Whether nothing is asked for, so that every document is wanted."""
        return self == Filter()

    def wants(self, entry: DocumentEntry) -> bool:
        """Tell whether a document is one of those that are wanted."""
        return self.fits(entry.path, entry.title, entry.date)

    def fits(self, path: str, title: str = "", date: str | None = None) -> bool:
        """Tell whether a file of this name is; one that was not read has no title and no date."""
        if self.paths:
            return path in self.paths
        text = f"{title} {path}".casefold()
        in_folder = not self.folder or path.startswith(f"{self.folder}/")
        in_year = (date or "").startswith(self.year)
        return in_folder and in_year and all(word in text for word in self.words.casefold().split())


def list_documents(
    entries: Sequence[DocumentEntry], skipped: Sequence[Notice], wanted: Filter
) -> dict[str, Any]:
    """Return what the page needs to draw the list, ready for JSON: at most `MAX_LISTED` of each kind."""
    found = list(filter(wanted.wants, entries))
    left_out = [notice for notice in skipped if wanted.fits(notice.document)]
    folders = find_folders([entry.path for entry in entries])
    return {
        "total": len(entries),
        "found": len(found),
        "partly_read": sum(bool(entry.partly_read) for entry in found),
        "years": sorted({entry.date[:4] for entry in entries if entry.date}, reverse=True),
        "folders": folders,
        "shown_folders": list(map(hide_personal_numbers, folders)),
        "documents": [_draw_entry(entry) for entry in found[:MAX_LISTED]],
        "not_read": len(left_out),
        "skipped": [_draw_notice(notice) for notice in left_out[:MAX_LISTED]],
    }


def find_wanted(entries: Iterable[DocumentEntry], wanted: Filter) -> frozenset[str]:
    """Return the paths of the documents that are wanted."""
    return frozenset(entry.path for entry in filter(wanted.wants, entries))


def _draw_entry(entry: DocumentEntry) -> dict[str, Any]:
    """Draw an entry with its path twice: as the page asks for the document, and as it shows it."""
    hidden = {"title": hide_personal_numbers(entry.title), "shown_path": hide_personal_numbers(entry.path)}
    return {**asdict(entry), **hidden}


def _draw_notice(notice: Notice) -> dict[str, Any]:
    return {**asdict(notice), "document": hide_personal_numbers(notice.document)}


def find_folders(paths: Iterable[str]) -> list[str]:
    """Return every folder that holds one of the files, at any depth, in order."""
    folders = {str(folder) for path in paths for folder in PurePosixPath(path).parents}
    return sorted(folders - {"."})
