"""The numbers that Word shows but does not store as text: "§ 3", "1.2", "a)"."""

from collections import defaultdict
from dataclasses import dataclass

from index.read.package import Element, attribute, child, descendants

_ROMAN = list(
    zip((1000, 900, 500, 400, 100, 90, 50, 40), ("m", "cm", "d", "cd", "c", "xc", "l", "xl"), strict=True)
)
_ROMAN += [(10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")]


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is numbered: `text` has %1 for the number of the first level, and so on."""

    form: str
    text: str
    start: int


class Numbering:
    """Counts the lists of one document, paragraph by paragraph in reading order."""

    def __init__(self, root: Element | None) -> None:
        self._levels = {attribute(a, "abstractNumId"): _levels(a) for a in descendants(root, "abstractNum")}
        self._lists: dict[str, str | None] = {}
        self._restarts: dict[tuple[str, int], int] = {}
        self._counts: dict[str | None, dict[int, int]] = defaultdict(dict)
        for num in descendants(root, "num"):
            self._add_list(num)

    def is_known(self, list_id: str | None) -> bool:
        """Return True when paragraphs with this list id are list items."""
        return list_id in self._lists

    def next_label(self, list_id: str, level: int) -> str:
        """Count one more item of a list and return what Word shows before it; "" for a bullet."""
        abstract = self._lists[list_id]
        levels, counts = self._levels.get(abstract, {}), self._counts[abstract]
        restart = self._restarts.pop((list_id, level), None)
        start = levels[level].start if level in levels else 1
        counts[level] = restart if restart is not None else counts.get(level, start - 1) + 1
        for deeper in [lower for lower in counts if lower > level]:
            del counts[deeper]
        return _label(levels, counts, level)

    def _add_list(self, num: Element) -> None:
        list_id = attribute(num, "numId") or ""
        abstract = child(num, "abstractNumId")
        self._lists[list_id] = attribute(abstract, "val") if abstract is not None else None
        for override in descendants(num, "lvlOverride"):
            start = child(override, "startOverride")
            if start is not None:
                self._restarts[list_id, _number(attribute(override, "ilvl"))] = _number(
                    attribute(start, "val"), 1
                )


def _levels(abstract: Element) -> dict[int, Level]:
    return {_number(attribute(lvl, "ilvl")): _level(lvl) for lvl in descendants(abstract, "lvl")}


def _level(lvl: Element) -> Level:
    values = {name: child(lvl, name) for name in ("numFmt", "lvlText", "start")}
    told = {name: attribute(found, "val") or "" for name, found in values.items() if found is not None}
    return Level(told.get("numFmt", "decimal"), told.get("lvlText", ""), _number(told.get("start"), 1))


def _label(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
    shape = levels.get(level)
    if shape is None or shape.form in ("bullet", "none"):
        return ""
    label = shape.text
    for lower in range(level, -1, -1):
        form = levels[lower].form if lower in levels else "decimal"
        start = levels[lower].start if lower in levels else 1
        label = label.replace(f"%{lower + 1}", format_number(counts.get(lower, start), form))
    return label.strip()


def format_number(number: int, form: str) -> str:
    """Return `number` as Word's number format `form` writes it: "lowerLetter" gives 2 as "b"."""
    if form in ("lowerLetter", "upperLetter") and number > 0:
        letter = chr(ord("a") + (number - 1) % 26) * min((number - 1) // 26 + 1, 5)
        return letter if form == "lowerLetter" else letter.upper()
    if form in ("lowerRoman", "upperRoman") and 0 < number < 4000:
        roman = _roman(number)
        return roman if form == "lowerRoman" else roman.upper()
    return f"{number:02d}" if form == "decimalZero" else str(number)


def _roman(number: int) -> str:
    roman = ""
    for value, letters in _ROMAN:
        roman += letters * (number // value)
        number %= value
    return roman


def _number(text: str | None, default: int = 0) -> int:
    return int(text) if text and text.lstrip("-").isdecimal() and len(text) < 9 else default
