"""From the cells of a table to blocks: a row of heads where there is one, and a block a row."""

import re
from collections.abc import Sequence

from index.types import BlockKind

MAX_HEAD_CHARS = 60
_VALUE = re.compile(
    r"^[\W\d_]*\d[\W\d_]*(kr|dkk|pct|mio|t|km|m|kg|kl|år|stk|timer?|dage?|uger?)?[\W\d_]*$", re.I
)


_SHORT_CHARS, _LONG_CHARS = 30, 60
"""What names a column at most, and what is running text at least."""

_COLUMN_NAME = re.compile(
    r"(adresse|afdeling|aktivitet|ansvarlig|antal|beløb|bemærkning|beskrivelse|dag|dato|emne|enhed|formål|frist"
    r"|funktion|handling|hvad|hvem|hvor|hvornår|indhold|indsats|kategori|kommentar|kontakt|målgruppe|navn|område"
    r"|opgave|periode|pris|punkt|rolle|sagsnr|status|sted|stilling|takst|telefon|tema|tid|tidspunkt|titel"
    r"|type|ydelse|år)(e|en|er|et|erne|r|s)?\b",
    re.I,
)
"""What columns are called in Danish tables, the first word of the cell."""


CELL_SEPARATOR = " | "
"""Stands between the cells of a row in the extracted text."""


def row_blocks(rows: Sequence[Sequence[str]], *, has_header: bool = False) -> list[tuple[BlockKind, str]]:
    """Return each row that says something as a block: the heads of the columns first, where there are any.

    The cells stay word for word, joined with " | ". `has_header` says that the format itself marks the
    first row as heads; without it the first row counts as heads when the rows below look different.
    Under heads every row keeps a place for each column; without them empty cells are left out.
    """
    filled = [[" ".join(cell.split()) for cell in row] for row in rows]
    filled = [row for row in filled if any(row)]
    if len(filled) < 2 or not (has_header or looks_like_header(filled)):
        return [(BlockKind.TABLE_ROW, CELL_SEPARATOR.join(_without_repeats(row))) for row in filled]
    width = len(filled[0])
    heads, *body = (CELL_SEPARATOR.join([*row, *[""] * (width - len(row))]) for row in filled)
    return [(BlockKind.TABLE_HEAD, heads), *((BlockKind.TABLE_ROW, row) for row in body)]


def looks_like_header(rows: Sequence[Sequence[str]]) -> bool:
    """Return True when the first row names columns: short, distinct, no values, values below it."""
    heads = [cell for cell in rows[0] if cell]
    if len(heads) < 2 or len(heads) < len(rows[0]) - 1 or len(set(heads)) < len(heads):
        return False
    if any(len(head) > MAX_HEAD_CHARS or head[-1] in ".;" or _VALUE.match(head) for head in heads):
        return False
    return any(_mostly_values([row[i] for row in rows[1:] if i < len(row)]) for i in range(len(rows[0])))


def names_columns(rows: Sequence[Sequence[str]]) -> bool:
    """Return True when the first row of a table of words plainly names its columns.

    All its cells are filled, different, short, and without a digit or the end of a sentence; and most of them
    are words that columns are called by, or a column under them holds nothing but running text.
    """
    heads, body = rows[0], rows[1:]
    if len(heads) < 2 or len(body) < 2 or len(set(heads)) < len(heads) or not all(map(_may_be_head, heads)):
        return False
    known = sum(_COLUMN_NAME.match(head) is not None for head in heads)
    columns = [[row[i] for row in body if i < len(row)] for i in range(len(heads))]
    return 2 * known > len(heads) or any(
        min(map(len, column), default=0) >= _LONG_CHARS for column in columns
    )


def _may_be_head(cell: str) -> bool:
    return 0 < len(cell) <= _SHORT_CHARS and cell[-1] not in ".;:,!?" and not any(map(str.isdigit, cell))


def _mostly_values(cells: Sequence[str]) -> bool:
    told = [cell for cell in cells if cell]
    return bool(told) and sum(bool(_VALUE.match(cell)) for cell in told) * 2 > len(told)


def _without_repeats(row: Sequence[str]) -> list[str]:
    """Drop empty cells and those that a merged cell repeats from its left neighbour."""
    return [cell for i, cell in enumerate(row) if cell and not (i and cell == row[i - 1])]
