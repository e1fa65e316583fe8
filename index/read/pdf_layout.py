"""From the lines of a PDF's pages to its blocks: headings, paragraphs, list items, table rows, footnotes.

A PDF says where words stand and how they look, not what they are; the rules here read it as people do,
by size, weight, indent, the space between lines and where lines end.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from index.read.headings import looks_like_heading
from index.read.hyphens import Hyphens, mark_division
from index.read.pdf_lines import Line, Table
from index.read.rows import row_blocks
from index.types import BlockKind

Item = Line | Table

_HEADING_RATIO = 1.12
"""Text this much larger than the body's is a heading."""
_SMALLEST_HEADING_RATIO = 0.8
_MAX_HEADING_CHARS = 160
_MAX_HEADING_LINES = 3
_OPENING_HEADINGS = 5
"""The title of a document is among so many of its first headings."""
_FOOTNOTE_RATIO = 0.93

_ENDS = (".", ":", "!", "?", ";", "…")
_BULLET = re.compile(r"^([•▪◦‣·●○■□➢✓–—*\uf0b7\uf0a7\uf0d8\uf0fc-]|o(?=\s+[A-ZÆØÅ]))\s+(?=\S)")
_NUMBER = re.compile(r"^\(?(?:\d{1,3}|[a-zæøå]|[ivx]{2,4})[.)]\s+(?=\S)", re.I)
_SECTION = re.compile(r"^(?:§\s*\d+(?:\s?[a-zæøå])?\.|Stk\.\s*\d+\.|Artikel\s+\d+\b)")
_BARE_SECTION = re.compile(r"^§\s*\d")
_CHAPTER_ALONE = re.compile(r"^(?:kapitel|bilag|afsnit)\s+(?:\d{1,3}\s?[a-z]?|[IVX]{1,5}|[A-Z])\.?$", re.I)
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])\d{1,2}\)$")
_CHAPTER = re.compile(
    r"^(?:kapitel|afsnit|bilag|del)\s+(?:\d{1,3}|[IVX]{1,5}|[A-Z])\b(?:[^.;]|m\.v\.|m\.m\.)*$", re.I
)
_DEPTH = re.compile(r"^(\d{1,2}(?:\.\d{1,2})*)\.?\s")
_NOTE = re.compile(r"^\d{1,3}\)?\s+\S|^\*+\s*\S")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together."""

    lines: list[Line]

    @property
    def first(self) -> Line:
        """Return the line that the paragraph begins with."""
        return self.lines[0]

    @property
    def text(self) -> str:
        """Return the lines as one, with divided words still marked."""
        return " ".join([*(mark_division(line.text) for line in self.lines[:-1]), self.lines[-1].text])


Rank = tuple[float, bool, bool, int, int]
"""How high a heading stands, lowest first: larger letters, a chapter, bold, a look met early, its depth."""

Look = tuple[float, bool, bool]
"""The size of a line's letters in points, and whether all of them are bold and italic."""


@dataclass(slots=True)
class Style:
    """The ways in which a document is set: what is body text, and which looks are headings."""

    body: Look
    leading: dict[float, float]
    heights: Sequence[float]
    heading_ranks: dict[int, Rank] = field(default_factory=dict)

    @property
    def body_size(self) -> float:
        """Return the size of the letters in most of the text."""
        return self.body[0]

    def is_large(self, line: Line) -> bool:
        """Return True for a line in letters larger than the body's."""
        return line.size >= self.body_size * _HEADING_RATIO

    def is_note(self, line: Line) -> bool:
        """Return True for a line that begins a footnote: small, low on its page, with a mark first."""
        low = line.top > 0.5 * self.heights[line.page - 1] and not line.words[0].turn
        return low and line.size <= _FOOTNOTE_RATIO * self.body_size and bool(_NOTE.match(line.text))


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
    style = _find_style(lines, heights)
    parts = list(_with_chapter_titles(_join_parts(pages, style), style))
    paragraphs = [part for part in parts if isinstance(part, Paragraph)]
    style.heading_ranks = _rank_headings(paragraphs, style)
    writer = _Writer(style, Hyphens(line.text for line in lines))
    writer.write(parts)
    return writer.blocks


def _find_style(lines: Sequence[Line], heights: Sequence[float]) -> Style:
    looks: Counter[Look] = Counter()
    for line in lines:
        looks[_look(line)] += len(line.text)
    body = looks.most_common(1)[0][0] if looks else (10.0, False, False)
    steps: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        step = below.top - above.top
        if above.page == below.page and above.size == below.size and 0 < step < 3 * above.size:
            steps.setdefault(above.size, []).append(step)
    # the smaller steps are those inside paragraphs
    leading = {size: median(sorted(found)[: max(1, len(found) * 2 // 3)]) for size, found in steps.items()}
    return Style(body, leading, heights)


def _look(line: Line) -> Look:
    return line.size, line.bold, line.italic


# Lines to paragraphs


def _join_parts(pages: Sequence[Sequence[Item]], style: Style) -> Iterator[Paragraph | Table]:
    """Yield paragraphs and tables in reading order, those that a page's end tore apart put together.

    Footnotes follow the paragraph that they stand under, so that they do not cut it in two.
    """
    last: Paragraph | Table | None = None
    notes: list[Paragraph] = []
    for page in pages:
        edges = _right_edges([item for item in page if isinstance(item, Line)])
        for item in page:
            if isinstance(item, Line) and _take_note(item, notes, edges, style):
                continue
            if isinstance(last, Paragraph) and isinstance(item, Line) and _belongs(last, item, edges, style):
                last.lines.append(item)
            elif (
                isinstance(last, Table) and isinstance(item, Table) and last.page < item.page <= last.page + 1
            ):
                last = _joined_tables(last, item)
            else:
                if last is not None:
                    yield last
                yield from notes
                notes.clear()
                last = Paragraph([item]) if isinstance(item, Line) else item
    if last is not None:
        yield last
    yield from notes


def _take_note(line: Line, notes: list[Paragraph], edges: dict[int, float], style: Style) -> bool:
    """Add a line to the footnotes when it begins one, or goes on the last one of the same page."""
    if notes and notes[-1].first.page == line.page and _belongs(notes[-1], line, edges, style):
        notes[-1].lines.append(line)
    elif style.is_note(line):
        notes.append(Paragraph([line]))
    else:
        return False
    return True


def _right_edges(lines: Sequence[Line]) -> dict[int, float]:
    """Return for every line (by identity) how far right its column reaches."""
    return {
        id(line): max(
            other.right for other in lines if other.left < line.right and line.left < other.right + 1
        )
        for line in lines
    }


def _belongs(paragraph: Paragraph, line: Line, edges: dict[int, float], style: Style) -> bool:
    last = paragraph.lines[-1]
    room = _room(last, line, edges)
    if last.words[0].turn != line.words[0].turn or _begins(last, line, room):
        return False
    if abs(last.size - line.size) > 0.08 * max(last.size, line.size):
        return False
    step = line.top - last.top
    if last.page != line.page or step <= 0:
        return last.page <= line.page <= last.page + 1 and _runs_on(last, line)
    widest = (1.7 if room <= 0 and _runs_on(last, line) else 1.35) * style.leading.get(
        last.size, 1.3 * last.size
    )
    if step > widest + 0.5:
        return False
    if style.is_large(line):
        return _goes_on_large(paragraph, line, room)
    return _is_indent_kept(paragraph, line) and not _ended_early(last, line, room)


def _room(last: Line, line: Line, edges: dict[int, float]) -> float:
    """Return how much room there would have been for the next line's first word; at most 0 when none."""
    word = line.words[0]
    return edges.get(id(last), last.right) - last.right - (word.right - word.left) - 0.6 * line.size


def _begins(last: Line, line: Line, room: float) -> bool:
    """Return True for a line that begins something by its own words: a list item, a section of a law.

    A number may also stand first in a line by chance ("den / 1. maj"): then the line before is full and
    its sentence is not at an end.
    """
    text = line.text
    if _BULLET.match(text) or _SECTION.match(text) or _CHAPTER.match(text):
        return True
    by_chance = room <= 0 and last.text[-1] not in (*_ENDS, ",") and not last.text.endswith((" og", " eller"))
    return bool(_NUMBER.match(text) or _BARE_SECTION.match(text)) and not by_chance


def _runs_on(last: Line, line: Line) -> bool:
    """Return True when the sentence of one line goes on in another, past the end of a column or page."""
    text = mark_division(last.text)
    return text[-1] not in _ENDS and (line.text[0].islower() or text != last.text) and not last.bold


def _goes_on_large(paragraph: Paragraph, line: Line, room: float) -> bool:
    """Return True when a heading goes on in a line: set in the same way, and not ended early before it."""
    last = paragraph.lines[-1]
    if len(paragraph.lines) >= _MAX_HEADING_LINES or _look(last) != _look(line):
        return False
    is_left = abs(last.left - line.left) < 2
    return not (is_left and room > 0.3 * (last.right - last.left) and not line.text[0].islower())


def _is_indent_kept(paragraph: Paragraph, line: Line) -> bool:
    first, last = paragraph.first, paragraph.lines[-1]
    if len(paragraph.lines) > 1:
        return abs(line.left - last.left) < 0.8 * line.size
    if _BULLET.match(first.text) or _NUMBER.match(first.text):
        return line.left > first.left - 0.5 * line.size
    hangs = 4 if _SECTION.match(first.text) else 0.8
    return -4 * line.size < line.left - first.left < hangs * line.size


def _ended_early(last: Line, line: Line, room: float) -> bool:
    """Return True when the next line's first word would have had room: then the line break is meant."""
    if last.bold != line.bold and room > -0.3 * line.size:
        return True
    return room > 0 and not _runs_on(last, line)


def _goes_on(one: Table, other: Table) -> bool:
    """Return True when a table on the next page is the rest of one that stands last on a page."""
    same_width = bool(one.rows and other.rows) and len(one.rows[0]) == len(other.rows[0])
    return same_width and one.last_page < other.page <= one.last_page + 1


def _joined_tables(one: Table, other: Table) -> Table:
    """Return a table with its rest on the next page, whose repeated heads are left out."""
    rows = other.rows[1:] if other.rows[0] == one.rows[0] else other.rows
    return Table(one.rows + rows, one.bold_first, one.page, other.last_page)


# Paragraphs to blocks


def _rank_headings(paragraphs: Iterable[Paragraph], style: Style) -> dict[int, Rank]:
    """Return the rank of every heading, by the identity of its paragraph."""
    headings = [paragraph for paragraph in paragraphs if _is_heading(paragraph, style)]
    looks = list(dict.fromkeys(_look(heading.first) for heading in headings))
    ranks: dict[int, Rank] = {}
    for heading in headings:
        size, bold, italic = _look(heading.first)
        number = _DEPTH.match(heading.text)
        depth = number[1].count(".") if number else 0
        is_chapter = bool(_CHAPTER.match(heading.text))
        ranks[id(heading)] = (-size, not is_chapter, not bold, looks.index((size, bold, italic)), depth)
    return ranks


def _is_heading(paragraph: Paragraph, style: Style) -> bool:
    text, first = paragraph.text, paragraph.first
    if len(text) > _MAX_HEADING_CHARS or len(paragraph.lines) > _MAX_HEADING_LINES:
        return False
    if not _LETTER.search(text) or _BULLET.match(text):
        return False
    if style.is_large(first):
        return text[-1] not in ",;" and not (text[-1] == "." and len(text) > 80)
    if _CHAPTER.match(text):
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
    near = (
        part.first.page == chapter.first.page and 0 < part.first.top - chapter.first.top < 3 * part.first.size
    )
    text = part.text
    return (
        near
        and len(part.lines) <= 2
        and len(text) < 120
        and not _SECTION.match(text)
        and text[-1] not in ":;,"
    )


@dataclass(slots=True)
class _Writer:
    """Turns paragraphs and tables into blocks."""

    style: Style
    hyphens: Hyphens
    blocks: list[LaidBlock] = field(default_factory=list)
    list_lefts: list[float] = field(default_factory=list)
    open_headings: list[Rank] = field(default_factory=list)

    def write(self, parts: Iterable[Paragraph | Table]) -> None:
        """Add all parts, in order. What stands before the title is below it, as the title is the highest."""
        ranks = list(self.style.heading_ranks.values())
        self.open_headings = [min(ranks[:_OPENING_HEADINGS])] if ranks else []
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
        rank = self.style.heading_ranks.get(id(paragraph))
        if rank is not None:
            self.list_lefts.clear()
            level = self._heading_level(rank)
            self.blocks.append(LaidBlock(BlockKind.HEADING, _NOTE_MARK.sub("", text), page, level))
        elif self.style.is_note(paragraph.first):
            self.blocks.append(LaidBlock(BlockKind.FOOTNOTE, text, page))
        elif _BULLET.match(text) or _NUMBER.match(text):
            level = self._list_level(paragraph.first.left)
            self.blocks.append(LaidBlock(BlockKind.LIST_ITEM, _BULLET.sub("", text), page, level))
        else:
            self.list_lefts.clear()
            self.blocks.append(LaidBlock(BlockKind.PARAGRAPH, text, page))

    def _heading_level(self, rank: Rank) -> int:
        while self.open_headings and self.open_headings[-1] >= rank:
            self.open_headings.pop()
        self.open_headings.append(rank)
        return min(len(self.open_headings), 6)

    def _list_level(self, left: float) -> int:
        while self.list_lefts and self.list_lefts[-1] > left + 6:
            self.list_lefts.pop()
        if not self.list_lefts or left > self.list_lefts[-1] + 6:
            self.list_lefts.append(left)
        return min(len(self.list_lefts), 9)
