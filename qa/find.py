"""What a question finds in one state of the library: ranked passages, and the sentences of some of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from index.derived import SearchIndex
from index.embed import Embeddings
from index.library import Library
from qa.periods import TIME_DEPTH, prefer_asked_time, speaks_of_time
from qa.quotes import Found
from qa.retrieve import SIGNALS, Retrieved, retrieve
from qa.scope import Scope


@dataclass(frozen=True, slots=True)
class State:
    """One generation of the library, held for one question, and what of it is searched: None is all."""

    library: Library
    index: SearchIndex
    scope: Scope | None = None


def search(
    state: State, query: str, embedding: Embeddings, weights: Mapping[str, float] = SIGNALS
) -> Retrieved:
    """Rank what is found for `query` in what is searched; `embedding` has shape (1, dimensions)."""
    only = state.scope.passage_ids if state.scope else None
    return retrieve(state.index, query, embedding, weights, only)


def look_up(state: State, query: str, retrieved: Retrieved, top_k: int) -> tuple[Found, ...]:
    """Return up to `top_k` of the passages retrieved, best first, without their sentences.

    Where the query speaks of time, it is from more of them that those are taken which fit best.
    """
    hits = retrieved.hits(max(top_k, TIME_DEPTH) if speaks_of_time(query) else top_k)
    passages = state.library.passages([hit.passage_id for hit in hits])
    found = [Found(hit, passages[hit.passage_id]) for hit in hits]
    return prefer_asked_time(found, query)[:top_k]


def with_sentences(state: State, found: Sequence[Found]) -> tuple[Found, ...]:
    """Return the same passages with their sentences."""
    sentences = state.library.sentences([each.passage.id for each in found])
    return tuple(replace(each, sentences=sentences[each.passage.id]) for each in found)
