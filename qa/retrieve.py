"""A query to ranked passages: each signal scores them, the scores are scaled and blended.

Every signal is scaled by its own lowest and highest score among the first passages that it brings (min-max
scaling, as in Fox and Shaw's CombSUM, TREC-2 1994) and counts with its weight; a passage that a signal
does not have among them gets nothing from it. The passages that the searches put first are then compared
sentence by sentence, which is one signal more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from math import isnan
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.derived import SearchIndex
from index.embed import Embeddings
from index.lexical import LexicalField
from index.ranking import Ranking
from index.sentence_scores import SentenceScores
from index.term_numbers import distinct
from qa.types import Hit

DEPTH = 100
"""How many passages each search brings, and over how many its scores are scaled."""

CLOSER = 60
"""How many passages are compared sentence by sentence: the first by all searches together. To compare all
that they bring, up to four hundred, costs more and ranks no better."""

CLOSEST = 40
"""Over how many of those the sentences' scores are scaled."""

SIGNALS: Mapping[str, float] = {
    "passage": 0.85,  # cosine of the passage's embedding
    "sentence": 1.2,  # cosine of its best sentence's embedding
    "grams": 0.5,  # BM25 over the character 5-grams inside its words
    "stems_around": 0.5,  # BM25 over the stems of its words and of the passages around it
    "grams_around": 0.5,
}
"""The ranking signals and their weights. The stems of its own words alone add nothing to these."""

_ROWS: Mapping[str, int] = {name: row for row, name in enumerate(SIGNALS)}
_FIELDS = tuple(field for field in LexicalField if field.value in SIGNALS)

BOILERPLATE_COSTS = 0.3
"""The share of its score that a passage loses which is nothing but boilerplate (`index.repeats`): enough to
stand behind content that fits about as well, and to be found when nothing else does."""

_WORTH_A_THREAD = 8_000
"""From so many passages the lexical search is done beside the dense one, on another core. The dense one lets
go of the interpreter, so it stays in the thread that asks, where the lexical one would keep it waiting. With
fewer passages it is over before a thread has begun."""

_beside = ThreadPoolExecutor(thread_name_prefix="lexical")

Ids = NDArray[np.int64]
Places = NDArray[np.intp]
Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Retrieved:
    """The passages that the searches brought, as arrays: only those that are looked at become hits.

    `ids`, `scores` and `lost` (see `Hit`) have shape (passages,), and `raw`, what each signal gave each of
    them or no number (NaN), (signals, passages). `order` are the places in these of what was asked for, the
    best first, and `closer` the places, ascending, of what was compared sentence by sentence, which gave
    `sentences`. `compare` gives the same for other passages, by their ids.
    """

    ids: Ids
    scores: Scores
    lost: Scores
    order: Places
    raw: Scores
    closer: Places
    sentences: SentenceScores
    compare: Callable[[Ids], SentenceScores]

    def hits(self, top_k: int) -> tuple[Hit, ...]:
        """Return up to `top_k` hits, best first."""
        best = self.order[:top_k]
        columns = zip(
            self.ids[best].tolist(),
            self.scores[best].tolist(),
            self.lost[best].tolist(),
            self.raw[:, best].T.tolist(),
            self._cosines(best),
            strict=True,
        )
        return tuple(
            Hit(passage_id, score, _those_given(raw), lost, cosines)
            for passage_id, score, lost, raw, cosines in columns
        )

    def only(self, passage_ids: Sequence[int]) -> Self:
        """Return what is left of it with no other passages than these."""
        return replace(self, order=self.order[np.isin(self.ids[self.order], passage_ids)])

    def _cosines(self, places: Places) -> list[tuple[float, ...]]:
        """Return those of the passages at these places, which beyond the first `CLOSER` are compared now."""
        numbers = {place: number for number, place in enumerate(self.closer.tolist())}
        if any(place not in numbers for place in places.tolist()):
            further = self.compare(self.ids[places])
            return [further.of(number) for number in range(len(places))]
        return [self.sentences.of(numbers[place]) for place in places.tolist()]


def retrieve(
    index: SearchIndex,
    query: str,
    embedding: Embeddings,
    weights: Mapping[str, float] = SIGNALS,
    only: Sequence[int] | None = None,
) -> Retrieved:
    """Rank what is found for `query` by the signals of `weights`, ties by lower passage id.

    `embedding` has shape (1, dimensions). The score is the weighted mean of the scaled signals, 0 to 1,
    less what boilerplate costs. What none of these signals has is left out, and which passages are compared
    sentence by sentence does not depend on `weights`: so a signal can be measured alone. Where `only` holds
    ids of passages, no others are searched.
    """
    rankings = _search(index, query, embedding, only)
    ids = distinct(np.concatenate([each.ids for each in rankings.values()]))
    raw, scaled = np.full((len(SIGNALS), len(ids)), np.nan), np.zeros((len(SIGNALS), len(ids)))

    def enter(name: str, places: Places, scores: Scores) -> None:
        raw[_ROWS[name], places], scaled[_ROWS[name], places] = scores, _scale(scores)

    for name, ranking in rankings.items():
        enter(name, ids.searchsorted(ranking.ids), ranking.scores)
    costs = BOILERPLATE_COSTS * index.repeats.boilerplate(ids)
    closer = np.sort(_best_first(_blend(scaled, SIGNALS) * (1 - costs))[:CLOSER])
    compare = partial(index.vectors.sentence_scores, embedding)
    sentences = compare(ids[closer])
    closest = Ranking.best(closer, sentences.best(), CLOSEST)
    enter("sentence", closest.ids, closest.scores)
    blended = _blend(scaled, weights)
    lost = blended * costs
    order = _best_first(blended - lost)
    if weights.keys() != SIGNALS.keys():
        order = order[~np.isnan(raw[[_ROWS[name] for name in weights]]).all(axis=0)[order]]
    return Retrieved(ids, blended - lost, lost, order, raw, closer, sentences, compare)


def _those_given(scores: Iterable[float]) -> dict[str, float]:
    """Return the scores that are numbers, by the names of their signals."""
    return {name: score for name, score in zip(SIGNALS, scores, strict=True) if not isnan(score)}


def _blend(scaled: Scores, weights: Mapping[str, float]) -> Scores:
    """Return the weighted mean of the scaled signals, shape (passages,).

    Multiplied and added up one by one, where a product of matrices may round the same numbers otherwise in
    another place: what is alike must tie.
    """
    factors = np.array([weights.get(name, 0.0) for name in SIGNALS]) / sum(weights.values())
    return np.asarray((factors[:, None] * scaled).sum(axis=0))


def _best_first(scores: Scores) -> Places:
    """Return the places of the scores, the best first, ties by lower place."""
    return np.argsort(-scores, kind="stable")


def _scale(scores: Scores) -> Scores:
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
