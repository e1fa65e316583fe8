"""Proper names in a question: where one stands nowhere in the documents, neither does what is asked of it."""

import re
from collections.abc import Sequence
from itertools import pairwise

from index.danish import find_words, is_stop_word, stem
from index.derived import SearchIndex
from index.search_engine import LexicalSearch
from qa.terms import QueryTerms, unknown_degree

_WORD = re.compile(r"(?P<before>[\W_]*)(?P<word>[^\W_]+)")
_BEGINS_SENTENCE = re.compile(r'[.!?:(»"]')
_ENDING = re.compile(r"(?<=[A-ZÆØÅ]{2})(?:e?[nt]s?|er|ers|erne|ernes|s)$")
"""What is bent of a name in capitals: »SFOen«, »KLs«."""


def find_names(question: str) -> list[str]:
    """Return the words that a capital marks as names, in order, without endings after capitals.

    A word that begins a sentence has a capital whatever it is, and a letter alone is an initial. There are
    none where all is written in capitals.
    """
    if question.isupper():
        return []
    inside = [
        found["word"]
        for found in _WORD.finditer(question)
        if found.start() and not _BEGINS_SENTENCE.search(found["before"])
    ]
    return [_ENDING.sub("", word) for word in inside if len(word) > 1 and _has_capital(word)]


def unknown_name(question: str, terms: QueryTerms, index: SearchIndex) -> float:
    """Return how unknown the least known name in `question` is, 0 to 1 (`qa.terms.unknown_degree`).

    `terms` are those of the question. A name that is nearly another of the library's words is taken for that
    one, misspelled.
    """
    words = find_words(question)
    folded = {word for name in find_names(question) for word in find_words(name)}
    degrees = {name: _degree(name, terms, index.lexical) for name in folded if not is_stop_word(name)}
    unknown = (
        degree
        for name, degree in degrees.items()
        if degree
        and not index.vocabulary.suggest(name)
        and not _is_known_otherwise(name, words, index.lexical)
    )
    return max(unknown, default=0.0)


def _degree(name: str, terms: QueryTerms, lexical: LexicalSearch) -> float:
    """Return how unknown a name is, also where it is a light word, or no term without its ending."""
    term = stem(name)
    return terms.unknown[term] if term in terms.unknown else unknown_degree(name, lexical)


def _has_capital(word: str) -> bool:
    return not word.islower() and word.lower() != word


def _is_known_otherwise(name: str, words: Sequence[str], lexical: LexicalSearch) -> bool:
    """Tell whether a name stands there as one word with its neighbour, or as two neighbours.

    So »Mit ID« is known where "MitID" stands, »eBoks« where "e-Boks" does, and »HC« where "H.C." does.
    """
    joined = (stem(one + other) for one, other in pairwise(words) if name in (one, other))
    parted = (f"{stem(name[:place])}_{stem(name[place:])}" for place in range(1, len(name)))  # see stem_terms
    return any(lexical.frequencies([*joined, *parted]))
