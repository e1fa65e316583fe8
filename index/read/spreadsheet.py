"""Reads Excel spreadsheets (.xlsx) row by row from their own XML, without building the sheet in memory.

openpyxl inflates without a limit and keeps every cell as an object; here a sheet of a million cells is
read in a stream. Values are the ones last calculated, written as a Dane sees them.
"""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from io import BytesIO

from lxml import etree

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import finish
from index.read.package import (
    DAMAGED_XML,
    Element,
    Package,
    attribute,
    child,
    descendants,
    local_name,
    office_facts,
    refuse_doctype,
    related_part,
    relations,
)
from index.read.sheet_rows import add_sheet
from index.types import BlockKind, Document

_MAX_COLUMNS = 1_000
_MAX_CELLS = 2_000_000
_FIRST_DAY = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
_DATE_FORMATS = {14, 15, 16, 17, 22, 27, 30, 36, 45, 46, 47, 50, 57}
_TIME_FORMATS = {18, 19, 20, 21}
_PERCENT_FORMATS = {9, 10}
_LITERALS = re.compile(r"\"[^\"]*\"|\[[^\]]*\]|\\.|_.|\*.")
_COLUMN = re.compile(r"^([A-Z]{1,3})\d")


def read(data: bytes, path: str) -> Document:
    """Return the visible sheets of a spreadsheet, each under its name.

    Raises `UnreadableFile` when it is damaged.
    """
    package = Package(data)
    main = related_part(package, "", "officeDocument") or "xl/workbook.xml"
    workbook = package.parse(main)
    if workbook is None:
        raise UnreadableFile("filen er beskadiget: arkenes oversigt mangler")
    builder = DocumentBuilder(path)
    sheet_reader = _SheetReader(package, main, workbook)
    for number, (name, part) in enumerate(_visible_sheets(package, main, workbook), start=1):
        rows = sheet_reader.rows(part)
        if rows:
            builder.add(BlockKind.HEADING, name, level=1, page=number)
            add_sheet(rows, builder, page=number)
    return finish(builder, path, office_facts(package))


def _visible_sheets(package: Package, main: str, workbook: Element) -> Iterator[tuple[str, str]]:
    parts = relations(package, main)
    for sheet in descendants(workbook, "sheet"):
        _, part = parts.get(attribute(sheet, "id") or "", ("", ""))
        if part and attribute(sheet, "state") in (None, "visible"):
            yield attribute(sheet, "name") or "Ark", part


class _SheetReader:
    """Reads the sheets of one workbook with its shared texts and number formats."""

    def __init__(self, package: Package, main: str, workbook: Element) -> None:
        self._package = package
        texts = package.parse(related_part(package, main, "sharedStrings") or "")
        self._texts = [_text_of(item) for item in descendants(texts, "si")]
        self._formats = _read_formats(package.parse(related_part(package, main, "styles") or ""))
        properties = child(workbook, "workbookPr")
        from_1904 = properties is not None and attribute(properties, "date1904") in ("1", "true")
        self._first_day = _FIRST_DAY[from_1904]
        self._cells = 0

    def rows(self, part: str) -> list[list[str]]:
        """Return the rows of a sheet that are shown and say something."""
        data = self._package.read(part)
        refuse_doctype(data)
        rows: list[list[str]] = []
        try:
            for _, element in etree.iterparse(
                BytesIO(data), tag="{*}row", resolve_entities=False, no_network=True
            ):
                row = self._row(element) if attribute(element, "hidden") not in ("1", "true") else []
                if any(row):
                    rows.append(row)
                element.clear()
                while element.getprevious() is not None:
                    del element.getparent()[0]
        except etree.XMLSyntaxError as error:
            raise UnreadableFile(DAMAGED_XML) from error
        return rows

    def _row(self, row: Element) -> list[str]:
        cells: list[str] = []
        for cell in row:
            column = _column_number(attribute(cell, "r") or "", len(cells))
            if column >= _MAX_COLUMNS:
                break
            self._cells += 1
            if self._cells > _MAX_CELLS:
                raise UnreadableFile("regnearket har for mange celler")
            cells.extend([""] * (column - len(cells)))
            cells.append(self._value(cell))
        return cells

    def _value(self, cell: Element) -> str:
        kind, raw = attribute(cell, "t") or "n", _child_text(cell, "v")
        if kind == "s":
            return self._texts[int(raw)] if raw.isdecimal() and int(raw) < len(self._texts) else ""
        if kind == "inlineStr":
            inline = child(cell, "is")
            return _text_of(inline) if inline is not None else ""
        if kind == "b":
            return {"1": "Ja", "0": "Nej"}.get(raw, "")
        if kind in ("str", "d"):
            return raw
        return self._number(raw, attribute(cell, "s") or "0") if kind == "n" else ""

    def _number(self, raw: str, style: str) -> str:
        try:
            number = float(raw)
        except ValueError:
            return raw
        form = self._formats[int(style)] if style.isdecimal() and int(style) < len(self._formats) else ""
        if form == "percent":
            return f"{danish_number(number * 100)} %"
        if form in ("date", "time") and number >= 0:
            with suppress(OverflowError):  # after the year 9999
                return _moment(self._first_day + timedelta(days=number), form)
        return danish_number(number)


def danish_number(number: float) -> str:
    """Return a number with a decimal comma and no more digits than it has: 1234.5 as "1234,5"."""
    return f"{number:.10g}".replace(".", ",") if abs(number) < 1e15 else f"{number:.0f}"


def _moment(moment: datetime, form: str) -> str:
    moment += timedelta(milliseconds=500)  # days are kept as fractions, which are not exact
    if form == "time":
        return f"{moment:%H.%M}"
    day = f"{moment:%d-%m-%Y}"
    return f"{day} {moment:%H.%M}" if (moment.hour, moment.minute) != (0, 0) else day


def _read_formats(styles: Element | None) -> list[str]:
    """Return for each cell style whether it shows a "date", a "time", a "percent" or "" for a number."""
    codes = {
        attribute(f, "numFmtId"): attribute(f, "formatCode") or "" for f in descendants(styles, "numFmt")
    }
    shapes = child(styles, "cellXfs")
    return [
        _format_kind(attribute(xf, "numFmtId") or "0", codes) for xf in (shapes if shapes is not None else ())
    ]


def _format_kind(number: str, codes: dict[str | None, str]) -> str:
    if number not in codes:
        known = int(number) if number.isdecimal() else 0
        kinds = ((_DATE_FORMATS, "date"), (_TIME_FORMATS, "time"), (_PERCENT_FORMATS, "percent"))
        return next((kind for numbers, kind in kinds if known in numbers), "")
    code = _LITERALS.sub("", codes[number]).lower()
    if "%" in code:
        return "percent"
    if "y" in code or "d" in code or "å" in code:
        return "date"
    return "time" if "h" in code or "t:" in code else ""


def _text_of(element: Element) -> str:
    """Return the text of a shared or inline string, without its reading aids."""
    parts = [part for part in element.iter("{*}t") if local_name(part.getparent()) != "rPh"]
    return "".join(part.text or "" for part in parts)


def _child_text(element: Element, name: str) -> str:
    found = child(element, name)
    return (found.text or "") if found is not None else ""


def _column_number(reference: str, default: int) -> int:
    """Return the 0-based column of a cell reference: "C7" is 2."""
    match = _COLUMN.match(reference)
    if match is None:
        return default
    number = 0
    for letter in match[1]:
        number = number * 26 + ord(letter) - 64
    return max(number - 1, default)
