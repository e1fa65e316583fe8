"""Danish dates in text, and what only looks like them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.dates import find_date, find_document_date, is_date_line


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("05. marts 2015", "2015-03-05"),
        ("d. 16. marts 2021", "2021-03-16"),
        ("den 16 marts 2021", "2021-03-16"),
        ("1/5-2025", "2025-05-01"),
        ("1/5 2025", "2025-05-01"),
        ("1/5/2025", "2025-05-01"),
        ("01-05-2025", "2025-05-01"),
        ("01.05.2025", "2025-05-01"),
        ("2025-05-01", "2025-05-01"),
        ("2025-05-01T10:00:00", "2025-05-01"),
        ("5. jan. 2020", "2020-01-05"),
        ("5. sept. 2020", "2020-09-05"),
        ("24. DECEMBER 1999", "1999-12-24"),
        ("29. februar 2024", "2024-02-29"),
        ("1/5-25", "2025-05-01"),
        ("1/5-98", "1998-05-01"),
        ("Mødet er tirsdag den 3. juni 2025, kl. 10.", "2025-06-03"),
        ("31. februar 2020, nej den 1. marts 2020", "2020-03-01"),
        ("", None),
        ("maj 2015", None),
        ("5. maj", None),
        ("31. februar 2020", None),
        ("29. februar 2023", None),
        ("13/13-2020", None),
        ("3.-5. maj 2020", None),
        ("version 1.2.25.4", None),
        ("kl. 10.30", None),
        ("251248-9996", None),
        ("tlf. 12-12-1234", None),
        ("1. maj 0001", None),
    ],
)
def test_a_full_date_is_found_and_nothing_else(text: str, found: str | None) -> None:
    assert find_date(text) == found


@given(
    st.dates(date(1900, 1, 1), date(2100, 1, 1)),
    st.sampled_from(["%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d", "%d/%m %Y"]),
)
def test_every_day_is_found_in_every_form(day: date, form: str) -> None:
    assert find_date(f"Dato: {day.strftime(form)}") == day.isoformat()


@pytest.mark.parametrize(
    "line",
    [
        "05. marts 2015",
        "København, den 5. marts 2015",
        "Dato: 5/3-2015",
        "Udgivet: 5. marts 2015 kl. 10.15",
        "fredag den 5. marts 2015",
    ],
)
def test_a_line_that_is_only_a_date_is_told(line: str) -> None:
    assert is_date_line(line)


@pytest.mark.parametrize(
    "line", ["", "marts 2015", "Fristen er den 5. marts 2015", "5. marts 2015 mødes rådet"]
)
def test_a_line_that_says_more_is_no_date_line(line: str) -> None:
    assert not is_date_line(line)


def test_a_line_of_its_own_wins_over_dates_above_it() -> None:
    lines = ["Referat fra mødet den 1. maj 2020", "3. maj 2020"]
    assert find_document_date(lines, "a.txt") == (1, "2020-05-03")


def test_a_date_in_a_short_line_counts_but_not_one_in_a_sentence() -> None:
    assert find_document_date(["Referat fra mødet den 1. maj 2020"], "a.txt") == (None, "2020-05-01")
    assert find_document_date(["Rådet mødtes den 1. maj 2020."], "a.txt") == (None, None)


def test_the_file_name_may_hold_the_date() -> None:
    assert find_document_date(["Referat"], "møder/2023-01-11_referat.txt") == (None, "2023-01-11")
