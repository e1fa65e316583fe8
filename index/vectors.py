"""Dense vectors: passages in FAISS, to find the nearest; sentences in one array, to look closer.

The sentence array has a row a sentence, grouped by passage in ascending id, so the few passages
that a query finds are compared sentence by sentence without a second search.
"""

import threading
from collections.abc import Sequence
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from index.embed import Embeddings

ENGINE = f"faiss {faiss.__version__}"
"""Named in what is derived from the library, as another version may not read its files."""

PASSAGES_NAME = "passages.faiss"
SENTENCES_NAME = "sentences.npy"
OWNERS_NAME = "sentence_passages.npy"

_EXTRA_MANTISSA_BITS = 23 - 10
_SIGN_AND_NUMBER = -0x70000001  # all bits but the three between, where moving left copies of the sign

_reading = threading.Lock()
"""Held while FAISS reads a file, as its limits are the whole process's."""


def build_vectors(
    directory: Path,
    passage_ids: Sequence[int],
    passages: Embeddings,
    sentence_owners: Sequence[int],
    sentences: Embeddings,
) -> None:
    """Write the vectors into `directory`; `sentence_owners` holds each sentence's passage id, ascending.

    Raises `OSError` if they cannot be written.
    """
    flat = faiss.IndexScalarQuantizer(
        passages.shape[1], faiss.ScalarQuantizer.QT_fp16, faiss.METRIC_INNER_PRODUCT
    )
    index = faiss.IndexIDMap2(flat)
    index.add_with_ids(passages, np.asarray(passage_ids, dtype=np.int64))
    # Python writes the file, as FAISS's own writer does not see that the disk became full at the end.
    with (directory / PASSAGES_NAME).open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined]
    np.save(directory / SENTENCES_NAME, sentences.astype("<f2"), allow_pickle=False)
    np.save(directory / OWNERS_NAME, np.asarray(sentence_owners, dtype="<i8"), allow_pickle=False)


class VectorIndex:
    """Vectors that `build_vectors` made, opened for searching; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Open the vectors in `directory`; raises `OSError` if they cannot be read."""
        self._passages = _read_index(directory / PASSAGES_NAME)
        faiss.omp_set_num_threads(1)  # one query is over before a second thread has begun
        mapped = np.load(directory / SENTENCES_NAME, mmap_mode="r", allow_pickle=False)
        self._sentences = np.asarray(mapped)  # the same pages, without what a memmap adds to each look
        self._owners = np.load(directory / OWNERS_NAME, allow_pickle=False)

    def __len__(self) -> int:
        """Return the number of passages."""
        return int(self._passages.ntotal)

    def search(
        self, query: Embeddings, top_k: int, only: Sequence[int] | None = None
    ) -> list[tuple[int, float]]:
        """Return the `top_k` (passage id, cosine) pairs for a query of shape (1, dimensions), best first.

        Where `only` is given, no other passages are searched; every one of them must be here. Ties by lower
        id, also at the cut, where FAISS would keep any of them.
        """
        there = len(self) if only is None else len(only)
        if top_k < 1 or not there:
            return []
        chosen = None if only is None else _select(only)
        asked = min(top_k + 1, there)
        scores, ids = self._passages.search(query, asked, params=chosen)
        while asked < there and scores[0, -1] == scores[0, top_k - 1]:
            asked = min(asked * 2, there)
            scores, ids = self._passages.search(query, asked, params=chosen)
        pairs = zip(ids[0].tolist(), scores[0].tolist(), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))[:top_k]

    def sentence_scores(
        self, query: Embeddings, passage_ids: Sequence[int]
    ) -> dict[int, NDArray[np.float32]]:
        """Return by passage id the cosine of `query` with each sentence, in order, shape (sentences,)."""
        if not passage_ids:
            return {}
        scores, starts = self._scores_of(query, passage_ids)
        return dict(zip(passage_ids, np.split(scores, starts[1:]), strict=True))

    def best_sentence_scores(self, query: Embeddings, passage_ids: Sequence[int]) -> NDArray[np.float32]:
        """Return the best cosine of `query` with a sentence of each passage, shape (passages,).

        Every passage must have a sentence.
        """
        return np.asarray(np.maximum.reduceat(*self._scores_of(query, passage_ids)))

    def _scores_of(
        self, query: Embeddings, passage_ids: Sequence[int]
    ) -> tuple[NDArray[np.float32], NDArray[np.intp]]:
        """Return the cosines of all sentences of these passages, and where each passage's begin.

        All are compared at once, which for hundreds of passages costs half of one after the other.
        """
        first = self._owners.searchsorted(passage_ids, side="left")
        counts = self._owners.searchsorted(passage_ids, side="right") - first
        starts = np.cumsum(counts) - counts
        rows = np.arange(counts.sum()) + np.repeat(first - starts, counts)
        return _inner_products(self._sentences.take(rows, axis=0), query[0]), starts


def _inner_products(rows: NDArray[np.float16], query: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the product of `query` with each of the rows, as exact as in float32.

    A float16 whose bits are moved to their places in a float32 is that number divided by 2 ** 112, so the
    query makes up for it: numpy's own conversion takes three times as long. `vecdot` shares nothing among
    threads, which would wait for each other longer than this takes.
    """
    bits = rows.view(np.int16).astype(np.int32)
    bits <<= _EXTRA_MANTISSA_BITS
    bits &= _SIGN_AND_NUMBER
    return np.asarray(np.vecdot(bits.view(np.float32), query * np.float32(2.0**112)))


def _select(passage_ids: Sequence[int]) -> faiss.SearchParameters:
    selector = faiss.IDSelectorBatch(np.asarray(passage_ids, dtype=np.int64))
    return faiss.SearchParameters(sel=selector)  # type: ignore[call-arg]


def _read_index(path: Path) -> faiss.IndexIDMap2:
    """Read what `build_vectors` wrote; raises `OSError` for anything else.

    FAISS trusts the lengths that a file states (up to a terabyte, by its default), so none may be longer
    than the file itself.
    """
    with _reading:
        faiss.set_deserialization_vector_byte_limit(path.stat().st_size)
        faiss.set_deserialization_loop_limit(path.stat().st_size)
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise OSError(f"{path.name}: {error}") from error
    if not isinstance(index, faiss.IndexIDMap2):
        raise OSError(f"{path.name}: {type(index).__name__}")
    return index
