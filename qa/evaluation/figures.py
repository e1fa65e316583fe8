"""From what happened to each question of a set to the figures that `evaluate` prints."""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import PurePosixPath

from qa.evaluation.metrics import auroc, hit_rate_at_k, mean, mrr_at_k, ndcg_at_k, percentiles
from qa.evaluation.question_sets import Question
from qa.evaluation.relevance import holds_answer
from qa.types import Answer, Hit

Figures = dict[str, float | int | None]
"""Shares from 0 to 1 and counts, by name; None where a figure is unknown."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One question that was asked: its answer, the time in ms, and which citations overlap the gold quote."""

    answer: Answer
    milliseconds: float
    overlapping: tuple[bool, ...] = ()


@dataclass(frozen=True, slots=True)
class Outcome:
    """What happened to one question: what was ranked, what was right, and (unless left out) the answer.

    `ranked` and `relevant` are passages' ids or, where a hit on any passage of a document counts,
    documents' paths. `relevant` is empty when the gold quote stands in no passage.
    """

    question: Question
    ranked: tuple[Hashable, ...]
    relevant: frozenset[Hashable]
    hits: tuple[Hit, ...] = ()
    asked: Asked | None = None

    @property
    def rank(self) -> int | None:
        """The rank of the first relevant from 1, or None."""
        return next((rank for rank, item in enumerate(self.ranked, 1) if item in self.relevant), None)

    @property
    def right(self) -> bool:
        """Whether it went well: refused where nothing answers, else the right quote (or passage) first."""
        if self.asked and not self.question.answerable:
            return self.asked.answer.refused
        if self.asked and (self.question.quote or self.question.answers):
            return _first_quote_is_right(self.asked, self.question)
        return self.rank == 1


def all_figures(outcomes: Sequence[Outcome]) -> Figures:
    """Return every figure over the outcomes: ranking before refusal, answers after it."""
    answerable = [outcome for outcome in outcomes if outcome.question.answerable]
    counts: Figures = {
        "questions": len(outcomes),
        "answerable": len(answerable),
        "unanswerable": len(outcomes) - len(answerable),
    }
    return counts | ranking_figures(answerable) | _answer_figures(answerable) | _refusal_figures(outcomes)


def ranking_figures(answerable: Sequence[Outcome]) -> Figures:
    """Return how well the relevant were ranked; an outcome without relevant passages counts as a miss."""

    def average(
        metric: Callable[[tuple[Hashable, ...], frozenset[Hashable], int], float], k: int
    ) -> float | None:
        return mean([metric(o.ranked, o.relevant, k) if o.relevant else 0.0 for o in answerable])

    return {
        "hit_rate_at_1": average(hit_rate_at_k, 1),
        "hit_rate_at_5": average(hit_rate_at_k, 5),
        "hit_rate_at_10": average(hit_rate_at_k, 10),
        "mrr_at_10": average(mrr_at_k, 10),
        "ndcg_at_10": average(ndcg_at_k, 10),
    }


def latency(outcomes: Iterable[Outcome]) -> Figures:
    """Return the median and the 95th percentile of the time from question to answer, in ms."""
    times = [outcome.asked.milliseconds for outcome in outcomes if outcome.asked]
    return {**percentiles(times)} if times else {"p50": None, "p95": None}


def figures_by_group(outcomes: Sequence[Outcome]) -> dict[str, dict[str, Figures]]:
    """Return the figures for each kind of question, overlap of words, and format of the gold document."""
    ways: dict[str, Callable[[Question], str | None]] = {
        "kind": lambda question: question.kind,
        "overlap": lambda question: question.overlap,
        "format": _format,
    }
    return {way: _figures_by(outcomes, group_of) for way, group_of in ways.items()}


def _figures_by(
    outcomes: Sequence[Outcome], group_of: Callable[[Question], str | None]
) -> dict[str, Figures]:
    groups: dict[str, list[Outcome]] = {}
    for outcome in outcomes:
        if group := group_of(outcome.question):
            groups.setdefault(group, []).append(outcome)
    return {group: all_figures(groups[group]) for group in sorted(groups)}


def _answer_figures(answerable: Sequence[Outcome]) -> Figures:
    asked = [(outcome.asked, outcome.question) for outcome in answerable if outcome.asked]
    with_answers = [(a, q.answers) for a, q in asked if q.answers]
    with_quote = [a for a, q in asked if q.quote]
    return {
        "answer_in_first_quote": mean([_holds(a.answer, answers, 1) for a, answers in with_answers]),
        "answer_in_shown_quotes": mean([_holds(a.answer, answers, None) for a, answers in with_answers]),
        "quote_hit_at_1": mean([float(any(a.overlapping[:1])) for a in with_quote]),
        "quote_hit_in_shown": mean([float(any(a.overlapping)) for a in with_quote]),
    }


def _refusal_figures(outcomes: Sequence[Outcome]) -> Figures:
    asked = [(o.asked.answer, o) for o in outcomes if o.asked]
    answerable = [(answer, o) for answer, o in asked if o.question.answerable]
    unanswerable = [answer for answer, o in asked if not o.question.answerable]
    near_the_top = [answer for answer, o in answerable if o.rank and o.rank <= 3]
    return {
        "refused_answerable": mean([float(answer.refused) for answer, _ in answerable]),
        "refused_though_in_first_3": mean([float(answer.refused) for answer in near_the_top]),
        "answered_unanswerable": mean([float(not answer.refused) for answer in unanswerable]),
        "refusal_auroc": auroc([a.confidence for a, _ in answerable], [a.confidence for a in unanswerable]),
    }


def _first_quote_is_right(asked: Asked, question: Question) -> bool:
    if question.quote:
        return any(asked.overlapping[:1])
    return bool(_holds(asked.answer, question.answers, 1))


def _holds(answer: Answer, answers: Sequence[str], quotes: int | None) -> float:
    return float(any(holds_answer(citation.quote, answers) for citation in answer.citations[:quotes]))


def _format(question: Question) -> str | None:
    if not question.quote or not question.documents:
        return None
    return PurePosixPath(question.documents[0]).suffix.removeprefix(".").lower() or None
