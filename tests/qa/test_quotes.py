"""Which sentences are quoted: by clear cases, and what holds of any choice."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.expected import AMOUNT, NAME, TIME
from qa.quotes import (
    MAX_QUOTES,
    MAX_SENTENCES,
    QUOTED_PASSAGES,
    Found,
    Quote,
    choose_passages,
    choose_quotes,
    rank_sentences,
)
from qa.terms import QueryTerms
from tests.qa.making import NO_TERMS, PASSAGE_START, made_found, made_quote

DOGS = "Alle hunde skal føres i snor på stranden hele året."
CATS = "Husets egne katte må gå frit omkring i haven om natten."
HORSES = "Ryttere holder deres heste på folden nede bag laden."
LONG = (DOGS, CATS, HORSES)
"""Sentences that are understood alone, as they are long and point at nothing before them."""


def texts(quotes: Sequence[Quote]) -> list[str]:
    return [quote.text for quote in quotes]


def quote_at(found: Found, place: int, score: float = 1.0) -> Quote:
    return Quote(found, place, place, score)


# A quote


def test_a_quote_is_the_text_at_its_span_in_the_document() -> None:
    found = made_found(*LONG)
    quote = Quote(found, 1, 2, 1.0)
    assert quote.text == f"{CATS} {HORSES}"
    start = PASSAGE_START + len(DOGS) + 1
    assert (quote.span.start, quote.span.end) == (start, start + len(CATS) + 1 + len(HORSES))
    assert texts(quote.sentences) == [CATS, HORSES]


def test_a_quote_widens_to_neighbours_only_and_not_beyond_its_passage() -> None:
    first = quote_at(made_found(*LONG), 0)
    assert first.widened(-1, 0) is None
    assert first.widened(0, 3) is None
    four = quote_at(made_found("Ja.", "Nej.", "Tja.", "Nå."), 0)
    assert four.widened(0, MAX_SENTENCES) is None
    assert four.widened(0, MAX_SENTENCES - 1) is not None
    wider = first.widened(1, 1)
    assert wider is not None
    assert (wider.first, wider.last) == (0, 1)


def test_a_quote_does_not_widen_to_a_page_of_text() -> None:
    assert quote_at(made_found("ord " * 1000 + "slut.", DOGS), 1).widened(0, 1) is None


@pytest.mark.parametrize(
    ("one", "other", "overlap"),
    [((0, 1), (1, 2), True), ((1, 1), (0, 2), True), ((0, 0), (1, 2), False), ((2, 2), (0, 1), False)],
)
def test_quotes_overlap_where_they_share_a_sentence(
    one: tuple[int, int], other: tuple[int, int], overlap: bool
) -> None:
    found = made_found(*LONG)
    assert Quote(found, *one, 1.0).overlaps(Quote(found, *other, 0.5)) is overlap
    assert not Quote(found, *one, 1.0).overlaps(Quote(made_found(*LONG, document="b.txt"), *other, 0.5))


# Ranking


def test_the_passages_score_decides_where_nothing_else_does() -> None:
    found = [made_found(CATS, score=0.5), made_found(DOGS, score=0.75, document="b.txt")]
    assert texts(rank_sentences(found, NO_TERMS)) == [DOGS, CATS]


def test_of_one_passage_the_nearest_sentence_comes_first() -> None:
    found = made_found(*LONG, cosines=(0.25, 0.75, 0.5))
    assert texts(rank_sentences([found], NO_TERMS)) == [CATS, HORSES, DOGS]


def test_the_sentence_with_the_querys_words_comes_first() -> None:
    terms = QueryTerms({"kat": 1.0, "hav": 1.0, "hund": 1.0}, frozenset())
    assert texts(rank_sentences([made_found(*LONG)], terms)) == [CATS, DOGS, HORSES]


def test_the_sentence_with_a_value_of_the_kind_asked_for_comes_first() -> None:
    found = made_found("Det koster en del penge.", "Det koster 100 kroner.", "Det koster meget.")
    assert texts(rank_sentences([found], NO_TERMS, (AMOUNT,)))[0] == "Det koster 100 kroner."
    assert texts(rank_sentences([found], NO_TERMS, (TIME,)))[0] == "Det koster en del penge."


def test_of_what_is_asked_by_name_the_sentence_that_names_it_comes_first() -> None:
    found = made_found("Strategien gælder i fem år.", "Sådan lyder navnet på den nye strategi.")
    assert texts(rank_sentences([found], NO_TERMS, (NAME,)))[0] == "Sådan lyder navnet på den nye strategi."


def test_equals_keep_their_order() -> None:
    found = [made_found(*LONG, document=name) for name in ("a.txt", "b.txt")]
    assert texts(rank_sentences(found, NO_TERMS)) == [*LONG, *LONG]


def test_only_the_first_passages_are_quoted() -> None:
    found = [made_found(DOGS, passage_id=number) for number in range(QUOTED_PASSAGES + 3)]
    assert choose_passages(found) == found[:QUOTED_PASSAGES]


def test_the_first_of_another_document_is_quoted_too() -> None:
    found = [made_found(DOGS, passage_id=number) for number in range(QUOTED_PASSAGES + 3)]
    other = made_found(DOGS, document="b.txt")
    assert choose_passages([*found, other, other]) == [*found[:QUOTED_PASSAGES], other]
    assert choose_passages([other, *found]) == [other, *found[: QUOTED_PASSAGES - 1]]


def test_nothing_found_is_nothing_to_quote() -> None:
    assert rank_sentences([], NO_TERMS) == choose_quotes([]) == ()


# Choosing


def test_at_most_three_are_quoted_the_best_first() -> None:
    ranked = [
        made_quote(f"{sentence} {n}", document=f"{n}.txt") for n, sentence in enumerate((*LONG, "Får."))
    ]
    assert list(choose_quotes(ranked)) == ranked[:MAX_QUOTES]


def test_what_scores_far_lower_is_not_quoted() -> None:
    ranked = [made_quote(DOGS, score=1.0), made_quote(CATS, score=0.01, document="b.txt")]
    assert texts(choose_quotes(ranked)) == [DOGS]


def test_a_copy_is_not_quoted_and_another_document_is() -> None:
    copy = made_quote(DOGS.replace(".", "!"), document="b.txt")
    ranked = [made_quote(DOGS), copy, made_quote(CATS, document="c.txt")]
    assert texts(choose_quotes(ranked)) == [DOGS, CATS]


def test_neighbouring_sentences_become_one_quote_in_their_order() -> None:
    found = made_found(*LONG)
    assert texts(choose_quotes([quote_at(found, 1), quote_at(found, 0)])) == [f"{DOGS} {CATS}"]


def test_three_short_neighbours_are_one_quote_and_a_third_long_one_is_a_quote_of_its_own() -> None:
    long_one = f"{HORSES[:-1]}, {'og der er intet hegn ' * 8}endnu."
    for found, expected in (
        (made_found(*LONG), [" ".join(LONG)]),
        (made_found(DOGS, CATS, long_one), [f"{DOGS} {CATS}", long_one]),
    ):
        assert texts(choose_quotes([quote_at(found, place) for place in (1, 0, 2)])) == expected


def test_a_sentence_that_points_back_brings_the_one_before_it() -> None:
    points_back = "Det gælder dog ikke i de to måneder, hvor stranden er lukket."
    found = made_found(CATS, DOGS, points_back)
    assert texts(choose_quotes([quote_at(found, 2)])) == [f"{DOGS} {points_back}"]
    assert texts(choose_quotes([quote_at(made_found(points_back, DOGS), 0)])) == [points_back]


def test_a_line_that_announces_or_says_little_brings_the_one_after_it() -> None:
    announces = "Følgende regler gælder for hunde og andre dyr på stranden:"
    assert texts(choose_quotes([quote_at(made_found(announces, DOGS), 0)])) == [f"{announces} {DOGS}"]
    assert texts(choose_quotes([quote_at(made_found("Hunde:", DOGS), 0)])) == [f"Hunde: {DOGS}"]


def test_a_copy_of_a_sentence_that_was_widened_is_not_quoted() -> None:
    points_back = "Det gælder dog ikke i de to måneder, hvor stranden er lukket."
    first, copy = (made_found(DOGS, points_back, document=name) for name in ("a.txt", "b.txt"))
    ranked = [quote_at(first, 1), quote_at(copy, 1), quote_at(copy, 0)]
    assert texts(choose_quotes(ranked)) == [f"{DOGS} {points_back}"]


def test_no_sentence_is_quoted_twice_when_another_points_back_to_it() -> None:
    points_back = "Det gælder dog ikke i de to måneder, hvor stranden er lukket."
    found = made_found(f"{CATS[:-1]} {'og dag ' * 30}hele året.", DOGS, points_back)
    ranked = [quote_at(found, place) for place in (1, 0, 2)]
    first, second = choose_quotes(ranked)
    assert (first.first, first.last, second.text) == (0, 1, points_back)


def test_no_sentence_is_quoted_twice_when_it_stands_between_two_quotes() -> None:
    points_back = "Det gælder dog ikke i de to måneder, hvor stranden er lukket."
    found = made_found(CATS, DOGS, points_back)
    ranked = [quote_at(found, place) for place in (0, 2, 1)]
    assert texts(choose_quotes(ranked)) == [CATS, f"{DOGS} {points_back}"]


SENTENCES = st.sampled_from(
    [*LONG, "Det gælder ikke.", "Kat.", "Følgende gælder:", "Og 2015?", "***", "Hunde"]
)
FOUND = st.lists(st.lists(SENTENCES, min_size=1, max_size=5), min_size=1, max_size=4)


@given(FOUND, st.lists(st.integers(0, 4), min_size=20, max_size=20))
def test_any_choice_is_short_whole_and_quotes_no_sentence_twice(
    passages: list[list[str]], cosines: list[int]
) -> None:
    sizes = [len(sentences) for sentences in passages]
    near = [tuple(c / 4 for c in cosines[sum(sizes[:i]) :][:size]) for i, size in enumerate(sizes)]
    found = [
        made_found(*sentences, passage_id=i, document=f"{i % 3}.txt", score=1 - i / 8, cosines=near[i])
        for i, sentences in enumerate(passages)
    ]
    ranked = rank_sentences(found, NO_TERMS)
    chosen = choose_quotes(ranked)
    assert 1 <= len(chosen) <= MAX_QUOTES
    assert chosen[0].overlaps(ranked[0])
    assert all(1 <= len(quote.sentences) <= MAX_SENTENCES for quote in chosen)
    assert not any(one.overlaps(other) for one in chosen for other in chosen if one is not other)
    assert [quote.score for quote in chosen] == sorted((quote.score for quote in chosen), reverse=True)
    for quote in chosen:
        passage = quote.found.passage
        assert passage.text[quote.span.start - passage.start : quote.span.end - passage.start] == quote.text
        assert quote.text.startswith(quote.sentences[0].text)
        assert quote.text.endswith(quote.sentences[-1].text)


def test_a_sentence_that_says_the_opposite_is_not_left_out_as_the_same() -> None:
    allowed = "Det er tilladt at parkere på pladsen bag skolen hele natten."
    forbidden = "Det er ikke tilladt at parkere på pladsen bag skolen hele natten."
    ranked = (made_quote(allowed), made_quote(forbidden, passage_id=2, document="b.txt"))
    assert texts(choose_quotes(ranked)) == [allowed, forbidden]


def test_one_document_gives_two_quotes_where_others_answer_too() -> None:
    ranked = [quote_at(made_found(text, passage_id=place), 0) for place, text in enumerate(LONG)]
    assert texts(choose_quotes(ranked)) == [*LONG]
    other = made_quote("Kaniner skal bo i et bur af en vis størrelse.", passage_id=9, document="b.txt")
    assert texts(choose_quotes([*ranked, other])) == [DOGS, CATS, other.text]
