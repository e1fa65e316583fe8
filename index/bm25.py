"""BM25 as sparse vectors of our own Danish terms, for engines that only multiply and add.

A passage's vector holds what depends on the passage, a query's the rest, so that their product is the
score that tantivy gives: the sum over the query's terms of idf * (K1 + 1) * tf / (tf + K1 * (1 - B + B *
length / average length)), with idf = ln(1 + (N - n + 0.5) / (n + 0.5)) (Robertson and Zaragoza, 2009).
"""

import math
import zlib
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalField, LexicalText, query_terms, terms_by_field

K1, B = 1.2, 0.75
"""As in tantivy and Lucene."""

DIMENSIONS = 2**32 - 1
"""How many dimensions a sparse vector may have in Milvus; they are numbered from 0."""

SparseVector = dict[int, float]
"""Weights by dimension."""

_WORDLESS: SparseVector = {0: 1.0}
"""Stands for a passage without terms, as a sparse vector may not be empty; no term has dimension 0."""

_TERMS_NAME = "terms.npz"
_EXACT_LENGTH = 24
_LENGTH_BITS = 4


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
        for text in texts:
            passages += 1
            for field, terms in terms_by_field(text).items():
                lengths[field] += len(terms)
                frequencies.update({dimension(field, term) for term in terms})
        averages = {field: lengths[field] / max(1, passages) for field in LexicalField}
        counted = np.array(sorted(frequencies.items()), dtype=np.int64).reshape(-1, 2)
        return cls(passages, averages, counted[:, 0], counted[:, 1])

    @classmethod
    def load(cls, directory: Path) -> Self:
        """Read what `save` wrote; raises `OSError` if it cannot be read."""
        with np.load(directory / _TERMS_NAME, allow_pickle=False) as stored:
            averages = dict(zip(LexicalField, stored["average_lengths"].tolist(), strict=True))
            return cls(int(stored["passages"]), averages, stored["dimensions"], stored["frequencies"])

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

    def weigh_passage(self, text: LexicalText) -> SparseVector:
        """Return a passage's vector: every term's share of BM25 that does not depend on the query."""
        weights: SparseVector = {}
        for field, terms in terms_by_field(text).items():
            length = rounded_length(len(terms)) / (self.average_lengths[field] or 1.0)
            fixed = K1 * (1 - B + B * length)
            for term, count in Counter(terms).items():
                weights[dimension(field, term)] = (K1 + 1) * count / (count + fixed)
        return weights or _WORDLESS

    def weigh_query(self, field: LexicalField, query: str) -> SparseVector:
        """Return a query's vector: the idf of each of its terms that stands in some passage."""
        frequencies = {term: self.frequency(field, term) for term in query_terms(field, query)}
        return {dimension(field, term): self._idf(n) for term, n in frequencies.items() if n}

    def _idf(self, frequency: int) -> float:
        return math.log(1 + (self.passages - frequency + 0.5) / (frequency + 0.5))


def dimension(field: LexicalField, term: str) -> int:
    """Return the number that stands for a term of one field, 1 to `DIMENSIONS` - 1.

    All fields share one vector, and a query asks for the terms of one of them. Two terms seldom share a
    number: among 10 million terms about one in 400 does.
    """
    field_start = zlib.crc32(field.value.encode())
    return zlib.crc32(term.encode("utf-8", "surrogatepass"), field_start) % (DIMENSIONS - 1) + 1


def rounded_length(length: int) -> int:
    """Return the number of terms as tantivy keeps it: past 40 in four significant bits above 24.

    It is the coding of Lucene's `SmallFloat.intToByte4`; with it the scores are the same.
    """
    above = length - _EXACT_LENGTH
    dropped = max(0, above.bit_length() - _LENGTH_BITS)
    return length if above <= 0 else _EXACT_LENGTH + (above >> dropped << dropped)
