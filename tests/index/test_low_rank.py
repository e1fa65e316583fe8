"""What is learned, and how several runs become one file."""

from pathlib import Path

import pytest
import torch
from torch import nn

from index.adapter import read_adapter
from index.low_rank import SCALE, Encoder, LowRank, save_adapter, save_mean


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
