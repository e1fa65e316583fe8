"""Reads Word documents (.docx) by walking their own XML.

python-docx would give paragraphs and tables apart from each other, leaves out footnotes, text boxes and
tracked insertions, shows hidden text, and inflates without a limit; the walk below is what remains to
be written once those are put right, so it stands alone.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

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
from index.read.rows import row_blocks
from index.read.word_numbering import Numbering
from index.read.word_styles import Style, Styles, is_on, list_place, outline_level, value_of
from index.types import BlockKind, Document

_TRANSPARENT = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"}
_TRANSPARENT |= {"bdo", "dir", "oMath", "oMathPara", "ruby", "rubyBase"}
_MAX_SPAN = 64
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class _Content:
    """What one paragraph holds: its text, whether all of it is bold, and what hangs on to it."""

    text: str = ""
    bold: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """One entry for each open field: True while inside its code, which is not text."""


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
                self.walk(_chosen(element))
            elif name in _TRANSPARENT and not _is_contents(element):
                self.walk(element)

    def _add_paragraph(self, paragraph: Element) -> None:
        properties = child(paragraph, "pPr")
        style = self._paragraph_style(properties)
        content = self._content(paragraph, style)
        if not style.contents:
            self._add_text(content, properties, style)
        self._add_hanging(content)

    def _paragraph_style(self, properties: Element | None) -> Style:
        named = child(properties, "pStyle")
        return self._styles.get(attribute(named, "val") if named is not None else None)

    def _add_text(self, content: _Content, properties: Element | None, style: Style) -> None:
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

    def _add_hanging(self, content: _Content) -> None:
        for key in content.notes:
            if key in self._notes:
                paragraphs = (self._content(p) for p in descendants(self._notes.pop(key), "p"))
                self.builder.add(BlockKind.FOOTNOTE, "\n".join(p.text.strip() for p in paragraphs))
        for box in content.boxes:
            self.walk(box)

    def _content(self, paragraph: Element, style: Style | None = None) -> _Content:
        content = _Content()
        self._collect(paragraph, content, style or self._paragraph_style(child(paragraph, "pPr")))
        return content

    def _collect(self, element: Element, content: _Content, style: Style) -> None:
        for part in element:
            name = local_name(part)
            if name == "r":
                self._collect_run(part, content, style)
            elif name == "AlternateContent":
                self._collect(_chosen(part), content, style)
            elif name in _TRANSPARENT:
                self._collect(part, content, style)

    def _collect_run(self, run: Element, content: _Content, style: Style) -> None:
        properties = child(run, "rPr")
        named = child(properties, "rStyle")
        shown_as = self._styles.get(attribute(named, "val")) if named is not None else style
        if is_on(properties, "vanish", default=shown_as.hidden or style.hidden):
            return
        length = len(content.text)
        for part in run:
            self._collect_part(part, content)
        if content.text[length:].strip() and not is_on(properties, "b", default=shown_as.bold or style.bold):
            content.bold = False

    def _collect_part(self, part: Element, content: _Content) -> None:
        name = local_name(part)
        if name == "fldChar":
            _follow_field(content.fields, attribute(part, "fldCharType"))
        elif any(content.fields):
            return
        elif name == "t":
            content.text += part.text or ""
        elif name in _MARKS:
            content.text += _MARKS[name]
        elif name in ("footnoteReference", "endnoteReference"):
            content.notes.append((name.removesuffix("Reference"), attribute(part, "id") or ""))
        elif name == "AlternateContent":
            content.boxes.extend(_outermost_boxes(_chosen(part)))
        elif name in ("drawing", "pict", "object"):
            content.boxes.extend(_outermost_boxes(part))

    def _add_table(self, table: Element) -> None:
        rows = [row for row in _children(table, "tr") if child(row, "trPr", "del") is None]
        cells = [list(_children(row, "tc")) for row in rows]
        if all(len(row) <= 1 for row in cells):
            for row in cells:
                for cell in row:
                    self.walk(cell)
            return
        hanging = _Content()
        grid = self._grid(cells, hanging)
        marked = self._has_marked_header(table, rows) or _is_bold_row(grid)
        for kind, text in row_blocks([[cell.text for cell in row] for row in grid], has_header=marked):
            self.builder.add(kind, text)
        self._add_hanging(hanging)

    def _has_marked_header(self, table: Element, rows: list[Element]) -> bool:
        if is_on(child(rows[0], "trPr"), "tblHeader"):
            return True
        look, style = child(table, "tblPr", "tblLook"), child(table, "tblPr", "tblStyle")
        if look is None or style is None or not _shows_first_row(look):
            return False
        return self._styles.has_bold_first_row(attribute(style, "val"))

    def _grid(self, rows: list[list[Element]], hanging: _Content) -> list[list[_Cell]]:
        grid: list[list[_Cell]] = []
        for row in rows:
            filled: list[_Cell] = []
            for cell in row:
                filled.extend(self._cells(cell, filled, grid[-1] if grid else [], hanging))
            grid.append(filled)
        return grid

    def _cells(
        self, cell: Element, before: list[_Cell], above: list[_Cell], hanging: _Content
    ) -> list[_Cell]:
        """Return a cell as often as it spans columns; one merged with the cell above repeats its text."""
        properties = child(cell, "tcPr")
        span = value_of(child(properties, "gridSpan")) or "1"
        merged = child(properties, "vMerge")
        if merged is not None and attribute(merged, "val") != "restart" and len(before) < len(above):
            made = above[len(before)]
        else:
            made = self._cell(cell, hanging)
        return [made] * (min(int(span), _MAX_SPAN) if span.isdecimal() and len(span) < 6 else 1)

    def _cell(self, cell: Element, hanging: _Content) -> _Cell:
        contents = [self._content(p) for p in descendants(cell, "p")]
        for content in contents:
            hanging.notes.extend(content.notes)
            hanging.boxes.extend(content.boxes)
        told = [content for content in contents if content.text.strip()]
        return _Cell(" ".join(c.text.strip() for c in told), all(c.bold for c in told))


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


def _follow_field(fields: list[bool], kind: str | None) -> None:
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()


def _chosen(alternate: Element) -> Element:
    """Return the first choice of an element that offers its content in several forms."""
    choice = child(alternate, "Choice")
    fallback = child(alternate, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def _outermost_boxes(element: Element) -> Iterator[Element]:
    if local_name(element) == "txbxContent":
        yield element
        return
    for part in _chosen(element) if local_name(element) == "AlternateContent" else element:
        yield from _outermost_boxes(part)


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
