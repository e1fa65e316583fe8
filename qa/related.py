"""What a refusal shows: the nearest passages, each by its best sentence that has something to read."""

import re
from collections.abc import Sequence

from index.danish import stems
from qa.quotes import Quote, differ_in_negation

MAX_RELATED = 3
"""How many of the nearest passages are shown."""

_DOMAINS = ("dk", "com", "org", "net", "eu")
_ADDRESS = re.compile(rf"(?:https?://|www\.)\S+|\S+@\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:{'|'.join(_DOMAINS)})\b\S*")
_SIGNS_OF_ADDRESS = ("://", "www.", "@", *(f".{domain}" for domain in _DOMAINS))
_LONG_WORD = re.compile(r"[^\W\d_]{3,}")
_MIN_WORDS = 4
"""A sentence with fewer words of at least three letters, addresses left out, tells a reader nothing."""

_NEARLY_ALIKE = 0.8
"""Two sentences are nearly alike where this share of the shorter one's words stands in the other."""


def choose_related(ranked: Sequence[Quote]) -> tuple[Quote, ...]:
    """Return the best of these sentences, the nearest passage first, and one of each.

    None is without words to read, and no two are nearly alike.
    """
    chosen: list[Quote] = []
    passages: set[int] = set()
    for quote in sorted(ranked, key=lambda quote: -quote.found.hit.score):  # stable: the best of each first
        if quote.found.passage.id in passages or not _can_be_read(quote.text):
            continue
        passages.add(quote.found.passage.id)
        if not any(_are_nearly_alike(quote.text, other.text) for other in chosen):
            chosen.append(quote)
        if len(chosen) == MAX_RELATED:
            break
    return tuple(chosen)


def _can_be_read(text: str) -> bool:
    """Tell whether a sentence has something to read: an address, a number or a label alone has not."""
    if any(sign in text for sign in _SIGNS_OF_ADDRESS):  # to look for whole addresses takes far longer
        text = _ADDRESS.sub(" ", text)
    return len(_LONG_WORD.findall(text)) >= _MIN_WORDS


def _are_nearly_alike(one: str, other: str) -> bool:
    if differ_in_negation(one, other):
        return False
    first, second = set(stems(one)), set(stems(other))
    return len(first & second) >= _NEARLY_ALIKE * min(len(first), len(second))
