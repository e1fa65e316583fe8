"""Write weights as a sentence-transformers folder: tensors as safetensors, tokenizer and settings as JSON.

Neither torch nor transformers is needed for it, so that a first start does not load them twice.
"""

import json
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from index.weights import DamagedWeights, Pieces, Sizes, Weights

CONVERSION_VERSION = 1
"""Raised whenever the same weights would become another folder."""

MAX_TOKENS = 512
"""Positions that the model was trained with; a longer text is cut."""

PROMPTS = {"query": "query: ", "document": "passage: "}
"""What stood before the texts when the model was trained (Wang et al. 2024, multilingual E5)."""

DTYPES = {"float32": "F32", "bfloat16": "BF16"}
"""The number types that a folder can be written in, with their names in safetensors."""

_MASK = "<mask>"

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

_ZEROS = "zeros"
"""Source of the tensors that BERT expects and mean pooling never uses."""

_CONTROL = "[\u0000-\u0008\u000b\u000e-\u001f\u007f\u008f\u009f]"
_BLANK = "[\\s\u200b-\u200f\u2028\u2029\u2581\ufeff\ufffd]+"
_SOFT_HYPHEN = "\u00ad"
"""The normalisation that the vocabulary was trained with drops control characters and turns invisible
ones into blanks; soft hyphens, common in Danish web pages and PDF files, are dropped too, so that the
word is read whole."""


@dataclass(frozen=True, slots=True)
class _Tensor:
    """A tensor of the model to write: its values are made only when its turn comes."""

    source: str
    name: str
    shape: tuple[int, ...]


def write_model(weights: Weights, folder: Path, dtype: str) -> None:
    """Write the model into `folder`, an empty folder that exists. `dtype` is a key of `DTYPES`.

    Raises `DamagedWeights` if a tensor is missing or has another size, `OSError` if the disk refuses.
    """
    _write_tensors(weights, folder / "model.safetensors", dtype)
    (folder / "tokenizer.json").write_text(build_tokenizer(weights.pieces).to_str(), encoding="utf-8")
    (folder / "1_Pooling").mkdir()
    for name, settings in _settings(weights, dtype).items():
        (folder / name).write_text(json.dumps(settings, indent=1), encoding="utf-8")


def build_tokenizer(pieces: Pieces) -> Tokenizer:
    """Build the tokenizer: unigram pieces over normalised text, ``<s> … </s>`` around it."""
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    vocabulary = list(zip(pieces.texts, pieces.scores.tolist(), strict=True))
    tokenizer = Tokenizer(models.Unigram(vocabulary, unk_id=pieces.unknown, byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [
            normalizers.Replace(Regex(f"{_CONTROL}|{_SOFT_HYPHEN}"), ""),
            normalizers.NFKC(),
            normalizers.Replace(Regex(_BLANK), " "),
            normalizers.Strip(),
        ]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always", split=True)
    tokenizer.decoder = decoders.Metaspace(replacement="▁", prepend_scheme="always")
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{begin} $A {end}",
        pair=f"{begin} $A {end} {end} $B {end}",
        special_tokens=[(begin, pieces.begin), (end, pieces.end)],
    )
    tokenizer.add_special_tokens(
        [AddedToken(text, normalized=False) for text in _special_texts(pieces).values()]
    )
    return tokenizer


def _special_texts(pieces: Pieces) -> dict[str, str]:
    begin, end = pieces.texts[pieces.begin], pieces.texts[pieces.end]
    padding, unknown = pieces.texts[pieces.padding], pieces.texts[pieces.unknown]
    tokens = {
        "bos": begin,
        "eos": end,
        "cls": begin,
        "sep": end,
        "pad": padding,
        "unk": unknown,
        "mask": _MASK,
    }
    return {f"{role}_token": text for role, text in tokens.items()}


def _tensors(sizes: Sizes) -> Iterator[_Tensor]:
    """List every tensor of the BERT model with its place in the weights file."""
    hidden, wide = sizes.hidden, sizes.feed_forward
    yield _Tensor("emb.word", "embeddings.word_embeddings.weight", (sizes.vocabulary, hidden))
    yield _Tensor("emb.pos", "embeddings.position_embeddings.weight", (sizes.positions, hidden))
    yield _Tensor("emb.type", "embeddings.token_type_embeddings.weight", (sizes.token_types, hidden))
    yield from _pair("emb.ln", "embeddings.LayerNorm", (hidden,))
    shapes = {"fi": (wide, hidden), "fo": (hidden, wide), "aln": (hidden,), "oln": (hidden,)}
    for layer in range(sizes.layers):
        for source, name in _LAYER.items():
            shape = shapes.get(source, (hidden, hidden))
            yield from _pair(f"l{layer}.{source}", f"encoder.layer.{layer}.{name}", shape)
    yield from _pair(_ZEROS, "pooler.dense", (hidden, hidden))


def _pair(source: str, name: str, shape: tuple[int, ...]) -> tuple[_Tensor, _Tensor]:
    return _Tensor(f"{source}.w", f"{name}.weight", shape), _Tensor(f"{source}.b", f"{name}.bias", shape[:1])


def _write_tensors(weights: Weights, path: Path, dtype: str) -> None:
    """Write a safetensors file: u64 length, a JSON header of that length, then the tensors in its order."""
    itemsize = 2 if dtype == "bfloat16" else 4
    header: dict[str, object] = {"__metadata__": {"format": "pt"}}
    at = 0
    tensors = list(_tensors(weights.sizes))
    for tensor in tensors:
        end = at + itemsize * int(np.prod(tensor.shape))
        header[tensor.name] = {"dtype": DTYPES[dtype], "shape": tensor.shape, "data_offsets": (at, end)}
        at = end
    encoded = json.dumps(header).encode()
    encoded += b" " * (-len(encoded) % 8)
    with path.open("wb") as file:
        file.write(struct.pack("<Q", len(encoded)) + encoded)
        for tensor in tensors:
            file.write(_as_stored(_values(weights, tensor), dtype))


def _values(weights: Weights, tensor: _Tensor) -> NDArray[np.float32]:
    if tensor.source.startswith(_ZEROS):
        return np.zeros(tensor.shape, np.float32)
    stored = weights.tensors.get(tensor.source)
    if stored is None or stored.count != np.prod(tensor.shape):
        raise DamagedWeights(
            f"tensor {tensor.source!r} of shape {tensor.shape} is missing or of another size"
        )
    return stored.values()


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
            "model_max_length": MAX_TOKENS,
            **_special_texts(weights.pieces),
        },
        "modules.json": [
            {"idx": i, "name": str(i), "path": path, "type": f"sentence_transformers.{module}"}
            for i, (path, module) in enumerate(modules.items())
        ],
        "sentence_bert_config.json": {"max_seq_length": MAX_TOKENS, "do_lower_case": False},
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
