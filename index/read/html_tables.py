"""The tables of web pages: cells with their spans to rows; tables that only place things are told apart."""

from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from index.read.rows import row_blocks
from index.types import BlockKind

_MAX_SPAN = 100


@dataclass(slots=True)
class Cell:
    """A cell while its words come in; `columns` and `rows` are how many of them it spans."""

    texts: list[str]
    is_head: bool
    columns: int
    rows: int

    @property
    def text(self) -> str:
        """Return all words of the cell on one line."""
        return " ".join(text for text in self.texts if text)


def table_blocks(table: list[list[Cell]], *, has_head: bool) -> list[tuple[BlockKind, str]]:
    """Return the blocks of a table's rows; `has_head` says that the page marks the first row as heads."""
    rows = _expand(table)
    heads = bool(rows) and (has_head or all(cell.is_head for cell in rows[0]))
    if not heads and all(len(row) == 2 and row[0].is_head and not row[1].is_head for row in rows):
        told = [row for row in rows if row[1].text]
        return [(BlockKind.TABLE_ROW, f"{row[0].text.rstrip(' :')}: {row[1].text}") for row in told]
    return row_blocks([[cell.text for cell in row] for row in rows], has_header=heads)


def _expand(table: list[list[Cell]]) -> list[list[Cell]]:
    """Repeat every cell in the columns and rows that it spans."""
    rows: list[list[Cell]] = []
    hanging: dict[int, tuple[Cell, int]] = {}
    for cells in table:
        row: list[Cell] = []
        waiting = iter(cells)
        while True:
            column = len(row)
            if column in hanging:
                cell, left = hanging.pop(column)
                if left > 1:
                    hanging[column] = cell, left - 1
                row.append(cell)
                continue
            cell_or_none = next(waiting, None)
            if cell_or_none is None:
                break
            for offset in range(cell_or_none.columns):
                if cell_or_none.rows > 1:
                    hanging[column + offset] = cell_or_none, cell_or_none.rows - 1
                row.append(cell_or_none)
        rows.append(row)
    return rows


def is_data_table(node: LexborNode) -> bool:
    """Return False for a table that only places things on the page."""
    if node.attributes.get("role") in ("presentation", "none"):
        return False
    if node.css_first("td table, th table") is not None:
        return False
    if node.css_first("td h1, td h2, td h3, td ul, td ol") is not None:
        return node.css_first("th") is not None
    return node.css_first("td + td, th + td, th + th, td + th") is not None


def span(node: LexborNode, name: str) -> int:
    """Return how many columns or rows a cell says that it spans, within reason."""
    told = node.attributes.get(name) or "1"
    return max(min(int(told), _MAX_SPAN), 1) if told.isdecimal() and len(told) < 6 else 1
