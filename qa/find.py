"""What a question finds in one state of the library: ranked passages with their sentences."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.derived import SearchIndex
from index.embed import Embeddings
from index.library import Library
from qa.periods import TIME_DEPTH, prefer_asked_time, speaks_of_time
from qa.quotes import Found
from qa.retrieve import SIGNALS, retrieve
from qa.scope import Scope
from qa.types import Hit


@dataclass(frozen=True, slots=True)
class State:
    """One generation of the library, held for one question, and what of it is searched: None is all."""

    library: Library
    index: SearchIndex
    scope: Scope | None = None


def find(
    state: State, query: str, embedding: Embeddings, top_k: int, weights: Mapping[str, float] = SIGNALS
) -> tuple[Found, ...]:
    """Return up to `top_k` passages for `query`, best first; `embedding` has shape (1, dimensions)."""
    depth = max(top_k, TIME_DEPTH) if speaks_of_time(query) else top_k
    only = state.scope.passage_ids if state.scope else None
    hits = retrieve(state.index, query, embedding, depth, weights, only)
    return prefer_asked_time(_look_up(state, hits), query)[:top_k]


def _look_up(state: State, hits: Sequence[Hit]) -> list[Found]:
    """Fetch the passages of `hits` with their sentences."""
    ids = [hit.passage_id for hit in hits]
    passages = state.library.passages(ids)
    sentences = state.library.sentences(ids)
    return [Found(hit, passages[i], sentences[i]) for hit, i in zip(hits, ids, strict=True)]
