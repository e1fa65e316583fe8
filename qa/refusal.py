"""What a refusal says: how much was searched, which words stand nowhere, and what was maybe meant."""

from index.danish import STOP_WORDS, find_words, stem
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
    """Return the first words of meaning that stand in no document, in any form."""
    words = dict.fromkeys(word for word in find_words(query) if word not in STOP_WORDS)
    return [word for word in words if not state.index.lexical.frequency(stem(word))][:_MAX_WORDS]
