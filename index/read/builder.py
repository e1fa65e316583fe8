"""Puts a document's text together from blocks, so that every offset is made in one place."""

import re
import unicodedata

from index.types import Block, BlockKind, Document

SEPARATOR = "\n\n"
"""Stands between two blocks in the extracted text."""

_INVISIBLE = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\u00ad"
    "\\u200b\\u200e\\u200f\\u202a-\\u202e\\u2060\\u2066-\\u2069\\ufeff]"
)
"""Control, direction and zero-width characters: they carry no words and can hide or reorder text."""


def clean_text(text: str) -> str:
    """Return `text` in Unicode form NFC, with one kind of line end and without invisible characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x85", "\n").replace("\u2028", "\n")
    return unicodedata.normalize("NFC", _INVISIBLE.sub("", text.replace("\u2029", "\n\n")))


class DocumentBuilder:
    """Collects blocks in reading order and gives a `Document` whose offsets point at its own text."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._parts: list[str] = []
        self._blocks: list[Block] = []
        self._length = 0

    def add(self, kind: BlockKind, text: str, *, level: int = 0, page: int | None = None) -> None:
        """Append one block; surrounding white space is dropped, and an empty block is left out."""
        text = clean_text(text).strip()
        if not text:
            return
        start = self._length + (len(SEPARATOR) if self._parts else 0)
        self._parts.append(text)
        self._blocks.append(Block(kind, start, start + len(text), level, page))
        self._length = start + len(text)

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
