"""Every figure worked out by hand, or against the definition by brute force."""

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa.evaluation.metrics import auroc, hit_rate_at_k, mean, mrr_at_k, ndcg_at_k, percentile, percentiles

RANKED = ["a", "b", "c", "d"]


def test_hit_rate_is_one_from_the_rank_of_the_first_relevant_on() -> None:
    assert [hit_rate_at_k(RANKED, {"c", "x"}, k) for k in (1, 2, 3, 10)] == [0, 0, 1, 1]


def test_mrr_is_one_over_the_first_relevant_rank() -> None:
    assert mrr_at_k(RANKED, {"c", "d"}, 10) == 1 / 3


def test_mrr_is_zero_past_the_cut() -> None:
    assert mrr_at_k(RANKED, {"c"}, 2) == 0


def test_ndcg_divides_the_discounted_gain_by_the_best_possible() -> None:
    # Found at ranks 2 and 4: 1/log2(3) + 1/log2(5). Three relevant at best: 1 + 1/log2(3) + 1/log2(4).
    expected = (1 / log2(3) + 1 / log2(5)) / (1 + 1 / log2(3) + 1 / 2)
    assert ndcg_at_k(RANKED, {"b", "d", "x"}, 10) == pytest.approx(expected)


def test_ndcg_is_one_when_the_first_k_are_all_relevant() -> None:
    assert ndcg_at_k(RANKED, {"a", "b", "c"}, 2) == 1


@pytest.mark.parametrize("figure", [hit_rate_at_k, mrr_at_k, ndcg_at_k])
def test_nothing_found_is_zero(figure: object) -> None:
    assert callable(figure)
    assert figure([], {"a"}, 10) == 0


def test_auroc_counts_pairs_in_the_right_order() -> None:
    # Pairs: .9 beats .5 and .1; .5 ties with .5 and beats .1; .2 loses to .5 and beats .1: 4.5 of 6.
    assert auroc([0.9, 0.5, 0.2], [0.5, 0.1]) == pytest.approx(4.5 / 6)


def test_auroc_needs_both_kinds() -> None:
    assert auroc([], [1.0]) is None
    assert auroc([1.0], []) is None


@given(st.lists(st.integers(0, 5), min_size=1), st.lists(st.integers(0, 5), min_size=1))
def test_auroc_equals_its_definition_over_all_pairs(positives: list[int], negatives: list[int]) -> None:
    pairs = [(p > n) + (p == n) / 2 for p in positives for n in negatives]
    assert auroc(positives, negatives) == pytest.approx(sum(pairs) / len(pairs))


def test_percentile_is_a_value_that_was_measured() -> None:
    values = [40.0, 10.0, 30.0, 20.0]
    assert [percentile(values, p) for p in (0, 25, 50, 51, 95, 100)] == [10, 10, 20, 30, 40, 40]


def test_percentiles_are_the_median_and_the_95th() -> None:
    assert percentiles([float(n) for n in range(101)]) == {"p50": 50.0, "p95": 95.0}


def test_mean_of_nothing_is_unknown() -> None:
    assert mean([1.0, 0.0, 0.5]) == 0.5
    assert mean([]) is None
