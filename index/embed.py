"""Texts to embeddings. The protocol is the seam: tests use a small model that can be worked by hand."""

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Embeddings = NDArray[np.float32]
"""Shape (texts, dimensions), each row of length 1, so a dot product is the cosine."""


class Embedder(Protocol):
    """An embedding model. Queries and passages may be embedded differently (prompts)."""

    @property
    def name(self) -> str:
        """What users know the model as."""

    @property
    def fingerprint(self) -> str:
        """Changes whenever the same text would get another embedding; kept in the library."""

    @property
    def dimensions(self) -> int:
        """Length of one embedding."""

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Embed questions."""

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embed texts of passages or sentences."""
