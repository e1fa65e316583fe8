"""The encoder in training: its weights stand still, and low-rank changes beside them are learned."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import save_file
from torch import Tensor, nn
from torch.nn.functional import normalize
from transformers import AutoTokenizer, BertModel

from index.adapter import read_adapter
from index.bert.embedder import batches_by_tokens
from index.bert.linear import native_dtype
from index.convert import PROMPTS, write_model
from index.default_model import find_weights
from index.weights import parse_weights

FIRST_LAYER = 4
"""Layers below keep their weights: they need no gradient, which saves a third of the time."""

MATRICES = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
}
"""The matrices that get a change, by their names in the weights file and in the model."""

RANK = 16
MAX_RANK = 64
"""Of what is kept, so that the file does not grow with the runs in it."""

SCALE = 2.0

MAX_TOKENS = {"question": 48, "passage": 128, "sentence": 56}
TOKENS_PER_BATCH = 3072


Matrix = NDArray[np.float32]


class LowRank(nn.Module):
    """A frozen linear layer plus `SCALE` B A; B starts at zero, so that training starts from the model."""

    def __init__(self, linear: nn.Linear) -> None:
        super().__init__()
        self.linear = linear
        self.a = nn.Parameter(torch.randn(RANK, linear.in_features) / sqrt(linear.in_features))
        self.b = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, states: Tensor) -> Tensor:
        """Return the layer's output for `states` (texts, tokens, in)."""
        low = states @ self.a.to(states.dtype).T
        changed: Tensor = self.linear(states) + low @ (SCALE * self.b).to(states.dtype).T
        return changed


@dataclass(frozen=True, slots=True)
class Encoder:
    """The model in training: its tokenizer, and the low-rank changes by tensor name."""

    model: Any
    tokenizer: Any
    changes: dict[str, LowRank]

    def encode(self, texts: Sequence[list[int]]) -> Tensor:
        """Return the embeddings (texts, dimensions) of token ids, each of length 1."""
        rows = [torch.empty(0)] * len(texts)
        for batch in batches_by_tokens([len(ids) for ids in texts], TOKENS_PER_BATCH):
            inputs = self.tokenizer.pad({"input_ids": [texts[row] for row in batch]}, return_tensors="pt")
            states = self.model(**inputs).last_hidden_state.float()
            mask = inputs["attention_mask"][..., None]
            means = normalize((states * mask).sum(1) / mask.sum(1), dim=1)
            for row, embedding in zip(batch, means, strict=True):
                rows[row] = embedding
        return torch.stack(rows)

    def tokenise(self, prompt: str, texts: Sequence[str], kind: str) -> list[list[int]]:
        """Return the ids of texts with their prompt, cut to the longest that its kind may be."""
        encoded = self.tokenizer(
            [PROMPTS[prompt] + text for text in texts], truncation=True, max_length=MAX_TOKENS[kind]
        )
        ids: list[list[int]] = encoded["input_ids"]
        return ids


def load_encoder() -> Encoder:
    """Load the model without any adapter, and put changes that are still nothing on its upper layers."""
    with tempfile.TemporaryDirectory() as folder:
        write_model(parse_weights(find_weights().read_bytes()), Path(folder), native_dtype())
        # The plain attention is several times faster backwards than the fused one on a processor.
        model: Any = BertModel.from_pretrained(folder, dtype="auto", attn_implementation="eager")
        tokenizer = AutoTokenizer.from_pretrained(folder)
    model.eval().requires_grad_(False)
    changes = {}
    for number, layer in enumerate(model.encoder.layer):
        for short, name in MATRICES.items() if number >= FIRST_LAYER else ():
            parent, _, child = name.rpartition(".")
            change = LowRank(layer.get_submodule(name))
            setattr(layer.get_submodule(parent), child, change)
            changes[f"l{number}.{short}.w"] = change
    return Encoder(model, tokenizer, changes)


def save_adapter(encoders: Sequence[Encoder], path: Path) -> None:
    """Write the mean of what the encoders learned, as `adapter.py` reads it.

    The mean of n products B A is one product of n times the rank: the matrices stand beside each other.
    """
    tensors = {}
    for name in encoders[0].changes:
        changes = [encoder.changes[name] for encoder in encoders]
        tensors[f"{name}.a"] = torch.cat([each.a.detach() for each in changes]).half().numpy()
        b = torch.cat([each.b.detach() for each in changes], dim=1)
        tensors[f"{name}.b"] = (SCALE / len(encoders) * b).half().numpy()
    save_file(tensors, path)


def save_mean(shares: Sequence[tuple[float, Path]], path: Path) -> None:
    """Write the sum of adapters in files, each with its share, in no more than `MAX_RANK` ranks.

    Raises `ModelError` if one cannot be read.
    """
    adapters = [(share, read_adapter(file)) for share, file in shares]
    tensors = {}
    for name in adapters[0][1].changes:
        a = np.concatenate([adapter.changes[name][1].astype(np.float32) for _, adapter in adapters])
        parts = [share * adapter.changes[name][0].astype(np.float32) for share, adapter in adapters]
        b, a = shorten(np.concatenate(parts, axis=1), a)
        tensors[f"{name}.a"], tensors[f"{name}.b"] = a.astype(np.float16), b.astype(np.float16)
    save_file(tensors, path)


def shorten(b: Matrix, a: Matrix) -> tuple[Matrix, Matrix]:
    """Return the nearest product to B A that has no more than `MAX_RANK` ranks (Eckart and Young, 1936).

    B has shape (out, rank) and A (rank, in). The singular values are shared by both, so that the numbers
    stay within what float16 tells apart.
    """
    b_axes, b_rest = np.linalg.qr(b)
    a_axes, a_rest = np.linalg.qr(a.T)
    left, sizes, right = np.linalg.svd(b_rest @ a_rest.T)
    roots = np.sqrt(sizes[:MAX_RANK])
    kept = slice(len(roots))
    return b_axes @ (left[:, kept] * roots), (roots[:, None] * right[kept]) @ a_axes.T
