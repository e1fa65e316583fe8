"""What a refusal says: how much was searched, which words stand nowhere, and what was maybe meant."""

import re

from index.danish import MAX_WORD_CHARS, is_stop_word, stem
from qa import wording
from qa.find import State

_MAX_WORDS = 3


def refusal_text(query: str, state: State) -> str:
    """Return the Danish sentences of a refusal."""
    documents = state.library.counts().documents
    sentences = [wording.REFUSAL.format(documents=wording.counted(documents, "dokument", "dokumenter"))]
    unknown = _unknown_words(query, state)
    if unknown:
        named = wording.listed([f"»{word}«" for word in unknown])
        sentences.append((wording.UNKNOWN_WORD if len(unknown) == 1 else wording.UNKNOWN_WORDS).format(named))
    suggestions = [found for word in unknown if (found := state.index.vocabulary.suggest(word))]
    if suggestions:
        sentences.append(wording.DID_YOU_MEAN.format(wording.listed([f"»{word}«" for word in suggestions])))
    return " ".join(sentences)


def _unknown_words(query: str, state: State) -> list[str]:
    """Return the first words of meaning, as they were written, that stand in no document in any form."""
    written = {word.casefold(): word for word in re.findall(r"[^\W_]+", query)}
    unknown = [word for folded, word in written.items() if _is_unknown(folded, state)]
    return unknown[:_MAX_WORDS]


def _is_unknown(word: str, state: State) -> bool:
    return not is_stop_word(word) and not state.index.lexical.frequency(stem(word[:MAX_WORD_CHARS]))
