"""Searching in libraries of any size, made of one that is there.

The recipe: a made passage has as many sentences as a real one drawn at random, each drawn from all of the
library's. Its embedding is that of a real passage drawn at random, moved by noise with the covariance of the
differences between real passages and their nearest neighbours, so that made ones lie among each other as real
ones do; its sentences' embeddings are real. Words keep their frequencies, while the number of different words
does not grow. Everything is drawn with one seed.
"""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.background import Background
from index.batches import batches
from index.contents import Portion
from index.derived import SearchIndex
from index.embed import Embedder
from index.lexical import LexicalIndex
from index.lexical_build import LexicalText, build_lexical
from index.library import Library
from index.repeats import Repeats, build_repeats
from index.spelling import Vocabulary, build_vocabulary
from index.vectors import VectorIndex, build_vectors
from qa.engine import FOUND_PASSAGES
from qa.evaluation.metrics import percentiles
from qa.retrieve import retrieve

_SEED = 20_151_122
_AT_ONCE = 8192
_NEIGHBOURS_OF = 3000
_PASSAGES_A_DOCUMENT = 25


@dataclass(frozen=True, slots=True)
class Material:
    """What made libraries are made of: a real library's sentences, with embeddings, and its passages'."""

    sentences: Sequence[str]
    sentence_vectors: NDArray[np.float16]
    passage_vectors: NDArray[np.float32]
    counts: NDArray[np.int64]
    noise: NDArray[np.float32]

    @classmethod
    def of(cls, library: Library) -> "Material":
        """Take it from a library; hold its snapshot meanwhile."""
        owners, vectors = _joined(library.sentence_portions())
        passages = _joined(library.passage_portions())[1].astype(np.float32)
        texts = [text for _, _, text in library.sentence_texts()]
        counts = np.unique(owners, return_counts=True)[1]
        return cls(texts, vectors, passages, counts, neighbour_noise(passages))


def _joined(portions: Iterator[Portion]) -> Portion:
    ids, vectors = zip(*portions, strict=True)
    return list(chain.from_iterable(ids)), np.concatenate(vectors)


def neighbour_noise(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a root of the covariance of the differences between vectors and their nearest neighbours."""
    some = vectors[:: max(1, len(vectors) // _NEIGHBOURS_OF)]
    cosines = some @ some.T
    np.fill_diagonal(cosines, -1.0)
    differences = some[cosines.argmax(axis=1)] - some
    values, axes = np.linalg.eigh(differences.T @ differences / len(differences))
    return np.asarray((axes * np.sqrt(np.maximum(values, 0.0))).T, dtype=np.float32)


def passage_portions(material: Material, size: int) -> Iterator[Portion]:
    """Make the embeddings of `size` passages, with ids from 1."""
    random = np.random.default_rng(_SEED)
    dimensions = material.passage_vectors.shape[1]
    for start in range(0, size, _AT_ONCE):
        count = min(_AT_ONCE, size - start)
        drawn = material.passage_vectors[random.integers(0, len(material.passage_vectors), count)]
        made = drawn + random.standard_normal((count, dimensions), dtype=np.float32) @ material.noise
        made /= np.linalg.norm(made, axis=1, keepdims=True)
        yield range(start + 1, start + count + 1), made.astype(np.float16)


def sentence_rows(material: Material, size: int) -> Iterator[tuple[int, NDArray[np.int64]]]:
    """Draw for each of `size` passages the rows of its sentences; gives them with the passage's id."""
    random = np.random.default_rng(_SEED + 1)
    for passage_id in range(1, size + 1):
        count = material.counts[random.integers(0, len(material.counts))]
        yield passage_id, random.integers(0, len(material.sentences), count)


def measure_scale(
    material: Material, size: int, directory: Path, embedder: Embedder, questions: Sequence[str]
) -> dict[str, object]:
    """Build what is searched of `size` passages in `directory`, ask, and return what that costs."""
    started = time.perf_counter()
    kind = build_vectors(directory, passage_portions(material, size), _sentence_portions(material, size))
    vectors_seconds = time.perf_counter() - started
    (directory / "lexical").mkdir()
    build_lexical(directory / "lexical", _texts(material, size))
    seconds = time.perf_counter() - started
    vectors, lexical = VectorIndex(directory), LexicalIndex(directory / "lexical")
    files = {path: path.stat().st_size for path in directory.rglob("*") if path.is_file()}
    held = sum(bytes_ for path, bytes_ in files.items() if path.suffix == ".faiss")
    return {
        "passages": size,
        **_ask(vectors, lexical, directory, embedder, questions),
        "candidates": kind.candidates,
        "recall_at_100": kind.recall_at_100,
        "bytes_per_vector": round(held / size),
        "disk_mb": round(sum(files.values()) / 1e6),
        "vectors_seconds": round(vectors_seconds, 1),
        "build_seconds": round(seconds, 1),
    }


def _ask(
    vectors: VectorIndex, lexical: LexicalIndex, directory: Path, embedder: Embedder, questions: Sequence[str]
) -> dict[str, object]:
    """Return each stage's percentiles; what retrieving takes after its two searches is fusing."""
    laps: dict[str, list[float]] = {stage: [] for stage in ("embed", "dense", "lexical", "fuse", "total")}
    build_vocabulary(directory, {})
    build_repeats(directory, ())
    dense, words = _Clocked(vectors), _Clocked(lexical)
    index = SearchIndex("", 1, Background(0.0), words, dense, Vocabulary(directory), Repeats(directory))
    for question in questions:
        started = time.perf_counter()
        embedding = embedder.embed_queries([question])
        embedded = time.perf_counter()
        retrieve(index, question, embedding).hits(FOUND_PASSAGES)
        ended = time.perf_counter()
        fusing = ended - max(dense.ended, words.ended)
        parts = (embedded - started, dense.lap(), words.lap(), fusing, ended - started)
        for stage, seconds in zip(laps, parts, strict=True):
            laps[stage].append(round(1000 * seconds, 2))
    return {stage: percentiles(each) for stage, each in laps.items()}


class _Clocked:
    """An index whose searches are timed."""

    def __init__(self, index: Any) -> None:
        self._index, self._seconds, self.ended = index, 0.0, 0.0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)

    def __len__(self) -> int:
        return len(self._index)

    def search(self, *arguments: Any) -> Any:
        started = time.perf_counter()
        try:
            return self._index.search(*arguments)
        finally:
            self.ended = time.perf_counter()
            self._seconds += self.ended - started

    def lap(self) -> float:
        """Return the seconds since the last lap that went to searching."""
        seconds, self._seconds = self._seconds, 0.0
        return seconds


def _sentence_portions(material: Material, size: int) -> Iterator[Portion]:
    for some in batches(sentence_rows(material, size), _AT_ONCE):
        owners = np.repeat([owner for owner, _ in some], [len(rows) for _, rows in some])
        rows = np.concatenate([rows for _, rows in some])
        yield owners.tolist(), material.sentence_vectors.take(rows, axis=0)


def _texts(material: Material, size: int) -> Iterator[LexicalText]:
    """Give each passage its sentences, and `_PASSAGES_A_DOCUMENT` to each document."""
    for passage_id, rows in sentence_rows(material, size):
        document = str(passage_id // _PASSAGES_A_DOCUMENT)
        yield LexicalText(passage_id, document, (" ".join(material.sentences[row] for row in rows),))
