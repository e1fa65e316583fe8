"""The weights of the ranking signals that put right passages first.

The softmax over a question's candidates is made as likely as can be to fall on a right one (the top-one
likelihood of ListNet: Cao et al., ICML 2007). Every set counts alike, however many questions it has.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from qa.evaluation.metrics import mrr_at_k
from qa.fitting.minimising import minimise
from qa.fitting.sets import OpenSet
from qa.types import Hit

_SHARPNESS = 4.0
"""How far a whole signal's difference moves the softmax: about what makes the weights come out near 1."""

_SHRINKING = 1e-3
"""What the squares of the weights cost, so that two signals that say the same share their weight."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question's candidates: the scaled signals, shape (candidates, signals), and which are right."""

    signals: Tensor
    right: Tensor


def read_ranked(opened: OpenSet, names: Sequence[str]) -> list[Ranked]:
    """Return the candidates of every question that one of them answers, with the signals `names`."""
    found = map(opened.rank, opened.answerable)
    return [Ranked(scaled_signals(hits, names), torch.tensor(right)) for hits, right in found if any(right)]


def scaled_signals(hits: Sequence[Hit], names: Sequence[str]) -> Tensor:
    """Return each signal scaled as `retrieve` does, shape (hits, signals); `hits` must be all candidates."""
    return torch.stack([_scaled([hit.signals.get(name) for hit in hits]) for name in names], dim=1)


def _scaled(scores: Sequence[float | None]) -> Tensor:
    known = [score for score in scores if score is not None]
    lowest, highest = min(known, default=0.0), max(known, default=0.0)
    width = highest - lowest
    return torch.tensor(
        [0.0 if score is None else (score - lowest) / width if width else 1.0 for score in scores]
    )


def fit_ranking(sets: Sequence[Sequence[Ranked]]) -> Tensor:
    """Return the weight of each signal, shape (signals,), none below 0."""
    weights = torch.full((sets[0][0].signals.shape[1],), 0.5, requires_grad=True)

    def loss() -> Tensor:
        missed = [torch.stack([_surprise(each, weights) for each in ranked]).mean() for ranked in sets]
        return torch.stack(missed).sum() + _SHRINKING * weights.square().sum()

    return minimise(loss, weights).clamp(min=0)


def _surprise(ranked: Ranked, weights: Tensor) -> Tensor:
    """Return minus the logarithm of the chance that the softmax falls on a right candidate."""
    logits = _SHARPNESS * (ranked.signals @ weights.clamp(min=0))
    return logits.logsumexp(0) - logits[ranked.right].logsumexp(0)


def mrr_at_10(ranked: Sequence[Ranked], weights: Tensor) -> float:
    """Return the MRR@10 by these weights over the questions that a candidate answers."""
    reciprocals = []
    for each in ranked:
        order = (each.signals @ weights).argsort(descending=True, stable=True).tolist()
        reciprocals.append(mrr_at_k(order, set(each.right.nonzero().flatten().tolist()), 10))
    return sum(reciprocals) / len(reciprocals)
