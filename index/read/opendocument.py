"""Reads OpenDocument texts (.odt) by walking their own XML.

odfpy returns an empty document for an encrypted file, shows deleted text, joins words at tabs and needs
gigabytes for a crafted file; the walk below takes the text as the reader of the document sees it.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import Facts, finish
from index.read.headings import looks_like_heading
from index.read.opendocument_numbering import Numbering, is_continued, is_unnumbered
from index.read.opendocument_styles import Styles
from index.read.package import Element, Package, attribute, child, descendants, local_name
from index.read.rows import row_blocks
from index.types import BlockKind, Document

_SKIPPED = {"tracked-changes", "annotation", "annotation-end", "forms", "sequence-decls", "variable-decls"}
_SKIPPED |= {"user-field-decls", "table-of-content", "illustration-index", "table-index", "object-index"}
_SKIPPED |= {
    "user-index",
    "alphabetical-index",
    "bibliography",
    "hidden-text",
    "hidden-paragraph",
    "ruby-text",
}
_SKIPPED |= {"script", "desc", "title"}
_MARKS = {"tab": "\t", "line-break": "\n"}
_MAX_REPEATS = 1_000


@dataclass(slots=True)
class _Content:
    """What one paragraph holds: its text, whether all of it is bold, and what hangs on to it."""

    text: str = ""
    bold: bool = True
    notes: list[Element] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str = ""
    bold: bool = True


def read(data: bytes, path: str) -> Document:
    """Return the document in an .odt file; raise `UnreadableFile` when it cannot be read."""
    package = Package(data)
    if b"encryption-data" in package.read("META-INF/manifest.xml"):
        raise UnreadableFile("filen er beskyttet med adgangskode")
    root = package.parse("content.xml")
    body = child(root, "body", "text")
    if body is None:
        raise UnreadableFile("filen er beskadiget: dokumentets tekst mangler")
    shared = package.parse("styles.xml")
    reader = _TextReader(path, Styles(shared, root), Numbering(shared, root))
    reader.walk(body)
    return finish(reader.builder, path, _read_facts(package))


def _read_facts(package: Package) -> Facts:
    meta = child(package.parse("meta.xml"), "meta")
    told = {local_name(e): "".join(e.itertext()) for e in meta} if meta is not None else {}
    date = told.get("date") or told.get("creation-date")
    return Facts(told.get("title"), date, told.get("initial-creator") or told.get("creator"))


class _TextReader:
    """Walks the body of one text and adds its blocks to the builder."""

    def __init__(self, path: str, styles: Styles, numbering: Numbering) -> None:
        self.builder = DocumentBuilder(path)
        self._styles = styles
        self._numbering = numbering
        self._deepest_style = 1

    def walk(self, container: Element, depth: int = 0, list_name: str | None = None) -> None:
        """Add the blocks of a body, a section, a text box, or an item of a list `depth` levels deep."""
        for element in container:
            name = local_name(element)
            if name in _SKIPPED or (name == "section" and attribute(element, "display") == "none"):
                continue
            if name in ("p", "h"):
                self._add_paragraph(element)
            elif name == "list":
                self._add_list(element, depth + 1, attribute(element, "style-name") or list_name)
            elif name == "table":
                self._add_table(element)
            else:
                self.walk(element, depth, list_name)

    def _add_list(self, items: Element, depth: int, name: str | None) -> None:
        if depth == 1 and not is_continued(items):
            self._numbering.restart(name)
        for item in items:
            paragraphs = [part for part in item if local_name(part) == "p"]
            contents = [self._content(part) for part in paragraphs]
            told = "\n".join(content.text.strip() for content in contents if content.text.strip())
            if told:
                label = self._numbering.item_label(name, depth) if local_name(item) == "list-item" else ""
                self.builder.add(BlockKind.LIST_ITEM, f"{label} {told}".strip(), level=min(depth, 9))
            for content in contents:
                self._add_hanging(content)
            self.walk([part for part in item if local_name(part) != "p"], depth, name)

    def _add_paragraph(self, paragraph: Element) -> None:
        content = self._content(paragraph)
        text, level = content.text.strip(), self._heading_level(paragraph)
        if text and level:
            self._deepest_style = max(self._deepest_style, level)
            label = self._heading_label(paragraph, level)
            self.builder.add(BlockKind.HEADING, " ".join(f"{label} {text}".split()), level=level)
        elif text and content.bold and looks_like_heading(text):
            self.builder.add(BlockKind.HEADING, text, level=min(self._deepest_style + 1, 6))
        else:
            self.builder.add(BlockKind.PARAGRAPH, text)
        self._add_hanging(content)

    def _heading_label(self, paragraph: Element, level: int) -> str:
        style = attribute(paragraph, "style-name")
        if local_name(paragraph) != "h" or is_unnumbered(paragraph) or self._styles.is_unnumbered(style):
            return ""
        return self._numbering.heading_label(level)

    def _heading_level(self, paragraph: Element) -> int:
        if local_name(paragraph) == "h":
            told = attribute(paragraph, "outline-level") or "1"
            return min(int(told), 6) if told.isdecimal() and len(told) < 3 and int(told) else 1
        return 1 if self._styles.is_title(attribute(paragraph, "style-name")) else 0

    def _add_hanging(self, content: _Content) -> None:
        for note in content.notes:
            texts = (self._content(p).text.strip() for p in descendants(note, "p"))
            self.builder.add(BlockKind.FOOTNOTE, "\n".join(texts))
        for box in content.boxes:
            self.walk(box)

    def _content(self, paragraph: Element) -> _Content:
        content = _Content()
        style = attribute(paragraph, "style-name")
        if not self._styles.is_hidden(style):
            self._collect(paragraph, content, bold=self._styles.is_bold(style))
        return content

    def _collect(self, element: Element, content: _Content, *, bold: bool) -> None:
        self._add_words(element.text, content, bold=bold)
        for part in element:
            self._collect_part(part, content, bold=bold)
            self._add_words(part.tail, content, bold=bold)

    def _collect_part(self, part: Element, content: _Content, *, bold: bool) -> None:
        name, style = local_name(part), attribute(part, "style-name")
        if name in _SKIPPED or not name:
            return
        if name == "s":
            count = attribute(part, "c") or "1"
            content.text += " " * (min(int(count), 100) if count.isdecimal() else 1)
        elif name in _MARKS:
            content.text += _MARKS[name]
        elif name == "note":
            content.notes.append(child(part, "note-body"))
        elif name == "text-box":
            content.boxes.append(part)
        elif name != "span":
            self._collect(part, content, bold=bold)
        elif not self._styles.is_hidden(style):
            self._collect(part, content, bold=self._styles.is_bold(style, default=bold))

    @staticmethod
    def _add_words(words: str | None, content: _Content, *, bold: bool) -> None:
        """White space in the XML is one blank; words in another weight tell that not all is bold."""
        if words:
            blank_before = " " if words[0].isspace() and not content.text.endswith((" ", "\t", "\n")) else ""
            blank_after = " " if words[-1].isspace() and words.strip() else ""
            content.text += blank_before + " ".join(words.split()) + blank_after
            content.bold = content.bold and (bold or not words.strip())

    def _add_table(self, table: Element) -> None:
        rows = list(_rows(table))
        cells = [[cell for cell in row if local_name(cell) == "table-cell"] for row in rows]
        if all(len(row) <= 1 for row in cells):
            for row in cells:
                for cell in row:
                    self.walk(cell)
            return
        hanging = _Content()
        grid = self._grid(rows, hanging)
        marked = child(table, "table-header-rows") is not None or _is_bold_row(grid)
        for kind, text in row_blocks([[cell.text for cell in row] for row in grid], has_header=marked):
            self.builder.add(kind, text)
        self._add_hanging(hanging)

    def _grid(self, rows: list[Element], hanging: _Content) -> list[list[_Cell]]:
        grid: list[list[_Cell]] = []
        for row in rows:
            above: list[_Cell] = grid[-1] if grid else []
            filled: list[_Cell] = []
            left = 0
            for cell in row:
                if local_name(cell) == "table-cell":
                    made = self._cell(cell, hanging)
                    left = _count(cell, "number-columns-spanned") - 1
                elif left > 0:
                    left -= 1  # covered by the cell to the left, which it repeats
                else:
                    made = above[len(filled)] if len(filled) < len(above) else _Cell()
                filled.extend([made] * _count(cell, "number-columns-repeated"))
            grid.append(filled)
        return grid

    def _cell(self, cell: Element, hanging: _Content) -> _Cell:
        contents = [self._content(part) for name in ("h", "p") for part in descendants(cell, name)]
        for content in contents:
            hanging.notes.extend(content.notes)
            hanging.boxes.extend(content.boxes)
        told = [content for content in contents if content.text.strip()]
        return _Cell(" ".join(c.text.strip() for c in told), all(c.bold for c in told))


def _rows(table: Element) -> Iterator[Element]:
    for part in table:
        if local_name(part) == "table-row":
            yield part
        elif local_name(part) in ("table-header-rows", "table-rows", "table-row-group"):
            yield from _rows(part)


def _count(cell: Element, name: str) -> int:
    told = attribute(cell, name) or "1"
    return min(int(told), _MAX_REPEATS) if told.isdecimal() and len(told) < 9 else 1


def _is_bold_row(grid: list[list[_Cell]]) -> bool:
    first, rest = grid[0], grid[1:]
    return all(c.bold for c in first if c.text) and not all(c.bold for row in rest for c in row if c.text)
