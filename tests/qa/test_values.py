"""Values read into slots, worked by hand: what is the same, what is less precise, and what cannot both be."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.expected import AMOUNT, COUNT, KINDS, MAIL, NAME, PERSON, PHONE, TIME, Expected
from qa.values import contradict, find_values


@pytest.mark.parametrize(
    ("text", "kind", "slots"),
    [
        ("Den 05. marts 2015.", TIME, {"day": {"5"}, "month": {"marts"}, "year": {"2015"}}),
        ("Fra 1. maj til 1. juni.", TIME, {"day": {"1"}, "month": {"maj", "juni"}}),
        ("Svar inden for fjorten dage.", TIME, {"# dag": {"14"}}),
        ("Vi åbner kl. 10.00.", TIME, {"kl #": {"10"}}),
        ("Det sker i uge 7.", TIME, {"uge #": {"7"}}),
        ("Det tager to uger.", TIME, {"# uge": {"2"}}),
        ("Hver mandag.", TIME, {"word": {"mandag"}}),
        ("Det koster 1.250,00 kr.", AMOUNT, {"kr": {"1250"}}),
        ("Det koster kr. 1250.", AMOUNT, {"kr": {"1250"}}),
        ("Det koster 1.250,-", AMOUNT, {"kr": {"1250"}}),
        ("Det er gratis.", AMOUNT, {"kr": {"0"}}),
        ("Renten er 2,5 procent.", AMOUNT, {"# %": {"2,5"}}),
        ("Der er tolv pladser.", COUNT, {"# plads": {"12"}}),
        ("Antallet er 1.200.000.", COUNT, {"#": {"1200000"}}),
        ("Ring på +45 72 12 34 56.", PHONE, {"phone": {"72123456"}}),
        ("Skriv til Post@kommune.dk.", MAIL, {"mail": {"post@kommune.dk"}}),
        ("Det siger Martin Damm.", PERSON, {"person": {"damm"}}),
        ("Det siger han.", PERSON, {}),
        ("Strategien hedder ”Lokal og digital 2020”.", NAME, {}),
    ],
)
def test_a_value_fills_the_slots_it_speaks_of(text: str, kind: Expected, slots: dict[str, set[str]]) -> None:
    assert find_values(text, (kind,)) == slots


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Det sker i 2015.", "Det sker den 5. marts 2015.", TIME),
        ("Det sker i marts.", "Det sker den 5. marts.", TIME),
        ("Det sker mandag.", "Det sker den 5. marts.", TIME),
        ("Fristen er to uger.", "Fristen er 14 dage.", TIME),
        ("Vi åbner kl. 9.", "Vi åbner kl. 9:00.", TIME),
        ("Det koster 1.250 kr.", "Det koster kr. 1250.", AMOUNT),
        ("Der er 12 børn.", "Der er tolv børn.", COUNT),
        ("Der er 12 børn.", "Der er 3 voksne.", COUNT),
        ("Ring på 72123456.", "Ring på 72 12 34 56.", PHONE),
        ("Det er formand Martin Damm.", "Det er formand M. Damm.", PERSON),
        ("Det er formand Martin Damm.", "Det er formand Martin Damms ord.", PERSON),
    ],
)
def test_what_is_written_otherwise_or_less_precisely_can_both_be_true(
    one: str, other: str, kind: Expected
) -> None:
    assert not contradict(find_values(one, (kind,)), find_values(other, (kind,)))
    assert not contradict(find_values(other, (kind,)), find_values(one, (kind,)))


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("Den 1. maj 2015.", "Den 1. juni 2015.", TIME),
        ("Den 1. maj.", "Den 2. maj.", TIME),
        ("I maj.", "Den 1. juni.", TIME),
        ("I maj 2014.", "I maj 2015.", TIME),
        ("Svar inden for 8 dage.", "Svar inden for 14 dage.", TIME),
        ("Det koster 100 kr.", "Det koster 120 kr.", AMOUNT),
        ("Det koster 100 kr.", "Det er gratis.", AMOUNT),
        ("Der er 12 pladser i 2015.", "Der er 14 pladser i 2015.", COUNT),
        ("Ring på 72123456.", "Ring på 72123457.", PHONE),
        ("Det er formand Martin Damm.", "Det er formand Jan Olsen.", PERSON),
    ],
)
def test_two_values_that_cannot_both_be_true_contradict(one: str, other: str, kind: Expected) -> None:
    assert contradict(find_values(one, (kind,)), find_values(other, (kind,)))
    assert contradict(find_values(other, (kind,)), find_values(one, (kind,)))


@given(st.text(alphabet="0123456789.,:-% krmaj.tolvguAaBb@", max_size=40), st.sampled_from(KINDS))
def test_no_text_contradicts_itself(text: str, kind: Expected) -> None:
    assert not contradict(find_values(text, (kind,)), find_values(text, (kind,)))
