"""Adds the rows of a sheet to a document: notes above the table as paragraphs, then the table."""

from collections.abc import Sequence

from index.read.builder import DocumentBuilder
from index.read.rows import MAX_HEAD_CHARS, row_blocks
from index.types import BlockKind

_MAX_LINES_ABOVE = 20


def add_sheet(rows: Sequence[Sequence[str]], builder: DocumentBuilder, page: int | None = None) -> None:
    """Add the rows of one sheet; the first row of words in at least two columns is its heads."""
    cells = [[" ".join(cell.split()) for cell in row] for row in rows]
    cells = [row for row in _without_empty_columns(cells) if any(row)]
    above = _count_above(cells)
    for row in cells[:above]:
        builder.add(BlockKind.PARAGRAPH, " ".join(filter(None, row)), page=page)
    table = cells[above:]
    has_header = len(table) > 1 and _could_be_heads(table[0])
    for kind, text in row_blocks(table, has_header=has_header):
        builder.add(kind, text, page=page)


def _count_above(rows: Sequence[Sequence[str]]) -> int:
    """Return how many rows stand above the table, each with a single cell: its title, its source."""
    for number, row in enumerate(rows[:_MAX_LINES_ABOVE]):
        if sum(map(bool, row)) > 1:
            return number
    return 0


def _could_be_heads(row: Sequence[str]) -> bool:
    told = [cell for cell in row if cell]
    words = [cell for cell in told if any(c.isalpha() for c in cell) and len(cell) <= MAX_HEAD_CHARS]
    return len(told) > 1 and len(words) * 2 > len(told) and len(told) * 2 > len(row)


def _without_empty_columns(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    width = max(map(len, rows), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    used = [any(row[column] for row in full) for column in range(width)]
    return [[cell for cell, keep in zip(row, used, strict=True) if keep] for row in full]
