"""What is learned, and how several runs become one file."""

from pathlib import Path

import numpy as np
import pytest
import torch
from torch import nn

from index.adapter import read_adapter
from index.low_rank import MAX_RANK, SCALE, Encoder, LowRank, save_adapter, save_mean, shorten


def an_encoder(seed: int) -> Encoder:
    """An encoder with one changed matrix of 2 x 3, as after some training."""
    torch.manual_seed(seed)
    change = LowRank(nn.Linear(3, 2))
    nn.init.normal_(change.b)
    return Encoder(None, None, {"l4.q.w": change})


def product(encoder: Encoder) -> torch.Tensor:
    change = encoder.changes["l4.q.w"]
    return SCALE * change.b.detach() @ change.a.detach()


def test_a_change_is_nothing_before_it_is_trained() -> None:
    linear = nn.Linear(3, 2)

    assert torch.equal(LowRank(linear)(torch.ones(1, 3)), linear(torch.ones(1, 3)))


def test_the_file_holds_the_mean_of_the_runs(tmp_path: Path) -> None:
    encoders = [an_encoder(1), an_encoder(2)]
    save_adapter(encoders, tmp_path / "adapter.safetensors")

    b, a = read_adapter(tmp_path / "adapter.safetensors").changes["l4.q.w"]

    mean = (product(encoders[0]) + product(encoders[1])) / 2
    assert (b.astype("f4") @ a.astype("f4")).ravel() == pytest.approx(mean.ravel().numpy(), abs=0.02)


def test_files_that_were_written_before_have_their_shares_in_one(tmp_path: Path) -> None:
    encoders = [an_encoder(seed) for seed in (1, 2, 3)]
    together, alone, output = (tmp_path / f"{name}.safetensors" for name in ("together", "alone", "output"))
    save_adapter(encoders[:2], together)
    save_adapter(encoders[2:], alone)

    save_mean([(0.25, alone), (0.75, together)], output)

    b, a = read_adapter(output).changes["l4.q.w"]
    first_two = (product(encoders[0]) + product(encoders[1])) / 2
    expected = 0.75 * first_two + 0.25 * product(encoders[2])
    assert (b.astype("f4") @ a.astype("f4")).ravel() == pytest.approx(expected.ravel().numpy(), abs=0.02)


def test_a_sum_of_many_ranks_is_cut_to_the_largest_of_them() -> None:
    rng = np.random.default_rng(1)
    large = rng.normal(size=(2, 100, MAX_RANK)).astype(np.float32)
    small = 1e-3 * rng.normal(size=(2, 100, 30)).astype(np.float32)
    b, a = np.concatenate([large[0], small[0]], axis=1), np.concatenate([large[1], small[1]], axis=1).T
    shorter_b, shorter_a = shorten(b, a)
    assert (shorter_b.shape, shorter_a.shape) == ((100, MAX_RANK), (MAX_RANK, 100))
    assert shorter_b @ shorter_a == pytest.approx(b @ a, abs=1e-4)
    assert np.linalg.norm(shorter_b, axis=0) == pytest.approx(np.linalg.norm(shorter_a, axis=1), rel=1e-4)
