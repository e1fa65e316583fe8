"""How near a query comes to each sentence of some passages."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class SentenceScores:
    """The cosine with each sentence, passage after passage, each one's in order, shape (sentences,).

    `starts`, shape (passages,), tells where each passage's begin.
    """

    cosines: NDArray[np.float32]
    starts: NDArray[np.intp]

    def best(self) -> NDArray[np.float32]:
        """Return the best cosine of each passage, shape (passages,); -1 for one without sentences."""
        best = np.full(len(self.starts), -1.0, dtype=np.float32)
        has_some = self.starts < np.concatenate((self.starts[1:], (len(self.cosines),)))
        if has_some.any():
            best[has_some] = np.maximum.reduceat(self.cosines, self.starts[has_some])
        return best

    def of(self, place: int) -> tuple[float, ...]:
        """Return the cosines of the passage at this place, counted from 0."""
        end = self.starts[place + 1] if place + 1 < len(self.starts) else len(self.cosines)
        return tuple(self.cosines[self.starts[place] : end].tolist())
