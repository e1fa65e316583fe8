"""Follow-ups: a question that leans on the one before it is searched for together with it."""

from collections.abc import Sequence

from index.danish import STOP_WORDS, find_words

_OPENINGS = ("og ", "men ", "hvad med ", "hvad så ", "hvad nu ", "også ", "eller ")
"""How a Danish question that goes on from the one before it begins."""

_POINTERS = frozenset(
    """
    det den de dem dens deres dette denne disse der derfra dertil derefter deraf han hun ham hende hans hendes
    her herefter sådan samme
    """.split()
)
"""Words that point at something said before."""

_MAX_OWN_WORDS = 3
"""A question with more words of meaning than this stands alone, whatever it points at."""


def understand(question: str, previous: Sequence[str]) -> str | None:
    """Return the question to search for in place of a follow-up, or None where `question` stands alone.

    `previous` are the questions before it, oldest first. The answer is the nearest of them that stands
    alone, followed by the question itself.
    """
    if not previous or not is_followup(question):
        return None
    anchor = understand(previous[-1], previous[:-1]) or previous[-1]
    return f"{anchor} {question}"


def is_followup(question: str) -> bool:
    """Tell whether a question leans on what was said before."""
    own = own_words(question)
    if question.casefold().startswith(_OPENINGS):
        return len(own) <= _MAX_OWN_WORDS
    points = any(word in _POINTERS for word in find_words(question))
    return not own or (points and len(own) <= _MAX_OWN_WORDS)


def own_words(question: str) -> list[str]:
    """Return the words of a question that carry meaning of their own."""
    return [word for word in find_words(question) if word not in STOP_WORDS]
