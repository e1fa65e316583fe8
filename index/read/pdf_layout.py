"""From the paragraphs of a PDF to its blocks: headings, paragraphs, list items, table rows, footnotes."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from index.read.headings import looks_like_heading
from index.read.hyphens import Hyphens
from index.read.pdf_lines import Line, Table
from index.read.pdf_paragraphs import (
    BULLET,
    CHAPTER,
    MAX_HEADING_LINES,
    NUMBER,
    SECTION,
    Item,
    Paragraph,
    Style,
    find_style,
    join_parts,
    look_of,
)
from index.read.rows import row_blocks
from index.types import BlockKind

Rank = tuple[float, bool, bool, int, int]
"""How high a heading stands, lowest first: larger letters, a chapter, bold, a look met early, its depth."""

_SMALLEST_HEADING_RATIO = 0.8
_MAX_HEADING_CHARS = 160
_OPENING_HEADINGS = 5
"""The title of a document is among so many of its first headings."""
_INDENT = 6
"""Points by which the items of a deeper list stand further right."""

_CHAPTER_ALONE = re.compile(r"^(?:kapitel|bilag|afsnit)\s+(?:\d{1,3}\s?[a-z]?|[IVX]{1,5}|[A-Z])\.?$", re.I)
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])\d{1,2}\)$")
_DEPTH = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class LaidBlock:
    """A block before it has a place in the document's text; the fields are those of `Block`."""

    kind: BlockKind
    text: str
    page: int
    level: int = 0


def lay_out(pages: Sequence[Sequence[Item]], heights: Sequence[float]) -> list[LaidBlock]:
    """Return the blocks of all pages in reading order; `heights` are the heights of the pages in points."""
    lines = [item for page in pages for item in page if isinstance(item, Line)]
    style = find_style(lines, heights)
    parts = list(_with_chapter_titles(join_parts(pages, style), style))
    paragraphs = [part for part in parts if isinstance(part, Paragraph)]
    ranks = _rank_headings(paragraphs, style)
    writer = _Writer(style, ranks, Hyphens(line.text for line in lines))
    writer.write(parts)
    return writer.blocks


def _rank_headings(paragraphs: Iterable[Paragraph], style: Style) -> dict[int, Rank]:
    """Return the rank of every heading, by the identity of its paragraph."""
    headings = [paragraph for paragraph in paragraphs if _is_heading(paragraph, style)]
    looks = list(dict.fromkeys(look_of(heading.first) for heading in headings))
    ranks: dict[int, Rank] = {}
    for heading in headings:
        size, bold, italic = look_of(heading.first)
        number = _DEPTH.match(heading.text)
        depth = number[1].count(".") if number else 0
        is_chapter = bool(CHAPTER.match(heading.text))
        ranks[id(heading)] = (-size, not is_chapter, not bold, looks.index((size, bold, italic)), depth)
    return ranks


def _is_heading(paragraph: Paragraph, style: Style) -> bool:
    text, first = paragraph.text, paragraph.first
    if len(text) > _MAX_HEADING_CHARS or len(paragraph.lines) > MAX_HEADING_LINES:
        return False
    if not _LETTER.search(text) or BULLET.match(text):
        return False
    if style.is_large(first):
        return text[-1] not in ",;" and not (text[-1] == "." and len(text) > 80)
    if CHAPTER.match(text):
        alone = len(paragraph.lines) == 1 or bool(_CHAPTER_ALONE.match(first.text))
        return alone and first.size >= style.body_size
    if not looks_like_heading(text) or first.size < _SMALLEST_HEADING_RATIO * style.body_size:
        return False
    if first.bold and not style.body[1]:
        return all(line.bold for line in paragraph.lines)
    return first.size >= style.body_size and first.italic and not style.body[2] and len(paragraph.lines) == 1


def _with_chapter_titles(parts: Iterable[Paragraph | Table], style: Style) -> Iterator[Paragraph | Table]:
    """Put "Kapitel 2" and the title that stands in a line of its own below it together."""
    waiting: Paragraph | None = None
    for part in parts:
        if waiting is not None:
            if isinstance(part, Paragraph) and _is_title_of(waiting, part):
                waiting.lines.extend(part.lines)
                yield waiting
                waiting = None
                continue
            yield waiting
            waiting = None
        if isinstance(part, Paragraph) and _CHAPTER_ALONE.match(part.text) and _is_heading(part, style):
            waiting = part
        else:
            yield part
    if waiting is not None:
        yield waiting


def _is_title_of(chapter: Paragraph, part: Paragraph) -> bool:
    first, text = part.first, part.text
    near = first.page == chapter.first.page and 0 < first.top - chapter.first.top < 3 * first.size
    short = len(part.lines) <= 2 and len(text) < 120
    return near and short and not SECTION.match(text) and text[-1] not in ":;,"


@dataclass(slots=True)
class _Writer:
    """Turns paragraphs and tables into blocks."""

    style: Style
    ranks: dict[int, Rank]
    hyphens: Hyphens
    blocks: list[LaidBlock] = field(default_factory=list)
    list_lefts: list[float] = field(default_factory=list)
    open_headings: list[Rank] = field(default_factory=list)

    def write(self, parts: Iterable[Paragraph | Table]) -> None:
        """Add all parts, in order. What stands before the title is below it, as the title is the highest."""
        opening = list(self.ranks.values())[:_OPENING_HEADINGS]
        self.open_headings = [min(opening)] if opening else []
        for part in parts:
            if isinstance(part, Table):
                self._write_table(part)
            else:
                self._write_paragraph(part)

    def _write_table(self, table: Table) -> None:
        self.list_lefts.clear()
        rows = [[self.hyphens.mend(cell) for cell in row] for row in table.rows]
        for kind, text in row_blocks(rows, has_header=table.bold_first):
            self.blocks.append(LaidBlock(kind, text, table.page))

    def _write_paragraph(self, paragraph: Paragraph) -> None:
        text, page = self.hyphens.mend(paragraph.text), paragraph.first.page
        rank = self.ranks.get(id(paragraph))
        if rank is not None:
            self.list_lefts.clear()
            level = self._heading_level(rank)
            self.blocks.append(LaidBlock(BlockKind.HEADING, _NOTE_MARK.sub("", text), page, level))
        elif self.style.is_note(paragraph.first):
            self.blocks.append(LaidBlock(BlockKind.FOOTNOTE, text, page))
        elif BULLET.match(text) or NUMBER.match(text):
            level = self._list_level(paragraph.first.left)
            self.blocks.append(LaidBlock(BlockKind.LIST_ITEM, BULLET.sub("", text), page, level))
        else:
            self.list_lefts.clear()
            self.blocks.append(LaidBlock(BlockKind.PARAGRAPH, text, page))

    def _heading_level(self, rank: Rank) -> int:
        while self.open_headings and self.open_headings[-1] >= rank:
            self.open_headings.pop()
        self.open_headings.append(rank)
        return min(len(self.open_headings), 6)

    def _list_level(self, left: float) -> int:
        while self.list_lefts and self.list_lefts[-1] > left + _INDENT:
            self.list_lefts.pop()
        if not self.list_lefts or left > self.list_lefts[-1] + _INDENT:
            self.list_lefts.append(left)
        return min(len(self.list_lefts), 9)
