import numpy as np
import pytest
from safetensors.numpy import save_file

from index.adapter import ADAPTER_PATH, Adapter, merge_adapter, read_adapter
from index.errors import ModelError
from index.weights import DamagedWeights, Pieces, Sizes, StoredTensor, Weights

B = np.array([[1], [2]], np.float16)
A = np.array([[10, 20, 30]], np.float16)


def weights_with(**tensors: list[float]) -> Weights:
    stored = {
        name: StoredTensor(memoryview(np.array(values, "<f4").tobytes()), len(values), quantised=False)
        for name, values in tensors.items()
    }
    pieces = Pieces(("<s>", "</s>", "<pad>", "<unk>"), np.zeros(4, np.float32), 0, 1, 2, 3)
    return Weights(Sizes(3, 1, 1, 2, 4, 1, 1), 1e-12, pieces, stored)


def test_a_change_is_added_row_by_row():
    merged = merge_adapter(weights_with(w=[1, 1, 1, 0, 0, 0]), Adapter({"w": (B, A)}, ""))
    assert merged.tensors["w"].values().tolist() == [11, 21, 31, 20, 40, 60]


def test_a_tensor_without_a_change_and_the_given_weights_stay_as_they_are():
    weights = weights_with(w=[0] * 6, other=[7])
    merged = merge_adapter(weights, Adapter({"w": (B, A)}, ""))
    assert merged.tensors["other"] is weights.tensors["other"]
    assert weights.tensors["w"].values().tolist() == [0] * 6


@pytest.mark.parametrize(
    ("name", "b", "a"),
    [("unknown", B, A), ("w", B, A[:, :2]), ("w", B, np.vstack([A, A])), ("w", B, A[0])],
    ids=["no such tensor", "too narrow", "ranks differ", "not a matrix"],
)
def test_a_change_that_does_not_fit_is_refused(name, b, a):
    with pytest.raises(DamagedWeights, match="does not fit"):
        merge_adapter(weights_with(w=[0] * 6), Adapter({name: (b, a)}, ""))


def test_a_saved_change_is_read_with_the_hash_of_its_file(tmp_path):
    save_file({"w.a": A, "w.b": B}, tmp_path / "one")
    save_file({"w.a": A, "w.b": B + 1}, tmp_path / "two")
    one, two = read_adapter(tmp_path / "one"), read_adapter(tmp_path / "two")
    assert [part.tolist() for part in one.changes["w"]] == [B.tolist(), A.tolist()]
    assert one.sha256 != two.sha256


def test_a_missing_a_damaged_and_a_half_file_are_told_in_one_line(tmp_path):
    (tmp_path / "damaged").write_bytes(b"x" * 100)
    save_file({"w.a": A}, tmp_path / "half")
    for name in ("missing", "damaged", "half"):
        with pytest.raises(ModelError, match=f"{name}« mangler eller er beskadiget"):
            read_adapter(tmp_path / name)


def test_the_adapter_that_comes_along_is_small_and_changes_attention_only():
    adapter = read_adapter()
    assert ADAPTER_PATH.stat().st_size < 4_000_000
    assert {name.split(".")[1] for name in adapter.changes} == {"q", "k", "v", "ao"}
    assert {(b.shape, a.shape) for b, a in adapter.changes.values()} == {((384, 64), (64, 384))}
    assert all(np.isfinite(part).all() for change in adapter.changes.values() for part in change)
