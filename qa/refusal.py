"""What a refusal says: how much was searched, which words stand nowhere, and what was maybe meant."""

import re
from itertools import islice

from index.danish import MAX_WORD_CHARS, is_stop_word, stem
from qa.find import State
from qa.language import seems_foreign
from qa.light_words import is_light
from qa.terms import QueryTerms
from qa.wording import answers as wording
from qa.wording.danish import counted, grouped, listed

_MAX_WORDS = 3
_NOWHERE = 0.5
"""A word with this share of its letters unknown is said to stand nowhere, in no form."""


def refusal_text(query: str, terms: QueryTerms, state: State) -> str:
    """Return the Danish sentences of a refusal; `terms` are those of `query`."""
    sentences = [wording.REFUSAL.format(documents=_searched(state))]
    if seems_foreign(query):
        return " ".join((*sentences, wording.NOT_DANISH))
    degrees = _unknown_words(query, terms)
    nowhere = [word for word, degree in degrees.items() if degree > _NOWHERE][:_MAX_WORDS]
    if nowhere:
        form = wording.UNKNOWN_WORD if len(nowhere) == 1 else wording.UNKNOWN_WORDS
        sentences.append(form.format(_quoted(nowhere)))
    suggestions = [*islice(filter(None, map(state.index.vocabulary.suggest, degrees)), _MAX_WORDS)]
    if suggestions:
        sentences.append(wording.DID_YOU_MEAN.format(_quoted(suggestions)))
    return " ".join(sentences)


def _searched(state: State) -> str:
    """Return what was searched, in words."""
    if state.scope is None:
        return counted(state.index.documents, "dokument", "dokumenter")
    chosen = state.scope.searched.documents
    return wording.CHOSEN_DOCUMENT if chosen == 1 else wording.CHOSEN_DOCUMENTS.format(grouped(chosen))


def _unknown_words(query: str, terms: QueryTerms) -> dict[str, float]:
    """Return the words of meaning, as they were written, that stand nowhere in this form, and how unknown."""
    written = {word.casefold(): word for word in re.findall(r"[^\W_]+", query)}
    degrees = {
        word: terms.unknown.get(stem(folded[:MAX_WORD_CHARS]), 0.0)
        for folded, word in written.items()
        if not is_stop_word(folded) and not is_light(folded)
    }
    return {word: degree for word, degree in degrees.items() if degree}


def _quoted(words: list[str]) -> str:
    return listed([f"»{word}«" for word in words])
