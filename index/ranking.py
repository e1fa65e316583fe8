"""What a search finds: passages in the order of their scores."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """Passages' ids and scores, the best first, each of shape (passages,); ties by lower id."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float64]

    @classmethod
    def of(cls, scores: Mapping[int, float]) -> Self:
        """Rank passages that come with their scores."""
        return cls.best(np.array([*scores], np.int64), np.array([*scores.values()], np.float64), len(scores))

    @classmethod
    def best(cls, ids: NDArray[np.int64], scores: NDArray[np.floating[Any]], top_k: int) -> Self:
        """Rank the `top_k` best of these passages, which come in any order."""
        order = np.lexsort((ids, -scores))[:top_k]
        return cls(ids[order], scores[order].astype(np.float64))

    def __len__(self) -> int:
        """Return the number of passages."""
        return len(self.ids)

    def pairs(self) -> list[tuple[int, float]]:
        """Return the (passage id, score) pairs."""
        return list(zip(self.ids.tolist(), self.scores.tolist(), strict=True))


NOTHING = Ranking(np.empty(0, np.int64), np.empty(0, np.float64))
