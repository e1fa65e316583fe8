"""Decides whether what was found is what a question set calls right, whoever extracted the text.

Extractors differ in white space, hyphens and table separators, so texts are compared on lower-cased
letters and digits alone.
"""

from collections.abc import Collection, Sequence

from index.types import Span


def squash(text: str) -> str:
    """Return the lower-cased letters and digits of `text`, nothing else."""
    return _squash_with_places(text)[0]


def holds_quote(text: str, quote: str) -> bool:
    """Return whether `text` holds the quote, or an unbroken part of it at least half as long."""
    squashed = squash(text)
    return any(part in squashed for part in _halves(squash(quote)))


def quote_spans(text: str, quote: str) -> tuple[Span, ...]:
    """Return where the quote, or else its halves, stands in `text`: spans of code points, maybe none."""
    squashed, places = _squash_with_places(text)
    whole = squash(quote)
    starts = _occurrences(squashed, whole)
    length = len(whole)
    if not starts:
        halves = _halves(whole)
        length = len(halves[0]) if halves else 0
        starts = sorted({start for half in halves for start in _occurrences(squashed, half)})
    return tuple(Span(places[start], places[start + length - 1] + 1) for start in starts)


def overlaps(start: int, end: int, spans: Sequence[Span]) -> bool:
    """Return whether the half-open range shares a character with one of the spans."""
    return any(start < span.end and span.start < end for span in spans)


def holds_answer(quote: str, answers: Collection[str]) -> bool:
    """Return whether one of the answer strings stands in the quote, upper and lower case alike."""
    return any(answer.casefold() in quote.casefold() for answer in answers)


def _squash_with_places(text: str) -> tuple[str, list[int]]:
    """Return the squashed text and, for each of its characters, the place it came from."""
    pairs = [
        (lower, place)
        for place, character in enumerate(text)
        if character.isalnum()
        for lower in character.lower()
        if lower.isalnum()
    ]
    return "".join(lower for lower, _ in pairs), [place for _, place in pairs]


def _halves(whole: str) -> list[str]:
    """Return every unbroken part of half the length (rounded up)."""
    half = (len(whole) + 1) // 2
    return [whole[start : start + half] for start in range(len(whole) - half + 1)] if half else []


def _occurrences(text: str, part: str) -> list[int]:
    starts: list[int] = []
    start = text.find(part) if part else -1
    while start >= 0:
        starts.append(start)
        start = text.find(part, start + 1)
    return starts
