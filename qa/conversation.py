"""Follow-ups: a question that leans on the one before it is searched for with that one's words.

A question that stands alone is never bent by what came before. What leans is told by how Danish points
back: an opening ("og hvornår …", "hvad med …"), a pronoun with nothing of its own to stand for, or no
words of meaning at all.
"""

import re
from collections.abc import Sequence

from index.danish import find_words, is_stop_word

_OPENING = re.compile(r"(?:og|men|også|eller|samt|hvad med|hvad så|hvad nu|hvordan med)\b", re.IGNORECASE)

_POINTER = re.compile(
    r"""\b(?:
        (?:det|den|de)(?!\ \w+e\b|\ \d|\ der\b|\ (?:\w+\ )?at\b)  # no article, cleft, or "er det sådan at"
        | dem | dens | deres | dette | denne | disse | han | hun | ham | hende | hans | hendes
        | dertil | derfra | derefter | deraf | derom | herefter | samme | sådan
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
"""A word that stands for something said before."""

_NAME_OR_NUMBER = re.compile(r"(?<=\S\s)[A-ZÆØÅ]\w+|\d")
"""Tells what a question is about by itself: a capital letter inside it, or a number."""

_MAX_OWN_WORDS = 3
_MAX_OWN_WORDS_AFTER_OPENING = 5
"""A question with more words of meaning than this says itself what it is about."""


def understand(question: str, previous: Sequence[str]) -> str | None:
    """Return what to search for in place of a follow-up, or None where `question` stands alone.

    `previous` are the questions before it, oldest first. The follow-up comes first, then in parentheses
    the words of meaning of the questions it leans on: back to the nearest one that stands alone.
    """
    if not previous or not is_followup(question):
        return None
    words = {word.casefold(): word for each in leaned_on(previous) for word in _own_words(each)}
    asked = {word.casefold() for word in _own_words(question)}
    context = " ".join(word for folded, word in words.items() if folded not in asked)
    return f"{question} ({context})" if context else None


def leaned_on(previous: Sequence[str]) -> Sequence[str]:
    """Return the last of the questions, from the nearest that stands alone on, oldest first."""
    start = len(previous) - 1
    while start > 0 and is_followup(previous[start]):
        start -= 1
    return previous[start:]


def is_followup(question: str) -> bool:
    """Tell whether a question leans on what was said before."""
    own = _own_words(question)
    if not own or _OPENING.match(question):
        return len(own) <= _MAX_OWN_WORDS_AFTER_OPENING
    leans = _POINTER.search(question) and not _NAME_OR_NUMBER.search(question)
    return bool(leans) and len(own) <= _MAX_OWN_WORDS


def _own_words(question: str) -> list[str]:
    """Return the words of a question that carry meaning of their own, as they are written."""
    return [word for word in re.findall(r"[^\W_]+(?:-[^\W_]+)*", question) if not _is_stop_word(word)]


def _is_stop_word(word: str) -> bool:
    return all(is_stop_word(part) for part in find_words(word))
