"""How much a query's words weigh in this library, and how much of that weight a text holds."""

import math
from dataclasses import dataclass

from index.danish import content_words, gram_terms, stem, stems
from index.lexical import LexicalField
from index.search_engine import LexicalSearch
from qa.light_words import is_light


@dataclass(frozen=True, slots=True)
class QueryTerms:
    """The stems of a query with their weights: rare ones weigh most, unknown ones as the rarest.

    `unknown` tells how unknown a stem is that stands nowhere: the share of its word's 5-grams that stand
    nowhere either, so that "digitalt" is nearly known where "digitale" stands, and "kamel" is not. Light
    words (`qa.light_words`) are never unknown.
    """

    weights: dict[str, float]
    unknown: dict[str, float]

    @property
    def unknown_share(self) -> float:
        """The share of the weight that stands nowhere in the library, 0 to 1."""
        total = sum(self.weights.values())
        missing = sum(self.weights[term] * degree for term, degree in self.unknown.items())
        return missing / total if total else 0.0

    def coverage(self, text: str) -> float:
        """Return the share of the weight whose stems stand in `text`, 0 to 1; 0 for a query without stems."""
        total = sum(self.weights.values())
        present = set(stems(text))
        return (
            sum(weight for term, weight in self.weights.items() if term in present) / total if total else 0.0
        )


def weigh_terms(query: str, lexical: LexicalSearch, passages: int) -> QueryTerms:
    """Weigh each stem of `query` by its inverse document frequency, ln(1 + (N - n + 0.5) / (n + 0.5)).

    N is the number of passages and n that of those with the stem (Robertson and Spärck Jones, as in BM25).
    """
    words = {stem(word): word for word in content_words(query)}
    frequencies = dict(zip(words, lexical.frequencies([*words]), strict=True))
    weights = {term: math.log(1 + (passages - n + 0.5) / (n + 0.5)) for term, n in frequencies.items()}
    missing = [term for term, n in frequencies.items() if n == 0 and not is_light(words[term])]
    unknown = {term: unknown_degree(words[term], lexical) for term in missing}
    return QueryTerms(weights, unknown)


def unknown_degree(word: str, lexical: LexicalSearch) -> float:
    """Return the share of a word's 5-grams that stand nowhere, 0 to 1; 0 where its stem stands somewhere.

    So that "KLs" is as known as "KL", whose genitive the stemmer does not know, a last s may be left out.
    """
    if any(lexical.frequencies([stem(word), stem(word.removesuffix("s"))])):
        return 0.0
    grams = lexical.frequencies(gram_terms(word), LexicalField.GRAMS)
    return grams.count(0) / len(grams)
