"""BM25 as sparse vectors of our own Danish terms, for engines that only multiply and add.

A passage's vector holds what depends on the passage, a query's the rest, so that their product is the
score that `index.lexical` gives.
"""

import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from itertools import chain, groupby
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.array_files import load_arrays
from index.danish import gram_terms, stem_terms
from index.lexical import AROUND, IN_STEMS, LexicalField, idf, length_factors, query_terms
from index.lexical_build import AROUND_PASSAGES, LexicalText

DIMENSIONS = 2**32 - 1
"""How many dimensions a sparse vector may have in Milvus; they are numbered from 0."""

SparseVector = dict[int, float]
"""Weights by dimension."""

_WORDLESS: SparseVector = {0: 1.0}
"""Stands for a passage without terms, as a sparse vector may not be empty; no term has dimension 0."""

FieldTerms = Mapping[LexicalField, Set[str]]
"""The distinct terms of a passage."""

_TERMS_NAME = "terms.npz"


@dataclass(frozen=True, slots=True)
class TermStatistics:
    """What the weights depend on beyond the passage: counts over one generation.

    `dimensions` are those of all terms, ascending; `frequencies` tells in how many passages each stands.
    """

    passages: int
    average_lengths: Mapping[LexicalField, float]
    dimensions: NDArray[np.int64]
    frequencies: NDArray[np.int64]

    @classmethod
    def of(cls, texts: Iterable[LexicalText]) -> Self:
        """Count the terms of all passages."""
        passages = 0
        lengths: Counter[LexicalField] = Counter()
        frequencies: Counter[int] = Counter()
        for fields in field_terms(texts):
            passages += 1
            for field, terms in fields.items():
                lengths[field] += len(terms)
                frequencies.update({dimension(field, term) for term in terms})
        averages = {field: lengths[field] / max(1, passages) for field in LexicalField}
        counted = np.array(sorted(frequencies.items()), dtype=np.int64).reshape(-1, 2)
        return cls(passages, averages, counted[:, 0], counted[:, 1])

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote; raises `OSError` if it cannot be read."""
        names = ("passages", "average_lengths", "dimensions", "frequencies")
        passages, averages, dimensions, frequencies = load_arrays(directory / _TERMS_NAME, *names)
        lengths = dict(zip(LexicalField, averages.tolist(), strict=True))
        return cls(int(passages), lengths, dimensions, frequencies)

    def save(self, directory: Path) -> None:
        """Write the statistics into `directory`; raises `OSError` if they cannot be written."""
        np.savez(
            directory / _TERMS_NAME,
            passages=self.passages,
            average_lengths=[self.average_lengths[field] for field in LexicalField],
            dimensions=self.dimensions,
            frequencies=self.frequencies,
        )

    def frequency(self, field: LexicalField, term: str) -> int:
        """Return in how many passages a term stands."""
        wanted = dimension(field, term)
        row = int(np.searchsorted(self.dimensions, wanted))
        found = row < len(self.dimensions) and self.dimensions[row] == wanted
        return int(self.frequencies[row]) if found else 0

    def weigh_passages(self, texts: Iterable[LexicalText]) -> Iterator[SparseVector]:
        """Give each passage's vector: every term's share of BM25 that does not depend on the query."""
        return map(self._weigh, field_terms(texts))

    def _weigh(self, fields: FieldTerms) -> SparseVector:
        weights: SparseVector = {}
        for field, terms in fields.items():
            factor = length_factors(np.array(len(terms)), self.average_lengths[field])
            weights.update(dict.fromkeys((dimension(field, term) for term in terms), float(factor)))
        return weights or _WORDLESS

    def weigh_query(self, field: LexicalField, query: str) -> SparseVector:
        """Return a query's vector: the idf of each of its terms that stands in some passage."""
        found = {term: self.frequency(field, term) for term in query_terms(field in IN_STEMS, query)}
        counts = {dimension(field, term): count for term, count in found.items() if count}
        weights = idf(self.passages, np.array([*counts.values()], dtype=np.int64))
        return dict(zip(counts, weights.tolist(), strict=True))


def field_terms(texts: Iterable[LexicalText]) -> Iterator[FieldTerms]:
    """Give the terms of each passage, field by field; those around are the neighbours' and its own."""
    for _, document in groupby(texts, lambda text: text.document):
        own = [
            {
                LexicalField.STEMS: set(chain.from_iterable(map(stem_terms, text.parts))),
                LexicalField.GRAMS: set(chain.from_iterable(map(gram_terms, text.parts))),
            }
            for text in document
        ]
        for place, fields in enumerate(own):
            near = own[max(0, place - AROUND_PASSAGES) : place + AROUND_PASSAGES + 1]
            around = {AROUND[field]: set[str]().union(*(each[field] for each in near)) for field in fields}
            yield {**fields, **around}


def dimension(field: LexicalField, term: str) -> int:
    """Return the number that stands for a term of one field, 1 to `DIMENSIONS` - 1.

    All fields share one vector, and a query asks for the terms of one of them. Two terms seldom share a
    number: among 10 million terms about one in 400 does.
    """
    field_start = zlib.crc32(field.value.encode())
    return zlib.crc32(term.encode("utf-8", "surrogatepass"), field_start) % (DIMENSIONS - 1) + 1
