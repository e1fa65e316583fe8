"""Proper names in a question: where one stands nowhere in the documents, neither does what is asked of it."""

import re

from index.danish import MAX_WORD_CHARS, is_stop_word
from index.derived import SearchIndex
from qa.terms import unknown_degree

_WORD = re.compile(r"[^\W_]+")
_BEGINNING = re.compile(r"(?:^|[.!?:(»\"])\W*$")
"""What stands before the first word of a sentence, which has a capital whatever it is."""


def find_names(question: str) -> list[str]:
    """Return the words that a capital marks as names, in order; none where all is written in capitals."""
    if question.isupper():
        return []
    words = [word for word in _WORD.finditer(question) if not _BEGINNING.search(question[: word.start()])]
    return [word[0] for word in words if not word[0].islower() and word[0].lower() != word[0]]


def unknown_name(question: str, index: SearchIndex) -> float:
    """Return how unknown the least known name in `question` is, 0 to 1 (`qa.terms.unknown_degree`).

    A name that is nearly another of the library's words is taken for that one, misspelled.
    """
    folded = [name.casefold()[:MAX_WORD_CHARS] for name in find_names(question)]
    names = [name for name in folded if not is_stop_word(name) and not index.vocabulary.suggest(name)]
    return max((unknown_degree(name, index.lexical) for name in names), default=0.0)
