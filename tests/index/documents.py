"""Documents made of blocks, and what is split out of them."""

from index.read.builder import DocumentBuilder
from index.split import split_passages
from index.types import BlockKind, Document, Passage

HEADING, PARAGRAPH, ITEM, HEAD, ROW = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_HEAD,
    BlockKind.TABLE_ROW,
)


def document(*blocks: tuple[BlockKind, str, int] | tuple[BlockKind, str]) -> Document:
    builder = DocumentBuilder("a.md")
    for kind, text, *level in blocks:
        builder.add(kind, text, level=level[0] if level else 0)
    return builder.build(title="Titlen")


def words(length: int, letter: str = "a") -> str:
    """Return a sentence of `length` characters."""
    return letter * (length - 1) + "."


def texts(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in split_passages(document)]


def sentences(document: Document, passage: Passage) -> list[str]:
    return [document.text[s.start : s.end] for s in passage.sentences]
