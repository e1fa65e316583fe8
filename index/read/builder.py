"""Puts a document's text together from blocks, so that every offset is made in one place."""

import re
import unicodedata
from collections.abc import Iterator

from index.types import Block, BlockKind, Document

SEPARATOR = "\n\n"
"""Stands between two blocks in the extracted text."""

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u00ad"
    "\\u200b-\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)
"""Control, direction and zero-width characters: they carry no words and can hide or reorder text."""

_LINE_END = re.compile("\r\n|[\r\x0b\x85\u2028]")


def clean_text(text: str) -> str:
    """Return `text` in Unicode form NFC, with one kind of line end and without invisible characters."""
    text = _LINE_END.sub("\n", text).replace("\u2029", "\n\n").replace("\x0c", "\n\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text))


class DocumentBuilder:
    """Collects blocks in reading order and gives a `Document` whose offsets point at its own text."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, kind: BlockKind, text: str, *, level: int = 0, page: int | None = None) -> None:
        """Append one block; surrounding white space is dropped, and an empty block is left out.

        The rows of a table keep it: their first or last cell may be empty.
        """
        text = clean_text(text)
        text = text.strip("\n") if kind in (BlockKind.TABLE_ROW, BlockKind.TABLE_HEAD) else text.strip()
        if not text.replace("|", "").strip():
            return
        start = self._length + (len(SEPARATOR) if self._parts else 0)
        self._parts.append(text)
        self._blocks.append(Block(kind, start, start + len(text), level, page))
        self._length = start + len(text)

    def is_empty(self) -> bool:
        """Return True when no block has been added."""
        return not self._parts

    def parts(self) -> Iterator[tuple[Block, str]]:
        """Yield every block added so far with its text."""
        return zip(self._blocks, self._parts, strict=True)

    def build(
        self,
        *,
        title: str,
        date: str | None = None,
        author: str | None = None,
        partly_read: str | None = None,
    ) -> Document:
        """Return the document; `title` is shown to users, so it must not be empty."""
        text = SEPARATOR.join(self._parts)
        return Document(self._path, title, date, author, text, tuple(self._blocks), partly_read)
