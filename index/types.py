"""The values that cross files in `index/`. They import nothing of ours and cannot be changed once made.

All offsets are Unicode code points into `Document.text`, start included and end excluded, so
``document.text[start:end]`` is exactly what the span stands for.
"""

from dataclasses import dataclass
from enum import Enum


class BlockKind(Enum):
    """What a block of a document is; decides how it is split and shown."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    LIST_ITEM = "list_item"
    TABLE_HEAD = "table_head"
    TABLE_ROW = "table_row"
    FOOTNOTE = "footnote"


@dataclass(frozen=True, slots=True)
class Span:
    """A half-open range of code points in a document's text."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Block:
    """One structural part of a document, in reading order; blocks do not overlap.

    `level` is 1 (highest) to 6 for a heading, the nesting depth from 1 for a list item, else 0.
    `page` is the 1-based page, slide or sheet number where the format has one.
    """

    kind: BlockKind
    start: int
    end: int
    level: int = 0
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One file as it was read: its extracted text and the structure found in it.

    `path` is relative to the library's folder, with forward slashes. `date` is ISO 8601
    (YYYY-MM-DD) or None. `partly_read` is a Danish reason when some of the file had no readable text.
    """

    path: str
    title: str
    date: str | None
    author: str | None
    text: str
    blocks: tuple[Block, ...]
    partly_read: str | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What is retrieved and cited: one paragraph, or short neighbours together, under one heading path.

    `paragraph` is the 1-based number of its first block among the document's blocks that are not
    headings. `headings` runs from the outermost to the innermost. `introduction` is the text of the
    line that introduces the list or table which the passage continues, else "". `columns` are the
    heads of the columns where the passage is made of table rows, else empty.
    `sentences` lie inside the passage, in order, without overlap.
    """

    start: int
    end: int
    paragraph: int
    page: int | None
    headings: tuple[str, ...]
    introduction: str
    sentences: tuple[Span, ...]
    columns: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file of the folder before it is read; `path` is relative, with forward slashes."""

    path: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class FileStamp:
    """How a file is known again without reading it: its path, its bytes' hash, its size and its time."""

    path: str
    content_hash: str
    size: int
    modified_ns: int


@dataclass(frozen=True, slots=True)
class StoredPassage:
    """A passage as the library keeps it, with what a citation needs to know of its document.

    `id` is never used for another passage. `document` is the document's path, and `text` is the
    document's text from `start` to `end`.
    """

    id: int
    document: str
    title: str
    date: str | None
    start: int
    end: int
    paragraph: int
    page: int | None
    headings: tuple[str, ...]
    introduction: str
    text: str
    columns: tuple[str, ...] = ()
    author: str | None = None


@dataclass(frozen=True, slots=True)
class DocumentEntry:
    """One line of the list of documents: what it is called, how large it is, and whether all was read."""

    path: str
    title: str
    date: str | None
    pages: int | None
    passages: int
    partly_read: str | None


@dataclass(frozen=True, slots=True)
class SkippedFile:
    """A file that could not be read, how it was known then, and the Danish reason."""

    path: str
    size: int
    modified_ns: int
    reason: str


@dataclass(frozen=True, slots=True)
class Rename:
    """A file that has another path than before, and the same content."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A file that was not read, or not all of it, and the Danish reason."""

    document: str
    reason: str


@dataclass(frozen=True, slots=True)
class LibraryCounts:
    """How much a library holds."""

    documents: int
    passages: int
    sentences: int
