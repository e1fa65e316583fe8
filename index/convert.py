"""Write weights as a sentence-transformers folder: tensors as safetensors, tokenizer and settings as JSON.

Neither torch nor transformers is needed for it, so that a first start does not load them twice.
"""

import json
import math
import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.tokenizer import build_tokenizer, special_texts
from index.weights import DamagedWeights, Sizes, StoredTensor, Weights, zeros

CONVERSION_VERSION = 1
"""Raised whenever the same weights would become another folder."""

PROMPTS = {"query": "query: ", "document": "passage: "}
"""What stood before the texts when the model was trained (Wang et al. 2024, multilingual E5)."""

_DTYPES = {"float32": ("F32", 4), "bfloat16": ("BF16", 2)}
"""The number types that a folder can be written in: their names in safetensors, their bytes."""

_LAYER = {
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "aln": "attention.output.LayerNorm",
    "fi": "intermediate.dense",
    "fo": "output.dense",
    "oln": "output.LayerNorm",
}
"""Names inside one layer: in the weights file, and in a BERT model of transformers."""

_Place = tuple[str, str, tuple[int, ...]]
"""Name in the weights file, name in a BERT model, shape."""


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A tensor of the model to write: its values are made only when its turn comes."""

    name: str
    shape: tuple[int, ...]
    stored: StoredTensor


def write_model(weights: Weights, folder: Path, dtype: str) -> None:
    """Write the model into `folder`, an empty folder that exists. `dtype` is "float32" or "bfloat16".

    Raises `DamagedWeights` if a tensor is missing or has another size, `OSError` if the disk refuses.
    """
    _write_tensors(list(_tensors(weights)), folder / "model.safetensors", dtype)
    (folder / "tokenizer.json").write_text(build_tokenizer(weights.pieces).to_str(), encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    for name, settings in _settings(weights, dtype).items():
        (folder / name).write_text(json.dumps(settings, indent=1), encoding="utf-8")


def _tensors(weights: Weights) -> Iterator[_Tensor]:
    """Yield every tensor of the BERT model, found in the weights file and of the size it must have."""
    for source, name, shape in _layout(weights.sizes):
        stored = weights.tensors.get(source)
        if stored is None or stored.count != math.prod(shape):
            raise DamagedWeights(f"tensor {source!r} of shape {shape} is missing or of another size")
        yield _Tensor(name, shape, stored)
    hidden = weights.sizes.hidden
    for name, shape in (("pooler.dense.weight", (hidden, hidden)), ("pooler.dense.bias", (hidden,))):
        yield _Tensor(name, shape, zeros(math.prod(shape)))  # BERT has them, mean pooling never looks


def _layout(sizes: Sizes) -> Iterator[_Place]:
    hidden, wide = sizes.hidden, sizes.feed_forward
    yield "emb.word", "embeddings.word_embeddings.weight", (sizes.vocabulary, hidden)
    yield "emb.pos", "embeddings.position_embeddings.weight", (sizes.positions, hidden)
    yield "emb.type", "embeddings.token_type_embeddings.weight", (sizes.token_types, hidden)
    yield from _pair("emb.ln", "embeddings.LayerNorm", (hidden,))
    shapes = {"fi": (wide, hidden), "fo": (hidden, wide), "aln": (hidden,), "oln": (hidden,)}
    for layer in range(sizes.layers):
        for source, name in _LAYER.items():
            shape = shapes.get(source, (hidden, hidden))
            yield from _pair(f"l{layer}.{source}", f"encoder.layer.{layer}.{name}", shape)


def _pair(source: str, name: str, shape: tuple[int, ...]) -> tuple[_Place, _Place]:
    return (f"{source}.w", f"{name}.weight", shape), (f"{source}.b", f"{name}.bias", shape[:1])


def _write_tensors(tensors: Sequence[_Tensor], path: Path, dtype: str) -> None:
    """Write a safetensors file: u64 length, a JSON header of that length, then the tensors in its order."""
    header = json.dumps(_header(tensors, dtype)).encode()
    header += b" " * (-len(header) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(header)) + header)
        for tensor in tensors:
            for part in tensor.stored.parts():
                file.write(_as_stored(part, dtype))


def _header(tensors: Sequence[_Tensor], dtype: str) -> dict[str, object]:
    name_of_type, size = _DTYPES[dtype]
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    at = 0
    for tensor in tensors:
        end = at + size * tensor.stored.count
        header[tensor.name] = {"dtype": name_of_type, "shape": tensor.shape, "data_offsets": (at, end)}
        at = end
    return header


def _as_stored(values: NDArray[np.float32], dtype: str) -> bytes:
    """Return the bytes of `values`; bfloat16 is the upper half of a float32, rounded to nearest even."""
    if dtype == "float32":
        return values.tobytes()
    bits = values.view(np.uint32)
    bits = bits + (0x7FFF + ((bits >> 16) & 1))
    return (bits >> 16).astype("<u2").tobytes()


def _settings(weights: Weights, dtype: str) -> dict[str, dict[str, object] | list[dict[str, object]]]:
    """Return the JSON files of a sentence-transformers folder, by name."""
    modules = {
        "": "base.modules.transformer.Transformer",
        "1_Pooling": "sentence_transformer.modules.pooling.Pooling",
        "2_Normalize": "base.modules.normalize.Normalize",
    }
    return {
        "config.json": _bert_settings(weights, dtype),
        "tokenizer_config.json": {
            "tokenizer_class": "PreTrainedTokenizerFast",
            "model_max_length": weights.sizes.positions,
            **special_texts(weights.pieces),
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.{module}"}
            for i, (path, module) in enumerate(modules.items())
        ],
        "sentence_bert_config.json": {"max_seq_length": weights.sizes.positions, "do_lower_case": False},
        "config_sentence_transformers.json": {
            "model_type": "SentenceTransformer",
            "prompts": PROMPTS,
            "default_prompt_name": None,
            "similarity_fn_name": "cosine",
        },
        "1_Pooling/config.json": {
            "embedding_dimension": weights.sizes.hidden,
            "pooling_mode": "mean",
        },
    }


def _bert_settings(weights: Weights, dtype: str) -> dict[str, object]:
    sizes = weights.sizes
    return {
        "architectures": ["BertModel"],
        "model_type": "bert",
        "hidden_act": "gelu",
        "vocab_size": sizes.vocabulary,
        "hidden_size": sizes.hidden,
        "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads,
        "intermediate_size": sizes.feed_forward,
        "max_position_embeddings": sizes.positions,
        "type_vocab_size": sizes.token_types,
        "layer_norm_eps": weights.layer_norm_epsilon,
        "pad_token_id": weights.pieces.padding,
        "dtype": dtype,
    }
