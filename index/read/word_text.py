"""From one paragraph of a Word document to its words: what is shown, not what was deleted or hidden."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from index.read.package import Element, attribute, child, local_name
from index.read.word_styles import Style, Styles, is_on

TRANSPARENT = {"ins", "moveTo", "hyperlink", "smartTag", "sdt", "sdtContent", "fldSimple", "customXml"}
TRANSPARENT |= {"bdo", "dir", "oMath", "oMathPara", "ruby", "rubyBase"}
"""Elements that only wrap what they hold."""

_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


@dataclass(slots=True)
class Content:
    """What one paragraph holds: its text, whether all of it is bold, and what hangs on to it."""

    text: str = ""
    bold: bool = True
    notes: list[tuple[str, str]] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    fields: list[bool] = field(default_factory=list)
    """One entry for each open field: True while inside its code, which is not text."""


class TextCollector:
    """Collects the words of paragraphs, by the styles of one document."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles

    def style_of(self, paragraph: Element) -> Style:
        """Return the style that a paragraph names."""
        named = child(paragraph, "pPr", "pStyle")
        return self._styles.get(attribute(named, "val") if named is not None else None)

    def collect(self, paragraph: Element) -> Content:
        """Return what a paragraph holds."""
        content = Content()
        self._collect(paragraph, content, self.style_of(paragraph))
        return content

    def _collect(self, element: Element, content: Content, style: Style) -> None:
        for part in element:
            name = local_name(part)
            if name == "r":
                self._collect_run(part, content, style)
            elif name == "AlternateContent":
                self._collect(chosen(part), content, style)
            elif name in TRANSPARENT:
                self._collect(part, content, style)

    def _collect_run(self, run: Element, content: Content, style: Style) -> None:
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

    def _collect_part(self, part: Element, content: Content) -> None:
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
            content.boxes.extend(_outermost_boxes(chosen(part)))
        elif name in ("drawing", "pict", "object"):
            content.boxes.extend(_outermost_boxes(part))


def _follow_field(fields: list[bool], kind: str | None) -> None:
    if kind == "begin":
        fields.append(True)
    elif kind == "separate" and fields:
        fields[-1] = False
    elif kind == "end" and fields:
        fields.pop()


def chosen(alternate: Element) -> Element:
    """Return the first choice of an element that offers its content in several forms."""
    choice = child(alternate, "Choice")
    fallback = child(alternate, "Fallback")
    return choice if choice is not None else fallback if fallback is not None else ()


def _outermost_boxes(element: Element) -> Iterator[Element]:
    if local_name(element) == "txbxContent":
        yield element
        return
    for part in chosen(element) if local_name(element) == "AlternateContent" else element:
        yield from _outermost_boxes(part)
