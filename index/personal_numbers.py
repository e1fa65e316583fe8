"""Danish personal numbers (CPR) in a text: found by date, check digit, and what stands before them.

Six digits are a date of birth and four a serial number, whose first tells the century. Until October 2007 all
numbers passed a check modulo 11; since then some do not, all of them for a first of January so far. Sources:
the CPR office, "Opbygning af CPR-nummeret" and "Personnumre uden kontrolciffer (modulus 11 kontrol)",
cpr.dk, read November 2026; the table of centuries is that of "Personnummeret i CPR".
"""

import re
from collections.abc import Iterator
from datetime import date

HIDDEN = "•"
"""Stands for each of the last four digits where a number is not to be shown."""

_DASHES = "-‐‑‒–—−"
_WRITTEN = re.compile(
    rf"(?=\d\d)(?<![\d{HIDDEN}+])(?<![\d{HIDDEN}][.-])"
    rf"(?:(?P<joined>(?:\d{{5,6}}[^\S\n]*[{_DASHES}]\s*|\d\d\.\d\d\.\d\d[{_DASHES}]\s*)\d{{4}})"
    rf"|(?<![\d{HIDDEN}][,/])\d{{5,6}}(?:[^\S\n]+|(?P<point>\.))?\d{{4}}(?!/|,\d))"
    r"(?!\d|[-.]\d)"
)
"""DDMMYY and four digits, which are not a part of a longer number or of a row of numbers.

Where a dash joins them, a comma or a slash parts them from a digit beside them, as in a line of CSV. Five
digits before the four are a number that lost its zero in a spreadsheet. That two digits come next is asked
first, as it rules out nearly every place: an eighth of the time.
"""

_CALLED_SO = re.compile(r"(?:cpr|person)[\w.-]{0,12}\W{0,4}$", re.IGNORECASE)
_CALLED_OTHERWISE = re.compile(
    r"(?:isbn|issn|ean|gln|cvr|se-?nr|p-?n(?:r|ummer)|tlf|telefon|mobil|fax|sags?-?(?:nr|nummer|id)"
    r"|j\.? ?nr|journaln(?:r|ummer)|konton(?:r|ummer)|reg\.? ?nr|faktura(?:nr|nummer)?|ordre(?:nr|nummer)?"
    r"|matr(?:ikel|\.)?(?: ?nr)?|dok(?:ument)?-?(?:nr|nummer|id))\.?\W{0,3}(?:\d{1,4}/)?$",
    re.IGNORECASE,
)
_LOOK_BACK = 24
"""Characters before a number in which it may be named."""

_WEIGHTS = (4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def find_personal_numbers(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each personal number in `text` starts and ends, in order."""
    for found in _WRITTEN.finditer(text):
        digits = _digits_of(found).zfill(10)
        before = text[max(0, found.start() - _LOOK_BACK) : found.start()]
        if is_born(digits[:2], digits[2:4], digits[4:6], digits[6]) and _is_meant(before, found):
            yield found.span()


def has_personal_number(text: str) -> bool:
    """Tell whether there is a personal number in `text`."""
    return any(True for _ in find_personal_numbers(text))


def hide_personal_numbers(text: str) -> str:
    """Return `text` with the last four digits of every personal number hidden; it is as long as before."""
    for _, end in find_personal_numbers(text):
        text = f"{text[: end - 4]}{HIDDEN * 4}{text[end:]}"
    return text


def is_born(day: str, month: str, year: str, century: str) -> bool:
    """Tell whether there is such a date, in the century that the seventh digit stands for.

    A replacement number, for one who has no other, has 60 added to the day.
    """
    born_on = int(day) - 60 if int(day) > 60 else int(day)
    try:
        date(_whole_year(int(year), int(century)), int(month), born_on)
    except ValueError:
        return False
    return True


def passes_modulus_11(digits: str) -> bool:
    """Tell whether the ten digits pass the check that all numbers passed until October 2007."""
    return sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, digits, strict=True)) % 11 == 0


def _whole_year(year: int, century: int) -> int:
    """Return the year with its century, as the seventh digit tells it."""
    if century <= 3:
        return 1900 + year
    if century in (4, 9):
        return (2000 if year <= 36 else 1900) + year
    return (2000 if year <= 57 else 1800) + year


def _digits_of(found: re.Match[str]) -> str:
    return "".join(filter(str.isdecimal, found[0]))


def _is_meant(before: str, found: re.Match[str]) -> bool:
    """Tell whether the digits are a personal number, by what they are called or how they are made."""
    if _CALLED_SO.search(before):
        return True
    digits = _digits_of(found)
    if _CALLED_OTHERWISE.search(before) or len(digits) == 9:
        return False
    if found["joined"] or found["point"]:
        return True  # nothing else is written like this
    is_of_the_new = len(found[0]) == 10 and digits.startswith("0101")
    return is_of_the_new or passes_modulus_11(digits)
