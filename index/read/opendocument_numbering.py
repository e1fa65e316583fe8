"""The numbers that OpenDocument texts show before headings and list items but do not store as text."""

from collections import defaultdict
from dataclasses import dataclass

from index.read.package import Element, attribute, descendants, local_name
from index.read.word_numbering import format_number

_FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level is numbered; `shown` is how many levels' numbers stand in it, as in 2.1.3."""

    form: str
    prefix: str
    suffix: str
    shown: int
    start: int


Levels = dict[int, Level]


class Numbering:
    """Counts the headings and lists of one document, in reading order."""

    def __init__(self, *roots: Element | None) -> None:
        self._lists: dict[str | None, Levels] = {}
        self._outline: Levels = {}
        for root in roots:
            for style in descendants(root, "list-style"):
                self._lists[attribute(style, "name")] = _levels(style, "list-level-style-number")
            for style in descendants(root, "outline-style"):
                self._outline = _levels(style, "outline-level-style")
        self._counts: dict[str | None, dict[int, int]] = defaultdict(dict)
        self._heading_counts: dict[int, int] = {}

    def restart(self, name: str | None) -> None:
        """Begin to count the lists of this style anew."""
        self._counts.pop(name, None)

    def item_label(self, name: str | None, level: int) -> str:
        """Count one more item on a level (from 1) of a list and return its number; "" for a bullet."""
        return _next_label(self._lists.get(name, {}), self._counts[name], level)

    def heading_label(self, level: int) -> str:
        """Count one more heading on a level (from 1) and return its number; "" when there is none."""
        return _next_label(self._outline, self._heading_counts, level)


def _levels(style: Element, name: str) -> Levels:
    levels = {}
    for element in style:
        form = _FORMS.get(attribute(element, "num-format") or "")
        if local_name(element) == name and form:
            prefix, suffix = attribute(element, "num-prefix") or "", attribute(element, "num-suffix") or ""
            shown, start = _number(element, "display-levels"), _number(element, "start-value")
            levels[_number(element, "level")] = Level(form, prefix, suffix, shown, start)
    return levels


def _next_label(levels: Levels, counts: dict[int, int], level: int) -> str:
    shape = levels.get(level)
    counts[level] = counts.get(level, (shape.start if shape else 1) - 1) + 1
    for deeper in [lower for lower in counts if lower > level]:
        del counts[deeper]
    if shape is None:
        return ""
    first = max(level - shape.shown + 1, 1)
    numbers = (_shown(levels.get(n), counts.get(n)) for n in range(first, level + 1))
    return f"{shape.prefix}{'.'.join(filter(None, numbers))}{shape.suffix}".strip()


def _shown(shape: Level | None, count: int | None) -> str:
    return format_number(count if count is not None else shape.start, shape.form) if shape else ""


def _number(element: Element, name: str) -> int:
    told = attribute(element, name) or "1"
    return int(told) if told.isdecimal() and len(told) < 6 else 1


def is_continued(items: Element) -> bool:
    """Return True for a list that goes on counting where one before it ended."""
    return attribute(items, "continue-numbering") == "true" or attribute(items, "continue-list") is not None


def is_unnumbered(heading: Element) -> bool:
    """Return True for a heading that says itself that it has no number."""
    return attribute(heading, "is-list-header") == "true"
