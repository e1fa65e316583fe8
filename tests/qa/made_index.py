"""A search index that gives the scores it was made with, so that a blend of them can be worked by hand."""

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.lexical import LexicalField
from index.ranking import Ranking
from index.sentence_scores import SentenceScores

NONE = np.zeros(0, dtype=np.float32)
Scores = Mapping[int, float]


def best_of(scores: Scores, top_k: int) -> Ranking:
    return Ranking.best(np.array([*scores], dtype=np.int64), np.array([*scores.values()]), top_k)


@dataclass(frozen=True)
class MadeVectors:
    """Gives these scores, whatever it is asked."""

    passages: Scores
    cosines: Mapping[int, NDArray[np.float32]]
    size: int = 3

    def __len__(self) -> int:
        return self.size

    def search(self, _: Any, top_k: int, only: Sequence[int] | None) -> Ranking:
        return best_of(self.passages, top_k)

    def sentence_scores(self, _: Any, ids: NDArray[np.int64]) -> SentenceScores:
        cosines = [self.cosines[each] for each in ids.tolist()]
        starts = np.cumsum([0, *map(len, cosines)])[:-1]
        return SentenceScores(np.concatenate([NONE, *cosines]), starts)


@dataclass(frozen=True)
class MadeTerms:
    """Gives these scores, whatever it is asked, and tells in which thread."""

    fields: Mapping[LexicalField, Scores]
    asked_in: set[str] = field(default_factory=set)

    def search(self, name: LexicalField, _: str, top_k: int, only: Sequence[int] | None) -> Ranking:
        self.asked_in.add(threading.current_thread().name)
        return best_of(self.fields.get(name, {}), top_k)


def made_index(
    passages: Scores,
    sentences: Mapping[int, Sequence[float]],
    lexical: Mapping[LexicalField, Scores],
    boilerplate: Mapping[int, float] | None = None,
) -> Any:
    """Return a search index whose engines give these scores, whatever they are asked.

    `boilerplate` holds the share of boilerplate of passages that have any.
    """
    cosines = {passage_id: np.array(scores, dtype=np.float32) for passage_id, scores in sentences.items()}
    return SimpleNamespace(
        vectors=MadeVectors(passages, cosines),
        lexical=MadeTerms(lexical),
        repeats=SimpleNamespace(
            boilerplate=lambda ids: np.array([(boilerplate or {}).get(each, 0.0) for each in ids.tolist()])
        ),
    )
