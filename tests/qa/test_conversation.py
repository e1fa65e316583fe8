"""Follow-ups, by examples a person can check."""

import pytest

from qa.conversation import is_followup, understand

FIRST = "Hvornår er fristen for at søge byggetilladelse?"


@pytest.mark.parametrize(
    ("question", "understood"),
    [
        ("og hvornår træder det i kraft?", "og hvornår træder det i kraft? (fristen søge byggetilladelse)"),
        ("hvad med børn?", "hvad med børn? (fristen søge byggetilladelse)"),
        ("hvem sagde det?", "hvem sagde det? (fristen søge byggetilladelse)"),
        ("Hvorfor?", "Hvorfor? (fristen søge byggetilladelse)"),
        ("og hvad er fristen ellers?", "og hvad er fristen ellers? (søge byggetilladelse)"),
    ],
)
def test_a_follow_up_is_searched_for_with_the_words_it_leans_on(question: str, understood: str) -> None:
    assert understand(question, [FIRST]) == understood


@pytest.mark.parametrize(
    "question",
    [
        "Hvad koster en parkeringslicens?",
        "Hvem er borgmester?",
        "Er det muligt at klage?",
        "Hvad er den største udgift i budgettet?",
        "Hvornår begyndte de 12 projekter?",
        "Hvilken forening var det der søgte?",
        "Hvad sagde Martin Damm om det?",
        "Hvordan kan jeg rette de oplysninger, som kommunen har om min bolig?",
    ],
)
def test_a_question_that_stands_alone_is_not_bent(question: str) -> None:
    assert not is_followup(question)
    assert understand(question, [FIRST]) is None


def test_nothing_is_a_follow_up_to_nothing() -> None:
    assert understand("og hvad så?", []) is None


def test_a_chain_of_follow_ups_leans_on_the_question_that_stood_alone() -> None:
    previous = ["Hvem er borgmester?", FIRST, "hvad med børn?"]
    assert understand("og unge?", previous) == "og unge? (fristen søge byggetilladelse børn)"


def test_a_follow_up_to_a_question_without_words_of_its_own_stays_as_it_is() -> None:
    assert understand("og hvorfor?", ["hvad?"]) is None
