"""Reads tables written as text (.csv, .tsv): one row a line, cells parted by ; , or a tab."""

import csv
import io

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.encoding import decode
from index.read.facts import finish
from index.read.sheet_rows import add_sheet
from index.types import Document

_SAMPLE_CHARS = 20_000
_DELIMITERS = ";\t,|"
_MAX_CELL_CHARS = 1_000_000


def read(data: bytes, path: str) -> Document:
    """Return the rows of a delimited file; raise `UnreadableFile` when they cannot be told apart."""
    text = decode(data).replace("\x00", "")
    csv.field_size_limit(_MAX_CELL_CHARS)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_find_delimiter(text)))
    except csv.Error as error:
        raise UnreadableFile("filens rækker kan ikke skilles ad") from error
    builder = DocumentBuilder(path)
    add_sheet(rows, builder)
    return finish(builder, path)


def _find_delimiter(text: str) -> str:
    """Return the character that parts most lines into the same number of cells."""
    lines = [line for line in text[:_SAMPLE_CHARS].splitlines() if line.strip()][:50]

    def evenness(delimiter: str) -> tuple[int, int]:
        counts = [line.count(delimiter) for line in lines]
        most = max(set(counts), key=lambda count: (count > 0, counts.count(count)), default=0)
        return (counts.count(most), most) if most else (0, 0)

    return max(_DELIMITERS, key=evenness) if lines else ";"
