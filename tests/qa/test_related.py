"""What a refusal shows: sentences with something to read, and no two nearly alike."""

import pytest

from qa.quotes import rank_sentences
from qa.related import MAX_RELATED, choose_related
from tests.qa.making import NO_TERMS, made_found

HORSES = "Ryttere holder deres heste på folden."
CATS = "Katte må gå frit omkring i husets have."
DOGS = "Hunde skal føres i snor på hele stranden."
SOUP = "Caféen serverer suppe hver torsdag aften."


def shown(*sentences: str) -> list[str]:
    """Return what is shown of passages of one sentence each."""
    found = [made_found(sentence, passage_id=n) for n, sentence in enumerate(sentences)]
    return [quote.text for quote in choose_related(rank_sentences(found, NO_TERMS))]


@pytest.mark.parametrize(
    "noise",
    [
        "https://www.kl.dk/temaer/digitalisering/strategi-for-alle-danske-kommuner",
        "Læs mere på www.kl.dk/strategi-for-alle-danske-kommuner",
        "kontakt@kl.dk",
        "afdelingen.for.digitale.sager.paa@kommune",
        "https://kommune/dokumenter/strategi/digital",
        "dokumenter.strategi.digital.kommune.eu",
        "Tlf. 33 70 33 70",
        "8 - 14 dage | kr. 40,-",
        "12.3.4",
    ],
)
def test_what_has_nothing_to_read_is_left_out(noise: str) -> None:
    assert shown(noise, DOGS) == [DOGS]


def test_no_two_are_nearly_alike() -> None:
    longer = f"{DOGS[:-1]}, og det gælder hele året."
    assert shown(DOGS, DOGS.upper(), longer, CATS) == [DOGS, CATS]


def test_what_says_the_opposite_in_nearly_the_same_words_is_shown_beside_it() -> None:
    opposite = "Hunde skal ikke føres i snor på hele stranden."
    assert shown(DOGS, opposite, CATS) == [DOGS, opposite, CATS]


def test_no_more_are_shown_than_there_is_room_for_the_first_first() -> None:
    assert MAX_RELATED == 3
    assert shown(SOUP, DOGS, CATS, HORSES) == [SOUP, DOGS, CATS]


def test_the_nearest_passage_is_first_wherever_its_best_sentence_ranks() -> None:
    far = made_found(DOGS, passage_id=1, score=0.5, cosines=(1.0,))
    near = made_found(CATS, passage_id=2, score=0.6, cosines=(0.0,))
    ranked = rank_sentences([near, far], NO_TERMS)
    assert [quote.text for quote in ranked] == [DOGS, CATS]
    assert [quote.text for quote in choose_related(ranked)] == [CATS, DOGS]


def test_a_passage_is_shown_by_its_best_sentence_that_can_be_read() -> None:
    found = made_found("www.kl.dk", CATS, DOGS, cosines=(0.9, 0.25, 0.75))
    [quote] = choose_related(rank_sentences([found], NO_TERMS))
    assert quote.text == DOGS


def test_nothing_is_shown_where_nothing_can_be_read() -> None:
    assert shown("www.kl.dk", "70 20 30 40") == []
