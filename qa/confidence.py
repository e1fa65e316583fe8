"""How likely it is that the first quote answers, from signals that mean the same in any library."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from index.background import Background
from qa.quotes import Found, Quote
from qa.terms import QueryTerms

REFUSE_BELOW = 0.5


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for an answer.

    `nearness` is how far the best cosine stands above this library's own background, in standard
    deviations of it (`index.background`); `coverage` is the share of the query's word weight that the
    quoted passage holds, 0 to 1.
    """

    nearness: float
    coverage: float


_BIAS, _PER_NEARNESS, _PER_COVERAGE = -4.0, 0.6, 3.0


def confidence(evidence: Evidence) -> float:
    """Return the chance, 0 to 1, that the first quote answers (a logistic model, see docs/retrieval.md)."""
    logit = _BIAS + _PER_NEARNESS * evidence.nearness + _PER_COVERAGE * evidence.coverage
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


def weigh_evidence(
    found: Sequence[Found], quotes: Sequence[Quote], terms: QueryTerms, background: Background
) -> Evidence:
    """Gather what speaks for the first of `quotes` as an answer."""
    nearest = max((cosine for each in found for cosine in each.cosines), default=0.0)
    coverage = terms.coverage(quotes[0].found.passage.text) if quotes else 0.0
    return Evidence(background.nearness(nearest), coverage)
