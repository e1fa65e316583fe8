"""What the styles of a Word document say about a paragraph: heading level, list, bold, hidden."""

import re
from dataclasses import dataclass

from index.read.package import Element, attribute, child, descendants

_HEADING_NAME = re.compile(r"^(?:heading|overskrift)\s*([1-9])$", re.I)
_CONTENTS_NAME = re.compile(r"^(?:toc|indholdsfortegnelse|table of figures|listeoverfigurer)\s*\d*$", re.I)
_MAX_STYLE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class Style:
    """What matters of a paragraph or character style, with what it inherits."""

    level: int = 0
    list_id: str | None = None
    list_level: int = 0
    bold: bool = False
    hidden: bool = False
    contents: bool = False


PLAIN = Style()


class Styles:
    """The styles of one document, by id."""

    def __init__(self, root: Element | None) -> None:
        self._elements = {attribute(s, "styleId"): s for s in descendants(root, "style")}
        self._known: dict[str | None, Style] = {}

    def get(self, style_id: str | None) -> Style:
        """Return the style with this id; an unknown one changes nothing."""
        if style_id not in self._known:
            self._known[style_id] = self._resolve(style_id, _MAX_STYLE_DEPTH)
        return self._known[style_id]

    def has_bold_first_row(self, style_id: str | None) -> bool:
        """Return True when a table style sets its first row apart in bold."""
        for part in descendants(self._elements.get(style_id), "tblStylePr"):
            if attribute(part, "type") == "firstRow" and is_on(child(part, "rPr"), "b"):
                return True
        return False

    def _resolve(self, style_id: str | None, depth: int) -> Style:
        element = self._elements.get(style_id)
        if element is None or depth == 0:
            return Style(level=_named_level(style_id or ""))  # a style of Word's own need not be defined
        based = child(element, "basedOn")
        parent = self._resolve(attribute(based, "val"), depth - 1) if based is not None else PLAIN
        return _style(element, parent)


def _style(element: Element, parent: Style) -> Style:
    properties, run = child(element, "pPr"), child(element, "rPr")
    name = value_of(child(element, "name")) or ""
    list_id, list_level = list_place(properties)
    return Style(
        level=_named_level(name) or outline_level(properties) or parent.level,
        list_id=list_id or parent.list_id,
        list_level=list_level if list_id else parent.list_level,
        bold=is_on(run, "b", default=parent.bold),
        hidden=is_on(run, "vanish", default=parent.hidden),
        contents=bool(_CONTENTS_NAME.match(name)) or parent.contents,
    )


def _named_level(name: str) -> int:
    match = _HEADING_NAME.match(name)
    if match:
        return min(int(match[1]), 6)
    return 1 if name.casefold() in ("title", "titel") else 0


def outline_level(properties: Element | None) -> int:
    """Return the heading level 1 to 6 that paragraph properties give directly, else 0."""
    told = value_of(child(properties, "outlineLvl"))
    return int(told) + 1 if told in ("0", "1", "2", "3", "4", "5") else 0


def list_place(properties: Element | None) -> tuple[str | None, int]:
    """Return (list id, 0-based level) that paragraph properties give directly; (None, 0) when none."""
    place = child(properties, "numPr")
    level = value_of(child(place, "ilvl"))
    return value_of(child(place, "numId")), int(level) if level in tuple("012345678") else 0


def is_on(properties: Element | None, name: str, *, default: bool = False) -> bool:
    """Return the value of an on/off property such as `b` or `vanish`."""
    element = child(properties, name)
    if element is None:
        return default
    return attribute(element, "val") not in ("0", "false", "off")


def value_of(element: Element | None) -> str | None:
    """Return what the `val` attribute of a property says, or None without the property."""
    return attribute(element, "val") if element is not None else None
