"""What the styles of an OpenDocument text say about words: that they are bold, hidden, or the title."""

from dataclasses import dataclass

from index.read.package import Element, attribute, child, descendants

_MAX_STYLE_DEPTH = 20


@dataclass(frozen=True, slots=True)
class _Style:
    parent: str | None
    bold: bool | None
    hidden: bool
    list_style: str | None


class Styles:
    """The styles of one document by name, those of the document itself over the shared ones."""

    def __init__(self, *roots: Element | None) -> None:
        self._styles: dict[str | None, _Style] = {}
        for root in roots:
            for element in descendants(root, "style"):
                self._styles[attribute(element, "name")] = _read_style(element)

    def is_bold(self, name: str | None, *, default: bool = False) -> bool:
        """Return True when words in this style are bold; `default` is the weight around them."""
        for style in self._chain(name):
            if style.bold is not None:
                return style.bold
        return default

    def is_hidden(self, name: str | None) -> bool:
        """Return True when words in this style are not shown."""
        return any(style.hidden for style in self._chain(name))

    def is_title(self, name: str | None) -> bool:
        """Return True when this is the style of a document's title, or is made from it."""
        return name == "Title" or any(style.parent == "Title" for style in self._chain(name))

    def is_unnumbered(self, name: str | None) -> bool:
        """Return True when headings in this style are taken out of the numbering."""
        told = (style.list_style for style in self._chain(name) if style.list_style is not None)
        return next(told, None) == ""

    def _chain(self, name: str | None) -> list[_Style]:
        chain: list[_Style] = []
        while name in self._styles and len(chain) < _MAX_STYLE_DEPTH:
            chain.append(self._styles[name])
            name = chain[-1].parent
        return chain


def _read_style(element: Element) -> _Style:
    words = child(element, "text-properties")
    weight = attribute(words, "font-weight") if words is not None else None
    bold = None if weight is None else weight == "bold" or (weight.isdecimal() and int(weight) >= 600)
    hidden = words is not None and attribute(words, "display") == "none"
    list_style = attribute(element, "list-style-name")
    return _Style(attribute(element, "parent-style-name"), bold, hidden, list_style)
