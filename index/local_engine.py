"""The search engine that needs nothing but files: FAISS for the vectors, postings for the words."""

from collections.abc import Sequence
from pathlib import Path

from index import faiss_files
from index.crash import crash_point
from index.lexical import LexicalIndex
from index.lexical_build import build_lexical
from index.library import Library
from index.search_engine import LexicalTexts, SearchEngine
from index.vectors import VectorIndex, build_vectors

_LEXICAL = "lexical"


class LocalEngine:
    """Keeps all that is searched in the generation's folder."""

    @property
    def versions(self) -> Sequence[str]:
        """FAISS's version, as another one may not read its files."""
        return [faiss_files.ENGINE]

    def build(self, library: Library, directory: Path, texts: LexicalTexts) -> None:
        """Write the vectors and the lexical index; raises `OSError` if they cannot be written."""
        (directory / _LEXICAL).mkdir(mode=0o700)
        build_vectors(directory, library.passage_portions(), library.sentence_portions())
        crash_point("vectors written")
        build_lexical(directory / _LEXICAL, texts())

    def is_whole(self, library: Library) -> bool:  # noqa: ARG002 - all is in the folder
        """Tell that nothing is missing outside the folder: there is nothing."""
        return True

    def open(self, library: Library, directory: Path) -> tuple[VectorIndex, LexicalIndex]:  # noqa: ARG002 - all is in the folder
        """Open the files; raises `OSError` if they cannot be read."""
        return VectorIndex(directory), LexicalIndex(directory / _LEXICAL)

    def remove_other_generations(self, library: Library) -> None:
        """Do nothing: the folders are all there is."""


LOCAL: SearchEngine = LocalEngine()
"""The engine of every library that no other is asked for."""
