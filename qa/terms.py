"""How much a query's words weigh in this library, and how much of that weight a text holds."""

import math
from dataclasses import dataclass

from index.danish import stems
from index.lexical import LexicalIndex


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The stems of a query with their weights: rare ones weigh most, unknown ones as the rarest."""

    weights: dict[str, float]
    unknown: frozenset[str]

    @property
    def unknown_share(self) -> float:
        """The share of the weight whose stems stand nowhere in the library, 0 to 1."""
        total = sum(self.weights.values())
        return sum(self.weights[term] for term in self.unknown) / total if total else 0.0

    def coverage(self, text: str) -> float:
        """Return the share of the weight whose stems stand in `text`, 0 to 1; 0 for a query without stems."""
        total = sum(self.weights.values())
        present = set(stems(text))
        return (
            sum(weight for term, weight in self.weights.items() if term in present) / total if total else 0.0
        )


def weigh_terms(query: str, lexical: LexicalIndex, passages: int) -> QueryTerms:
    """Weigh each stem of `query` by its inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)).

    N is the number of passages and n that of those with the stem (Robertson and Spärck Jones, as in BM25).
    """
    frequencies = {term: lexical.frequency(term) for term in stems(query)}
    weights = {term: math.log(1 + (passages - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}
    return QueryTerms(weights, frozenset(term for term, n in frequencies.items() if n == 0))
