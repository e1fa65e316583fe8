"""Which sentences of the passages found are quoted: the one that answers first, then what adds to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.danish import stems
from index.types import Span, StoredPassage
from qa.expected import Expected, holds_expected
from qa.terms import QueryTerms
from qa.types import Hit

MAX_QUOTES = 3
QUOTED_PASSAGES = 5
"""How many of the first passages a quote may come from."""

_NEARNESS_WEIGHT = 0.5
_COVERAGE_WEIGHT = 0.3
_EXPECTED_WEIGHT = 0.15
"""What a sentence's own signals weigh beside its passage's score; see docs/retrieval.md."""

_WORTH_SHOWING = 0.75
"""A further quote is shown if it scores at least this share of the first."""
_SAME_TEXT = 0.8
"""Two quotes that share this much of their words (Jaccard) say the same."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for a query: its hit, its sentences, and each sentence's cosine with the query."""

    hit: Hit
    passage: StoredPassage
    sentences: tuple[Span, ...]
    cosines: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence that may be quoted; `score` is higher for one that more likely answers."""

    found: Found
    span: Span
    text: str
    cosine: float
    score: float

    @property
    def document(self) -> str:
        """The path of the document that it stands in."""
        return self.found.passage.document


def rank_sentences(
    found: Sequence[Found], terms: QueryTerms, kinds: tuple[Expected, ...] = ()
) -> tuple[Quote, ...]:
    """Return every sentence of the first `QUOTED_PASSAGES` passages, the likeliest answer first.

    A sentence counts by its passage's score, its own nearness to the query, the query's words in it, and
    whether it holds an answer of the kinds asked for.
    """
    return tuple(sorted(_score(found[:QUOTED_PASSAGES], terms, kinds), key=lambda quote: -quote.score))


def choose_quotes(ranked: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return one to `MAX_QUOTES` of the ranked sentences, each adding something; none if there is none."""
    chosen: list[Quote] = []
    for quote in ranked:
        if len(chosen) == MAX_QUOTES or (chosen and quote.score < _WORTH_SHOWING * chosen[0].score):
            break
        if not any(_says_the_same(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    return tuple(chosen)


def best_sentence(found: Found, terms: QueryTerms) -> Quote:
    """Return the one sentence that stands for a passage."""
    return rank_sentences([found], terms)[0]


def _score(found: Sequence[Found], terms: QueryTerms, kinds: tuple[Expected, ...]) -> Iterator[Quote]:
    cosines = [cosine for each in found for cosine in each.cosines]
    lowest, highest = min(cosines, default=0.0), max(cosines, default=0.0)
    for each in found:
        for span, cosine in zip(each.sentences, each.cosines, strict=True):
            text = each.passage.text[span.start - each.passage.start : span.end - each.passage.start]
            nearness = (cosine - lowest) / (highest - lowest or 1.0)
            score = (
                each.hit.score
                + _NEARNESS_WEIGHT * nearness
                + _COVERAGE_WEIGHT * terms.coverage(text)
                + _EXPECTED_WEIGHT * holds_expected(text, kinds)
            )
            yield Quote(each, span, text, cosine, score)


def _says_the_same(one: str, other: str) -> bool:
    first, second = set(stems(one)), set(stems(other))
    return len(first & second) >= _SAME_TEXT * len(first | second)
