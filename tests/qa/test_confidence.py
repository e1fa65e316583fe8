"""Confidence: what it is made of, worked by hand, and what holds whatever its weights are."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.background import Background
from qa.confidence import REFUSE_BELOW, Evidence, confidence, weigh_evidence
from qa.expected import PHONE
from qa.quotes import Quote, rank_sentences
from qa.terms import QueryTerms
from tests.qa.making import NO_TERMS, made_found

SHARE = st.floats(0, 1)
COSINES = st.floats(-1e6, 1e6)
EVIDENCE = st.builds(
    Evidence,
    nearness=COSINES,
    agreement=SHARE,
    unknown=SHARE,
    quote=SHARE,
    closeness=COSINES,
    cohesion=st.floats(-1, 1),
)
BACKGROUND = Background(middle=0.5, strangers=0.25, answers=0.75)

NOTHING = Evidence(nearness=0.0, agreement=0.0, unknown=1.0)
EVERYTHING = Evidence(nearness=2.0, agreement=1.0, unknown=0.0, quote=1.9, closeness=0.8)


@given(EVIDENCE)
def test_any_evidence_gives_a_chance(evidence: Evidence) -> None:
    assert 0.0 <= confidence(evidence) <= 1.0


@given(EVIDENCE, st.floats(0, 1e6), SHARE, SHARE)
def test_more_that_speaks_for_an_answer_never_lowers_it(
    evidence: Evidence, nearer: float, share: float, unknown: float
) -> None:
    chance = confidence(evidence)
    assert confidence(replace(evidence, nearness=evidence.nearness + nearer)) >= chance
    assert confidence(replace(evidence, closeness=evidence.closeness + nearer)) >= chance
    assert confidence(replace(evidence, agreement=max(evidence.agreement, share))) >= chance
    assert confidence(replace(evidence, quote=max(evidence.quote, share))) >= chance
    assert confidence(replace(evidence, cohesion=max(evidence.cohesion, share))) >= chance
    assert confidence(replace(evidence, unknown=min(evidence.unknown, unknown))) >= chance
    assert confidence(replace(evidence, unknown_name=unknown)) <= chance


def test_with_nothing_for_it_a_question_is_refused_and_with_everything_answered() -> None:
    assert confidence(NOTHING) < REFUSE_BELOW < confidence(EVERYTHING)


def test_a_name_that_stands_nowhere_takes_away_an_answer_that_is_not_quite_sure() -> None:
    likely = replace(EVERYTHING, nearness=0.2, agreement=0.9, quote=1.5, closeness=0.5, cohesion=0.8)
    assert confidence(likely) > 0.5
    assert confidence(replace(likely, unknown_name=1.0)) < REFUSE_BELOW


def test_what_merely_stands_out_in_a_small_library_is_not_answered() -> None:
    """As far above chance as can be, and yet not half way from a stranger to an answer."""
    on_the_subject = Evidence(nearness=0.8, agreement=0.8, unknown=0.25, quote=1.3, closeness=0.15)
    assert confidence(on_the_subject) < REFUSE_BELOW
    assert confidence(replace(on_the_subject, closeness=0.75)) > 0.5


def test_passages_of_one_document_are_surer_than_of_many() -> None:
    scattered = Evidence(nearness=0.2, agreement=0.8, unknown=0.0, quote=1.3, closeness=0.4, cohesion=0.0)
    assert confidence(scattered) < REFUSE_BELOW < confidence(replace(scattered, cohesion=1.0))


def test_a_lift_beyond_the_best_score_does_not_count() -> None:
    assert confidence(replace(EVERYTHING, nearness=0.1, agreement=1.5)) == confidence(
        replace(EVERYTHING, nearness=0.1)
    )


def test_the_evidence_is_gathered_over_all_that_was_found() -> None:
    found = [
        made_found("Kat.", "Hund.", score=0.875, cosines=(0.25, 0.5), signals={"passage": 0.375}),
        made_found("Hest.", score=0.75, cosines=(0.75,), signals={"passage": 0.625}),
    ]
    terms = QueryTerms({"hund": 1.0, "snor": 3.0}, {"snor": 1.0})
    # the nearest sentence of all: (0.75 - 0.5) / (0.75 - 0.25); the first passage's score; 3 of the weight 4;
    # and the closest passage of all: (0.625 - 0.25) / (0.75 - 0.25)
    ranked = [Quote(found[0], 1, 1, score=1.25)]
    assert weigh_evidence(found, ranked, terms, BACKGROUND, cohesion=0.25) == Evidence(
        nearness=0.5, agreement=0.875, unknown=0.75, quote=1.25, closeness=0.75, cohesion=0.25
    )


def test_what_boilerplate_takes_from_a_score_makes_the_answer_no_less_sure() -> None:
    found = made_found("Kat.")
    damped = replace(found, hit=replace(found.hit, score=0.625, lost=0.25))
    evidence = weigh_evidence([damped], [Quote(damped, 0, 0, score=1.0)], QueryTerms({}, {}), BACKGROUND)
    assert (evidence.agreement, evidence.quote) == (0.875, 1.25)


def test_nothing_found_is_refused_on_any_library() -> None:
    for background in (Background(0.0), BACKGROUND, Background(0.9)):
        evidence = weigh_evidence([], [], NO_TERMS, background)
        assert evidence.nearness < 0
        assert confidence(evidence) < REFUSE_BELOW


@pytest.mark.parametrize("cosine", [-1.0, 0.0, 1.0])
def test_a_flat_background_breaks_no_bound(cosine: float) -> None:
    found = [made_found("Hund.", cosines=(cosine,))]
    evidence = weigh_evidence(found, rank_sentences(found, NO_TERMS), NO_TERMS, Background(0.5, 0.0, 0.01))
    assert 0.0 <= confidence(evidence) <= 1.0


def test_a_telephone_number_that_is_not_there_is_not_answered() -> None:
    near = {"passage": 0.9}
    found = [made_found("Ring til os i kontortiden.", cosines=(0.9,), signals=near)]
    there = [made_found("Ring til os på 72 12 34 56.", cosines=(0.9,), signals=near)]
    evidence = [
        weigh_evidence(each, rank_sentences(each, NO_TERMS), NO_TERMS, Background(0.5, 0.4, 0.8), (PHONE,))
        for each in (found, there)
    ]
    assert [each.lacks_contact for each in evidence] == [True, False]
    assert confidence(evidence[0]) < REFUSE_BELOW < confidence(evidence[1])
    assert confidence(replace(EVERYTHING, quote=1.8, closeness=1.0, lacks_contact=True)) < REFUSE_BELOW
