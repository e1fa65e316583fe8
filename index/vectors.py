"""Dense vectors: passages, to find the nearest; sentences in one array, to look closer.

Passages are searched by FAISS, exactly or - where there are very many - roughly first. The sentence array
has a row a sentence, grouped by passage in ascending id, so the few passages that a query finds are
compared sentence by sentence without a second search. Arrays are read where they lie, not loaded.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.array_files import open_array, write_array
from index.contents import Portion
from index.embed import Embeddings
from index.faiss_files import read_index, write_index
from index.half_precision import inner_products
from index.ranking import NOTHING, Ranking
from index.rough_vectors import RoughIndex, build_rough, nearest
from index.sentence_scores import SentenceScores
from index.vector_kind import MAX_EXACT_PASSAGES, VectorKind

PASSAGES_NAME = "passages.faiss"
ROUGH_PASSAGES_NAME = "passages.npy"
PASSAGE_IDS_NAME = "passage_ids.npy"
SENTENCES_NAME = "sentences.npy"
OWNERS_NAME = "sentence_passages.npy"

_ASKED_SENTENCES = 200
"""How many of the library's sentences are asked for to measure a rough search."""


def build_vectors(directory: Path, passages: Iterable[Portion], sentences: Iterable[Portion]) -> VectorKind:
    """Write the vectors into `directory`: of each passage, and of each sentence with its passage's id.

    Ids ascend in both. Returns how the passages are searched. Raises `OSError` if they cannot be written.
    """
    _write(sentences, directory / SENTENCES_NAME, directory / OWNERS_NAME)
    count = _write(passages, directory / ROUGH_PASSAGES_NAME, directory / PASSAGE_IDS_NAME)
    kind = _build_exact(directory) if count <= MAX_EXACT_PASSAGES else _build_rough(directory)
    kind.save(directory)
    return kind


def _build_exact(directory: Path) -> VectorKind:
    """Put the passages into one index, which takes the place of the arrays."""
    vectors, ids = open_array(directory / ROUGH_PASSAGES_NAME), open_array(directory / PASSAGE_IDS_NAME)
    flat = faiss.IndexScalarQuantizer(
        vectors.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index = faiss.IndexIDMap2(flat)
    index.add_with_ids(vectors.astype(np.float32), np.asarray(ids, dtype=np.int64))
    write_index(index, directory / PASSAGES_NAME)
    del vectors, ids  # what is open cannot be removed everywhere
    for name in (ROUGH_PASSAGES_NAME, PASSAGE_IDS_NAME):
        (directory / name).unlink()
    return VectorKind()


def _build_rough(directory: Path) -> VectorKind:
    sentences = open_array(directory / SENTENCES_NAME)
    asked = sentences[:: max(1, len(sentences) // _ASKED_SENTENCES)][:_ASKED_SENTENCES].astype(np.float32)
    return build_rough(directory, open_array(directory / ROUGH_PASSAGES_NAME), asked)


class VectorIndex:
    """Vectors that `build_vectors` made, opened for searching; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Open the vectors in `directory`; raises `OSError` if they cannot be read."""
        rough = (directory / ROUGH_PASSAGES_NAME).exists()
        self._passages = _RoughPassages(directory) if rough else _ExactPassages(directory)
        self._sentences = open_array(directory / SENTENCES_NAME)
        self._owners = open_array(directory / OWNERS_NAME)

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self._passages)

    def search(self, query: Embeddings, top_k: int, only: Sequence[int] | None = None) -> Ranking:
        """Rank the `top_k` passages with the highest cosines for a query of shape (1, dimensions).

        Where `only` is given, no other passages are searched; every one of them must be here.
        """
        there = len(self) if only is None else len(only)
        return self._passages.search(query, min(top_k, there), only) if top_k > 0 and there else NOTHING

    def sentence_scores(self, query: Embeddings, passage_ids: NDArray[np.int64]) -> SentenceScores:
        """Return the cosines of `query` with the sentences of these passages, in their order.

        All are compared at once, which for hundreds of passages costs half of one after the other.
        """
        first = self._owners.searchsorted(passage_ids, side="left")
        counts = self._owners.searchsorted(passage_ids, side="right") - first
        starts = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        return SentenceScores(inner_products(self._sentences, rows, query[0]), starts)


def _select(passage_ids: Sequence[int]) -> faiss.SearchParameters:
    selector = faiss.IDSelectorBatch(np.asarray(passage_ids, dtype=np.int64))
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]  # its stubs know no arguments


class _ExactPassages:
    """All passages in one FAISS index that compares each of them."""

    def __init__(self, directory: Path) -> None:
        self._index = read_index(directory / PASSAGES_NAME, faiss.IndexIDMap2)

    def __len__(self) -> int:
        return int(self._index.ntotal)

    def search(self, query: Embeddings, top_k: int, only: Sequence[int] | None) -> Ranking:
        """Find the nearest; of those that tie at the cut, where FAISS would keep any, the lower ids."""
        threads = faiss.omp_get_max_threads()
        faiss.omp_set_num_threads(1)  # for the thread that asks: a second one would only have begun
        try:
            return self._search(query, top_k, only)
        finally:
            faiss.omp_set_num_threads(threads)  # torch, which may embed in this thread, has the same number

    def _search(self, query: Embeddings, top_k: int, only: Sequence[int] | None) -> Ranking:
        there = len(self) if only is None else len(only)
        chosen = None if only is None else _select(only)
        asked = min(top_k + 1, there)
        scores, ids = self._index.search(query, asked, params=chosen)
        while asked < there and scores[0, -1] == scores[0, top_k - 1]:
            asked = min(asked * 2, there)
            scores, ids = self._index.search(query, asked, params=chosen)
        return Ranking.best(ids[0], scores[0], top_k)


class _RoughPassages:
    """Very many passages; those of some documents alone are compared exactly."""

    def __init__(self, directory: Path) -> None:
        self._vectors = open_array(directory / ROUGH_PASSAGES_NAME)
        self._ids = open_array(directory / PASSAGE_IDS_NAME)
        candidates = VectorKind.load(directory).candidates or 0
        self._index = RoughIndex(directory, self._vectors, candidates)

    def __len__(self) -> int:
        return len(self._ids)

    def search(self, query: Embeddings, top_k: int, only: Sequence[int] | None) -> Ranking:
        if only is None:
            found = self._index.search(query, top_k)
        else:
            found = nearest(self._vectors, self._ids.searchsorted(only), query, top_k)
        return Ranking(self._ids[found.ids], found.scores)


def _write(portions: Iterable[Portion], vectors_path: Path, ids_path: Path) -> int:
    """Write embeddings and ids as arrays, portion by portion; return how many there are."""
    count = 0
    with write_array(vectors_path, "<f2") as append_vectors, write_array(ids_path, "<i8") as append_ids:
        append_vectors(np.empty((0, 0)))  # a library without passages has vectors without numbers
        for ids, vectors in portions:
            append_ids(np.asarray(ids))
            append_vectors(vectors)
            count += len(ids)
    return count
