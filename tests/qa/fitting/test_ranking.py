"""Which weights put right passages first."""

import pytest
import torch

from qa.fitting.ranking import Ranked, fit_ranking, mrr_at_10, scaled_signals
from qa.types import Hit


def test_each_signal_is_scaled_between_its_lowest_and_highest_score() -> None:
    hits = [
        Hit(1, 0.9, {"passage": 0.8, "stems": 3.0}),
        Hit(2, 0.5, {"passage": 0.6}),
        Hit(3, 0.1, {"passage": 0.4, "stems": 1.0}),
    ]

    assert scaled_signals(hits, ["passage", "stems"]).tolist() == [
        [pytest.approx(1.0), 1.0],
        [pytest.approx(0.5), 0.0],
        [pytest.approx(0.0), 0.0],
    ]


def test_a_signal_of_one_passage_alone_scores_it_fully() -> None:
    assert scaled_signals([Hit(1, 0.9, {"stems": 3.0}), Hit(2, 0.5)], ["stems"]).tolist() == [[1.0], [0.0]]


def test_a_signal_that_points_at_right_passages_gets_the_weight_and_one_that_misleads_none() -> None:
    ranked = [Ranked(torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([True, False]))] * 3

    weights = fit_ranking([ranked])

    assert weights[0] > 1.0
    assert weights[1] == 0.0


def test_two_signals_that_say_the_same_share_their_weight() -> None:
    ranked = [Ranked(torch.tensor([[1.0, 1.0], [0.0, 0.0]]), torch.tensor([True, False]))]

    weights = fit_ranking([ranked])

    assert weights[0].item() == pytest.approx(weights[1].item(), abs=1e-4)


def test_the_reciprocal_rank_is_of_the_order_by_the_weights() -> None:
    first_signal_right = Ranked(torch.tensor([[1.0, 0.0], [0.0, 1.0]]), torch.tensor([True, False]))

    assert mrr_at_10([first_signal_right], torch.tensor([1.0, 0.5])) == 1.0
    assert mrr_at_10([first_signal_right], torch.tensor([0.5, 1.0])) == 0.5
