"""Finds tables by the lines drawn around their cells, and puts a page's words into the cells."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from ctypes import byref, c_float, c_int
from dataclasses import dataclass
from typing import Any

import pypdfium2.raw as pdfium

from index.read.pdf_lines import Table
from index.read.pdf_words import Bounds, Word

_TOUCH = 3.0
"""Points within which two drawn lines meet."""
_THIN = 2.5
"""A filled rectangle thinner than this is a drawn line."""
_MAX_OBJECTS = 20_000
_MAX_RULES = 4_000
_MAX_CELLS = 10_000


@dataclass(frozen=True, slots=True)
class Rule:
    """A drawn line at `place` across the page, from `start` to `end` along it, from the upper left."""

    flat: bool
    place: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """The cells of one table: the edges of its columns and rows, and the rules between them."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    rules: tuple[Rule, ...]

    def cell(self, word: Word) -> tuple[int, int] | None:
        """Return the (row, column) that a word stands in, or None outside the table."""
        x, y = (word.left + word.right) / 2, (word.top + word.bottom) / 2
        row, column = bisect_right(self.rows, y) - 1, bisect_right(self.columns, x) - 1
        inside = 0 <= row < len(self.rows) - 1 and 0 <= column < len(self.columns) - 1
        return (row, column) if inside else None


def read_grids(page: Any, bounds: Bounds) -> list[Grid]:
    """Return the ruled tables of a PDFium page with at least two rows and two columns."""
    rules = _merged(list(_rules(page, bounds)))
    if not 4 <= len(rules) <= _MAX_RULES:
        return []
    grids = (_to_grid(group) for group in _groups(rules))
    return [grid for grid in grids if grid is not None]


def fill_grid(grid: Grid, words: Sequence[Word], page: int) -> Table | None:
    """Return a table of the words that stand in a grid, or None when they fill too little of it."""
    owner = _owners(grid)
    texts: dict[tuple[int, int], str] = {}
    bold: dict[tuple[int, int], bool] = {}
    for word in words:
        cell = grid.cell(word)
        if cell is not None:
            cell = owner[cell]
            texts[cell] = f"{texts.get(cell, '')} {word.text}".strip()
            bold[cell] = bold.get(cell, True) and word.bold
    used_rows = {row for row, _ in texts}
    if len(used_rows) < 2 or len({column for _, column in texts}) < 2:
        return None
    rows = [
        tuple(texts.get(owner[row, column], "") for column in range(len(grid.columns) - 1))
        for row in range(len(grid.rows) - 1)
    ]
    first = min(used_rows)
    bold_first = all(bold[cell] for cell in bold if cell[0] == first) and not all(bold.values())
    return Table(tuple(row for row in rows if any(row)), bold_first, page, page)


def _rules(page: Any, bounds: Bounds) -> Iterator[Rule]:
    count = min(pdfium.FPDFPage_CountObjects(page), _MAX_OBJECTS)
    for i in range(count):
        thing = pdfium.FPDFPage_GetObject(page, i)
        if pdfium.FPDFPageObj_GetType(thing) == pdfium.FPDF_PAGEOBJ_PATH:
            yield from _rules_of_path(thing, bounds)


def _rules_of_path(path: Any, bounds: Bounds) -> Iterator[Rule]:
    sides = [c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(path, *(byref(side) for side in sides)):
        return
    left, bottom, right, top = (side.value for side in sides)
    left, right, top, bottom = left - bounds[0], right - bounds[0], bounds[3] - top, bounds[3] - bottom
    if bottom - top < _THIN < right - left:
        yield Rule(True, (top + bottom) / 2, left, right)
    elif right - left < _THIN < bottom - top:
        yield Rule(False, (left + right) / 2, top, bottom)
    elif _is_stroked(path):
        yield from _rules_of_outline(path, bounds)


def _is_stroked(path: Any) -> bool:
    fill, stroke = c_int(), c_int()
    return bool(pdfium.FPDFPath_GetDrawMode(path, byref(fill), byref(stroke)) and stroke.value)


def _rules_of_outline(path: Any, bounds: Bounds) -> Iterator[Rule]:
    """Yield the flat and upright strokes of a path, such as the four sides of a cell."""
    matrix = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(path, byref(matrix)):
        return
    x, y = c_float(), c_float()
    start = last = (0.0, 0.0)
    for i in range(min(pdfium.FPDFPath_CountSegments(path), _MAX_RULES)):
        segment = pdfium.FPDFPath_GetPathSegment(path, i)
        pdfium.FPDFPathSegment_GetPoint(segment, byref(x), byref(y))
        point = (
            matrix.a * x.value + matrix.c * y.value + matrix.e - bounds[0],
            bounds[3] - (matrix.b * x.value + matrix.d * y.value + matrix.f),
        )
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO:
            start = point
        elif kind == pdfium.FPDF_SEGMENT_LINETO:
            yield from _rule_between(last, point)
        if pdfium.FPDFPathSegment_GetClose(segment):
            yield from _rule_between(point, start)
        last = point


def _rule_between(one: tuple[float, float], other: tuple[float, float]) -> Iterator[Rule]:
    (x0, y0), (x1, y1) = one, other
    if abs(y0 - y1) < 1 and abs(x0 - x1) > _THIN:
        yield Rule(True, (y0 + y1) / 2, min(x0, x1), max(x0, x1))
    elif abs(x0 - x1) < 1 and abs(y0 - y1) > _THIN:
        yield Rule(False, (x0 + x1) / 2, min(y0, y1), max(y0, y1))


def _merged(rules: list[Rule]) -> list[Rule]:
    """Join the pieces of one drawn line, such as the upper edges of neighbouring cells."""
    merged: list[Rule] = []
    for rule in sorted(rules, key=lambda r: (r.flat, round(r.place / 2), r.start)):
        last = merged[-1] if merged else None
        if last and last.flat == rule.flat and abs(last.place - rule.place) < 2 and rule.start - last.end < 2:
            merged[-1] = Rule(rule.flat, last.place, last.start, max(last.end, rule.end))
        else:
            merged.append(rule)
    return merged


def _groups(rules: list[Rule]) -> list[list[Rule]]:
    """Return the rules of each table: those that meet, directly or by others."""
    flat, upright = [r for r in rules if r.flat], [r for r in rules if not r.flat]
    leader = {id(rule): rule for rule in rules}

    def find(rule: Rule) -> Rule:
        while leader[id(rule)] is not rule:
            leader[id(rule)] = leader[id(leader[id(rule)])]
            rule = leader[id(rule)]
        return rule

    for one in flat:
        for other in upright:
            if _meet(one, other):
                leader[id(find(one))] = find(other)
    groups: dict[int, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(id(find(rule)), []).append(rule)
    return list(groups.values())


def _meet(flat: Rule, upright: Rule) -> bool:
    across = flat.start - _TOUCH <= upright.place <= flat.end + _TOUCH
    return across and upright.start - _TOUCH <= flat.place <= upright.end + _TOUCH


def _to_grid(rules: list[Rule]) -> Grid | None:
    columns = _edges(rule.place for rule in rules if not rule.flat)
    rows = _edges(rule.place for rule in rules if rule.flat)
    if len(columns) < 3 or len(rows) < 3 or len(columns) * len(rows) > _MAX_CELLS:
        return None
    return Grid(columns, rows, tuple(rules))


def _edges(places: Iterator[float]) -> tuple[float, ...]:
    edges: list[float] = []
    for place in sorted(places):
        if not edges or place - edges[-1] > _TOUCH:
            edges.append(place)
    return tuple(edges)


def _owners(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for each place of the grid the upper left place of the cell that covers it."""
    owner: dict[tuple[int, int], tuple[int, int]] = {}
    for row in range(len(grid.rows) - 1):
        for column in range(len(grid.columns) - 1):
            x = (grid.columns[column] + grid.columns[column + 1]) / 2
            y = (grid.rows[row] + grid.rows[row + 1]) / 2
            owner[row, column] = (row, column)
            if column and not _is_ruled(grid, flat=False, place=grid.columns[column], along=y):
                owner[row, column] = owner[row, column - 1]
            elif row and not _is_ruled(grid, flat=True, place=grid.rows[row], along=x):
                owner[row, column] = owner[row - 1, column]
    return owner


def _is_ruled(grid: Grid, *, flat: bool, place: float, along: float) -> bool:
    return any(
        rule.flat == flat and abs(rule.place - place) <= _TOUCH and rule.start - 1 <= along <= rule.end + 1
        for rule in grid.rules
    )
