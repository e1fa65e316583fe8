"""Which sentences of the passages found are quoted: the one that answers first, then what adds to it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.danish import stems
from index.types import Span, StoredPassage
from qa.terms import QueryTerms
from qa.types import Hit

MAX_QUOTES = 3
QUOTED_PASSAGES = 5
"""How many of the first passages a quote may come from."""

_SENTENCE_WEIGHT = 1.0
_COVERAGE_WEIGHT = 0.4
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


def choose_quotes(found: Sequence[Found], terms: QueryTerms) -> tuple[Quote, ...]:
    """Return one to `MAX_QUOTES` quotes, the likeliest answer first; none if nothing was found."""
    ranked = sorted(_score_all(found[:QUOTED_PASSAGES], terms), key=lambda quote: -quote.score)
    chosen: list[Quote] = []
    for quote in ranked:
        if len(chosen) == MAX_QUOTES or (chosen and quote.score < _WORTH_SHOWING * chosen[0].score):
            break
        if not any(_says_the_same(quote.text, other.text) for other in chosen):
            chosen.append(quote)
    return tuple(chosen)


def best_sentence(found: Found, terms: QueryTerms) -> Quote:
    """Return the one sentence that stands for a passage."""
    return max(_score_all([found], terms), key=lambda quote: quote.score)


def _score_all(found: Sequence[Found], terms: QueryTerms) -> Iterator[Quote]:
    """Score every sentence by its passage, its own nearness and the query's words in it, each 0 to 1."""
    cosines = [cosine for each in found for cosine in each.cosines]
    lowest, width = min(cosines, default=0.0), (max(cosines, default=0.0) - min(cosines, default=0.0)) or 1.0
    for each in found:
        for span, cosine in zip(each.sentences, each.cosines, strict=True):
            text = each.passage.text[span.start - each.passage.start : span.end - each.passage.start]
            nearness = (cosine - lowest) / width
            score = each.hit.score + _SENTENCE_WEIGHT * nearness + _COVERAGE_WEIGHT * terms.coverage(text)
            yield Quote(each, span, text, cosine, score)


def _says_the_same(one: str, other: str) -> bool:
    first, second = set(stems(one)), set(stems(other))
    return len(first & second) >= _SAME_TEXT * len(first | second)
