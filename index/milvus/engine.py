"""A library's generations in Milvus: two collections each, built whole, opened, and dropped.

One has the passages (embedding and BM25 terms), one the sentences (embedding and passage). Their names hold
the library's state, and so SQLite's commit is the one moment at which readers move on, as with files. No
text is stored in Milvus.
"""

import hashlib
import platform
from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.bm25 import TermStatistics
from index.contents import Portion
from index.library import Library
from index.milvus.connection import EMBEDDING, ID, PASSAGE_ID, TERMS, DenseIndex, MilvusConnection
from index.milvus.search import MilvusTerms, MilvusVectors
from index.search_engine import LexicalTexts

MAX_FLAT_PASSAGES = 100_000
"""Up to here every passage is compared with a question; above, a graph leads to the nearest."""

_LAYOUT = 2
"""Raised whenever the collections are built otherwise."""

_MIN_DIMENSIONS = 2
"""The fewest that Milvus takes; an empty library has none."""


class MilvusEngine:
    """Keeps what is searched in one Milvus."""

    def __init__(self, connection: MilvusConnection) -> None:
        self._milvus = connection

    @property
    def versions(self) -> Sequence[str]:
        """Where the collections are, and how they are laid out."""
        return [f"{self._milvus.address} {_LAYOUT}"]

    def build(self, library: Library, directory: Path, texts: LexicalTexts) -> None:
        """Build both collections of the present generation, and the terms' counts in `directory`."""
        statistics = TermStatistics.of(texts())
        statistics.save(directory)
        self._build_passages(library, statistics, texts)
        self._build_sentences(library)

    def is_whole(self, library: Library) -> bool:
        """Tell whether both collections are there with as many rows as the library has."""
        counts = library.counts()
        rows = (self._milvus.row_count(_passages(library)), self._milvus.row_count(_sentences(library)))
        return rows == (counts.passages, counts.sentences)

    def open(self, library: Library, directory: Path) -> tuple[MilvusVectors, MilvusTerms]:
        """Load both collections for searching; raises `OSError` or `LibraryError`."""
        statistics = TermStatistics.load(directory)
        passages, sentences = _passages(library), _sentences(library)
        self._milvus.load(passages)
        self._milvus.load(sentences)
        search_passages = partial(self._milvus.search, passages)
        search_sentences = partial(self._milvus.search, sentences)
        vectors = MilvusVectors(search_passages, search_sentences, statistics.passages)
        return vectors, MilvusTerms(search_passages, statistics)

    def remove_other_generations(self, library: Library) -> None:
        """Drop the collections of every other state of this library, also what a stopped run left."""
        for name in self._milvus.names(_beginning(library)):
            if name not in (_passages(library), _sentences(library)):
                self._milvus.drop(name)

    def _build_passages(self, library: Library, statistics: TermStatistics, texts: LexicalTexts) -> None:
        index = DenseIndex.FLAT if statistics.passages <= MAX_FLAT_PASSAGES else DenseIndex.GRAPH
        dimensions, passages = _unpacked(library.passage_portions())
        self._milvus.create(_passages(library), dimensions, TERMS, index)
        rows = zip(passages, statistics.weigh_passages(texts()), strict=True)
        self._milvus.insert(
            _passages(library), ({ID: i, EMBEDDING: own.tolist(), TERMS: terms} for (i, own), terms in rows)
        )

    def _build_sentences(self, library: Library) -> None:
        """Number the sentences in order; they are compared one by one, within the passages asked for."""
        dimensions, sentences = _unpacked(library.sentence_portions())
        self._milvus.create(_sentences(library), dimensions, PASSAGE_ID, DenseIndex.FLAT)
        self._milvus.insert(
            _sentences(library),
            ({ID: i, PASSAGE_ID: owner, EMBEDDING: own.tolist()} for i, (owner, own) in enumerate(sentences)),
        )


def _beginning(library: Library) -> str:
    """Return how the names of all collections of this library on this machine begin."""
    whose = f"{platform.node()}\0{library.directory.resolve()}"
    return f"kildesvar_{hashlib.sha256(whose.encode()).hexdigest()[:12]}_"


def _passages(library: Library) -> str:
    return f"{_beginning(library)}{library.generation():08d}_{library.state()}_passages"


def _sentences(library: Library) -> str:
    return f"{_beginning(library)}{library.generation():08d}_{library.state()}_sentences"


def _unpacked(portions: Iterator[Portion]) -> tuple[int, Iterator[tuple[int, NDArray[np.float16]]]]:
    """Return how long an embedding is, and each id with its own; one portion at a time is in memory."""
    first = next(portions, ((), np.zeros((0, _MIN_DIMENSIONS), dtype=np.float16)))
    pairs = (zip(ids, embeddings, strict=True) for ids, embeddings in chain([first], portions))
    return first[1].shape[1], chain.from_iterable(pairs)
