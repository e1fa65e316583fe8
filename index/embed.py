"""Texts to embeddings. The protocol is the seam: tests use a small model that can be worked by hand."""

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Embeddings = NDArray[np.float32]
"""Shape (texts, dimensions), each row of length 1, so a dot product is the cosine."""

MAX_CHARS_PER_TOKEN = 16
"""A text is cut to this many characters for each token that the model takes, before it is tokenised: no
text can cost more than its share. Danish has about 4 characters to a token."""

TOKENS_PER_BATCH = 2048
"""Tokens, padding included, that are embedded at once; measured best, see docs/performance.md."""

TEXTS_PER_WINDOW = 4096
"""Texts that are tokenised, sorted by length and batched together: bounds the memory for token ids."""


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


class SentenceTransformerEmbedder:
    """A sentence-transformers model on the CPU, in bfloat16 where the processor multiplies it natively."""

    def __init__(self, folder: Path, name: str, files_digest: str) -> None:
        """Load the model in `folder`; `files_digest` stands for the contents of its files."""
        import torch
        from sentence_transformers import SentenceTransformer
        from transformers.utils import logging

        logging.disable_progress_bar()
        dtype = native_dtype()
        self._torch = torch
        self._model: Any = SentenceTransformer(
            str(folder), device="cpu", local_files_only=True, model_kwargs={"dtype": dtype}
        )
        self._model.eval()
        self._name = name
        self._query_prompt = self._prompt("query")
        self._passage_prompt = self._prompt("document", "passage", "corpus")
        settings = [files_digest, self._query_prompt, self._passage_prompt, dtype, self.max_tokens]
        self._fingerprint = hashlib.sha256(json.dumps(settings).encode()).hexdigest()

    @property
    def name(self) -> str:
        """What users know the model as."""
        return self._name

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the model's files, prompts, number type and longest text."""
        return self._fingerprint

    @property
    def dimensions(self) -> int:
        """Length of one embedding."""
        return int(self._model.get_embedding_dimension())

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, special tokens and prompt included; the rest is cut."""
        return int(self._model.max_seq_length or 512)

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Embed questions."""
        return self._embed(queries, self._query_prompt)

    def embed_passages(
        self, texts: Sequence[str], progress: Callable[[int], None] | None = None
    ) -> Embeddings:
        """Embed texts of passages or sentences; `progress` is told after each batch how many it held."""
        return self._embed(texts, self._passage_prompt, progress)

    def _prompt(self, *names: str) -> str:
        return next((self._model.prompts[name] for name in names if self._model.prompts.get(name)), "")

    def _embed(
        self, texts: Sequence[str], prompt: str, progress: Callable[[int], None] | None = None
    ) -> Embeddings:
        embeddings = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_WINDOW):
            window = texts[start : start + TEXTS_PER_WINDOW]
            token_ids = self._tokenise(
                [prompt + text[: self.max_tokens * MAX_CHARS_PER_TOKEN] for text in window]
            )
            for rows in batches_by_tokens([len(ids) for ids in token_ids], TOKENS_PER_BATCH):
                embeddings[start + rows] = self._embed_batch([token_ids[row] for row in rows])
                if progress:
                    progress(len(rows))
        return embeddings

    def _tokenise(self, texts: list[str]) -> list[list[int]]:
        encoded = self._model.tokenizer(
            texts,
            truncation=True,
            max_length=self.max_tokens,
            return_attention_mask=False,
            return_token_type_ids=False,
        )
        ids: list[list[int]] = encoded["input_ids"]
        return ids

    def _embed_batch(self, token_ids: list[list[int]]) -> Embeddings:
        with self._torch.inference_mode():
            features = dict(self._model.tokenizer.pad({"input_ids": token_ids}, return_tensors="pt"))
            transformer, *rest = self._model
            features = transformer(features)
            features["token_embeddings"] = features["token_embeddings"].float()
            for module in rest:
                features = module.float()(features)
            embeddings = self._torch.nn.functional.normalize(features["sentence_embedding"], dim=-1)
        result: Embeddings = embeddings.numpy()
        return result


def native_dtype() -> str:
    """Return "bfloat16" where this processor multiplies it natively (AVX-512 BF16 or AMX), else "float32"."""
    import torch

    capabilities = torch.cpu.get_capabilities()
    return "bfloat16" if capabilities.get("avx512_bf16") or capabilities.get("amx_bf16") else "float32"


def batches_by_tokens(lengths: Sequence[int], budget: int) -> Iterator[NDArray[np.intp]]:
    """Yield the positions of texts of `lengths` tokens, longest first, in batches that fit `budget`.

    A batch costs its longest text times its count; one text alone may exceed the budget.
    """
    order = np.argsort(-np.asarray(lengths, dtype=np.intp), kind="stable")
    start = 0
    while start < len(order):
        count = max(1, budget // max(1, lengths[order[start]]))
        yield order[start : start + count]
        start += count
