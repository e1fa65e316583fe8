"""From the lines of a PDF's pages to its paragraphs: which lines belong together, also across pages.

A PDF says where words stand and how they look, not what they are; the rules here read it as people do,
by size, weight, indent, the space between lines and where lines end.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from index.read.hyphens import mark_division
from index.read.pdf_lines import Line, Table

Item = Line | Table

Look = tuple[float, bool, bool]
"""The size of a line's letters in points, and whether all of them are bold and italic."""

BULLET = re.compile(r"^([•▪◦‣·●○■□➢✓–—*\uf0b7\uf0a7\uf0d8\uf0fc-]|o(?=\s+[A-ZÆØÅ]))\s+(?=\S)")
NUMBER = re.compile(r"^\(?(?:\d{1,3}|[a-zæøå]|[ivx]{2,4})[.)]\s+(?=\S)", re.I)
SECTION = re.compile(r"^(?:§\s*\d+(?:\s?[a-zæøå])?\.|Stk\.\s*\d+\.|Artikel\s+\d+\b)")
CHAPTER = re.compile(
    r"^(?:kapitel|afsnit|bilag|del)\s+(?:\d{1,3}|[IVX]{1,5}|[A-Z])\b(?:[^.;]|m\.v\.|m\.m\.)*$", re.I
)
SENTENCE_ENDS = (".", ":", "!", "?", ";", "…")
MAX_HEADING_LINES = 3

_BARE_SECTION = re.compile(r"^§\s*\d")
_NOTE = re.compile(r"^\d{1,3}\)?\s+\S|^\*+\s*\S")
_LARGE_RATIO = 1.12
"""Letters this much larger than the body's are those of a heading."""
_NOTE_RATIO = 0.93
_MAX_COMPARED_LINES = 2_000
"""On a page with more lines than this, how wide its columns are is not asked."""


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


@dataclass(frozen=True, slots=True)
class Style:
    """The ways in which a document is set: the look of most of its text, and the steps between lines."""

    body: Look
    leading: dict[float, float]
    heights: Sequence[float]

    @property
    def body_size(self) -> float:
        """Return the size of the letters in most of the text."""
        return self.body[0]

    def is_large(self, line: Line) -> bool:
        """Return True for a line in letters larger than the body's."""
        return line.size >= self.body_size * _LARGE_RATIO

    def is_note(self, line: Line) -> bool:
        """Return True for a line that begins a footnote: small, low on its page, with a mark first."""
        low = line.top > 0.5 * self.heights[line.page - 1] and not line.words[0].turn
        return low and line.size <= _NOTE_RATIO * self.body_size and bool(_NOTE.match(line.text))


def find_style(lines: Sequence[Line], heights: Sequence[float]) -> Style:
    """Return how a document is set, found in all its lines; `heights` are those of its pages in points."""
    looks: Counter[Look] = Counter()
    for line in lines:
        looks[look_of(line)] += len(line.text)
    body = looks.most_common(1)[0][0] if looks else (10.0, False, False)
    steps: dict[float, list[float]] = {}
    for above, below in pairwise(lines):
        step = below.top - above.top
        if above.page == below.page and above.size == below.size and 0 < step < 3 * above.size:
            steps.setdefault(above.size, []).append(step)
    # the smaller steps are those inside paragraphs
    leading = {size: median(sorted(found)[: max(1, len(found) * 2 // 3)]) for size, found in steps.items()}
    return Style(body, leading, heights)


def look_of(line: Line) -> Look:
    """Return how a line looks."""
    return line.size, line.bold, line.italic


def join_parts(pages: Sequence[Sequence[Item]], style: Style) -> Iterator[Paragraph | Table]:
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
            elif isinstance(last, Table) and isinstance(item, Table) and _goes_on(last, item):
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
    if len(lines) > _MAX_COMPARED_LINES:
        return {}
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
    leading = style.leading.get(last.size, 1.3 * last.size)
    if step > (1.7 if room <= 0 and _runs_on(last, line) else 1.35) * leading + 0.5:
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
    if BULLET.match(text) or SECTION.match(text) or CHAPTER.match(text):
        return True
    by_chance = (
        room <= 0 and last.text[-1] not in (*SENTENCE_ENDS, ",") and not last.text.endswith((" og", " eller"))
    )
    return bool(NUMBER.match(text) or _BARE_SECTION.match(text)) and not by_chance


def _runs_on(last: Line, line: Line) -> bool:
    """Return True when the sentence of one line goes on in another, past the end of a column or page."""
    text = mark_division(last.text)
    return text[-1] not in SENTENCE_ENDS and (line.text[0].islower() or text != last.text) and not last.bold


def _goes_on_large(paragraph: Paragraph, line: Line, room: float) -> bool:
    """Return True when a heading goes on in a line: set in the same way, and not ended early before it."""
    last = paragraph.lines[-1]
    if len(paragraph.lines) >= MAX_HEADING_LINES or look_of(last) != look_of(line):
        return False
    is_left = abs(last.left - line.left) < 2
    return not (is_left and room > 0.3 * (last.right - last.left) and not line.text[0].islower())


def _is_indent_kept(paragraph: Paragraph, line: Line) -> bool:
    first, last = paragraph.first, paragraph.lines[-1]
    if len(paragraph.lines) > 1:
        return abs(line.left - last.left) < 0.8 * line.size
    if BULLET.match(first.text) or NUMBER.match(first.text):
        return line.left > first.left - 0.5 * line.size
    hangs = 4 if SECTION.match(first.text) else 0.8
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
