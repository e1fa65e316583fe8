"""A BEIR corpus as a source of documents, so that it becomes a library like any folder."""

import hashlib
from collections.abc import Sequence
from pathlib import Path

from index.types import Document, FoundFile, SkippedFile
from qa.evaluation.question_sets import read_corpus


class CorpusSource:
    """A BEIR corpus as a source of documents: one a line, its id as path."""

    def __init__(self, corpus: Path) -> None:
        self._documents = {document.path: document for document in read_corpus(corpus)}

    def list_files(self) -> tuple[Sequence[FoundFile], Sequence[SkippedFile]]:
        """Return a file for each line; its "time" is made from its content, so that a change is seen."""
        return [
            FoundFile(path, len(document.text), int(self.content_hash(path)[:14], 16))
            for path, document in self._documents.items()
        ], []

    def content_hash(self, path: str) -> str:
        """Return the SHA-256 of title and text."""
        document = self._documents[path]
        return hashlib.sha256(f"{document.title}\n{document.text}".encode()).hexdigest()

    def read(self, path: str) -> Document:
        """Return the document of one line."""
        return self._documents[path]
