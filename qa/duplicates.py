"""The same text in several documents is cited once, and the other places are named beside it.

Of copies that fit the question about as well, the one in the newest document is kept: that it fits a hair
better tells nothing, and the newest most likely still holds. A copy under other headings may mean something
else; it fits clearly better or worse, and then the best one is kept.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from index.danish import find_words
from index.embed import Embeddings
from qa.find import State, look_up, search
from qa.quotes import Found, Quote
from qa.retrieve import DEPTH, Retrieved

MAX_ALSO_IN = 100
"""More places than this say only that the text is common; a page shows the first few of them."""

_FITS_AS_WELL = 0.95
"""Copies fit as well as the best of them from this share of its score."""

_MAX_LOOKED_UP = 200
_OTHER_BYTES = bytes(byte for byte in range(256) if not bytes((byte,)).isalnum())


def find_distinct(state: State, query: str, embedding: Embeddings, top_k: int) -> tuple[Found, ...]:
    """Return the `top_k` best passages, each text once (`join_copies`), without their sentences.

    Where copies of few texts take the places, more are looked at, for `top_k` different texts; and where
    one document takes them all, the best passage of another one is added.
    """
    retrieved = search(state, query, embedding)
    found = look_up(state, query, retrieved, top_k)
    joined = join_copies(found)
    if 2 * len(joined) < len(found):
        joined = join_copies(look_up(state, query, retrieved, DEPTH))[:top_k]
    if len(found) < top_k or len({each.passage.document for each in joined}) > 1:
        return joined
    return joined + _find_elsewhere(state, query, retrieved, joined)


def _find_elsewhere(
    state: State, query: str, retrieved: Retrieved, found: tuple[Found, ...]
) -> tuple[Found, ...]:
    """Return the best passage of other documents with a text of its own, of the first `DEPTH`, if any."""
    documents = frozenset.union(*(each.documents for each in found))
    paths = state.library.paths(retrieved.ids[retrieved.order[:DEPTH]].tolist())
    others = retrieved.only([passage_id for passage_id, path in paths.items() if path not in documents])
    texts = join_copies((*found, *look_up(state, query, others, len(found))))
    return texts[len(found) :][:1]


def join_copies(found: Sequence[Found]) -> tuple[Found, ...]:
    """Return `found` with each text once, where the best of its copies stood, and with that one's score.

    Texts are the same if all their words are, whatever their case and punctuation.
    """
    copies: dict[str | bytes, list[Found]] = {}
    for each, text in zip(found, _tell_texts_apart(found), strict=True):
        copies.setdefault(text, []).append(each)
    return tuple(map(_newest_of_the_best, copies.values()))


def find_other_places(quote: Quote, state: State) -> tuple[str, ...]:
    """Return the other documents that hold the quote's sentences word for word, newest first.

    Of what is searched alone, and at most `MAX_ALSO_IN`; none for very short sentences, which are the same
    by chance (`index.repeats`).
    """
    if not state.index.repeats.repeats_in(quote.found.passage.id):
        return ()
    sentences = [each.text for each in quote.sentences]
    places = state.index.repeats.passages_with(sentences)
    passages = state.library.passages({each for ids in places for each in ids[:_MAX_LOOKED_UP]}).values()
    words = [(passage.document, _words_of(passage.text)) for passage in passages]
    held = [{path for path, held in words if _words_of(sentence) in held} for sentence in sentences]
    others = set.intersection(*held) - {quote.document}
    if state.scope:
        others &= state.scope.paths
    dates = {passage.document: passage.date or "" for passage in passages}
    by_path = sorted(others)
    return tuple(sorted(by_path, key=lambda path: dates[path], reverse=True)[:MAX_ALSO_IN])


def _tell_texts_apart(found: Sequence[Found]) -> list[str | bytes]:
    """Return for each passage what is the same for those of the same words, and for no others.

    Texts that differ in their letters need not be taken apart into words, which takes ten times as long.
    """
    letters = [_letters_of(each.passage.text) for each in found]
    seen = Counter(letters)
    return [
        own if seen[own] == 1 else _words_of(each.passage.text)
        for each, own in zip(found, letters, strict=True)
    ]


def _letters_of(text: str) -> bytes:
    """Return the letters a to z and the digits of a text."""
    return text.casefold().encode("utf-8", "surrogatepass").translate(None, _OTHER_BYTES)


def _words_of(text: str) -> str:
    """Return the words of a text between blanks, so that one text can be looked for in another."""
    return f" {' '.join(find_words(text))} "


def _newest_of_the_best(copies: Sequence[Found]) -> Found:
    """Return the newest of the copies that fit as well as the first; of equally new ones, the first."""
    if len(copies) == 1:
        return copies[0]
    best = copies[0].hit.score
    fitting = [each for each in copies if each.hit.score >= _FITS_AS_WELL * best]
    newest = max(fitting, key=lambda each: each.passage.date or "")
    documents = frozenset(each.passage.document for each in copies)
    return replace(newest, hit=replace(newest.hit, score=best), copies=documents)
