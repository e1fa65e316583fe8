"""How likely it is that the first quote answers, from signals that mean the same in any library."""

import math
from dataclasses import dataclass

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
