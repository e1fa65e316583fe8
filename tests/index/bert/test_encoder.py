import weakref
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest
import torch

from index.bert import encoder as encoder_module
from index.bert.encoder import BertEncoder, _read_tensors
from index.bert.linear import PackedLinear, PlainLinear, best_linear, native_dtype
from index.convert import write_model
from index.sentence_transformer import SentenceTransformerEmbedder
from index.weights import parse_weights
from tests.index.tiny_model import weights_file

TEXTS = [[0, 8, 5, 2], [0, 7, 6, 10, 11, 30, 2], [0, 2], [0, 4, 3, 2]]
WAYS = [
    PlainLinear,
    pytest.param(PackedLinear, marks=pytest.mark.skipif(best_linear() is PlainLinear, reason="no oneDNN")),
]


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """The tiny model, written in both number types."""
    made = {dtype: tmp_path_factory.mktemp(dtype) for dtype in ("float32", "bfloat16")}
    for dtype, folder in made.items():
        write_model(parse_weights(weights_file()), folder, dtype)
    return made


@pytest.fixture(scope="module")
def expected(folders):
    """What transformers and sentence-transformers make of the same folder, in float32, text by text."""
    model = SentenceTransformerEmbedder(folders["float32"], "", "", "float32")._model
    features = [
        {"input_ids": torch.tensor([ids]), "attention_mask": torch.ones(1, len(ids))} for ids in TEXTS
    ]
    with torch.inference_mode():
        return np.concatenate([model(each)["sentence_embedding"].numpy() for each in features])


@pytest.mark.parametrize("linear", WAYS)
def test_the_encoder_agrees_with_sentence_transformers(folders, expected, linear):
    encoded = BertEncoder(folders["float32"], linear=linear).encode(TEXTS)
    assert encoded.dtype == np.float32
    assert np.abs(encoded - expected).max() < 1e-5


@pytest.mark.parametrize("linear", WAYS)
def test_bfloat16_is_near_float32(folders, expected, linear):
    encoded = BertEncoder(folders["bfloat16"], linear=linear).encode(TEXTS)
    assert encoded.dtype == np.float32
    assert (encoded * expected).sum(axis=1).min() > 0.999


@pytest.mark.parametrize("linear", WAYS)
def test_padding_beside_a_longer_text_changes_nothing(folders, linear):
    encoder = BertEncoder(folders["float32"], linear=linear)
    alone = np.concatenate([encoder.encode([ids]) for ids in TEXTS])
    assert np.abs(encoder.encode(TEXTS) - alone).max() < 1e-6


def test_rows_have_length_one(folders):
    lengths = np.linalg.norm(BertEncoder(folders["bfloat16"]).encode(TEXTS), axis=1)
    assert np.abs(lengths - 1).max() < 1e-6


def test_the_sizes_are_those_of_the_model(folders):
    encoder = BertEncoder(folders["float32"])
    assert (encoder.dimensions, encoder.max_tokens) == (32, 24)


@pytest.mark.parametrize(
    ("capabilities", "dtype"),
    [
        ({"avx512_bf16": True}, "bfloat16"),
        ({"amx_bf16": True}, "bfloat16"),
        ({"avx2": True, "avx512_bf16": False}, "float32"),
        ({}, "float32"),
    ],
)
def test_bfloat16_is_chosen_where_the_processor_multiplies_it(monkeypatch, capabilities, dtype):
    monkeypatch.setattr(torch.cpu, "get_capabilities", lambda: capabilities)
    assert native_dtype() == dtype


@pytest.mark.skipif(best_linear() is PlainLinear, reason="no oneDNN")
def test_what_is_packed_or_copied_is_let_go(folders, monkeypatch):
    """The file's pages count as memory for as long as a tensor of their mapping lives."""
    read: dict[str, weakref.ref] = {}

    def watched(folder, *names):
        tensors = _read_tensors(folder, *names)
        read.update({name: weakref.ref(tensor) for name, tensor in tensors.items()})
        return tensors

    monkeypatch.setattr(encoder_module, "_read_tensors", watched)
    encoder = BertEncoder(folders["bfloat16"], linear=PackedLinear)
    assert {name for name, tensor in read.items() if tensor() is not None} == {encoder_module._WORDS}
    assert encoder.dimensions == 32


def test_a_second_encoder_uses_as_many_cores_as_the_first(folders, monkeypatch):
    used = []

    class Watched(ThreadPoolExecutor):
        def __init__(self, cores):
            used.append(cores)
            super().__init__(cores)

    monkeypatch.setattr(encoder_module, "ThreadPoolExecutor", Watched)
    BertEncoder(folders["float32"]).encode([[0, 2]])  # so little that torch is told of one thread
    BertEncoder(folders["float32"]).encode_batches([TEXTS, TEXTS])
    assert used == [encoder_module._THREADS]
