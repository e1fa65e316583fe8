"""Personal numbers are found, whatever way they are written, and other numbers are left alone.

All numbers here are made up, or fail the check; 070761-4285 is the one that descriptions use as an example.
"""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.personal_numbers import (
    find_personal_numbers,
    has_personal_number,
    hide_personal_numbers,
    is_born,
    passes_modulus_11,
)


def found(text: str) -> list[str]:
    return [text[start:end] for start, end in find_personal_numbers(text)]


def test_check_is_a_sum_modulo_11() -> None:
    assert passes_modulus_11("0707614285")
    assert not passes_modulus_11("0707614286")
    # 4*1 + 3*1 + 2*1 + 7*1 + 6*1 + 5*1 + 4*1 + 3*1 + 2*1 + 1*8 = 44
    assert passes_modulus_11("1111111118")


@pytest.mark.parametrize(
    "written",
    [
        "070761-4285", "0707614285", "070761 4285", "070761 - 4285", "070761–4285", "070761‑4285",
        "070761\u00a04285", "070761  4285", "010190−1239", "010190—1239", "010190.1239", "01.01.90-1239",
        "010190-\n1239", "610190-1239", "910190-1239",
        "010190-1234", "0101901234", "0101659999", "311299-1111", "290200-4111",
    ],
)  # fmt: skip
def test_number_is_found_however_it_is_written(written: str) -> None:
    assert found(f"Borgeren ({written}) har søgt.") == [written]
    assert found(written) == [written]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("010190-1239/020290-1238", ["010190-1239", "020290-1238"]),
        ("Jens,42,010190-1239", ["010190-1239"]),
        ("CPR: 010190-1239,100", ["010190-1239"]),
        ("CPR: 101901239", ["101901239"]),
        ("cpr-nr. 10190-1239", ["10190-1239"]),
    ],
)
def test_number_is_found_beside_commas_and_slashes_and_without_its_zero(
    text: str, numbers: list[str]
) -> None:
    assert found(text) == numbers
    assert all(f"{number[:-4]}••••" in hide_personal_numbers(text) for number in numbers)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("320190-1234", "no such day"),
        ("011390-1234", "no such month"),
        ("290201-4111", "2001 had no 29 February"),
        ("290200-1111", "nor had 1900"),
        ("1507851234", "ten digits that fail the check"),
        ("150785 1234", "with a blank alone the check counts too"),
        ("010115 2015", "a date and a year"),
        ("12150785-1234", "a longer number"),
        ("150785-12345", "a longer number"),
        ("5790000123456", "an EAN number"),
        ("ISBN 0707614285", "an ISBN"),
        ("tlf. 0707614285", "a telephone number"),
        ("Telefon: 0707614285", "a telephone number"),
        ("+450707614285", "a telephone number"),
        ("Sagsnr. 070761-4285", "a case number"),
        ("J.nr. 070761-4285", "a case number"),
        ("sags-id: 070761-4285", "a case number"),
        ("070761-4285-12", "a row of numbers"),
        ("12-070761-4285", "a row of numbers"),
        ("01.01.1990-1234", "a full date"),
        ("1. januar 1990-1994", "years"),
        ("33 44 55 66 77", "a telephone number"),
        ("2019-2020", "years"),
        ("12.345.678,90", "an amount"),
        ("0707614285/12", "a case number"),
        ("Sagsnr. 2019/070761-4285", "a case number with its year"),
        ("101901239", "nine digits that nothing calls a personal number"),
        ("10190-1239", "five digits and four"),
        ("tlf. 10190-1239", "a telephone number"),
        ("600190-1234", "no such day, nor one with 60 added"),
        ("920190-1234", "no such day, nor one with 60 added"),
        ("01.01.90 1430", "a date and a time"),
        ("01.01.90 - 1430", "a date and a time"),
        ("01.01.90 kl. 14.30-1530", "times"),
        ("01.01.90.1239", "a row of numbers"),
        ("Kode 010190. 1239 blev talt.", "the end of a sentence"),
        ("010190\n1234", "two lines"),
        ("ISBN 87-070761-4285", "an ISBN"),
        ("42,0707614285,1", "ten digits in a row of numbers"),
        ("1.010190-1239", "an amount"),
    ],
)
def test_number_of_another_kind_is_left_alone(text: str, why: str) -> None:
    assert found(text) == [], why


@pytest.mark.parametrize(
    "text", ["CPR 1507851234", "cpr-nr.: 150785 1234", "Personnummer: 1507851234", "CPR-150785-1234"]
)
def test_number_that_is_called_so_is_one_though_it_fails_the_check(text: str) -> None:
    assert len(found(text)) == 1


@pytest.mark.parametrize(
    ("century", "year", "leap"),
    [
        ("0", "00", False), ("3", "00", False), ("4", "00", True), ("4", "36", True), ("4", "40", True),
        ("5", "00", True), ("5", "56", True), ("5", "60", True), ("8", "98", False), ("9", "00", True),
        ("9", "96", True), ("6", "00", True), ("7", "58", False),
    ],
)  # fmt: skip
def test_seventh_digit_tells_the_century(century: str, year: str, leap: bool) -> None:
    assert is_born("29", "02", year, century) is leap


def test_hidden_numbers_keep_their_date_and_the_text_its_length() -> None:
    text = "Fra 070761-4285 og 0101901234 til tlf. 0707614285."
    hidden = hide_personal_numbers(text)
    assert hidden == "Fra 070761-•••• og 010190•••• til tlf. 0707614285."
    assert not has_personal_number(hidden)


@given(st.text(alphabet="0123456789- –cprCPR.\n", max_size=60))
def test_hiding_changes_nothing_but_digits_of_what_was_found(text: str) -> None:
    hidden = hide_personal_numbers(text)
    assert len(hidden) == len(text)
    inside = {place for _, end in find_personal_numbers(text) for place in range(end - 4, end)}
    assert all((hidden[n] == "•") if n in inside else (hidden[n] == text[n]) for n in range(len(text)))
    assert not has_personal_number(hidden)


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(0, 3999))
def test_every_number_of_the_last_century_with_a_hyphen_is_found(day: date, serial: int) -> None:
    written = f"{day:%d%m%y}-{serial:04d}"
    assert found(f"nr. {written}, og så videre") == [written]
