"""What a cosine means: against what chance gives in this library, and on the scale of this model.

The cosines of one model over one library lie in a narrow band of their own, so a raw cosine says little.
The background turns it into "how far above what chance gives here". In a small library chance gives little,
and what is merely on its subject stands far above it; so there is also "how far from what the model gives
strangers to what it gives a question and its answer", which is the same whatever the library holds. Both
are counted in that distance, from strangers to answers.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder, Embeddings
from index.probes import ANSWERS, PROBES

_SMALLEST_SCALE = 0.01
"""A model that tells answers from strangers by less than this has no scale to speak of."""


@dataclass(frozen=True, slots=True)
class Background:
    """The middle of the best cosines that probes find among the sentences.

    `strangers` and `answers` are the middle cosines that the model gives a probe with other probes' answers
    and with its own.
    """

    middle: float
    strangers: float = 0.0
    answers: float = 1.0

    def nearness(self, cosine: float) -> float:
        """Return how far `cosine` lies above the middle, where 1 is as far as from strangers to answers."""
        return (cosine - self.middle) / (self.answers - self.strangers)

    def closeness(self, cosine: float) -> float:
        """Return where `cosine` lies from strangers, 0, to a question and its answer, 1."""
        return (cosine - self.strangers) / (self.answers - self.strangers)

    def to_json(self) -> str:
        """Return it as text, to be kept with the library."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Background":
        """Return what `to_json` wrote; what another version measured beside that is left out."""
        known = {each.name for each in fields(cls)}
        return cls(**{name: value for name, value in json.loads(text).items() if name in known})


def measure_background(embedder: Embedder, portions: Iterable[NDArray[np.floating[Any]]]) -> Background:
    """Measure the background of sentences that come in portions of shape (sentences, dimensions).

    The median, so that a probe which the library does answer moves nothing.
    """
    probes = embedder.embed_queries(PROBES)
    strangers, answers = _measure_scale(probes, embedder.embed_passages(ANSWERS))
    found = [np.max(probes @ portion.astype(np.float32).T, axis=1) for portion in portions if len(portion)]
    if not found:
        return Background(0.0, strangers, answers)
    return Background(float(np.median(np.max(found, axis=0))), strangers, answers)


def _measure_scale(probes: Embeddings, answers: Embeddings) -> tuple[float, float]:
    """Return the middle cosine of a probe with other probes' answers, and with its own."""
    cosines = probes @ answers.T
    own = np.eye(len(cosines), dtype=bool)
    strangers, answered = float(np.median(cosines[~own])), float(np.median(cosines[own]))
    return strangers, max(answered, strangers + _SMALLEST_SCALE)
