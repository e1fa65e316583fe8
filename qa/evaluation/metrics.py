"""How good a ranking or a refusal is. Pure functions over what was found and what was right.

`ranked` is what was found, best first and without repeats; `relevant` is what should have been found
and must not be empty. Every figure lies between 0 and 1. Definitions: Manning, Raghavan and Schütze,
"Introduction to Information Retrieval" (2008), chapter 8, unless a docstring says otherwise.
"""

from collections.abc import Collection, Hashable, Sequence
from math import log2


def hit_rate_at_k(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Return 1 when at least one of the first `k` is relevant, else 0 (also called success at k)."""
    return float(any(item in relevant for item in ranked[:k]))


def mrr_at_k(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Return 1 / rank of the first relevant among the first `k`, else 0.

    The mean over questions is the mean reciprocal rank (Voorhees, TREC-8 Question Answering, 1999).
    """
    return next((1 / rank for rank, item in enumerate(ranked[:k], 1) if item in relevant), 0.0)


def ndcg_at_k(ranked: Sequence[Hashable], relevant: Collection[Hashable], k: int) -> float:
    """Return the discounted gain of the first `k` over that of the best order, with gains of 0 and 1.

    DCG = sum of gain / log2(rank + 1) (Järvelin and Kekäläinen, ACM TOIS 20(4), 2002, in the form
    that BEIR and trec_eval use).
    """
    gained = sum(_discount(rank) for rank, item in enumerate(ranked[:k], 1) if item in relevant)
    return gained / sum(_discount(rank) for rank in range(1, min(len(relevant), k) + 1))


def auroc(positives: Sequence[float], negatives: Sequence[float]) -> float | None:
    """Return the chance that a positive scores above a negative, ties counting one half; None without both.

    That is the area under the ROC curve, by ranks: (R - p(p + 1) / 2) / (p n), where R is the sum of
    the positives' ranks (Hanley and McNeil, Radiology 143, 1982).
    """
    if not positives or not negatives:
        return None
    ranks = _mean_ranks([*positives, *negatives])
    p, n = len(positives), len(negatives)
    return (sum(ranks[:p]) - p * (p + 1) / 2) / (p * n)


def percentiles(values: Sequence[float]) -> dict[str, float]:
    """Return the median and the 95th percentile of what must not be empty."""
    return {"p50": percentile(values, 50), "p95": percentile(values, 95)}


def percentile(values: Sequence[float], percent: float) -> float:
    """Return the smallest of the values that `percent` of all lie at or below (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, -int(-len(ordered) * percent // 100) - 1)]


def mean(values: Sequence[float]) -> float | None:
    """Return the mean, or None where there is nothing to take it of."""
    return sum(values) / len(values) if values else None


def _discount(rank: int) -> float:
    return 1 / log2(rank + 1)


def _mean_ranks(values: Sequence[float]) -> list[float]:
    """Return the rank of each value from 1 (lowest); equal values share the mean of their ranks."""
    order = sorted(range(len(values)), key=values.__getitem__)
    ranks = [0.0] * len(values)
    first = 0
    while first < len(order):
        last = first
        while last + 1 < len(order) and values[order[last + 1]] == values[order[first]]:
            last += 1
        for place in order[first : last + 1]:
            ranks[place] = (first + last) / 2 + 1
        first = last + 1
    return ranks
