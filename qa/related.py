"""What a refusal shows: the nearest passages, each by its best sentence that has something to read."""

import re
from collections.abc import Sequence

from index.danish import stems
from qa.quotes import Found, Quote, differ_in_negation, rank_sentences
from qa.terms import QueryTerms

MAX_RELATED = 3
"""How many of the nearest passages are shown."""

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:dk|com|org|net|eu)\b\S*")
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_MIN_WORDS = 4
"""A sentence with fewer words of at least three letters, addresses left out, tells a reader nothing."""

_NEARLY_ALIKE = 0.8
"""Two sentences are nearly alike where this share of the shorter one's words stands in the other."""


def choose_related(found: Sequence[Found], terms: QueryTerms) -> tuple[Quote, ...]:
    """Return what is nearest, the best sentence of each passage: none without words, no two nearly alike."""
    chosen: list[Quote] = []
    for each in found:
        quote = next((q for q in rank_sentences([each], terms) if _can_be_read(q.text)), None)
        if quote and not any(_are_nearly_alike(quote.text, other.text) for other in chosen):
            chosen.append(quote)
        if len(chosen) == MAX_RELATED:
            break
    return tuple(chosen)


def _can_be_read(text: str) -> bool:
    """Tell whether a sentence has something to read: an address, a number or a label alone has not."""
    return len(_LONG_WORD.findall(_ADDRESS.sub(" ", text))) >= _MIN_WORDS


def _are_nearly_alike(one: str, other: str) -> bool:
    if differ_in_negation(one, other):
        return False
    first, second = set(stems(one)), set(stems(other))
    return len(first & second) >= _NEARLY_ALIKE * min(len(first), len(second))
