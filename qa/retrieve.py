"""A query to ranked passages: each signal scores the candidates, the scores are scaled and blended.

Every signal is scaled by its own lowest and highest score among its first `DEPTH` passages (min-max
scaling, as in Fox and Shaw's CombSUM, TREC-2 1994) and counts with its weight; a passage that a signal
does not have among them gets nothing from it.
"""

from collections.abc import Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from math import isnan
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.derived import SearchIndex
from index.embed import Embeddings
from index.lexical import LexicalField
from index.sentence_scores import SentenceScores
from index.term_numbers import distinct
from qa.types import Hit

DEPTH = 100
"""How many passages each signal brings, and over how many it is scaled."""

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
"""From so many passages the dense search is done beside the lexical one, on another core: it lets go of the
interpreter. With fewer it is over before a thread has begun."""

_beside = ThreadPoolExecutor(thread_name_prefix="dense")

Scored = list[tuple[int, float]]
"""(passage id, score) pairs, best first."""

Ids = NDArray[np.int64]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Signal:
    """What one signal brings: passages and their scores, best first, each of shape (passages,)."""

    ids: Ids
    scores: Scores

    @classmethod
    def of(cls, scored: Scored) -> Self:
        return cls(
            np.array([i for i, _ in scored], np.int64), np.array([score for _, score in scored], np.float64)
        )

    def scaled(self) -> Scores:
        """Return the scores scaled to 0 to 1; where all are alike, 1."""
        if not len(self.scores) or self.scores[0] == self.scores[-1]:
            return np.ones(len(self.scores))
        return np.asarray((self.scores - self.scores[-1]) / (self.scores[0] - self.scores[-1]))


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
    candidates = _join_ids(signals)
    sentences = index.vectors.sentence_scores(embedding, candidates)
    signals["sentence"] = _rank_by_sentence(candidates, sentences)
    signals = {name: signals[name] for name in weights}
    ids = _join_ids(signals)
    raw, blended = _blend(signals, weights, ids)
    lost = blended * BOILERPLATE_COSTS * index.repeats.boilerplate(ids)
    best = np.argsort(lost - blended, kind="stable")[:top_k]  # stable: ties by lower id
    columns = zip(
        ids[best].tolist(),
        (blended - lost)[best].tolist(),
        raw[:, best].T.tolist(),
        lost[best].tolist(),
        candidates.searchsorted(ids[best]).tolist(),
        strict=True,
    )
    return tuple(
        Hit(passage_id, score, _those_given(signals, given), loss, sentences.of(place))
        for passage_id, score, given, loss, place in columns
    )


def _those_given(names: Iterable[str], scores: Sequence[float]) -> dict[str, float]:
    """Return the scores that are numbers, by the names of their signals."""
    return {name: score for name, score in zip(names, scores, strict=True) if not isnan(score)}


def _join_ids(signals: Mapping[str, _Signal]) -> Ids:
    """Return the ids of all passages that any of the signals brings, ascending."""
    return distinct(np.concatenate([signal.ids for signal in signals.values()]))


def _blend(signals: Mapping[str, _Signal], weights: Mapping[str, float], ids: Ids) -> tuple[Scores, Scores]:
    """Return what each signal gave each passage, and the weighted mean of that, scaled; ids ascend.

    Shapes (signals, passages), with no number (NaN) where a signal does not have a passage, and (passages,).
    """
    total = sum(weights.values())
    raw, blended = np.full((len(signals), len(ids)), np.nan), np.zeros(len(ids))
    for scores, (name, signal) in zip(raw, signals.items(), strict=True):
        places = ids.searchsorted(signal.ids)
        scores[places] = signal.scores
        blended[places] += weights[name] * signal.scaled() / total
    return raw, blended


def _search(
    index: SearchIndex, query: str, embedding: Embeddings, only: Sequence[int] | None
) -> dict[str, _Signal]:
    """Return what each signal finds that searches all passages."""
    near = partial(index.vectors.search, embedding, DEPTH, only)
    beside = _beside.submit(near) if len(index.vectors) >= _WORTH_A_THREAD else None
    found = {field.value: index.lexical.search(field, query, DEPTH, only) for field in _FIELDS}
    found["passage"] = beside.result() if beside else near()
    return {name: _Signal.of(scored) for name, scored in found.items()}


def _rank_by_sentence(ids: Ids, sentences: SentenceScores) -> _Signal:
    """Score each passage by its best sentence; a search of all sentences costs more, ranks no better."""
    scores = sentences.best().astype(np.float64)
    best = np.argsort(-scores, kind="stable")[:DEPTH]  # stable: ties by lower id
    return _Signal(ids[best], scores[best])
