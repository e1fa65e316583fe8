"""The words of a library, and which of them a misspelled word was meant to be.

Peter Norvig's corrector (norvig.com/spell-correct.html) with one edit: a letter dropped, added, changed,
or two neighbours swapped; among the words that gives, the most frequent one.
"""

import json
from collections.abc import Mapping
from functools import lru_cache, partial
from pathlib import Path

import numpy as np

from index.term_numbers import Tokens

VOCABULARY_NAME = "vocabulary.json"
MIN_WORD_CHARS = 6
"""Shorter words have too many neighbours to guess among."""

_WORDS_KEPT = 32
"""A refusal asks for the words that its evidence asked for before."""

_LETTERS = "abcdefghijklmnopqrstuvwxyzæøåéü"


def count_words(tokens: Tokens) -> dict[str, int]:
    """Return how often each word stands in some texts."""
    return dict(zip(tokens.words, np.bincount(tokens.ids).tolist(), strict=True))


def build_vocabulary(directory: Path, counts: Mapping[str, int]) -> None:
    """Write how often each word stands in the library into `directory`; raises `OSError` if it cannot."""
    words = {word: count for word, count in counts.items() if not word.isdigit()}
    (directory / VOCABULARY_NAME).write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")


class Vocabulary:
    """The words that `build_vocabulary` wrote."""

    def __init__(self, directory: Path) -> None:
        """Read the words in `directory`."""
        counts: dict[str, int] = json.loads((directory / VOCABULARY_NAME).read_text(encoding="utf-8"))
        self._suggest = lru_cache(maxsize=_WORDS_KEPT)(partial(suggest, counts))

    def suggest(self, word: str) -> str | None:
        """Return the library's word that `word` most likely was meant to be, or None if none is near."""
        return self._suggest(word.casefold())


def suggest(counts: Mapping[str, int], word: str) -> str | None:
    """Return the most frequent of the words counted that `word`, in lower case, is one edit away from.

    None where it is counted itself, is short, or none is near.
    """
    if len(word) < MIN_WORD_CHARS or word in counts:
        return None
    near = counts.keys() & _one_edit_away(word)
    return max(near, key=lambda candidate: (counts[candidate], candidate), default=None)


def _one_edit_away(word: str) -> list[str]:
    """Return some hundred strings, some of them twice: not as a set, which takes twice as long."""
    splits = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    dropped = [left + right[1:] for left, right in splits[:-1]]
    swapped = [left + right[1] + right[0] + right[2:] for left, right in splits[:-2]]
    changed = [left + letter + right[1:] for left, right in splits[:-1] for letter in _LETTERS]
    added = [left + letter + right for left, right in splits for letter in _LETTERS]
    return dropped + swapped + changed + added
