"""Small libraries cut out of a set's documents: most users have few, and the confidence must hold there too.

In a small library fewer of a question's words are known, and whatever is on its subject stands out.
"""

from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from itertools import accumulate
from pathlib import Path

from index.sync import sync_library
from index.types import Document, DocumentEntry, FoundFile, SkippedFile
from qa.engine import Engine
from qa.evaluation.evaluate import Judge
from qa.evaluation.question_sets import QuestionSet
from qa.fitting.sets import OpenSet

SIZES = (30, 60, 120)
"""How many passages a part has, or a few more, by turns."""


class DocumentSource:
    """Documents that were read before, as the source of another library."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self._documents = {document.path: document for document in documents}

    def list_files(self) -> tuple[Sequence[FoundFile], Sequence[SkippedFile]]:
        """Return a file for each document."""
        return [FoundFile(path, len(read.text), 0) for path, read in self._documents.items()], []

    def content_hash(self, path: str) -> str:
        """Return the SHA-256 of the document's text."""
        return sha256(self._documents[path].text.encode()).hexdigest()

    def read(self, path: str) -> Document:
        """Return the document."""
        return self._documents[path]


def cut_parts(opened: OpenSet, directory: Path, count: int) -> Iterator[OpenSet]:
    """Make `count` libraries of neighbouring documents below `directory`, with the questions they answer."""
    entries = opened.engine.documents()
    for number in range(count):
        start = number * len(entries) // count
        paths = choose_neighbours(entries[start:] + entries[:start], SIZES[number % len(SIZES)])
        yield _open_part(opened, paths, directory / f"{opened.name}-{number}")


def choose_neighbours(entries: Sequence[DocumentEntry], passages: int) -> set[str]:
    """Return the paths of the first documents that have so many passages together."""
    before = accumulate((entry.passages for entry in entries), initial=0)
    return {entry.path for entry, others in zip(entries, before, strict=False) if others < passages}


def _open_part(opened: OpenSet, paths: set[str], directory: Path) -> OpenSet:
    documents = filter(None, map(opened.engine.document, paths))
    sync_library(DocumentSource(documents), directory, opened.engine.embedder)
    engine = Engine(directory, opened.engine.embedder)
    questions = tuple(each for each in opened.answerable if paths.issuperset(each.documents))
    judge = Judge.of(engine, QuestionSet(questions, directory, is_corpus=opened.judge.by_document))
    return OpenSet(directory.name, engine, questions, judge)
