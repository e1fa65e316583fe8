"""Markdown (.md): headings, paragraphs, list items, tables and quotes, without the marks."""

from collections.abc import Sequence

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder, clean_text
from index.read.dates import find_date, find_document_date
from index.read.encoding import decode
from index.read.frontmatter import FrontMatter, split_front_matter
from index.read.marks import MarkdownBlock, html_text, read_blocks
from index.read.naming import title_from_path
from index.types import BlockKind, Document

_FIRST_BLOCKS = 5
"""How far down a date may stand."""


def read(data: bytes, path: str) -> Document:
    """Read a Markdown file (CommonMark with tables, and front matter).

    Args:
        data: the file's bytes, in any encoding that `decode` knows.
        path: the file's path relative to the library's folder.

    Raises:
        UnreadableFile: when the file is empty or is no text.
    """
    front, body = split_front_matter(clean_text(decode(data)))
    blocks = read_blocks(body)
    number, date = find_document_date([block.text for block in blocks[:_FIRST_BLOCKS]], path)
    if number is not None:
        del blocks[number]
    if not blocks:
        raise UnreadableFile("filen er tom")
    builder = DocumentBuilder(path)
    for block in blocks:
        builder.add(block.kind, block.text, level=block.level)
    return builder.build(
        title=_title(front, blocks) or title_from_path(path),
        date=find_date(front.date) or date,
        author=front.author or None,
        partly_read="nogle tegn kunne ikke læses" if "\ufffd" in body else None,
    )


def _title(front: FrontMatter, blocks: Sequence[MarkdownBlock]) -> str:
    """Return the only heading of level 1, else the title in the front matter, else the first heading."""
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    highest = [block.text for block in headings if block.level == 1]
    if len(highest) == 1 or (highest and not front.title):
        return " ".join(highest[0].split())
    claimed = " ".join(html_text(front.title).split())
    return claimed or (" ".join(headings[0].text.split()) if headings else "")
