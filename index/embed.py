"""Texts to embeddings. The protocol is the seam: tests use a small model that can be worked by hand."""

import hashlib
import json
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Embeddings = NDArray[np.float32]
"""Shape (texts, dimensions), each row of length 1, so a dot product is the cosine."""

MAX_CHARS_PER_TOKEN = 16
"""How much of a text is looked at, for each token that a model takes: no text can cost more than its
share. Danish has about 4 characters to a token, and no piece of the default vocabulary has above 16."""

_EMBEDDING_VERSION = 1
"""Raised whenever the same model would embed the same text otherwise."""


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


def prompted(texts: Sequence[str], prompt: str, max_tokens: int) -> list[str]:
    """Put `prompt` before each text, and cut what no model of `max_tokens` tokens could look at."""
    return [prompt + text[: max_tokens * MAX_CHARS_PER_TOKEN] for text in texts]


def fingerprint(
    files_digest: str, query_prompt: str, passage_prompt: str, dtype: str, max_tokens: int
) -> str:
    """Return a SHA-256 over all that decides an embedding; `files_digest` stands for the model's files."""
    settings = [files_digest, query_prompt, passage_prompt, dtype, max_tokens]
    versions = [_EMBEDDING_VERSION, MAX_CHARS_PER_TOKEN]
    return hashlib.sha256(json.dumps(settings + versions).encode()).hexdigest()
