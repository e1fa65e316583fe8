"""What the tests of syncing share: short texts, and what shows in a library after a sync."""

from pathlib import Path

from index.derived import open_search_index
from index.lexical import LexicalField
from index.library import Library
from index.sync import SyncReport

DOGS = "Hunde skal føres i snor."
CATS = "Katte må gå frit."
HORSES = "Heste skal holdes på fold."


def texts_in(directory: Path) -> dict[str, str]:
    """Return every document that a reader sees, by path."""
    with Library(directory) as library, library.snapshot():
        documents = (library.document(entry.path) for entry in library.entries())
        return {document.path: document.text for document in documents if document}


def found(directory: Path, query: str) -> list[str]:
    """Return the documents that the stems of `query` find, through the whole line from disk."""
    with Library(directory) as library, library.snapshot():
        ids = open_search_index(library).lexical.search(LexicalField.STEMS, query, 10).ids.tolist()
        passages = library.passages(ids)
        return [passages[passage_id].document for passage_id in ids]


def generation(directory: Path) -> int:
    with Library(directory) as library, library.snapshot() as number:
        return number


def lists(report: SyncReport) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    return report.added, report.changed, report.removed, report.unchanged


def files_with(bytes_sought: bytes, directory: Path) -> list[str]:
    return [
        path.name for path in directory.rglob("*") if path.is_file() and bytes_sought in path.read_bytes()
    ]
