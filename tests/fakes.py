"""A small embedding model that can be worked by hand: real, deterministic, and without meaning."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from index.embed import Embeddings


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
