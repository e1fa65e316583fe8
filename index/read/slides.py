"""Reads PowerPoint presentations (.pptx): each slide under its title, with its lists, tables and notes."""

from collections.abc import Iterator

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import finish
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
from index.types import BlockKind, Document

_TITLES = ("title", "ctrTitle")
_LEFT_OUT = ("dt", "ftr", "sldNum", "hdr", "sldImg")
_OFF = ("0", "false")


def read(data: bytes, path: str) -> Document:
    """Return the slides of a presentation; raise `UnreadableFile` when it cannot be read."""
    package = Package(data)
    main = related_part(package, "", "officeDocument") or "ppt/presentation.xml"
    presentation = package.parse(main)
    if presentation is None:
        raise UnreadableFile("filen er beskadiget: præsentationens oversigt mangler")
    builder = DocumentBuilder(path)
    parts = relations(package, main)
    for number, entry in enumerate(descendants(presentation, "sldId"), start=1):
        _, part = parts.get(_relation_id(entry), ("", ""))
        slide = package.parse(part) if part else None
        if slide is not None and attribute(slide, "show") not in _OFF:
            _SlideReader(builder, number).add(slide, _notes(package, part))
    return finish(builder, path, office_facts(package))


def _relation_id(entry: Element) -> str:
    """Return the relation of a slide; the entry has an `id` of its own beside it, without a namespace."""
    return next((str(value) for key, value in entry.attrib.items() if key.endswith("}id")), "")


def _notes(package: Package, part: str) -> Element | None:
    name = related_part(package, part, "notesSlide")
    return package.parse(name) if name else None


class _SlideReader:
    """Adds the blocks of one slide."""

    def __init__(self, builder: DocumentBuilder, number: int) -> None:
        self._builder = builder
        self._number = number

    def add(self, slide: Element, notes: Element | None) -> None:
        """Add the slide's title as heading, then its other shapes in their order, then its notes."""
        shapes = list(_shapes(child(slide, "cSld", "spTree")))
        titles = [shape for shape in shapes if _placeholder(shape) in _TITLES]
        title = " ".join(" ".join(_text(p) for p in descendants(shape, "p")) for shape in titles)
        heading = " ".join(title.split()) or f"Dias {self._number}"
        self._builder.add(BlockKind.HEADING, heading, level=1, page=self._number)
        for shape in shapes:
            if shape not in titles and _placeholder(shape) not in _LEFT_OUT:
                self._add_shape(shape)
        for shape in _shapes(child(notes, "cSld", "spTree")):
            if _placeholder(shape) == "body":
                self._add_texts(shape, is_list=False)

    def _add_shape(self, shape: Element) -> None:
        if local_name(shape) == "graphicFrame":
            for table in descendants(shape, "tbl"):
                self._add_table(table)
        else:
            is_list = _placeholder(shape) in ("body", "obj") or _is_unnamed_placeholder(shape)
            self._add_texts(shape, is_list=is_list)

    def _add_texts(self, shape: Element, *, is_list: bool) -> None:
        for paragraph in descendants(child(shape, "txBody"), "p"):
            properties = child(paragraph, "pPr")
            level = int(attribute(properties, "lvl") or "0") if properties is not None else 0
            bulleted = properties is not None and _has_bullet(properties)
            if (is_list and child(properties, "buNone") is None) or bulleted or level:
                self._builder.add(
                    BlockKind.LIST_ITEM, _text(paragraph), level=min(level, 8) + 1, page=self._number
                )
            else:
                self._builder.add(BlockKind.PARAGRAPH, _text(paragraph), page=self._number)

    def _add_table(self, table: Element) -> None:
        rows = [[_cell_text(cell) for cell in descendants(row, "tc")] for row in descendants(table, "tr")]
        properties = child(table, "tblPr")
        has_header = properties is not None and attribute(properties, "firstRow") in ("1", "true")
        for kind, text in row_blocks(rows, has_header=has_header):
            self._builder.add(kind, text, page=self._number)


def _shapes(tree: Element | None) -> Iterator[Element]:
    """Yield the shapes of a slide in the order they are read, those inside groups as well."""
    for shape in tree if tree is not None else ():
        name = local_name(shape)
        if name in ("sp", "graphicFrame"):
            if not _is_hidden(shape):
                yield shape
        elif name == "grpSp":
            yield from _shapes(shape)
        elif name == "AlternateContent":
            yield from _shapes(child(shape, "Choice"))


def _is_hidden(shape: Element) -> bool:
    return any(attribute(found, "hidden") in ("1", "true") for found in descendants(shape, "cNvPr"))


def _placeholder(shape: Element) -> str:
    found = next(descendants(shape, "ph"), None)
    return (attribute(found, "type") or "obj") if found is not None else ""


def _is_unnamed_placeholder(shape: Element) -> bool:
    found = next(descendants(shape, "ph"), None)
    return found is not None and attribute(found, "type") is None


def _has_bullet(properties: Element) -> bool:
    return child(properties, "buChar") is not None or child(properties, "buAutoNum") is not None


def _text(paragraph: Element) -> str:
    parts = []
    for part in paragraph.iter("{*}t", "{*}br", "{*}tab"):
        parts.append({"br": "\n", "tab": "\t"}.get(local_name(part), part.text or ""))
    return "".join(parts)


def _cell_text(cell: Element) -> str:
    if attribute(cell, "hMerge") in ("1", "true") or attribute(cell, "vMerge") in ("1", "true"):
        return ""
    return " ".join(_text(paragraph).strip() for paragraph in descendants(cell, "p"))
