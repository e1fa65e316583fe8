"""The blend of signals: scaling and weighing worked by hand, and ties over a real index."""

import threading
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.lexical import LexicalField
from qa import retrieve as retrieve_module
from qa.retrieve import CLOSER, CLOSEST, DEPTH, SIGNALS, retrieve
from tests.fakes import WordEmbedder
from tests.qa.made_index import made_index
from tests.qa.making import reading

QUERY = np.zeros((1, 2), dtype=np.float32)

INDEX = made_index(
    {1: 0.875, 2: 0.75, 3: 0.375},
    {1: [0.25, 0.5], 2: [0.75], 3: [0.25], 4: [0.0, 0.25, -0.25]},
    {LexicalField.STEMS_AROUND: {4: 5.0, 1: 3.0, 2: 1.0}, LexicalField.GRAMS: {2: 7.0}},
)
SCALED = {
    "passage": {1: 1.0, 2: 0.75, 3: 0.0},  # 0.375 to 0.875
    "sentence": {2: 1.0, 1: 0.5, 3: 0.0, 4: 0.0},  # the best of each: 0.5, 0.75, 0.25, 0.25
    "stems_around": {4: 1.0, 1: 0.5, 2: 0.0},  # 1 to 5
    "grams": {2: 1.0},  # alone
}


def blended(passage_id: int, weights: Mapping[str, float]) -> float:
    """Work out the weighted mean of a passage's scaled signals."""
    given = sum(weight * SCALED.get(name, {}).get(passage_id, 0.0) for name, weight in weights.items())
    return given / sum(weights.values())


@pytest.mark.parametrize(
    "weights",
    [
        SIGNALS,
        {"passage": 2.0, "sentence": 1.0, "stems_around": 1.0, "grams": 4.0},
        {"passage": 1.0, "stems_around": 3.0},
    ],
    ids=["its own weights", "others", "two signals"],
)
def test_the_score_is_the_weighted_mean_of_the_scaled_signals(weights: Mapping[str, float]) -> None:
    hits = retrieve(INDEX, "hund", QUERY, weights).hits(10)
    assert {hit.passage_id: hit.score for hit in hits} == pytest.approx(
        {passage_id: blended(passage_id, weights) for passage_id in {hit.passage_id for hit in hits}}
    )
    assert {hit.passage_id for hit in hits} == {id_ for name in weights for id_ in SCALED.get(name, {})}
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


def test_four_equal_signals_by_hand() -> None:
    hits = retrieve(INDEX, "hund", QUERY, dict.fromkeys(SCALED, 1.0)).hits(10)
    # 2: (.75 + 1 + 0 + 1) / 4; 1: (1 + .5 + .5 + 0) / 4; 4: (0 + 0 + 1 + 0) / 4; 3: nothing
    assert [(hit.passage_id, hit.score) for hit in hits] == [(2, 0.6875), (1, 0.5), (4, 0.25), (3, 0.0)]


def test_boilerplate_costs_a_passage_its_share_of_the_score() -> None:
    index = made_index({1: 1.0, 2: 0.5, 3: 0.0}, {1: [1.0], 2: [1.0], 3: [1.0]}, {}, {1: 1.0, 2: 0.5})
    hits = retrieve(index, "hund", QUERY, {"passage": 1.0}).hits(10)
    assert [(hit.passage_id, hit.score, hit.lost) for hit in hits] == [
        (1, pytest.approx(0.7), pytest.approx(0.3)),
        (2, pytest.approx(0.425), pytest.approx(0.075)),
        (3, 0.0, 0.0),
    ]


def test_one_signal_alone_brings_only_its_own_passages() -> None:
    hits = retrieve(INDEX, "hund", QUERY, {"stems_around": 0.5}).hits(10)
    assert [(hit.passage_id, hit.score) for hit in hits] == [(4, 1.0), (1, 0.5), (2, 0.0)]


def test_the_stems_of_a_passage_alone_bring_nothing() -> None:
    lexical = {LexicalField.STEMS: {1: 5.0}, LexicalField.GRAMS: {2: 7.0}}
    index = made_index({}, {1: [1.0], 2: [0.5]}, lexical)
    assert [hit.passage_id for hit in retrieve(index, "hund", QUERY).hits(10)] == [2]


def test_a_hit_keeps_what_each_signal_gave_it_unscaled() -> None:
    signals = {hit.passage_id: hit.signals for hit in retrieve(INDEX, "hund", QUERY).hits(10)}
    assert signals[1] == {"passage": 0.875, "sentence": 0.5, "stems_around": 3.0}
    assert signals[4] == {"sentence": 0.25, "stems_around": 5.0}


def test_a_hit_keeps_the_cosine_of_each_of_its_sentences() -> None:
    cosines = {
        hit.passage_id: hit.cosines for hit in retrieve(INDEX, "hund", QUERY, {"stems_around": 1.0}).hits(10)
    }
    assert cosines == {4: (0.0, 0.25, -0.25), 1: (0.25, 0.5), 2: (0.75,)}


def test_passages_that_a_signal_finds_all_alike_get_all_of_it() -> None:
    index = made_index({5: 0.5, 7: 0.5}, {5: [0.5], 7: [0.5]}, {})
    assert [(hit.passage_id, hit.score) for hit in retrieve(index, "", QUERY, {"passage": 1.0}).hits(10)] == [
        (5, 1.0),
        (7, 1.0),
    ]


def test_no_more_hits_than_asked_for_and_the_best_of_them() -> None:
    retrieved = retrieve(INDEX, "hund", QUERY)
    assert [len(retrieved.hits(top_k)) for top_k in (1, 2, 3, 4, 10)] == [1, 2, 3, 4, 4]
    assert retrieved.hits(2) == retrieved.hits(10)[:2]


def test_a_large_library_is_searched_in_two_threads_at_once_with_the_same_hits() -> None:
    large = SimpleNamespace(**vars(INDEX))
    large.vectors = replace(INDEX.vectors, size=retrieve_module._WORTH_A_THREAD)
    large.lexical = replace(INDEX.lexical, asked_in=set())
    assert retrieve(large, "hund", QUERY).hits(10) == retrieve(INDEX, "hund", QUERY).hits(10)
    here = threading.current_thread().name
    assert here in INDEX.lexical.asked_in
    assert here not in large.lexical.asked_in


def test_a_library_without_passages_has_no_hits() -> None:
    assert retrieve(made_index({}, {}, {}), "hund", QUERY).hits(10) == ()


CROWDED = {
    LexicalField.STEMS_AROUND: {i: 200.0 - i for i in range(1, DEPTH + 1)},
    LexicalField.GRAMS: {i: 400.0 - i for i in range(DEPTH + 1, 2 * DEPTH + 1)},
}
INDEX_CROWDED = made_index({}, {i: [1 / i] for i in range(1, 2 * DEPTH + 1)}, CROWDED)


COMPARED = {*range(1, CLOSER // 2 + 1), *range(DEPTH + 1, DEPTH + CLOSER // 2 + 1)}
"""Those that the two searches put first together: each is first, second and so on of one of them."""


@pytest.mark.parametrize("weights", [SIGNALS, {"stems_around": 1.0}], ids=["its own weights", "one signal"])
def test_the_first_of_all_searches_together_are_compared_sentence_by_sentence(
    weights: Mapping[str, float],
) -> None:
    retrieved = retrieve(INDEX_CROWDED, "hund", QUERY, weights)
    assert {*retrieved.ids[retrieved.closer].tolist()} == COMPARED


def test_hits_that_were_not_compared_before_are_compared_when_they_are_asked_for() -> None:
    hits = retrieve(INDEX_CROWDED, "hund", QUERY).hits(2 * DEPTH)
    assert all(hit.cosines == (np.float32(1 / hit.passage_id),) for hit in hits)


def test_a_passage_that_is_not_among_them_gains_nothing_by_a_near_sentence() -> None:
    behind = CLOSER // 2 + 1
    index = made_index({}, {i: [1.0 if i == behind else 0.5] for i in range(1, 2 * DEPTH + 1)}, CROWDED)
    hits = {hit.passage_id: hit for hit in retrieve(index, "hund", QUERY).hits(2 * DEPTH)}
    assert hits[behind].signals == {"stems_around": 200.0 - behind}
    assert all(hits[each].score >= hits[behind].score for each in COMPARED)


def test_boilerplate_makes_room_among_them_for_another() -> None:
    cosines = {i: [0.5] for i in range(1, 2 * DEPTH + 1)}
    last = CLOSER // 2
    index = made_index({}, cosines, CROWDED, {last: 1.0})
    retrieved = retrieve(index, "hund", QUERY)
    assert {*retrieved.ids[retrieved.closer].tolist()} == COMPARED - {last} | {last + 1}


def test_the_first_hits_are_the_same_however_many_are_asked_for() -> None:
    retrieved = retrieve(INDEX_CROWDED, "hund", QUERY)
    every = retrieved.hits(2 * DEPTH)
    assert len(every) == 2 * DEPTH
    assert [retrieved.hits(top_k) for top_k in (0, 1, 10)] == [(), every[:1], every[:10]]


def test_scores_are_scaled_over_all_that_a_search_brings() -> None:
    hits = retrieve(INDEX_CROWDED, "hund", QUERY, {"stems_around": 1.0}).hits(CLOSER)
    assert hits[-1].score == pytest.approx((DEPTH - CLOSER) / (DEPTH - 1))  # 199 is 1, 100 is 0


def test_sentences_are_scaled_over_the_nearest_of_those_compared() -> None:
    hits = retrieve(INDEX_CROWDED, "hund", QUERY, {"sentence": 1.0}).hits(2 * DEPTH)
    assert [hit.passage_id for hit in hits] == sorted(COMPARED)[:CLOSEST]
    assert [hits[0].score, hits[-1].score] == [1.0, 0.0]


RANKED = [each for each in LexicalField if each.value in SIGNALS]
SCORES = st.dictionaries(st.integers(1, 20), st.floats(-10, 10, width=32), max_size=8)


@given(SCORES, st.fixed_dictionaries(dict.fromkeys(RANKED, SCORES)))
def test_any_scores_give_a_ranking_from_1_to_0_with_ties_by_id(
    passages: dict[int, float], lexical: dict[LexicalField, dict[int, float]]
) -> None:
    sentences = {passage_id: [passage_id / 32] for passage_id in range(1, 21)}
    hits = retrieve(made_index(passages, sentences, lexical), "hund", QUERY).hits(100)
    assert {hit.passage_id for hit in hits} == {
        *passages,
        *(i for scores in lexical.values() for i in scores),
    }
    assert all(-1e-9 <= hit.score <= 1 + 1e-9 for hit in hits)
    assert list(hits) == sorted(hits, key=lambda hit: (-hit.score, hit.passage_id))


def test_the_same_words_in_many_documents_tie_and_go_by_id(tmp_path: Path) -> None:
    texts = {f"{number:02}.txt": "Hunde skal føres i snor." for number in range(30)}
    with reading(tmp_path, texts) as state:
        embedding = WordEmbedder().embed_queries(["hunde i snor"])
        hits = retrieve(state.index, "hunde i snor", embedding).hits(10)
    assert len({hit.score for hit in hits}) == 1
    assert [hit.passage_id for hit in hits] == list(range(1, 11))


def test_every_signal_is_measured_on_a_real_index(tmp_path: Path) -> None:
    texts = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit."}
    with reading(tmp_path, texts) as state:
        embedding = WordEmbedder().embed_queries(["hunde i snor"])
        first, _ = retrieve(state.index, "hunde i snor", embedding).hits(10)
    assert first.signals.keys() == SIGNALS.keys()
    assert (first.passage_id, first.score) == (1, pytest.approx(1.0))
    # the title and five words, of which three are asked for, each a number of 1: 3 / (√6 · √3)
    assert first.signals["passage"] == pytest.approx(3 / (6 * 3) ** 0.5, abs=1e-3)
