"""A query to ranked passages: each signal scores the candidates, the scores are scaled and blended.

Every signal is scaled by its own lowest and highest score among the first passages that it brings (min-max
scaling, as in Fox and Shaw's CombSUM, TREC-2 1994) and counts with its weight; a passage that a signal
does not have among them gets nothing from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from math import isnan

import numpy as np
from numpy.typing import NDArray

from index.derived import SearchIndex
from index.embed import Embeddings
from index.lexical import LexicalField
from index.ranking import Ranking
from index.term_numbers import distinct
from qa.types import Hit

DEPTH = 100
"""How many passages each search brings, and over how many its scores are scaled."""

CLOSER = 60
"""How many of each search's first passages are candidates, which are compared sentence by sentence, and over
how many of them that is scaled. To compare all that the searches bring costs more and ranks no better. Who
asks for more hits gets more candidates, which have no score by their sentences."""

SIGNALS: Mapping[str, float] = {
    "passage": 0.85,  # cosine of the passage's embedding
    "sentence": 1.2,  # cosine of its best sentence's embedding
    "grams": 0.5,  # BM25 over the character 5-grams inside its words
    "stems_around": 0.5,  # BM25 over the stems of its words and of the passages around it
    "grams_around": 0.5,
}
"""The ranking signals and their weights. The stems of its own words alone add nothing to these."""

_FIELDS = tuple(field for field in LexicalField if field.value in SIGNALS)

BOILERPLATE_COSTS = 0.3
"""The share of its score that a passage loses which is nothing but boilerplate (`index.repeats`): enough to
stand behind content that fits about as well, and to be found when nothing else does."""

_WORTH_A_THREAD = 2_000
"""From so many passages the lexical search is done beside the dense one, on another core. The dense one lets
go of the interpreter, so it stays in the thread that asks, where the lexical one would keep it waiting. With
fewer passages it is over before a thread has begun."""

_beside = ThreadPoolExecutor(thread_name_prefix="lexical")

Ids = NDArray[np.int64]
Scores = NDArray[np.float64]


def retrieve(
    index: SearchIndex,
    query: str,
    embedding: Embeddings,
    top_k: int,
    weights: Mapping[str, float] = SIGNALS,
    only: Sequence[int] | None = None,
) -> tuple[Hit, ...]:
    """Return up to `top_k` hits for `query`, best first, ties by lower passage id.

    `embedding` has shape (1, dimensions). The score is the weighted mean of the scaled signals, 0 to 1,
    less what boilerplate costs. Where `only` holds ids of passages, no others are searched.
    """
    signals = _search(index, query, embedding, only)
    depth = max(top_k, CLOSER)
    looked_at = _candidates(signals, depth)
    sentences = index.vectors.sentence_scores(embedding, looked_at)
    closer = np.isin(looked_at, _candidates(signals, CLOSER)) if depth > CLOSER else slice(None)
    signals["sentence"] = Ranking.best(looked_at[closer], sentences.best()[closer], CLOSER)
    signals = {name: signals[name] for name in weights}
    ids = _candidates(signals, depth)
    raw, blended = _blend(signals, weights, ids)
    lost = blended * BOILERPLATE_COSTS * index.repeats.boilerplate(ids)
    best = np.argsort(lost - blended, kind="stable")[:top_k]  # stable: ties by lower id
    columns = zip(
        ids[best].tolist(),
        (blended - lost)[best].tolist(),
        raw[:, best].T.tolist(),
        lost[best].tolist(),
        looked_at.searchsorted(ids[best]).tolist(),
        strict=True,
    )
    return tuple(
        Hit(passage_id, score, _those_given(signals, given), loss, sentences.of(place))
        for passage_id, score, given, loss, place in columns
    )


def _those_given(names: Iterable[str], scores: Sequence[float]) -> dict[str, float]:
    """Return the scores that are numbers, by the names of their signals."""
    return {name: score for name, score in zip(names, scores, strict=True) if not isnan(score)}


def _candidates(signals: Mapping[str, Ranking], depth: int) -> Ids:
    """Return the ids of the first passages of each of the signals, ascending."""
    return distinct(np.concatenate([signal.ids[:depth] for signal in signals.values()]))


def _blend(signals: Mapping[str, Ranking], weights: Mapping[str, float], ids: Ids) -> tuple[Scores, Scores]:
    """Return what each signal gave each passage, and the weighted mean of that, scaled; ids ascend.

    Shapes (signals, passages), with no number (NaN) where a signal does not have a passage, and (passages,).
    """
    total = sum(weights.values())
    raw, blended = np.full((len(signals), len(ids)), np.nan), np.zeros(len(ids))
    for scores, (name, signal) in zip(raw, signals.items(), strict=True):
        places = ids.searchsorted(signal.ids)
        here = ids.take(places, mode="clip") == signal.ids
        places = places[here]
        scores[places] = signal.scores[here]
        blended[places] += weights[name] * _scaled(signal.scores)[here] / total
    return raw, blended


def _scaled(scores: Scores) -> Scores:
    """Return scores, the best first, scaled to 0 to 1; where all are alike, 1."""
    if not len(scores) or scores[0] == scores[-1]:
        return np.ones(len(scores))
    return np.asarray((scores - scores[-1]) / (scores[0] - scores[-1]))


def _search(
    index: SearchIndex, query: str, embedding: Embeddings, only: Sequence[int] | None
) -> dict[str, Ranking]:
    """Return what each signal finds that searches all passages."""
    by_words = partial(_search_words, index, query, only)
    beside = _beside.submit(by_words) if len(index.vectors) >= _WORTH_A_THREAD else None
    near = index.vectors.search(embedding, DEPTH, only)
    return {"passage": near, **(beside.result() if beside else by_words())}


def _search_words(index: SearchIndex, query: str, only: Sequence[int] | None) -> dict[str, Ranking]:
    return {field.value: index.lexical.search(field, query, DEPTH, only) for field in _FIELDS}
