"""Full dates as Danes write them, to ISO 8601."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import PurePosixPath

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar jan",
            "februar feb febr",
            "marts mar",
            "april apr",
            "maj",
            "juni jun",
            "juli jul",
            "august aug",
            "september sept sep",
            "oktober okt",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

_MONTH_NAMES = "|".join(sorted(_MONTHS, key=len, reverse=True))
_NAMED = (
    r"(?P<named_day>\d{1,2})\.?\s?"
    rf"(?P<month_name>{_MONTH_NAMES})\b\.?,?\s"
    r"(?P<named_year>\d{4})"
)
_ISO = r"(?P<iso_year>\d{4})-(?P<iso_month>\d{2})-(?P<iso_day>\d{2})"
_NUMERIC = (
    r"(?P<day>\d{1,2})(?P<mark>[./-])\s?"
    r"(?P<month>\d{1,2})(?:(?P=mark)|[ -])\s?"
    r"(?P<year>\d{4}|\d{2})"
)
_DATE = re.compile(rf"(?<![\w./-])(?:{_NAMED}|{_ISO}|{_NUMERIC})(?!(?!T\d)\w|/|[.,-]\d)", re.IGNORECASE)

_AROUND = re.compile(
    r"(?:(?:[A-ZÆØÅ][\w.]*(?:[ -][\w.]+){0,2}, )?"  # a place: "København, den ..."
    r"(?:(?:dato|den|d\.|udgivet|publiceret|opdateret|offentliggjort|oprettet|senest opdateret|"
    r"mandag|tirsdag|onsdag|torsdag|fredag|lørdag|søndag)[:,]?\s*){0,4})"
    r"DATE(?:,?\s*(?:kl\.?|klokken)\s*\d{1,2}[.:]\d{2})?\.?",
    re.IGNORECASE,
)

MAX_DATE_LINE_CHARS = 90

_OLDEST_YEAR, _NEWEST_YEAR = 1600, 2199
_FIRST_YEAR_OF_THE_1900S = 70
"""Two-digit years: 70 to 99 are 1970 to 1999, 00 to 69 are 2000 to 2069."""


def find_date(text: str) -> str | None:
    """Return the first full date in `text` as YYYY-MM-DD, or None. Days that do not exist are passed over."""
    for match in _DATE.finditer(text):
        found = _to_iso(match)
        if found is not None:
            return found
    return None


def is_date_line(line: str) -> bool:
    """Say whether `line` is a date and nothing else: "05. marts 2015", "København, den 1. maj 2020"."""
    line = line.strip()
    match = _DATE.search(line) if len(line) <= MAX_DATE_LINE_CHARS else None
    if match is None or _to_iso(match) is None:
        return False
    return _AROUND.fullmatch(line[: match.start()] + "DATE" + line[match.end() :]) is not None


def find_document_date(lines: Sequence[str], path: str) -> tuple[int | None, str | None]:
    """Return the date of a document from its first lines, or from its file name.

    A line that is only a date wins over all others; its number comes first in what is returned, so that
    the line can be left out of the text that is searched. Then a date in a short line that is no
    sentence ("Referat fra mødet den 1. maj 2020"), then one in the file's name.
    """
    for number, line in enumerate(lines):
        if is_date_line(line):
            return number, find_date(line)
    for line in lines:
        if len(line) <= MAX_DATE_LINE_CHARS and line[-1:] not in ".?!" and find_date(line):
            return None, find_date(line)
    return None, find_date(PurePosixPath(path).stem.replace("_", " "))


def _to_iso(match: re.Match[str]) -> str | None:
    part = match.groupdict()
    if part["month_name"]:
        return _iso(part["named_year"], _MONTHS[part["month_name"].lower()], part["named_day"])
    if part["iso_year"]:
        return _iso(part["iso_year"], int(part["iso_month"]), part["iso_day"])
    return _iso(part["year"], int(part["month"]), part["day"])


def _iso(year_digits: str, month: int, day: str) -> str | None:
    year = int(year_digits)
    if len(year_digits) == 2:
        year += 1900 if year >= _FIRST_YEAR_OF_THE_1900S else 2000
    if not _OLDEST_YEAR <= year <= _NEWEST_YEAR:
        return None
    try:
        return date(year, month, int(day)).isoformat()
    except ValueError:
        return None
