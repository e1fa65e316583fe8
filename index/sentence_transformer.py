"""Any sentence-transformers model as an embedder. The only file that imports sentence_transformers."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from index.embed import Embeddings, fingerprint, prompted

_TEXTS_PER_BATCH = 16
_MAX_TOKENS = 512
"""Taken for a model that does not say how long a text it can read."""


class SentenceTransformerEmbedder:
    """A model in a folder, with its own prompts, on the CPU; no network is used."""

    def __init__(self, folder: Path, name: str, files_digest: str, dtype: str) -> None:
        """Load the model in number type `dtype`; `files_digest` stands for the contents of its files.

        Raises whatever the libraries raise over a folder that holds no model they know.
        """
        self.name = name
        self._model = _load(folder, dtype)
        self.dimensions: int = self._model.get_embedding_dimension()
        self.max_tokens: int = self._model.max_seq_length or _MAX_TOKENS
        self._query_prompt = self._prompt("query")
        self._passage_prompt = self._prompt("document", "passage", "corpus")
        self.fingerprint = fingerprint(
            files_digest, self._query_prompt, self._passage_prompt, dtype, self.max_tokens
        )

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Embed questions, behind the model's prompt for queries."""
        return self._embed(queries, self._query_prompt)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embed texts of passages or sentences, behind the model's prompt for documents."""
        return self._embed(texts, self._passage_prompt)

    def _prompt(self, *names: str) -> str:
        return next((self._model.prompts[name] for name in names if self._model.prompts.get(name)), "")

    def _embed(self, texts: Sequence[str], prompt: str) -> Embeddings:
        if not texts:
            return np.empty((0, self.dimensions), dtype=np.float32)
        embeddings: Embeddings = self._model.encode(
            prompted(texts, "", self.max_tokens),
            prompt=prompt,
            batch_size=_TEXTS_PER_BATCH,
            normalize_embeddings=True,
            show_progress_bar=False,
        )
        return embeddings


def load_plainly(folder: Path) -> Callable[[Sequence[str]], Embeddings]:
    """Return the `encode` of sentence-transformers as it comes, in float32: what others are compared with."""
    model = _load(folder, "float32")

    def encode(texts: Sequence[str]) -> Embeddings:
        embeddings: Embeddings = model.encode(list(texts), show_progress_bar=False)
        return embeddings

    return encode


def _load(folder: Path, dtype: str) -> Any:
    from sentence_transformers import SentenceTransformer
    from transformers.utils import logging

    quiet: Any = logging
    quiet.disable_progress_bar()
    model: Any = SentenceTransformer(
        str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": dtype}
    )
    model[0].register_forward_hook(_pool_in_float32)
    return model.eval()


def _pool_in_float32(_module: object, _inputs: object, features: dict[str, Any]) -> dict[str, Any]:
    """Hand tokens on as float32: pooled in bfloat16, an embedding is off by a cosine of 0.004."""
    if "token_embeddings" in features:
        features["token_embeddings"] = features["token_embeddings"].float()
    return features
