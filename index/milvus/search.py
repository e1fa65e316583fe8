"""Questions to Milvus: the nearest passages and sentences, and the passages that BM25 ranks first."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.bm25 import TermStatistics
from index.embed import Embeddings
from index.lexical import LexicalField
from index.milvus.connection import EMBEDDING, ID, PASSAGE_ID, TERMS
from index.ranking import NOTHING, Ranking
from index.sentence_scores import SentenceScores

_PASSAGES_AT_A_TIME = 200
"""So few that all their sentences are below `_MOST_HITS`: a passage has at most some tens."""

_MOST_HITS = 16_384
"""The most that Milvus gives for one search."""

Search = Callable[..., Sequence[Any]]
"""`MilvusConnection.search` of one collection."""


@dataclass(frozen=True, slots=True)
class MilvusVectors:
    """The vectors of one generation in Milvus; safe to use from several threads."""

    search_passages: Search
    search_sentences: Search
    passages: int

    def __len__(self) -> int:
        """Return the number of passages."""
        return self.passages

    def search(self, query: Embeddings, top_k: int, only: Sequence[int] | None = None) -> Ranking:
        """Rank the `top_k` passages with the highest cosines for a query of shape (1, dimensions).

        Where `only` is given, no other passages are searched.
        """
        if top_k < 1 or not self.passages:
            return NOTHING
        where = _where(ID, only)
        return _ranked(self.search_passages(EMBEDDING, query[0].tolist(), top_k, where=where))

    def sentence_scores(self, query: Embeddings, passage_ids: NDArray[np.int64]) -> SentenceScores:
        """Return the cosines of `query` with the sentences of these passages, in their order."""
        scored: dict[int, list[tuple[int, float]]] = {passage_id: [] for passage_id in passage_ids.tolist()}
        for some in batches([*scored], _PASSAGES_AT_A_TIME):
            among = {"where": _where(PASSAGE_ID, some), "output": [PASSAGE_ID]}
            for hit in self.search_sentences(EMBEDDING, query[0].tolist(), _MOST_HITS, **among):
                scored[hit["entity"][PASSAGE_ID]].append((hit["id"], hit["distance"]))
        cosines = [cosine for pairs in scored.values() for _, cosine in sorted(pairs)]
        counts = np.array([len(pairs) for pairs in scored.values()], dtype=np.intp)
        return SentenceScores(np.array(cosines, dtype=np.float32), np.cumsum(counts) - counts)


@dataclass(frozen=True, slots=True)
class MilvusTerms:
    """The terms of one generation: the passages' in Milvus, what they count in `statistics`."""

    search_passages: Search
    statistics: TermStatistics

    def search(
        self, field: LexicalField, query: str, top_k: int, only: Sequence[int] | None = None
    ) -> Ranking:
        """Rank up to `top_k` passages by their BM25 scores, which are above 0.

        Where `only` is given, no other passages are found; the scores stay the same.
        """
        weights = self.statistics.weigh_query(field, query)
        if not weights or top_k < 1:
            return NOTHING
        return _ranked(self.search_passages(TERMS, weights, top_k, where=_where(ID, only)))

    def frequencies(self, terms: Sequence[str], field: LexicalField = LexicalField.STEMS) -> list[int]:
        """Return in how many passages each term stands."""
        return [self.statistics.frequency(field, term) for term in terms]


def _where(field: str, ids: Sequence[int] | None) -> str:
    """Return the filter that lets these ids through; none stands for all."""
    return "" if ids is None else f"{field} in {list(ids)}"


def _ranked(hits: Iterable[Any]) -> Ranking:
    return Ranking.of({int(hit["id"]): float(hit["distance"]) for hit in hits})
