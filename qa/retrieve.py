"""A query to ranked passages: each signal scores the candidates, the scores are scaled and blended.

Every signal is scaled by its own lowest and highest score among its first `DEPTH` passages (min-max
scaling, as in Fox and Shaw's CombSUM, TREC-2 1994) and counts with its weight; a passage that a signal
does not have among them gets nothing from it.
"""

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from heapq import nsmallest

import numpy as np

from index.derived import SearchIndex
from index.embed import Embeddings
from index.lexical import LexicalField
from qa.types import Hit

DEPTH = 100
"""How many passages each signal brings, and over how many it is scaled."""

SIGNALS: Mapping[str, float] = {
    "passage": 1.0,  # cosine of the passage's embedding
    "sentence": 1.2,  # cosine of its best sentence's embedding
    "stems": 0.25,  # BM25 over the stems of its words
    "grams": 0.4,  # BM25 over the character 5-grams inside its words
    "stems_around": 0.4,  # the same two with the passages around it
    "grams_around": 0.5,
}
"""The ranking signals and their weights."""

BOILERPLATE_COSTS = 0.3
"""The share of its score that a passage loses which is nothing but boilerplate (`index.repeats`): enough to
stand behind content that fits about as well, and to be found when nothing else does."""

_WORTH_A_THREAD = 50_000
"""From so many passages the dense and the lexical search are done side by side: both engines let go of the
interpreter meanwhile. With fewer, both are over before a thread has begun."""

_beside = ThreadPoolExecutor(thread_name_prefix="dense")

Scored = list[tuple[int, float]]
"""(passage id, score) pairs, best first."""


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
    scored = _score_signals(index, query, embedding, only)
    total = sum(weights.values())
    scores: dict[int, float] = {}
    for name, weight in weights.items():
        for passage_id, scaled in _scale(scored[name]):
            scores[passage_id] = scores.get(passage_id, 0.0) + weight * scaled / total
    lost = {i: scores[i] * BOILERPLATE_COSTS * index.repeats.boilerplate(i) for i in scores}
    best = nsmallest(top_k, scores, key=lambda i: (lost[i] - scores[i], i))
    raw = {name: dict(scored[name]) for name in weights}
    return tuple(
        Hit(i, scores[i] - lost[i], {name: each[i] for name, each in raw.items() if i in each}, lost[i])
        for i in best
    )


def _score_signals(
    index: SearchIndex, query: str, embedding: Embeddings, only: Sequence[int] | None
) -> dict[str, Scored]:
    near = partial(index.vectors.search, embedding, DEPTH, only)
    beside = _beside.submit(near) if len(index.vectors) >= _WORTH_A_THREAD else None
    lexical = {field.value: index.lexical.search(field, query, DEPTH, only) for field in LexicalField}
    passages = beside.result() if beside else near()
    candidates = sorted({passage_id for found in (passages, *lexical.values()) for passage_id, _ in found})
    return {"passage": passages, "sentence": _best_sentences(index, embedding, candidates), **lexical}


def _best_sentences(index: SearchIndex, embedding: Embeddings, candidates: Sequence[int]) -> Scored:
    """Score each candidate by its best sentence; a search of all sentences costs more, ranks no better."""
    if not candidates:
        return []
    scores = index.vectors.best_sentence_scores(embedding, candidates)
    best = np.argsort(-scores, kind="stable")[:DEPTH].tolist()  # stable: ties by lower id
    return [(candidates[place], float(scores[place])) for place in best]


def _scale(scored: Scored) -> list[tuple[int, float]]:
    """Return (passage id, score scaled to 0 to 1); where all are alike, 1."""
    if not scored:
        return []
    highest, lowest = scored[0][1], scored[-1][1]
    width = highest - lowest
    return [(passage_id, (score - lowest) / width if width else 1.0) for passage_id, score in scored]
