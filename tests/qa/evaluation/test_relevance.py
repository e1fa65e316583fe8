"""Quotes are found again in texts that other tools extracted."""

from hypothesis import given
from hypothesis import strategies as st

from index.types import Span
from qa.evaluation.relevance import holds_answer, holds_quote, overlaps, quote_spans, squash


def test_squash_keeps_lower_cased_letters_and_digits_alone() -> None:
    assert squash("8 - 14 dage | kr. 40,-  ÆØÅ\n") == "814dagekr40æøå"


def test_a_quote_is_held_despite_other_spaces_hyphens_and_case() -> None:
    assert holds_quote("Fri-\nsten er den 1. maj 2015.", "fristen er den 1. MAJ")


def test_half_of_the_quote_is_enough_and_less_is_not() -> None:
    quote = "abcdefghij"
    assert holds_quote("xx abcde xx", quote)
    assert holds_quote("xx defgh xx", quote)
    assert not holds_quote("xx abcd xx ghij xx", quote)


def test_half_of_an_odd_length_is_rounded_up() -> None:
    assert holds_quote("xxabcxx", "abcde")
    assert not holds_quote("xxabxx", "abcde")


def test_a_quote_without_letters_is_held_by_nothing() -> None:
    assert not holds_quote("tekst", "…")
    assert quote_spans("tekst", "…") == ()


def test_spans_point_into_the_text_as_it_stands() -> None:
    text = "Kort sagt: Fri-\nsten er 1. maj. Ja."
    assert [text[span.start : span.end] for span in quote_spans(text, "fristen er 1. maj")] == [
        "Fri-\nsten er 1. maj"
    ]


def test_every_place_of_the_quote_is_found() -> None:
    assert quote_spans("ja, nej, ja", "ja") == (Span(0, 2), Span(9, 11))


def test_a_quote_that_is_only_half_there_is_found_by_its_half() -> None:
    assert quote_spans("xx abcde yy", "abcdefghij") == (Span(3, 8),)


def test_touching_ranges_do_not_overlap() -> None:
    assert not overlaps(0, 3, [Span(3, 5)])
    assert overlaps(0, 4, [Span(3, 5)])
    assert overlaps(3, 4, [Span(0, 9)])
    assert not overlaps(5, 9, [Span(3, 5)])


def test_an_answer_is_held_in_upper_and_lower_case_alike() -> None:
    assert holds_answer("Det sker i Maj 2015.", ["juni", "maj 2015"])
    assert not holds_answer("Det sker i maj.", ["maj 2015"])


@given(st.text(), st.text(min_size=1), st.text())
def test_a_text_holds_every_quote_taken_from_it(before: str, quote: str, after: str) -> None:
    if squash(quote):
        text = f"{before}{quote}{after}"
        assert holds_quote(text, quote)
        assert any(squash(text[s.start : s.end]) == squash(quote) for s in quote_spans(text, quote))
