"""The default model as an embedder: tokenise once, sort by length, encode in batches of like length."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.bert.encoder import BertEncoder
from index.embed import Embeddings, fingerprint, prompted

TOKENS_PER_BATCH = 1536
"""Tokens, padding included, that are encoded at once: fewer leave a core idle, more leave its cache."""

TEXTS_PER_WINDOW = 4096
"""Texts that are tokenised and sorted together: bounds the memory that token ids take."""


class BertEmbedder:
    """A BERT model in a folder, with its tokenizer and its two prompts."""

    def __init__(
        self, folder: Path, name: str, files_digest: str, dtype: str, prompts: tuple[str, str]
    ) -> None:
        """Load the model, written in `dtype`; `files_digest` stands for the contents of its files.

        `prompts` are put before queries and before passages.
        """
        self.name, self.folder, self.dtype = name, folder, dtype
        self._encoder = BertEncoder(folder)
        self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.enable_truncation(self._encoder.max_tokens)
        self._tokenizer.encode_special_tokens = True  # »</s>« in a document is text
        self._query_prompt, self._passage_prompt = prompts
        self.fingerprint = fingerprint(files_digest, *prompts, dtype, self.max_tokens)

    @property
    def dimensions(self) -> int:
        """Length of one embedding."""
        return self._encoder.dimensions

    @property
    def max_tokens(self) -> int:
        """Longest text in tokens, its prompt and the two special tokens included; the rest is cut."""
        return self._encoder.max_tokens

    @property
    def multiplied(self) -> list[tuple[int, int]]:
        """The shapes of the weights that every token is multiplied by (`BertEncoder.multiplied`)."""
        return self._encoder.multiplied

    def count_tokens(self, texts: Sequence[str]) -> int:
        """Return how many tokens these passages have, as they are embedded, without padding."""
        window = prompted(texts, self._passage_prompt, self.max_tokens)
        return sum(len(encoding.ids) for encoding in self._tokenizer.encode_batch_fast(window))

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        """Embed questions, behind the prompt for queries."""
        return self._embed(queries, self._query_prompt)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        """Embed texts of passages or sentences, behind the prompt for passages."""
        return self._embed(texts, self._passage_prompt)

    def _embed(self, texts: Sequence[str], prompt: str) -> Embeddings:
        embeddings = np.empty((len(texts), self.dimensions), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_PER_WINDOW):
            window = prompted(texts[start : start + TEXTS_PER_WINDOW], prompt, self.max_tokens)
            token_ids = [encoding.ids for encoding in self._tokenizer.encode_batch_fast(window)]
            batches = list(batches_by_tokens([len(ids) for ids in token_ids], TOKENS_PER_BATCH))
            encoded = self._encoder.encode_batches([[token_ids[row] for row in rows] for rows in batches])
            for rows, found in zip(batches, encoded, strict=True):
                embeddings[start + rows] = found
        return embeddings


def batches_by_tokens(lengths: Sequence[int], budget: int) -> Iterator[NDArray[np.intp]]:
    """Yield the positions of texts of `lengths` tokens, longest first, in batches that fit `budget`.

    A batch costs its longest text times its count; a text that is longer than the budget goes alone.
    """
    order = np.argsort(-np.asarray(lengths, dtype=np.intp), kind="stable")
    start = 0
    while start < len(order):
        count = max(1, budget // lengths[order[start]])
        yield order[start : start + count]
        start += count
