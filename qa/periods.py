"""Time in a question: a year, or a wish for the newest, lifts the documents that fit."""

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.quotes import Found

_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d.,-]?\d)")
_NEWEST = re.compile(
    r"\b(?:nyeste|seneste|aktuelle?|gældende|nuværende|lige nu|i øjeblikket)\b", re.IGNORECASE
)

YEAR_BONUS = 0.15
"""What a passage of a document from a year in the question gains; the first hit scores at most 1."""

NEWEST_BONUS = 0.15
"""What the newest document found gains when the newest is asked for; the oldest gains nothing."""

TIME_DEPTH = 50
"""How many passages time may lift from."""


def asked_years(question: str) -> tuple[str, ...]:
    """Return the years that a question names."""
    return tuple(_YEAR.findall(question))


def speaks_of_time(question: str) -> bool:
    """Tell whether a question names a year or asks for the newest."""
    return bool(asked_years(question) or _NEWEST.search(question))


def prefer_asked_time(found: Sequence[Found], question: str) -> tuple[Found, ...]:
    """Return `found` in a new order where the question speaks of time, else as it is."""
    years = asked_years(question)
    dates = sorted({each.passage.date for each in found if each.passage.date})
    wants_newest = bool(_NEWEST.search(question)) and len(dates) > 1
    if not years and not wants_newest:
        return tuple(found)

    def bonus(date: str | None) -> float:
        if date is None:
            return 0.0
        newest = dates.index(date) / (len(dates) - 1) if wants_newest else 0.0
        return YEAR_BONUS * date.startswith(years) + NEWEST_BONUS * newest

    lifted = [_lift(each, bonus(each.passage.date)) for each in found]
    return tuple(sorted(lifted, key=lambda each: -each.hit.score))


def _lift(found: Found, bonus: float) -> Found:
    return replace(found, hit=replace(found.hit, score=found.hit.score + bonus))
