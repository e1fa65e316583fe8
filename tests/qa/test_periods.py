"""Time in a question: which documents a year or the wish for the newest lifts, and what is no year."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.periods import NEWEST_BONUS, YEAR_BONUS, prefer_asked_time
from qa.quotes import Found
from tests.qa.making import made_found

DATES = ("2013-06-01", "2014-03-05", "2015-03-05", None)


def found_of(*dates: str | None, scores: tuple[float, ...] = ()) -> list[Found]:
    """Return a passage a date; the scores are alike if not given."""
    scores = scores or (0.5,) * len(dates)
    return [
        made_found("Taksten er 100 kr.", date=date, score=score, passage_id=number)
        for number, (date, score) in enumerate(zip(dates, scores, strict=True), 1)
    ]


def scores_for(question: str, *dates: str | None) -> dict[str | None, float]:
    return {each.passage.date: each.hit.score for each in prefer_asked_time(found_of(*dates), question)}


@pytest.mark.parametrize(
    "question",
    [
        "Hvad er taksten?",
        "Hvad koster 2.015 kort?",
        "Hvad sker den 1-2015-3?",
        "Hvad er § 2015.5?",
        "Hvad er nr. 20155?",
        "Hvad er 1815?",
    ],
)
def test_a_question_without_a_year_leaves_all_as_it_is(question: str) -> None:
    found = found_of(*DATES, scores=(0.1, 0.9, 0.3, 0.7))
    assert prefer_asked_time(found, question) == tuple(found)


@pytest.mark.parametrize("question", ["Hvad er taksten i 2014?", "Hvad var 2014-taksten?", "takst 2014."])
def test_a_year_lifts_the_documents_of_that_year(question: str) -> None:
    assert scores_for(question, *DATES) == {
        "2014-03-05": 0.5 + YEAR_BONUS,
        "2013-06-01": 0.5,
        "2015-03-05": 0.5,
        None: 0.5,
    }


def test_either_of_two_years_lifts() -> None:
    scores = scores_for("Hvad var taksten i 2013 eller 2015?", *DATES)
    assert [date for date, score in scores.items() if score > 0.5] == ["2013-06-01", "2015-03-05"]


def test_the_newest_gains_most_and_the_oldest_nothing() -> None:
    assert scores_for("Hvad er den nyeste takst?", *DATES) == {
        "2015-03-05": 0.5 + NEWEST_BONUS,
        "2014-03-05": 0.5 + NEWEST_BONUS / 2,
        "2013-06-01": 0.5,
        None: 0.5,
    }


@pytest.mark.parametrize("date", ["2015-03-05", None])
def test_no_document_is_newest_where_all_are_of_one_day(date: str | None) -> None:
    found = found_of(date, date)
    assert prefer_asked_time(found, "Hvad er den nyeste takst?") == tuple(found)


def test_a_lifted_passage_moves_up_and_the_rest_of_it_stays() -> None:
    found = found_of("2013-06-01", "2014-03-05", scores=(0.5, 0.5 - YEAR_BONUS / 2))
    first, second = prefer_asked_time(found, "Hvad er taksten i 2014?")
    assert (first.passage, first.sentences, first.hit.cosines) == (
        found[1].passage, found[1].sentences, found[1].hit.cosines
    )  # fmt: skip
    assert (first.hit.passage_id, first.hit.signals) == (2, found[1].hit.signals)
    assert second == found[0]


def test_a_far_better_passage_of_another_year_stays_first() -> None:
    found = found_of("2013-06-01", "2014-03-05", scores=(0.5, 0.5 - YEAR_BONUS * 2))
    assert [each.hit.passage_id for each in prefer_asked_time(found, "Hvad er taksten i 2014?")] == [1, 2]


@given(
    st.lists(st.tuples(st.sampled_from(DATES), st.integers(0, 8)), max_size=8),
    st.sampled_from(["Hvad nu?", "Hvad er det nyeste?", "Hvad i 2014?", "Det seneste i 2014 og 2015?"]),
)
def test_nothing_is_lost_and_the_best_comes_first(
    passages: list[tuple[str | None, int]], question: str
) -> None:
    passages = sorted(passages, key=lambda pair: -pair[1])
    found = found_of(*(date for date, _ in passages), scores=tuple(score / 8 for _, score in passages))
    ordered = prefer_asked_time(found, question)
    assert sorted(each.hit.passage_id for each in ordered) == [each.hit.passage_id for each in found]
    scores = [each.hit.score for each in ordered]
    assert scores == sorted(scores, reverse=True)
