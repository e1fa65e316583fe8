import json
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors import safe_open

from index.convert import write_model
from index.weights import DamagedWeights, parse_weights
from tests.index.tiny_model import weights_file

WEIGHTS = parse_weights(weights_file())
QUERY = "encoder.layer.1.attention.self.query.weight"


def bits(path: Path) -> np.ndarray:
    with safe_open(path / "model.safetensors", "pt") as file:
        return file.get_tensor(QUERY).view(torch.int16).numpy().view(np.uint16)


@pytest.mark.parametrize("dtype", ["float32", "bfloat16"])
def test_the_tensors_are_written_row_by_row_in_the_number_type(tmp_path, dtype):
    write_model(WEIGHTS, tmp_path, dtype)
    with safe_open(tmp_path / "model.safetensors", "pt") as file:
        written = file.get_tensor(QUERY)
        assert file.get_tensor("pooler.dense.bias").tolist() == [0.0] * 32
        assert file.get_slice("encoder.layer.0.intermediate.dense.weight").get_shape() == [64, 32]
    assert str(written.dtype) == f"torch.{dtype}"
    exact = WEIGHTS.tensors["l1.q.w"].values().reshape(32, 32)
    assert np.abs(written.float().numpy() - exact).max() <= (0 if dtype == "float32" else 2**-9)


def test_bfloat16_is_rounded_to_nearest_even(tmp_path):
    write_model(WEIGHTS, tmp_path, "bfloat16")
    exact = torch.from_numpy(WEIGHTS.tensors["l1.q.w"].values().reshape(32, 32))
    assert np.array_equal(bits(tmp_path), exact.bfloat16().view(torch.int16).numpy().view(np.uint16))


def test_the_settings_say_what_the_weights_file_says(tmp_path):
    write_model(WEIGHTS, tmp_path, "bfloat16")
    bert = json.loads((tmp_path / "config.json").read_text())
    assert (bert["hidden_size"], bert["num_hidden_layers"], bert["num_attention_heads"]) == (32, 2, 2)
    assert (bert["layer_norm_eps"], bert["pad_token_id"], bert["dtype"]) == (2.0**-40, 1, "bfloat16")
    own = json.loads((tmp_path / "config_sentence_transformers.json").read_text())
    assert own["prompts"] == {"query": "query: ", "document": "passage: "}


def test_a_missing_tensor_is_damage(tmp_path):
    with pytest.raises(DamagedWeights, match=r"l1\.fo\.b"):
        write_model(parse_weights(weights_file(leave_out="l1.fo.b")), tmp_path, "float32")
