"""BM25 over Danish terms: stems and 5-grams, of each passage and of what stands around it.

A term counts once in a passage (`index.danish` says why), so a score is the sum of the terms' weights times a
factor of the passage's length: the sum over the query's terms of idf * (K1 + 1) / (1 + K1 * (1 - B + B *
length / average length)), with idf = ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza, 2009).
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from functools import lru_cache, partial, reduce
from itertools import pairwise
from operator import iadd
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from index.array_files import open_array
from index.danish import gram_terms, stem_terms
from index.postings import Postings
from index.ranking import Ranking
from index.term_numbers import Numbers, distinct, number_term

K1, B = 1.2, 0.75
"""As in Lucene."""

PASSAGE_IDS_NAME = "passage_ids.npy"
FACTORS_NAME = "{}.factors.npy"

_LARGE_PASSAGES = 50_000
_COMMON_SHARE = 0.3
"""In a library of so many passages, terms that stand in a greater share of them are not looked up. Over three
question sets that costs one answer in a hundred, so smaller libraries, which are quick anyway, keep them."""

_WEIGHT_STEPS = 2.0**30
"""Weights are rounded to whole steps, so that sums of them are exact in whatever order they are made:
passages with the same terms score the same."""

_LISTED_AT_ONCE = 4_000_000
"""About how many places of terms are added up in memory at a time, some twenty bytes each."""

_GROUP = 32

Scores = NDArray[np.float64]
Rows = NDArray[np.intp]


class LexicalField(Enum):
    """The kinds of terms; the value begins the names of the field's files.

    All can be searched; `STEMS` tells how rare a word is, and `qa/retrieve.py` ranks by the others.
    """

    STEMS = "stems"
    GRAMS = "grams"
    STEMS_AROUND = "stems_around"
    GRAMS_AROUND = "grams_around"


AROUND: Final[Mapping[LexicalField, LexicalField]] = {
    LexicalField.STEMS: LexicalField.STEMS_AROUND,
    LexicalField.GRAMS: LexicalField.GRAMS_AROUND,
}
"""The field of the same terms in the passages around."""

IN_STEMS: Final = (LexicalField.STEMS, LexicalField.STEMS_AROUND)
"""The fields of stems; the others are of 5-grams."""

_QUERIES_KEPT = 32


class LexicalIndex:
    """An index that `build_lexical` made, opened for searching; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Open the index in `directory`; raises `OSError` if it cannot be read."""
        self._ids = open_array(directory / PASSAGE_IDS_NAME)
        self._fields = {field: _Field(directory, field) for field in LexicalField}
        # the fields around have the terms of their own in the same places; bound to no `self`, as a circle
        # would keep the files open
        self._find = lru_cache(maxsize=_QUERIES_KEPT)(partial(_find_terms, self._fields))

    def search(
        self, field: LexicalField, query: str, top_k: int, only: Sequence[int] | None = None
    ) -> Ranking:
        """Rank up to `top_k` passages by their BM25 scores, which are above 0.

        Where `only` is given, no other passages are found; the scores stay the same.
        """
        scores = self._fields[field].score(self._find(field in IN_STEMS, query))
        if only is None:
            best = _best(scores, max(0, top_k))
        else:
            rows = self._rows(only)
            best = rows[_best(scores[rows], max(0, top_k))]
        return Ranking(self._ids[best], scores[best])

    def frequencies(self, terms: Sequence[str], field: LexicalField = LexicalField.STEMS) -> list[int]:
        """Return in how many passages each term stands."""
        counts: list[int] = self._fields[field].postings.count(_numbers(terms)).tolist()
        return counts

    def _rows(self, passage_ids: Sequence[int]) -> Rows:
        """Return the rows, ascending, of those passages that are here."""
        wanted = distinct(np.asarray(passage_ids, dtype=np.int64))
        rows = np.searchsorted(self._ids, wanted)
        within = rows < len(self._ids)
        rows, wanted = rows[within], wanted[within]
        return np.asarray(rows[self._ids[rows] == wanted])


class _Field:
    """The postings of one kind of terms, and each passage's factor."""

    def __init__(self, directory: Path, field: LexicalField) -> None:
        self.postings = Postings.open(directory, field.value)
        self._factors = open_array(directory / FACTORS_NAME.format(field.value))

    def score(self, places: Rows) -> Scores:
        """Return the score of every passage for the terms at these places, shape (passages,)."""
        passages = len(self._factors)
        if passages >= _LARGE_PASSAGES:
            rare = places[self.postings.counts[places] <= _COMMON_SHARE * passages]
            places = rare if len(rare) else places
        if not len(places):
            return np.zeros(passages)
        weights = idf(passages, self.postings.counts[places].astype(np.int64))
        weights = np.round(weights * _WEIGHT_STEPS) / _WEIGHT_STEPS
        scores = _add(self.postings.lists(places), weights, passages)
        scores *= self._factors
        return scores


def _find_terms(fields: Mapping[LexicalField, _Field], in_stems: bool, query: str) -> Rows:
    """Return the places of the query's terms that are known; the same in a field and in that around it."""
    own = fields[LexicalField.STEMS if in_stems else LexicalField.GRAMS]
    return own.postings.find(_numbers(query_terms(in_stems, query)))


def _numbers(terms: Sequence[str]) -> Numbers:
    return np.array([*map(number_term, terms)], dtype=np.uint64)


def query_terms(in_stems: bool, query: str) -> list[str]:
    """Return the distinct terms that `query` is looked up by."""
    return stem_terms(query) if in_stems else gram_terms(query)


def idf(passages: int, counts: NDArray[np.int64]) -> Scores:
    """Return the weight of terms that stand in so many of the `passages`, shape (terms,)."""
    return np.asarray(np.log(1 + (passages - counts + 0.5) / (counts + 0.5)))


def length_factors(lengths: NDArray[np.int64], mean: float) -> Scores:
    """Return the part of BM25 that the number of a passage's terms makes, shape (passages,)."""
    return np.asarray((K1 + 1) / (1 + K1 * (1 - B + B * lengths / (mean or 1.0))))


def _add(lists: Sequence[NDArray[Any]], weights: Scores, passages: int) -> Scores:
    """Return the sum of the weights of the lists that each passage stands in, shape (passages,)."""
    sizes = np.array([len(listed) for listed in lists])
    portions = np.cumsum(sizes) // _LISTED_AT_ONCE
    cuts = [0, *(np.flatnonzero(np.diff(portions)) + 1).tolist(), len(lists)]
    sums = (
        _add_listed(
            np.concatenate(lists[start:end]), np.repeat(weights[start:end], sizes[start:end]), passages
        )
        for start, end in pairwise(cuts)
    )
    return reduce(iadd, sums)


def _add_listed(listed: NDArray[Any], weights: Scores, passages: int) -> Scores:
    """Return the sum of the weights of what each passage is listed in: of rows, or of runs of rows.

    What a run adds begins at its first row and ends at its last: summed up, the differences give the sums.
    """
    if listed.ndim == 1:
        return np.asarray(np.bincount(listed, weights, passages))
    steps = np.asarray(np.bincount(listed[:, 0], weights, passages + 1), dtype=np.float64)
    steps -= np.bincount(listed[:, 1], weights, passages + 1)
    return np.cumsum(steps, out=steps)[:passages]


def _best(scores: Scores, top_k: int) -> Rows:
    """Return up to `top_k` places of scores above 0, best first; ties by lower place.

    As many groups have their best score at `lowest` or above as are asked for, so no lower one is among the
    best: few are left to sort, however many there are. Where there are few, each is a group.
    """
    groups = scores[: len(scores) - len(scores) % _GROUP].reshape(_GROUP, -1).max(axis=0)
    groups = groups if len(groups) >= top_k else scores
    lowest = np.partition(groups, -top_k)[-top_k] if 0 < top_k <= len(groups) else 0.0
    places = np.flatnonzero(scores >= lowest) if lowest > 0 else np.flatnonzero(scores)
    return np.asarray(places[np.argsort(-scores[places], kind="stable")][:top_k])
