"""A BERT encoder for the CPU: the forward pass in few, fused operations, pooled to one row a text.

The same tensors run here at about twice the speed they have in transformers, and without the seconds
that importing it takes. Queries, keys and values are one multiplication; weights lie in the processor's
own order; GELU and the residual sum are done while a product is still in its cache.
"""

import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from safetensors import safe_open
from torch import Tensor

from index.bert.attention import attend
from index.bert.linear import Linear, PackedLinear, PlainLinear, best_linear
from index.embed import Embeddings

Batch = Sequence[Sequence[int]]
"""The token ids of some texts that are encoded together."""

_WORDS = "embeddings.word_embeddings.weight"
_THREADS = torch.get_num_threads()
"""How many this machine is good for; asked before any text is encoded, since torch is then told of fewer."""

_TOKENS_WORTH_A_THREAD = 256
"""A batch is shared among threads only if each gets about as many: with fewer they wait for each other."""


@dataclass(frozen=True, slots=True)
class _Norm:
    weight: Tensor
    bias: Tensor
    epsilon: float

    def __call__(self, rows: Tensor) -> Tensor:
        return F.layer_norm(rows, rows.shape[-1:], self.weight, self.bias, self.epsilon)


@dataclass(frozen=True, slots=True)
class _Layer:
    """One layer: attention between the tokens of each text, then two multiplications a token."""

    heads: int
    query_key_value: Linear
    attention_output: Linear
    attention_norm: _Norm
    widen: Linear
    narrow: Linear
    output_norm: _Norm

    def __call__(self, rows: Tensor, shape: tuple[int, int], mask: Tensor | None) -> Tensor:
        """Return the next layer's rows; `rows` is (texts x tokens, hidden), `shape` (texts, tokens)."""
        attended = attend(self.query_key_value(rows), self.heads, shape, mask)
        rows = self.attention_norm(self.attention_output.plus(attended, rows))
        return self.output_norm(self.narrow.plus(self.widen.gelu(rows), rows))


class BertEncoder:
    """A BERT model with mean pooling, read from a sentence-transformers folder in its own number type."""

    def __init__(self, folder: Path, *, linear: type[PlainLinear] | type[PackedLinear] | None = None) -> None:
        """Load the tensors; those that are only looked up (the vocabulary) stay in the file, mapped.

        `linear` is how to multiply: by default the quickest way that this build of torch has.
        """
        settings = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        self.dimensions: int = settings["hidden_size"]
        self.max_tokens: int = settings["max_position_embeddings"]
        self._wide: int = settings["intermediate_size"]
        self._padding: int = settings["pad_token_id"]
        tensors = _read_tensors(folder)
        build = _Builder(tensors, settings, linear or best_linear())
        self._words = _read_tensors(folder, _WORDS)[_WORDS]
        self._places = (
            tensors["embeddings.position_embeddings.weight"]
            + tensors["embeddings.token_type_embeddings.weight"][0]
        )
        self._norm = build.norm("embeddings.LayerNorm")
        self._layers = [build.layer(number) for number in range(settings["num_hidden_layers"])]

    @property
    def multiplied(self) -> list[tuple[int, int]]:
        """The shapes (outputs, inputs) of the weights that every token is multiplied by, layer by layer."""
        hidden, wide = self.dimensions, self._wide
        return [(3 * hidden, hidden), (hidden, hidden), (wide, hidden), (hidden, wide)] * len(self._layers)

    def encode_batches(self, batches: Sequence[Batch]) -> list[Embeddings]:
        """Return the rows of each batch, as `encode` does.

        Several batches are encoded side by side, each on a core of its own: cores that share a batch wait
        for each other at every step of every layer.
        """
        if len(batches) < 2:
            return [self.encode(batch) for batch in batches]
        with ThreadPoolExecutor(_THREADS) as cores:
            return list(cores.map(partial(self.encode, most_threads=1), batches))

    def encode(self, token_ids: Batch, most_threads: int | None = None) -> Embeddings:
        """Return one row of length 1 for each text, given as at most `max_tokens` token ids."""
        lengths = torch.tensor([len(ids) for ids in token_ids])
        padded = np.full((len(token_ids), int(lengths.max())), self._padding, dtype=np.int64)
        for row, ids in zip(padded, token_ids, strict=True):
            row[: len(ids)] = ids
        worth = max(1, padded.size // _TOKENS_WORTH_A_THREAD)
        torch.set_num_threads(min(most_threads or _THREADS, worth))
        with torch.inference_mode():
            return self._encode(torch.from_numpy(padded), lengths).numpy()

    def _encode(self, padded: Tensor, lengths: Tensor) -> Tensor:
        texts, longest = padded.shape
        real = torch.arange(longest) < lengths[:, None]
        mask = None if bool(real.all()) else real[:, None, None, :]
        rows = self._norm(F.embedding(padded, self._words) + self._places[:longest])
        rows = rows.view(texts * longest, self.dimensions)
        for layer in self._layers:
            rows = layer(rows, (texts, longest), mask)
        return _pool(rows.view(texts, longest, self.dimensions), real)


def _read_tensors(folder: Path, *names: str) -> dict[str, Tensor]:
    """Map the tensors of these names, or all.

    What is read of a mapped file counts as this process's memory until the last tensor of that mapping goes:
    the vocabulary has one of its own, so that the layers' go when they have been packed or copied.
    """
    with safe_open(folder / "model.safetensors", "pt") as file:
        return {name: file.get_tensor(name) for name in names or file.keys()}


def _pool(tokens: Tensor, real: Tensor) -> Tensor:
    """Average the real tokens of each text in float32 (in bfloat16 the cosine is off by 0.004)."""
    sums = tokens.float().masked_fill_(~real[:, :, None], 0.0).sum(dim=1)
    return F.normalize(sums, dim=-1)  # the mean points where the sum points


@dataclass(frozen=True, slots=True)
class _Builder:
    """Takes a layer's parts from the tensors of the file."""

    tensors: Mapping[str, Tensor]
    settings: Mapping[str, Any]
    make_linear: type[PlainLinear] | type[PackedLinear]

    def layer(self, number: int) -> _Layer:
        prefix = f"encoder.layer.{number}"
        return _Layer(
            heads=self.settings["num_attention_heads"],
            query_key_value=self.linear(
                *(f"{prefix}.attention.self.{part}" for part in ("query", "key", "value"))
            ),
            attention_output=self.linear(f"{prefix}.attention.output.dense"),
            attention_norm=self.norm(f"{prefix}.attention.output.LayerNorm"),
            widen=self.linear(f"{prefix}.intermediate.dense"),
            narrow=self.linear(f"{prefix}.output.dense"),
            output_norm=self.norm(f"{prefix}.output.LayerNorm"),
        )

    def linear(self, *names: str) -> Linear:
        """Build one multiplication that does those of all `names` side by side."""
        weights = torch.cat([self.tensors[f"{name}.weight"] for name in names])
        return self.make_linear(weights, torch.cat([self.tensors[f"{name}.bias"] for name in names]))

    def norm(self, name: str) -> _Norm:
        weight, bias = self.tensors[f"{name}.weight"], self.tensors[f"{name}.bias"]
        return _Norm(weight.clone(), bias.clone(), self.settings["layer_norm_eps"])
