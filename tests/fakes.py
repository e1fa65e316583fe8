"""Small stand-ins that can be worked by hand: an embedding model without meaning, a source of documents."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from zlib import crc32

import numpy as np

from index.embed import Embeddings
from index.errors import UnreadableFile
from index.probes import ANSWERS
from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document, FoundFile, SkippedFile


class WordEmbedder:
    """One dimension a word (by hash): texts are alike as far as they share lower-case words."""

    name = "ordmodel"
    fingerprint = "ordmodel-1"
    dimensions = 256

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        return self.embed_passages(queries)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        embeddings = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in zip(embeddings, texts, strict=True):
            for word in text.casefold().split():
                row[crc32(word.strip(".,:;!?»«”\"'()").encode()) % self.dimensions] += 1.0
            row /= np.linalg.norm(row) or 1.0
        return embeddings


class CountingEmbedder(WordEmbedder):
    """Keeps every text of a library that it embeds, and stops after a number of batches if it is told to."""

    def __init__(self, fingerprint: str = "ordmodel-1", stop_after: int | None = None) -> None:
        self.fingerprint = fingerprint
        self.embedded: list[str] = []
        self._batches_left = stop_after

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        return super().embed_passages(queries)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        if texts == ANSWERS:  # asked for once a sync, to measure the model
            return super().embed_passages(texts)
        if self._batches_left == 0:
            raise KeyboardInterrupt
        if self._batches_left is not None:
            self._batches_left -= 1
        self.embedded.extend(texts)
        return super().embed_passages(texts)


LONG_AGO_NS = 1_000_000_000_000_000_000
"""A file's time that no clock takes for recent (the year 2001)."""


@dataclass
class FakeSource:
    """Documents by path that a test may edit between two syncs; their paragraphs stand between blank lines.

    A text's time follows from its words, unless `times` says otherwise. `closed` files cannot be opened,
    `broken` ones not be understood, `vanished` ones are listed and gone when they are read, `left_out`
    ones are listed with their reason. `title` and `date` are every document's, but for those in `titles`
    and `dates`.
    """

    texts: dict[str, str] = field(default_factory=dict)
    title: str = "Prøve"
    date: str | None = "2015-03-05"
    titles: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str | None] = field(default_factory=dict)
    times: dict[str, int] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    broken: set[str] = field(default_factory=set)
    vanished: set[str] = field(default_factory=set)
    left_out: list[SkippedFile] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    read_paths: list[str] = field(default_factory=list)

    def list_files(self) -> tuple[Sequence[FoundFile], Sequence[SkippedFile]]:
        return [
            FoundFile(path, len(text.encode()), self.times.get(path, LONG_AGO_NS + crc32(text.encode())))
            for path, text in self.texts.items()
        ], self.left_out

    def content_hash(self, path: str) -> str:
        self.opened.append(path)
        if path in self.closed | self.vanished:
            raise UnreadableFile("filen kan ikke åbnes")
        return sha256(self.texts[path].encode()).hexdigest()

    def read(self, path: str) -> Document:
        self.read_paths.append(path)
        if path in self.broken:
            raise UnreadableFile("filen er beskadiget")
        builder = DocumentBuilder(path)
        for paragraph in self.texts[path].split("\n\n"):
            builder.add(BlockKind.PARAGRAPH, paragraph)
        title, date = self.titles.get(path, self.title), self.dates.get(path, self.date)
        return builder.build(title=title, date=date, author="KL")
