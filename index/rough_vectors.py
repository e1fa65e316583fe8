"""Nearest passages among very many: all by two bits a dimension, the best of those by their whole vectors.

Product quantization (Jégou, Douze and Schmid, PAMI 2011) keeps of each pair of dimensions which of 16
typical pairs it is nearest to, 96 bytes a vector here instead of 768. The query's products with the 16 fit in
a register of the processor, which looks up 32 vectors at once (André, Kermarrec and Le Scouarnec, VLDB 2015).
How many of the best have to be looked at again is measured on the library's own sentences when the index is
built.
"""

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Embeddings
from index.faiss_files import read_index, write_index
from index.half_precision import inner_products
from index.ranking import Ranking
from index.vector_kind import VectorKind

LEAST_RECALL_AT_100 = 0.996
"""How much of the 100 nearest to sentences must be found. Questions lie further from the passages: where
0.990 was found of sentences, it was 0.973 of questions; where 0.997, 0.989; and 0.98 is wanted of them."""

_PASSAGES_A_SHARD = 250_000
"""Shards are searched beside each other, each on a core."""

_CANDIDATES = (500, 1000, 1500, 2000, 3000, 4000, 6000, 8000, 16000)
_DIMENSIONS_TOGETHER = 2
_BITS_TOGETHER = 4
_TRAINED_ON = 16_384
_AT_ONCE = 65_536
_NEAREST = 100

_SHARD_NAME = "passages-{}.faiss"


def build_rough(directory: Path, vectors: NDArray[np.float16], queries: Embeddings) -> VectorKind:
    """Write an index of `vectors` into `directory`, and return how broadly it has to search.

    `queries` are some sentences of the library, shape (queries, dimensions). Raises `OSError`.
    """
    shard, count = _train(vectors), _count_shards(len(vectors))
    for number in range(count):
        shard.reset()
        for rows in _blocks(vectors[number::count]):
            shard.add(rows)
        write_index(shard, directory / _SHARD_NAME.format(number))
    return _measure(RoughIndex(directory, vectors, _CANDIDATES[0]), vectors, queries)


def _train(vectors: NDArray[np.float16]) -> faiss.IndexPQFastScan:
    """Return an index that is empty, with the typical pairs of dimensions of some of the vectors."""
    dimensions = vectors.shape[1]
    parts = dimensions // math.gcd(dimensions, _DIMENSIONS_TOGETHER)
    index = faiss.IndexPQFastScan(dimensions, parts, _BITS_TOGETHER, faiss.METRIC_INNER_PRODUCT)
    index.train(vectors[:: max(1, len(vectors) // _TRAINED_ON)].astype(np.float32))
    return index


class RoughIndex:
    """Shards that `build_rough` made, opened for searching; safe to use from several threads."""

    def __init__(self, directory: Path, vectors: NDArray[np.float16], candidates: int) -> None:
        """Open the index of `vectors` in `directory`; raises `OSError` if it cannot be read."""
        names = [directory / _SHARD_NAME.format(number) for number in range(_count_shards(len(vectors)))]
        self._shards = [read_index(name, faiss.IndexPQFastScan) for name in names]
        self._vectors = vectors
        self._candidates = candidates
        self._pool = ThreadPoolExecutor(min(len(names), os.cpu_count() or 1), "vektorer")

    def search(self, query: Embeddings, top_k: int) -> Ranking:
        """Rank up to `top_k` rows by their cosines with a query of shape (1, dimensions)."""
        rows = self._pool.map(partial(self._search_shard, query, top_k), range(len(self._shards)))
        return nearest(self._vectors, np.sort(np.concatenate(list(rows))), query, top_k)

    def _search_shard(self, query: Embeddings, top_k: int, number: int) -> NDArray[np.int64]:
        faiss.omp_set_num_threads(1)  # holds for this thread
        shard, count = self._shards[number], len(self._shards)
        _, found = shard.search(query, min(shard.ntotal, max(top_k, self._candidates // count)))
        return np.asarray(found[0][found[0] >= 0] * count + number)


def nearest(vectors: NDArray[np.float16], rows: NDArray[np.int64], query: Embeddings, top_k: int) -> Ranking:
    """Rank the `top_k` of these rows with the highest cosines."""
    return Ranking.best(rows, inner_products(vectors, rows, query[0]), top_k)


def _measure(index: RoughIndex, vectors: NDArray[np.float16], queries: Embeddings) -> VectorKind:
    """Return the fewest candidates that find enough, with the recall that they reach."""
    truth = _exact(vectors, queries)
    recall = 0.0
    for candidates in _CANDIDATES:
        index._candidates = candidates
        found = [{*index.search(query[None], _NEAREST).ids.tolist()} for query in queries]
        recall = float(np.mean([len(a & b) / len(b) for a, b in zip(found, truth, strict=True)]))
        if recall >= LEAST_RECALL_AT_100:
            break
    return VectorKind(index._candidates, round(recall, 4))


def _exact(vectors: NDArray[np.float16], queries: Embeddings) -> list[set[int]]:
    """Return the rows of the nearest to each query, found by comparing all, a block in memory at a time."""
    near: list[NDArray[np.int64]] = []
    cosines: list[Embeddings] = []
    for number, rows in enumerate(_blocks(vectors)):
        scores = queries @ rows.T
        best = _best_columns(scores)
        near.append(best + number * _AT_ONCE)
        cosines.append(np.take_along_axis(scores, best, axis=1))
    found = np.concatenate(near, axis=1)
    best = _best_columns(np.concatenate(cosines, axis=1))
    return [set(rows) for rows in np.take_along_axis(found, best, axis=1).tolist()]


def _best_columns(scores: Embeddings) -> NDArray[np.int64]:
    """Return for each row of scores the columns of its `_NEAREST` highest, in no order."""
    last = min(_NEAREST, scores.shape[1]) - 1
    return np.argpartition(-scores, last, axis=1)[:, : last + 1]


def _blocks(vectors: NDArray[np.float16]) -> Iterator[Embeddings]:
    for start in range(0, len(vectors), _AT_ONCE):
        yield vectors[start : start + _AT_ONCE].astype(np.float32)


def _count_shards(passages: int) -> int:
    return -(-passages // _PASSAGES_A_SHARD)
