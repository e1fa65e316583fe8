"""Which sentences of the passages found are quoted: the one that answers first, then what adds to it."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Self

from index.danish import find_words, stems
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

_WORTH_SHOWING = 0.65
"""A further quote is shown if it scores at least this share of the first."""

_SAME_TEXT = 0.8
"""Two quotes that share this much of their words (Jaccard) say the same."""

MAX_SENTENCES = 3
"""A quote has no more sentences than this, and so many only where they are short, as in a list."""

_MAX_OF_ONE_DOCUMENT = 2
_MAX_QUOTE_CHARS, _MAX_CHARS_OF_THREE = 500, 300
_NEGATIONS = frozenset(("ikke", "ej", "aldrig", "ingen", "intet", "uden", "undtagen"))
"""Two texts that differ in one of these say opposite things in nearly the same words."""

_SHORT_CHARS = 40
"""A shorter sentence seldom says anything alone."""

_POINTS_BACK = re.compile(
    r"(?:det|dette|denne|disse|de|den|han|hun|der|her|derfor|dermed|derefter|herefter|hertil|men|og|så"
    r"|sådan|sådanne|samme|desuden|dog|ellers|også|i så fald|hvis ikke)\b",
    re.IGNORECASE,
)
"""How a sentence begins that is only understood with the one before it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A passage found for a query: its hit, and its sentences, each with a cosine in the hit, once needed.

    `copies` are the documents in which the same text was found, where it stands for several.
    """

    hit: Hit
    passage: StoredPassage
    sentences: tuple[Span, ...] = ()
    copies: frozenset[str] = frozenset()

    @property
    def documents(self) -> frozenset[str]:
        """The documents in which its text was found."""
        return self.copies or frozenset((self.passage.document,))


@dataclass(frozen=True, slots=True)
class Quote:
    """Sentences `first` to `last` of a passage, word for word; a higher `score` more likely answers."""

    found: Found
    first: int
    last: int
    score: float

    @property
    def span(self) -> Span:
        """Where it stands in the document's text."""
        return Span(self.found.sentences[self.first].start, self.found.sentences[self.last].end)

    @property
    def text(self) -> str:
        """Its words."""
        start = self.found.passage.start
        return self.found.passage.text[self.span.start - start : self.span.end - start]

    @property
    def document(self) -> str:
        """The path of the document that it stands in."""
        return self.found.passage.document

    @property
    def sentences(self) -> "tuple[Quote, ...]":
        """Each of its sentences by itself."""
        return tuple(replace(self, first=place, last=place) for place in range(self.first, self.last + 1))

    def overlaps(self, other: "Quote") -> bool:
        """Tell whether some sentence stands in both."""
        return self.found is other.found and self.first <= other.last and other.first <= self.last

    def widened(self, first: int, last: int) -> "Quote | None":
        """Return the quote with the sentences `first` to `last` too, or None if that is too much."""
        first, last = min(first, self.first), max(last, self.last)
        count = last - first + 1
        if first < 0 or last >= len(self.found.sentences) or count > MAX_SENTENCES:
            return None
        wider = replace(self, first=first, last=last)
        most = _MAX_CHARS_OF_THREE if count == MAX_SENTENCES else _MAX_QUOTE_CHARS
        return wider if len(wider.text) <= most else None


def rank_sentences(
    found: Sequence[Found], terms: QueryTerms, kinds: tuple[Expected, ...] = ()
) -> tuple[Quote, ...]:
    """Return every sentence of `found`, the likeliest answer first.

    A sentence counts by its passage's score, its own nearness to the query, the query's words in it, and
    whether it holds an answer of the kinds asked for.
    """
    return tuple(sorted(_score(found, terms, kinds), key=lambda quote: -quote.score))


def _first_of_another_document(found: Sequence[Found]) -> Found | None:
    """Return the best passage of another document than the first one's, if there is any."""
    return next((each for each in found if each.passage.document != found[0].passage.document), None)


def choose_passages(found: Sequence[Found]) -> Sequence[Found]:
    """Return those that are quoted from: the first few, but not all of one document if there are others.

    A document that repeats a question's words in every paragraph would else be the whole answer.
    """
    first, another = found[:QUOTED_PASSAGES], _first_of_another_document(found)
    return first if another is None or another in first else [*first, another]


def choose_quotes(ranked: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return one to `MAX_QUOTES` quotes, the likeliest answer first; none if nothing is ranked.

    Neighbouring sentences become one quote, a sentence that is not understood alone gets its neighbour,
    and a quote that says what another says is left out. Where several documents answer, one of them gives
    no more than `_MAX_OF_ONE_DOCUMENT`.
    """
    worth_showing = [quote for quote in ranked if quote.score >= _WORTH_SHOWING * ranked[0].score]
    alone = len({quote.document for quote in worth_showing}) == 1
    most = MAX_QUOTES if alone else _MAX_OF_ONE_DOCUMENT
    chosen: list[Quote] = []
    said = cache(_Said.in_text)  # of this answer alone: a text is compared with each that is chosen
    for quote in worth_showing:
        if _joins_a_chosen(quote, chosen) or len(chosen) == MAX_QUOTES:
            continue
        if sum(other.document == quote.document for other in chosen) == most:
            continue
        before = (said(each.text) for other in chosen for each in other.sentences)
        if not any(map(said(quote.text).is_the_same_as, before)):
            whole = _with_what_it_needs(quote)
            chosen.append(quote if any(map(whole.overlaps, chosen)) else whole)
    return tuple(chosen)


def _joins_a_chosen(quote: Quote, chosen: list[Quote]) -> bool:
    """Widen the chosen quote that `quote` continues or lies in, if there is one."""
    if any(map(quote.overlaps, chosen)):
        return True
    for place, other in enumerate(chosen):
        beside = other.found is quote.found and quote.first in (other.first - 1, other.last + 1)
        wider = other.widened(quote.first, quote.last) if beside else None
        if wider:
            chosen[place] = wider
            return True
    return False


def _with_what_it_needs(quote: Quote) -> Quote:
    """Add the sentence before one that points back, or the one after a line that announces or is short."""
    text = quote.text
    if _POINTS_BACK.match(text):
        return quote.widened(quote.first - 1, quote.last) or quote
    if text.endswith(":") or len(text) < _SHORT_CHARS:
        return quote.widened(quote.first, quote.last + 1) or quote
    return quote


def _score(found: Sequence[Found], terms: QueryTerms, kinds: tuple[Expected, ...]) -> Iterator[Quote]:
    cosines = [cosine for each in found for cosine in each.hit.cosines]
    lowest, highest = min(cosines, default=0.0), max(cosines, default=0.0)
    for each in found:
        for place, (span, cosine) in enumerate(zip(each.sentences, each.hit.cosines, strict=True)):
            text = each.passage.text[span.start - each.passage.start : span.end - each.passage.start]
            nearness = (cosine - lowest) / (highest - lowest or 1.0)
            score = (
                each.hit.score
                + _NEARNESS_WEIGHT * nearness
                + _COVERAGE_WEIGHT * terms.coverage(text)
                + _EXPECTED_WEIGHT * holds_expected(text, kinds)
            )
            yield Quote(each, place, place, score)


def differ_in_negation(one: str, other: str) -> bool:
    """Tell whether two texts may say opposite things in nearly the same words."""
    return _negations(one) != _negations(other)


def _negations(text: str) -> frozenset[str]:
    return _NEGATIONS.intersection(find_words(text))


@dataclass(frozen=True, slots=True)
class _Said:
    """What a text says, as far as two texts are compared."""

    negations: frozenset[str]
    stems: frozenset[str]

    @classmethod
    def in_text(cls, text: str) -> Self:
        return cls(_negations(text), frozenset(stems(text)))

    def is_the_same_as(self, other: Self) -> bool:
        shared, all_stems = self.stems & other.stems, self.stems | other.stems
        return self.negations == other.negations and len(shared) >= _SAME_TEXT * len(all_stems)
