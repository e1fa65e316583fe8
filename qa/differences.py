"""Two documents that say different things of the same: both are shown, and that they differ.

Only what can be told for certain is said: two sentences from different documents in nearly the same words,
with different values of the kind that was asked for (dates, amounts, numbers, names).
"""

from collections.abc import Sequence

from index.danish import stems
from qa.expected import Expected
from qa.quotes import Quote

_SAME_SUBJECT = 0.6
"""The share of their other words that two sentences on the same matter have in common (Jaccard)."""


def find_difference(lead: Quote, others: Sequence[Quote], kinds: Sequence[Expected]) -> Quote | None:
    """Return the first of `others` that gives another value than `lead` for the same thing, or None."""
    own = _values(lead.text, kinds)
    if not own:
        return None
    for other in others:
        values = _values(other.text, kinds)
        if (
            other.document != lead.document
            and values
            and values.isdisjoint(own)
            and _same_matter(lead, other, kinds)
        ):
            return other
    return None


def newest_first(one: Quote, other: Quote) -> tuple[Quote, Quote]:
    """Return the two with the newer document first; one without a date counts as older."""
    newer = (other.found.passage.date or "") > (one.found.passage.date or "")
    return (other, one) if newer else (one, other)


def _values(text: str, kinds: Sequence[Expected]) -> frozenset[str]:
    """Return what stands in `text` of these kinds, written alike."""
    found = (match.group() for kind in kinds for match in kind.answered.finditer(text))
    return frozenset(" ".join(value.casefold().replace(".", " ").split()) for value in found)


def _same_matter(one: Quote, other: Quote, kinds: Sequence[Expected]) -> bool:
    first, second = _other_stems(one.text, kinds), _other_stems(other.text, kinds)
    return bool(first) and len(first & second) >= _SAME_SUBJECT * len(first | second)


def _other_stems(text: str, kinds: Sequence[Expected]) -> set[str]:
    """Return the stems of a sentence without its values."""
    for kind in kinds:
        text = kind.answered.sub(" ", text)
    return {stem for stem in stems(text) if not stem.isdigit()}
