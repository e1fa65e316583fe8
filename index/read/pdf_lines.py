"""From the words of a page to its lines in reading order, and to tables that have no ruled lines."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from index.read.pdf_words import LINE_END_HYPHEN, Word

MARK = re.compile(
    r"^(?:[•▪◦‣·●○■□➢✓–—*\uf0b7\uf0a7\uf0d8\uf0fc-]|\(?(?:\d{1,3}|[a-zæøå]|[ivx]{1,4})[.)])$", re.I
)
"""What stands before a list item, alone as a word."""

_WIDE_GAP = 1.8
"""A gap between two words of one line that is wider than this, in font sizes, parts two columns."""

_MIN_COLUMN_ROWS = 6
_MIN_TABLE_ROWS = 3
_MAX_ROW_GAP = 3.0
_SENTENCE_END = (".", ":", "!", "?", ";")


@dataclass(frozen=True)
class Line:
    """Words that stand side by side, left to right, without a wide gap."""

    words: tuple[Word, ...]
    page: int

    @cached_property
    def text(self) -> str:
        """Return the words with blanks between; it ends with `LINE_END_HYPHEN` when a word is divided."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def left(self) -> float:
        """Return where the first word begins."""
        return self.words[0].left

    @cached_property
    def right(self) -> float:
        """Return where the last word ends."""
        return max(word.right for word in self.words)

    @cached_property
    def top(self) -> float:
        """Return the upper edge of the line's largest word."""
        return min(word.top for word in self.words)

    @cached_property
    def bottom(self) -> float:
        """Return the lower edge of the line's first word."""
        return self.words[0].bottom

    @cached_property
    def size(self) -> float:
        """Return the font size of most of the line's characters, to half a point (see `Word`)."""
        sizes: dict[float, int] = {}
        for word in self.words:
            sizes[word.size] = sizes.get(word.size, 0) + len(word.text)
        return max(sizes, key=lambda size: (sizes[size], size))

    @cached_property
    def bold(self) -> bool:
        """Return True when every word with a letter is bold."""
        return _all_told(self.words, [word.bold for word in self.words])

    @cached_property
    def italic(self) -> bool:
        """Return True when every word with a letter is italic."""
        return _all_told(self.words, [word.italic for word in self.words])


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, on one page or more; `bold_first` tells that the first row alone is set in bold."""

    rows: tuple[tuple[str, ...], ...]
    bold_first: bool
    page: int
    last_page: int


Row = list[Line]
"""What stands at one height: one line, or several with wide gaps between."""


def _all_told(words: Sequence[Word], looks: Sequence[bool]) -> bool:
    with_letters = [look for word, look in zip(words, looks, strict=True) if any(map(str.isalpha, word.text))]
    return all(with_letters) and any(looks)


def read_lines(words: Sequence[Word], page: int) -> list[Line | Table]:
    """Return the lines and tables of a page's words, in reading order."""
    rows = _unweave_columns(_to_rows(_to_pieces(words, page)))
    items: list[Line | Table] = []
    position = 0
    while position < len(rows):
        length = _table_length(rows, position)
        table = _to_table(rows[position : position + length]) if length else None
        if table is not None:
            items.append(table)
            position += length
        else:
            items.append(_joined(rows[position]))
            position += 1
    return items


def _to_pieces(words: Iterable[Word], page: int) -> list[Line]:
    pieces: list[Line] = []
    current: list[Word] = []
    for word in words:
        if current and not _continues(current, word):
            pieces.append(Line(tuple(current), page))
            current = []
        current.append(word)
    if current:
        pieces.append(Line(tuple(current), page))
    return pieces


def _continues(current: list[Word], word: Word) -> bool:
    last = current[-1]
    if word.turn != last.turn or not _same_height(last, word):
        return False
    size = max(last.size, word.size)
    widest = 4 * size if len(current) == 1 and MARK.match(last.text) else _WIDE_GAP * size
    return -size < word.left - last.right < widest


def _same_height(one: Word | Line, other: Word | Line) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    return shared > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _to_rows(pieces: list[Line]) -> list[Row]:
    rows: list[Row] = []
    for piece in pieces:
        last = rows[-1][-1] if rows else None
        if (
            last
            and last.words[0].turn == piece.words[0].turn
            and _same_height(last, piece)
            and piece.left > last.right
        ):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return rows


def _joined(row: Row) -> Line:
    return row[0] if len(row) == 1 else Line(tuple(word for line in row for word in line.words), row[0].page)


# Two columns of running text whose lines come across, row by row


def _unweave_columns(rows: list[Row]) -> list[Row]:
    """Put two columns that are written row by row one after the other."""
    unwoven: list[Row] = []
    position = 0
    while position < len(rows):
        run = _column_run(rows, position)
        if run:
            woven = rows[position : position + run]
            gutter = min(row[1].left for row in woven if len(row) == 2) - 1
            for side in (0, 1):
                unwoven.extend([line] for row in woven for line in row if (line.left >= gutter) == bool(side))
            position += run
        else:
            unwoven.append(rows[position])
            position += 1
    return unwoven


def _column_run(rows: list[Row], start: int) -> int:
    """Return how many rows from `start` on make two columns of running text, 0 when they do not."""
    if len(rows[start]) != 2:
        return 0
    left, right = rows[start][0].left, rows[start][1].left
    end = start
    while end < len(rows) and all(
        min(abs(line.left - left), abs(line.left - right)) < 3 for line in rows[end]
    ):
        end += 1
    pairs = [row for row in rows[start:end] if len(row) == 2]
    if len(pairs) < _MIN_COLUMN_ROWS:
        return 0
    runs_on = all(_runs_on([row[side] for row in pairs]) for side in (0, 1))
    return end - start if runs_on else 0


def _runs_on(lines: list[Line]) -> bool:
    """Return True when most lines are full and go on in the next, as running text does and cells do not."""
    width = max(line.right for line in lines) - lines[0].left
    full = sum(line.right - line.left > 0.7 * width for line in lines)
    going_on = sum(
        above.text[-1] not in _SENTENCE_END and (below.text[0].islower() or above.text[-1] == LINE_END_HYPHEN)
        for above, below in pairwise(lines)
    )
    return full >= 0.6 * len(lines) and going_on >= 0.3 * (len(lines) - 1)


# Tables told by their columns alone


def _table_length(rows: list[Row], start: int) -> int:
    """Return how many rows from `start` on have cells side by side, 0 when they are too few."""
    if len(rows[start]) < 2:
        return 0
    end = start + 1
    while end < len(rows) and _is_below(rows[end - 1], rows[end]):
        if len(rows[end]) < 2 and not _is_part_of_table(rows, start, end):
            break
        end += 1
    told = sum(len(row) >= 2 for row in rows[start:end])
    return end - start if told >= _MIN_TABLE_ROWS else 0


def _is_part_of_table(rows: list[Row], start: int, position: int) -> bool:
    """Return True for a line of its own that goes on a cell, or that names the rows below it."""
    line, first = rows[position][0], rows[start]
    if any(abs(line.left - cell.left) < 3 for cell in first[1:]):
        return line.top - rows[position - 1][-1].top < 1.6 * line.size
    below = rows[position + 1] if position + 1 < len(rows) else []
    names_rows = abs(line.left - first[0].left) < 3 and line.right < first[-1].right and len(below) >= 2
    return names_rows and all(any(abs(cell.left - other.left) < 3 for other in first) for cell in below)


def _is_below(above: Row, below: Row) -> bool:
    return 0 < below[0].top - above[0].top < _MAX_ROW_GAP * max(above[0].size, below[0].size)


def _to_table(rows: list[Row]) -> Table | None:
    columns = _columns([line for row in rows for line in row])
    if len(columns) < 2:
        return None
    grid: list[list[str]] = []
    for row in rows:
        cells = [""] * len(columns)
        for line in row:
            column = next(i for i, (left, right) in enumerate(columns) if left <= line.left <= right)
            cells[column] = f"{cells[column]} {line.text}".strip()
        if len(row) == 1 and not cells[0] and grid:
            grid[-1] = [f"{cell} {more}".strip() for cell, more in zip(grid[-1], cells, strict=True)]
        else:
            grid.append(cells)
    bold = all(line.bold for line in rows[0]) and not all(line.bold for row in rows[1:] for line in row)
    return Table(tuple(tuple(cells) for cells in grid), bold, rows[0][0].page, rows[0][0].page)


def _columns(lines: list[Line]) -> list[tuple[float, float]]:
    """Return the left and right of each column: the stretches of the page's width that any cell covers."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted((line.left, line.right) for line in lines):
        if columns and left <= columns[-1][1]:
            columns[-1] = columns[-1][0], max(columns[-1][1], right)
        else:
            columns.append((left, right))
    return columns
