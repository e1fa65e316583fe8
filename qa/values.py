"""What a sentence's dates, amounts, numbers and names say, read so that they can be compared.

A value fills slots: »5. marts 2015« a day, a month and a year, and »2015« the year alone, so the second says
less than the first and nothing else. An amount fills the slot of its unit, however it is written: »1.250 kr.«
and »kr. 1250« are the same.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from index.danish import stem
from qa.expected import COUNT, MAIL, PERSON, PHONE, SAID_BY_WORDS, Expected
from qa.wording.danish import MONTHS

PERSON_SLOT = "person"

Values = Mapping[str, frozenset[str]]
"""What fills each slot: {"month": {"maj"}, "year": {"2015"}, "kr": {"1250"}}."""

_PART = re.compile(r"\d+(?:[.,:]\d+)*|,-|[^\W\d_]+|[%€$]")
_NEXT_WORD = re.compile(r"[.,]?\s*([^\W\d_]+|[%€$])")
_YEAR = re.compile(r"\d{4}")
_THOUSANDS = re.compile(r"(?<=\d)\.(?=\d{3}(?!\d))")
_PADDING = re.compile(r"^0+(?=\d)|[.,]0+$")

_NUMBER_WORDS = {
    word: str(number)
    for number, words in enumerate(
        "nul en/et/én to tre fire fem seks syv otte ni ti elleve tolv tretten fjorten femten seksten sytten "
        "atten nitten tyve".split()
    )
    for word in words.split("/")
}
_UNITS = {
    **dict.fromkeys(("kroner", "krone", "dkk", ",-"), "kr"),
    **dict.fromkeys(("procent", "pct"), "%"),
    **dict.fromkeys(("euro", "eur"), "€"),
    **dict.fromkeys(("dollar", "dollars"), "$"),
    "uger": "uge",
}
_MONEY = ("kr", "€", "$")
_FREE = "gratis"


def find_values(text: str, kinds: Sequence[Expected]) -> Values:
    """Return what stands in `text` of these kinds, by slot."""
    slots: dict[str, set[str]] = {}
    for kind in kinds:
        for match in kind.answered.finditer(text):
            for slot, value in _read(kind, match):
                slots.setdefault(slot, set()).add(value)
    return {slot: frozenset(values) for slot, values in slots.items()}


def contradict(one: Values, other: Values) -> bool:
    """Tell whether both fill some slot and have nothing in common there."""
    return any(one[slot].isdisjoint(other[slot]) for slot in one.keys() & other.keys())


def _read(kind: Expected, match: re.Match[str]) -> Iterator[tuple[str, str]]:
    """Yield the slots that one value fills, each with what fills it."""
    value = match.group().casefold()
    if kind in SAID_BY_WORDS:
        return  # two names may be of two things, and what a word means has no one form
    if kind is PHONE:
        yield "phone", re.sub(r"\D", "", value)[-8:]
    elif kind is MAIL:
        yield "mail", value
    elif kind is PERSON:
        yield PERSON_SLOT, value.split()[-1].removesuffix("s")  # »M. Damm« may be »Martin Damm«
    elif kind is COUNT:
        yield _read_measure(_PART.findall(value + " " + _word_after(match)))
    else:
        parts = _PART.findall(value)
        yield from _read_date(parts) if _is_date(parts) else (_read_measure(parts),)


def _word_after(match: re.Match[str]) -> str:
    """Return the word after a number, which says what is counted."""
    following = _NEXT_WORD.match(match.string, match.end())
    return following[1].casefold() if following else ""


def _is_date(parts: Sequence[str]) -> bool:
    return any(part in MONTHS for part in parts) or bool(len(parts) == 1 and _YEAR.fullmatch(parts[0]))


def _read_date(parts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for part in parts:
        slot = "month" if part in MONTHS else "year" if _YEAR.fullmatch(part) else "day"
        yield slot, _number(part) or part


def _read_measure(parts: Sequence[str]) -> tuple[str, str]:
    """Return what is measured and the number: ("kr", "1250"), ("# dag", "14"), ("uge #", "14")."""
    if _FREE in parts:
        return "kr", "0"
    read = [(_number(part), _unit(part)) for part in parts]
    numbers = " ".join(number for number, _ in read if number)
    if not numbers:
        return "word", " ".join(unit for _, unit in read)
    money = next((unit for _, unit in read if unit in _MONEY), None)
    return money or " ".join("#" if number else unit for number, unit in read), numbers


def _number(part: str) -> str | None:
    """Return a number in one way of writing it, or None for a word."""
    if not part[0].isdigit():
        return _NUMBER_WORDS.get(part)
    return _PADDING.sub("", _THOUSANDS.sub("", part).replace(":", "."))


def _unit(part: str) -> str:
    return _UNITS.get(part) or stem(part)
