"""How likely it is that the first quote answers, from signals that mean the same in any library."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from index.background import Background
from qa.cohesion import USUAL
from qa.expected import MAIL, PHONE, Expected, holds_expected
from qa.quotes import Found, Quote
from qa.terms import QueryTerms

REFUSE_BELOW = 0.28
"""A lower chance than this is a refusal."""

COEFFICIENTS: Mapping[str, float] = {
    "bias": -15.2,
    "nearness": 8.6,
    "agreement": 4.9,
    "quote": 3.0,
    "closeness": 9.0,
    "cohesion": 1.5,
}
"""Logistic regression over libraries of different kinds, `cohesion` and the bias set by hand; see
docs/retrieval.md."""

_TEMPERATURE = 2.0
"""Divides the log-odds, counted from those of the threshold, so that no refusal changes: without it far fewer
first quotes were right than their chances said (Guo et al. 2017, arXiv:1706.04599)."""

_MOST_NEARNESS = 0.3
"""Beyond this a library is only narrower, not the answer surer."""

_PER_UNKNOWN, _PER_MOSTLY_UNKNOWN = -2.5, -4.0
"""For the unknown share, and for what of it lies above a half. Set by hand: large libraries, where few words
are unknown, teach a regression too little of what a word means that stands nowhere in a small one."""

_PER_UNKNOWN_NAME = -3.0
"""Of a thousand questions that could be answered five named something that stood nowhere, of as many that
could not about every second; the unknown share has a part of that already."""

_PER_LACKING_CONTACT = -9.0
"""A number or an address is there or it is not: nothing that is near can stand for it, so this outweighs all
that can speak for an answer."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for and against an answer.

    `nearness` is how far the best sentence's cosine stands above this library's own background, where 1 is
    as far as from strangers to answers; `agreement` is the best passage's score before boilerplate took from
    it, 1 where every ranking signal puts it first; `quote` is the score of the sentence that is quoted first
    (at most 1.95; see `rank_sentences`), likewise; `unknown` is the share of the query's word weight that
    stands nowhere in the library, and `unknown_name` how unknown the least known name in it is;
    `lacks_contact` where a telephone number or mail address was asked for and none was found; `closeness` is
    how near the best passage's cosine comes to what this model gives a question and its answer (1);
    `cohesion` tells whether the passages found stand together in one document (`qa.cohesion`).
    """

    nearness: float
    agreement: float
    unknown: float
    quote: float = 0.0
    lacks_contact: bool = False
    unknown_name: float = 0.0
    closeness: float = 0.0
    cohesion: float = USUAL


def weigh_evidence(
    found: Sequence[Found],
    ranked: Sequence[Quote],
    terms: QueryTerms,
    background: Background,
    kinds: tuple[Expected, ...] = (),
    unknown_name: float = 0.0,
    cohesion: float = USUAL,
) -> Evidence:
    """Gather the evidence for an answer of these kinds from `found` and `ranked`, each the best first."""
    contact = tuple(kind for kind in kinds if kind in (PHONE, MAIL))
    return Evidence(
        nearness=background.nearness(
            max((cosine for each in found for cosine in each.hit.cosines), default=-1.0)
        ),
        agreement=found[0].hit.score + found[0].hit.lost if found else 0.0,
        unknown=terms.unknown_share,
        quote=ranked[0].score + ranked[0].found.hit.lost if ranked else 0.0,
        lacks_contact=bool(contact) and not any(holds_expected(each.passage.text, contact) for each in found),
        unknown_name=unknown_name,
        closeness=background.closeness(
            max((each.hit.signals.get("passage", -1.0) for each in found), default=-1.0)
        ),
        cohesion=cohesion,
    )


def confidence(evidence: Evidence) -> float:
    """Return the chance, 0 to 1, that the first quote answers (a logistic model)."""
    fitted = sum(COEFFICIENTS[name] * value for name, value in features(evidence).items())
    threshold = math.log(REFUSE_BELOW / (1 - REFUSE_BELOW))
    above = fitted + fixed_part(evidence) - threshold
    return 1 / (1 + math.exp(-threshold - above / _TEMPERATURE))


def features(evidence: Evidence) -> dict[str, float]:
    """Return what the coefficients are multiplied by."""
    return {
        "bias": 1.0,
        "nearness": max(-_MOST_NEARNESS, min(_MOST_NEARNESS, evidence.nearness)),
        "agreement": min(1.0, evidence.agreement),
        "quote": evidence.quote,
        "closeness": max(-1.0, min(1.0, evidence.closeness)),
        "cohesion": evidence.cohesion,
    }


def fixed_part(evidence: Evidence) -> float:
    """Return what was set by hand, for cases that question sets hold too few of."""
    return (
        _PER_UNKNOWN * evidence.unknown
        + _PER_MOSTLY_UNKNOWN * max(0.0, evidence.unknown - 0.5)
        + _PER_UNKNOWN_NAME * evidence.unknown_name
        + _PER_LACKING_CONTACT * evidence.lacks_contact
    )
