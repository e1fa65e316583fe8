"""Reads Word documents (.docx) by walking their own XML.

python-docx would give paragraphs and tables apart from each other, leaves out footnotes, text boxes and
tracked insertions, shows hidden text, and inflates without a limit; the walk below is what remains to
be written once those are put right, so it stands alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import finish
from index.read.headings import looks_like_heading
from index.read.package import (
    Element,
    Package,
    attribute,
    child,
    descendants,
    local_name,
    office_facts,
    related_part,
    relations,
)
from index.read.rows import names_columns, row_blocks
from index.read.word_numbering import Numbering
from index.read.word_styles import Style, Styles, is_on, list_place, outline_level, value_of
from index.read.word_text import TRANSPARENT, Content, TextCollector, chosen
from index.types import BlockKind, Document

_MAX_SPAN = 64
_MAX_CELL_PARAGRAPHS = 6
"""A cell with more paragraphs than this holds running text."""


@dataclass(slots=True)
class _Cell:
    text: str
    bold: bool


def read(data: bytes, path: str) -> Document:
    """Return the document in a .docx file; raise `UnreadableFile` when it cannot be read."""
    package = Package(data)
    main = related_part(package, "", "officeDocument") or "word/document.xml"
    root = package.parse(main)
    body = child(root, "body")
    if body is None:
        raise UnreadableFile("filen er beskadiget: dokumentets tekst mangler")
    reader = _WordReader(package, main, path)
    reader.walk(body)
    return finish(reader.builder, path, office_facts(package))


class _WordReader:
    """Walks the body of one document and adds its blocks to the builder."""

    def __init__(self, package: Package, main: str, path: str) -> None:
        self.builder = DocumentBuilder(path)
        parts = {kind: package.parse(name) for kind, name in self._wanted_parts(package, main)}
        self._styles = Styles(parts.get("styles"))
        self._collector = TextCollector(self._styles)
        self._numbering = Numbering(parts.get("numbering"))
        self._notes = {
            (kind, attribute(note, "id") or ""): note
            for kind in ("footnote", "endnote")
            for note in descendants(parts.get(kind + "s"), kind)
            if attribute(note, "type") in (None, "normal")
        }
        self._deepest_style = 1

    @staticmethod
    def _wanted_parts(package: Package, main: str) -> Iterator[tuple[str, str]]:
        for kind, name in relations(package, main).values():
            if kind in ("styles", "numbering", "footnotes", "endnotes"):
                yield kind, name

    def walk(self, container: Element) -> None:
        """Add the blocks of a body, a text box or a cell that holds running text."""
        for element in container:
            name = local_name(element)
            if name == "p":
                self._add_paragraph(element)
            elif name == "tbl":
                self._add_table(element)
            elif name == "AlternateContent":
                self.walk(chosen(element))
            elif name in TRANSPARENT and not _is_contents(element):
                self.walk(element)

    def _add_paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        style = self._collector.style_of(paragraph)
        content = self._collector.collect(paragraph)
        if not style.contents:
            self._add_text(content, properties, style)
        self._add_hanging(content)

    def _add_text(self, content: Content, properties: Element | None, style: Style) -> None:
        text = content.text.strip()
        if not text:
            return
        list_id, list_level = list_place(properties)
        if list_id is None:
            list_id, list_level = style.list_id, style.list_level
        is_item = list_id is not None and list_id != "0" and self._numbering.is_known(list_id)
        label = self._numbering.next_label(list_id, list_level) if list_id and is_item else ""
        text = f"{label} {text}" if label else text
        level = outline_level(properties) or style.level
        if level:
            self._deepest_style = max(self._deepest_style, level)
            self.builder.add(BlockKind.HEADING, " ".join(text.split()), level=level)
        elif is_item:
            self.builder.add(BlockKind.LIST_ITEM, text, level=list_level + 1)
        elif content.bold and looks_like_heading(text):
            self.builder.add(BlockKind.HEADING, text, level=min(self._deepest_style + 1, 6))
        else:
            self.builder.add(BlockKind.PARAGRAPH, text)

    def _add_hanging(self, content: Content) -> None:
        for key in content.notes:
            if key in self._notes:
                paragraphs = (self._collector.collect(p) for p in descendants(self._notes.pop(key), "p"))
                self.builder.add(BlockKind.FOOTNOTE, "\n".join(p.text.strip() for p in paragraphs))
        for box in content.boxes:
            self.walk(box)

    def _add_table(self, table: Element) -> None:
        rows = [row for row in _children(table, "tr") if child(row, "trPr", "del") is None]
        cells = [list(_children(row, "tc")) for row in rows]
        if _only_places(cells):
            for row in cells:
                for cell in row:
                    self.walk(cell)
            return
        hanging = Content()
        grid = self._grid(cells, hanging)
        texts = [[cell.text for cell in row] for row in grid]
        marked = self._has_marked_header(table, rows) or _is_bold_row(grid) or names_columns(texts)
        for kind, text in row_blocks(texts, has_header=marked):
            self.builder.add(kind, text)
        self._add_hanging(hanging)

    def _has_marked_header(self, table: Element, rows: list[Element]) -> bool:
        if is_on(child(rows[0], "trPr"), "tblHeader"):
            return True
        look, style = child(table, "tblPr", "tblLook"), child(table, "tblPr", "tblStyle")
        if look is None or style is None or not _shows_first_row(look):
            return False
        return self._styles.has_bold_first_row(attribute(style, "val"))

    def _grid(self, rows: list[list[Element]], hanging: Content) -> list[list[_Cell]]:
        grid: list[list[_Cell]] = []
        for row in rows:
            filled: list[_Cell] = []
            for cell in row:
                filled.extend(self._cells(cell, filled, grid[-1] if grid else [], hanging))
            grid.append(filled)
        return grid

    def _cells(self, cell: Element, before: list[_Cell], above: list[_Cell], hanging: Content) -> list[_Cell]:
        """Return a cell as often as it spans columns; one merged with the cell above repeats its text."""
        properties = child(cell, "tcPr")
        span = value_of(child(properties, "gridSpan")) or "1"
        merged = child(properties, "vMerge")
        if merged is not None and attribute(merged, "val") != "restart" and len(before) < len(above):
            made = above[len(before)]
        else:
            made = self._cell(cell, hanging)
        return [made] * (min(int(span), _MAX_SPAN) if span.isdecimal() and len(span) < 6 else 1)

    def _cell(self, cell: Element, hanging: Content) -> _Cell:
        contents = [self._collector.collect(p) for p in _paragraphs(cell)]
        for content in contents:
            hanging.notes.extend(content.notes)
            hanging.boxes.extend(content.boxes)
        told = [content for content in contents if content.text.strip()]
        return _Cell(" ".join(c.text.strip() for c in told), all(c.bold for c in told))


def _only_places(rows: list[list[Element]]) -> bool:
    """Return True for a table that only places running text on the page: one column, or cells full of it."""
    if all(len(row) <= 1 for row in rows):
        return True
    return any(sum(1 for _ in _children(cell, "p")) > _MAX_CELL_PARAGRAPHS for row in rows for cell in row)


def _paragraphs(container: Element) -> Iterator[Element]:
    """Yield the paragraphs of a cell and of the tables inside it, but not those of its text boxes."""
    for part in container:
        name = local_name(part)
        if name == "p":
            yield part
        elif name in ("tbl", "tr", "tc") or name in TRANSPARENT:
            yield from _paragraphs(part)
        elif name == "AlternateContent":
            yield from _paragraphs(chosen(part))


def _is_bold_row(grid: list[list[_Cell]]) -> bool:
    first, rest = grid[0], grid[1:]
    return all(c.bold for c in first if c.text) and not all(c.bold for row in rest for c in row if c.text)


def _shows_first_row(look: Element) -> bool:
    """Return True when a table uses its style's first row; old files say it as a bit of a number."""
    told = attribute(look, "firstRow")
    if told is not None:
        return told in ("1", "true", "on")
    bits = attribute(look, "val") or ""
    return len(bits) == 4 and all(c in "0123456789abcdefABCDEF" for c in bits) and bool(int(bits, 16) & 0x20)


def _is_contents(element: Element) -> bool:
    """Return True for a generated table of contents: it repeats the headings and leads nowhere."""
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and attribute(gallery, "val") == "Table of Contents"


def _children(element: Element, name: str) -> Iterator[Element]:
    for part in element:
        if local_name(part) == name:
            yield part
        elif local_name(part) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _children(part, name)
