"""The seam at which a search engine is exchanged: it builds, opens and drops what is searched of a library.

The engine ranks passages by each signal; how the signals are blended is not its business (`qa/retrieve.py`).
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from index.embed import Embeddings
from index.lexical import LexicalField
from index.lexical_build import LexicalText
from index.library import Library
from index.ranking import Ranking
from index.sentence_scores import SentenceScores

LexicalTexts = Callable[[], Iterator[LexicalText]]
"""Goes through every passage's words in the order of ids, anew each time it is called."""


class DenseSearch(Protocol):
    """The vectors of one generation, safe to use from several threads."""

    def __len__(self) -> int:
        """Return the number of passages."""

    def search(self, query: Embeddings, top_k: int, only: Sequence[int] | None = None) -> Ranking:
        """Rank the `top_k` passages with the highest cosines for a query of shape (1, dimensions).

        Where `only` holds ids of passages, ascending, no others are searched.
        """

    def sentence_scores(self, query: Embeddings, passage_ids: NDArray[np.int64]) -> SentenceScores:
        """Return the cosines of `query` with the sentences of these passages, in their order."""


class LexicalSearch(Protocol):
    """The terms of one generation, safe to use from several threads."""

    def search(
        self, field: LexicalField, query: str, top_k: int, only: Sequence[int] | None = None
    ) -> Ranking:
        """Rank up to `top_k` passages by their BM25 scores, which are above 0.

        Where `only` holds ids of passages, ascending, no others are found; the scores stay the same.
        """

    def frequencies(self, terms: Sequence[str], field: LexicalField = LexicalField.STEMS) -> list[int]:
        """Return in how many passages each term stands."""


class SearchEngine(Protocol):
    """What a library is searched with. Files go into the generation's folder, which is checked as a whole."""

    @property
    def versions(self) -> Sequence[str]:
        """What must be the same for a generation to be searched as it was built."""

    def build(self, library: Library, directory: Path, texts: LexicalTexts) -> None:
        """Build what is searched of the library's present generation; raises `OSError` or `LibraryError`."""

    def is_whole(self, library: Library) -> bool:
        """Tell whether all that lies outside the folder is there for the library's present generation."""

    def open(self, library: Library, directory: Path) -> tuple[DenseSearch, LexicalSearch]:
        """Open the present generation for searching; raises `OSError` or `LibraryError`."""

    def remove_other_generations(self, library: Library) -> None:
        """Remove what lies outside the folders of other generations than the present one."""
