"""Weights of a query's words in a library, worked by hand, and the share of them that a text holds."""

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.terms import QueryTerms, weigh_terms
from tests.qa.making import NO_TERMS, reading

TERMS = QueryTerms({"hund": 1.0, "snor": 3.0, "boernehav": 4.0}, {})

TEXTS = {
    "a.txt": "Hunde skal føres i snor.",
    "b.txt": "Hunden må gå frit.",
    "c.txt": "En hund og en hund til.",
    "d.txt": "Katte må gå frit.",
}


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("", 0.0),
        ("Katte må gå frit.", 0.0),
        ("Hundene går.", 1 / 8),
        ("Hund, HUND og hunde i snor", 4 / 8),
        ("Børnehavens hunde i snore", 1.0),
        ("boernehave", 4 / 8),
    ],
)
def test_coverage_is_the_share_of_the_weight_that_the_text_holds(text: str, share: float) -> None:
    assert TERMS.coverage(text) == share


def test_a_query_without_stems_is_never_covered() -> None:
    assert NO_TERMS.coverage("Hunde skal føres i snor.") == NO_TERMS.unknown_share == 0.0


def test_a_word_weighs_by_the_passages_it_stands_in(tmp_path: Path) -> None:
    with reading(tmp_path, TEXTS) as state:
        terms = weigh_terms("Hvornår skal hunden i snor med kameler?", state.index.lexical, 4)
    # 3 of 4 passages hold "hund", 1 "snor", none "kamel": ln(1 + (4 - n + 0.5) / (n + 0.5))
    assert terms.weights == pytest.approx(
        {"hund": math.log(1 + 1.5 / 3.5), "snor": math.log(1 + 3.5 / 1.5), "kamel": math.log(1 + 4.5 / 0.5)}
    )
    assert terms.unknown == {"kamel": 1.0}
    assert terms.unknown_share == terms.weights["kamel"] / sum(terms.weights.values())


def test_a_word_in_another_form_is_nearly_known(tmp_path: Path) -> None:
    with reading(tmp_path, {"a.txt": "De digitale løsninger"}) as state:
        terms = weigh_terms("digitalt", state.index.lexical, 1)
    assert terms.unknown == {"digitalt": 1 / 5}  # of ^digi, digit, igita, gital and italt only the last


def test_a_light_word_is_never_unknown(tmp_path: Path) -> None:
    """»Hvad hedder snoren?« is about a lead; that the text never says »hedder« is no reason to refuse."""
    with reading(tmp_path, TEXTS) as state:
        light = weigh_terms("Hvad hedder snoren?", state.index.lexical, 4)
        heavy = weigh_terms("Hvad vejer snoren?", state.index.lexical, 4)
    assert (light.unknown, heavy.unknown) == ({}, {"vej": 1.0})
    assert light.weights == {"hed": heavy.weights["vej"], "snor": heavy.weights["snor"]}


def test_stop_words_weigh_only_where_nothing_else_is_asked(tmp_path: Path) -> None:
    with reading(tmp_path, TEXTS) as state:
        assert set(weigh_terms("Hvad skal de?", state.index.lexical, 4).weights) == {"hvad", "skal", "de"}
        assert set(weigh_terms("Hvad skal hunde?", state.index.lexical, 4).weights) == {"hund"}


def test_in_an_empty_library_every_word_is_unknown(tmp_path: Path) -> None:
    with reading(tmp_path, {}) as state:
        terms = weigh_terms("Hunde i snor", state.index.lexical, 0)
    assert terms.unknown == {"hund": 1.0, "snor": 1.0}
    assert terms.unknown_share == 1.0
    assert set(terms.weights.values()) == {math.log(2)}


@given(st.lists(st.sampled_from(["hund", "snor", "børnehave", "kat", "og", "i"]), max_size=8))
def test_coverage_lies_between_0_and_1_and_grows_with_the_text(words: list[str]) -> None:
    shares = [TERMS.coverage(" ".join(words[:count])) for count in range(1, len(words) + 1)]
    content = [share for share in shares if 0 <= share <= 1]
    assert content == shares == sorted(shares)
