"""How likely it is that the first quote answers, from signals that mean the same in any library."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.background import Background
from qa.quotes import Found
from qa.terms import QueryTerms

REFUSE_BELOW = 0.33
"""A lower chance than this is a refusal."""

_BIAS, _PER_NEARNESS, _PER_AGREEMENT, _PER_UNKNOWN = -5.89, 0.63, 6.31, -1.9
"""Logistic regression over three libraries of different kinds; see docs/retrieval.md."""

_MAX_LOGIT = 30.0


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    `nearness` is how far the best sentence's cosine stands above this library's own background, in
    standard deviations of it; `agreement` is the best passage's score, 1 where every ranking signal puts
    it first; `unknown` is the share of the query's word weight that stands nowhere in the library.
    """

    nearness: float
    agreement: float
    unknown: float


def weigh_evidence(found: Sequence[Found], terms: QueryTerms, background: Background) -> Evidence:
    """Gather the evidence for an answer from `found`, the best passage first."""
    nearest = max((cosine for each in found for cosine in each.cosines), default=-1.0)
    agreement = found[0].hit.score if found else 0.0
    return Evidence(background.nearness(nearest), agreement, terms.unknown_share)


def confidence(evidence: Evidence) -> float:
    """Return the chance, 0 to 1, that the first quote answers (a logistic model)."""
    logit = (
        _BIAS
        + _PER_NEARNESS * evidence.nearness
        + _PER_AGREEMENT * min(1.0, evidence.agreement)
        + _PER_UNKNOWN * evidence.unknown
    )
    return 1 / (1 + math.exp(-max(-_MAX_LOGIT, min(_MAX_LOGIT, logit))))
