"""A library's own background: how near questions that have nothing to do with it come to it anyway.

The cosines of one model over one library lie in a narrow band of their own, so a raw cosine says little.
The background turns it into "how far above what chance gives here".
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.embed import Embedder

PROBES = (
    "Hvad er hovedstaden i Frankrig?",
    "Hvordan bager man rugbrød?",
    "Hvem vandt verdensmesterskabet i fodbold i 1998?",
    "Hvor langt er der til månen?",
    "Hvordan skifter jeg olie på min bil?",
    "Hvad hedder hovedpersonen i Den grimme ælling?",
    "Hvornår blev Berlinmuren revet ned?",
    "Hvor mange ben har en edderkop?",
    "Hvordan stemmer man en guitar?",
    "Hvad er den bedste måde at plante tulipanløg på?",
    "Hvilket hav ligger mellem Europa og Afrika?",
    "Hvem malede Mona Lisa?",
    "Hvor længe skal et æg koge?",
    "Hvad koster en flybillet til Tokyo?",
    "Hvorfor er himlen blå?",
    "Hvilken temperatur smelter guld ved?",
    "Hvordan spiller man skak?",
    "Hvad hed Danmarks første dronning?",
    "Kan hunde spise chokolade?",
    "Hvor højt er Mount Everest?",
    "Hvordan fjerner jeg rødvin fra en hvid skjorte?",
    "Hvad er kvadratroden af 144?",
    "Hvem skrev Hamlet?",
    "Hvor mange spillere er der på et håndboldhold?",
    "Hvad betyder ordet saudade?",
    "Hvordan tager man de bedste billeder af nordlys?",
    "Hvilke planeter har ringe?",
    "Hvad er symptomerne på malaria?",
    "Hvornår uddøde dinosaurerne?",
    "Hvilken guitar spillede Jimi Hendrix på?",
    "Hvordan strikker man en sok?",
    "Hvor gammel kan en skildpadde blive?",
)
"""Everyday questions from many fields; few libraries answer more than a few of them."""

_SMALLEST_DEVIATION = 0.005
"""Below this the cosines are all alike, and dividing by it would make mountains of nothing."""

_DEVIATIONS_PER_MAD = 1.4826
"""The standard deviation of a normal distribution in units of its median absolute deviation."""


@dataclass(frozen=True, slots=True)
class Background:
    """Middle and standard deviation of the best cosine that a probe finds among the sentences."""

    middle: float
    deviation: float

    def nearness(self, cosine: float) -> float:
        """Return how many standard deviations `cosine` lies above the middle."""
        return (cosine - self.middle) / self.deviation

    def to_json(self) -> str:
        """Return it as text, to be kept with the library."""
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> "Background":
        """Return what `to_json` wrote."""
        return cls(**json.loads(text))


def measure_background(embedder: Embedder, portions: Iterable[NDArray[np.floating[Any]]]) -> Background:
    """Measure the background of sentences that come in portions of shape (sentences, dimensions).

    Median and median absolute deviation, so that a probe which the library does answer moves nothing.
    """
    probes = embedder.embed_queries(PROBES)
    found = [np.max(probes @ portion.astype(np.float32).T, axis=1) for portion in portions if len(portion)]
    if not found:
        return Background(0.0, 1.0)
    best = np.max(found, axis=0)
    middle = float(np.median(best))
    deviation = _DEVIATIONS_PER_MAD * float(np.median(np.abs(best - middle)))
    return Background(middle, max(deviation, _SMALLEST_DEVIATION))
