"""When two documents are said to differ, and when one only says the same in another way."""

import pytest

from qa.differences import find_difference, newest_first, order_by_time, tells_newest
from qa.expected import AMOUNT, PERSON, TIME, Expected
from qa.quotes import Quote
from qa.terms import QueryTerms
from qa.wording.answers import DIFFERENT, DIFFERENT_NEWEST_FIRST, DIFFERENT_OTHER_YEARS
from tests.qa.making import NO_TERMS, made_quote

LEAD = made_quote("Fristen for høringssvar er den 1. maj 2015.")


def other(text: str, document: str = "b.txt") -> Quote:
    return made_quote(text, document=document)


def differ(one: str, other: str, kind: Expected) -> bool:
    """Tell whether two documents with these sentences differ, whichever is the first."""
    first, second = made_quote(one), made_quote(other, document="b.txt")
    found = find_difference(first, [first, second], [kind], NO_TERMS)
    assert find_difference(second, [first, second], [kind], NO_TERMS) is (first if found else None)
    assert found in (second, None)
    return found is not None


def test_the_first_other_document_with_another_value_is_found() -> None:
    same, first, second = (
        other(f"Fristen for høringssvar er den 1. {month} 2015.", document)
        for month, document in (("maj", "b.txt"), ("juni", "c.txt"), ("juli", "d.txt"))
    )
    assert find_difference(LEAD, [LEAD, same, first, second], [TIME], NO_TERMS) is first


def test_a_document_does_not_differ_from_itself() -> None:
    assert (
        find_difference(
            LEAD, [other("Fristen for høringssvar er den 1. juni 2015.", "a.txt")], [TIME], NO_TERMS
        )
        is None
    )


def test_only_what_was_asked_for_is_compared() -> None:
    later = other("Fristen for høringssvar er den 1. juni 2015.")
    assert find_difference(LEAD, [later], [], NO_TERMS) is None
    assert find_difference(LEAD, [later], [AMOUNT], NO_TERMS) is None
    assert find_difference(LEAD, [later], [AMOUNT, TIME], NO_TERMS) is later


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Bestyrelsen mødes igen i maj 2015.", "Bestyrelsen mødes igen i juni 2015.", TIME),
        ("Et parkeringskort koster 1.250 kr.", "Et parkeringskort koster kr. 1300.", AMOUNT),
        ("Udvalgets formand er Martin Damm.", "Udvalgets formand er Anna Holm.", PERSON),
    ],
)
def test_the_same_words_with_another_value_differ(one: str, other: str, kind: Expected) -> None:
    assert differ(one, other, kind)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Forslaget blev vedtaget i 2015.", "Forslaget blev vedtaget den 5. marts 2015.", TIME),
        ("Et parkeringskort koster 1.250 kr.", "Et parkeringskort koster kr. 1250.", AMOUNT),
        ("Fristen for høringssvar er den 1. maj.", "Skolernes ferie begynder den 1. juni.", TIME),
        ("Fristen for høringssvar er den 1. maj.", "Fristen for høringssvar er overskredet.", TIME),
        ("Udvalgets formand er Martin Damm.", "Udvalgets nye formand er Anna Holm.", PERSON),
        ("1. maj 2015", "1. juni 2015", TIME),
    ],
    ids=["more precise", "written otherwise", "of another matter", "no value", "names", "no other words"],
)
def test_what_is_not_certain_is_not_said(one: str, other: str, kind: Expected) -> None:
    assert not differ(one, other, kind)


def test_the_same_line_under_another_heading_is_of_another_matter() -> None:
    terms = QueryTerms({"pris": 1.0, "pas": 2.0}, {})
    lead = made_quote("Pris: 178 kr.", headings=("Pas",))
    licence = made_quote("Pris: 280 kr.", document="b.txt", headings=("Kørekort",))
    newer = made_quote("Pris: 890 kr.", document="c.txt", title="Pas og visum")
    assert find_difference(lead, [licence], [AMOUNT], terms) is None
    assert find_difference(lead, [licence, newer], [AMOUNT], terms) is newer


@pytest.mark.parametrize(
    ("date", "other_date", "told", "swapped"),
    [
        ("2014-12-31", "2015-01-01", True, True),
        ("2015-01-01", "2014-12-31", True, False),
        ("2015-01-01", "2015-01-01", False, False),
        (None, "2015-01-01", False, False),
        ("2015-01-01", None, False, False),
        (None, None, False, False),
    ],
)
def test_the_newer_comes_first_where_both_dates_tell(
    date: str | None, other_date: str | None, told: bool, swapped: bool
) -> None:
    one = made_quote("Fristen er i maj.", date=date)
    other = made_quote("Fristen er i juni.", document="b.txt", date=other_date)
    assert tells_newest(one, other) is told
    assert newest_first(one, other) == ((other, one) if swapped else (one, other))


@pytest.mark.parametrize(
    ("years", "swapped", "notice"),
    [
        ((), True, DIFFERENT_NEWEST_FIRST),
        (("2014",), False, DIFFERENT),
        (("2015",), True, DIFFERENT),
        (("2014", "2015"), True, DIFFERENT_NEWEST_FIRST),
        (("2030",), True, DIFFERENT_OTHER_YEARS.format(years="2030")),
        (("2029", "2030"), True, DIFFERENT_OTHER_YEARS.format(years="2029 eller 2030")),
    ],
)
def test_the_document_of_the_year_asked_for_comes_before_the_newer(
    years: tuple[str, ...], swapped: bool, notice: str
) -> None:
    one = made_quote("Fristen er i maj.", date="2014-03-05")
    other = made_quote("Fristen er i juni.", document="b.txt", date="2015-03-05")
    assert order_by_time(one, other, years) == ((other, one) if swapped else (one, other), notice)
