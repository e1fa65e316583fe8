"""The coefficients of the confidence, by logistic regression.

Questions with a right passage among the first three are to be answered. To be refused are the set's own
questions without an answer, the other sets' questions, and (at a third of the weight, as other documents
sometimes answer) the same questions with their documents left out of the search.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor

from qa.confidence import REFUSE_BELOW, Evidence, confidence, features, fixed_part
from qa.evaluation.question_sets import Question
from qa.fitting.minimising import minimise
from qa.fitting.sets import OpenSet

_RIGHT_AMONG = 3
_WITHOUT_ITS_DOCUMENTS = 0.3


@dataclass(frozen=True, slots=True)
class Judged:
    """The evidence for answering a question, whether it should be answered, and how much that counts."""

    evidence: Evidence
    answer: bool
    weight: float = 1.0


def read_judged(opened: OpenSet, foreign: Iterable[Question]) -> Iterator[Judged]:
    """Yield the evidence for its own questions, with and without their documents, and for `foreign` ones."""
    everything = {entry.path for entry in opened.engine.documents()}
    for question in opened.questions:
        if not question.answerable:
            yield Judged(_weigh(opened, question), answer=False)
            continue
        if any(opened.rank(question, _RIGHT_AMONG)[1]):
            yield Judged(_weigh(opened, question), answer=True)
        if others := everything.difference(question.documents):
            yield Judged(_weigh(opened, question, others), answer=False, weight=_WITHOUT_ITS_DOCUMENTS)
    for question in foreign:
        yield Judged(_weigh(opened, question), answer=False)


def _weigh(opened: OpenSet, question: Question, within: set[str] | None = None) -> Evidence:
    return opened.engine.weigh(question.question, question.previous, within)


def shares_wrong(judged: Sequence[Judged]) -> tuple[float, float]:
    """Return the share refused of those to answer, and answered of the others that count fully."""
    answered = [(row, confidence(row.evidence) >= REFUSE_BELOW) for row in judged if row.weight == 1.0]
    to_answer = [is_answered for row, is_answered in answered if row.answer]
    to_refuse = [is_answered for row, is_answered in answered if not row.answer]
    return 1 - sum(to_answer) / len(to_answer), sum(to_refuse) / len(to_refuse)


def fit_chance(sets: Sequence[Sequence[Judged]]) -> Tensor:
    """Return the coefficient of each of `features`; answers and refusals weigh alike in each set."""
    rows = [row for judged in sets for row in judged]
    counts = torch.tensor([weight for judged in sets for weight in _balanced(judged)])
    values = torch.tensor([list(features(row.evidence).values()) for row in rows])
    fixed = torch.tensor([fixed_part(row.evidence) for row in rows])
    answers = torch.tensor([float(row.answer) for row in rows])
    weights = torch.zeros(values.shape[1], requires_grad=True)

    def loss() -> Tensor:
        logits = values @ weights + fixed
        return torch.nn.functional.binary_cross_entropy_with_logits(logits, answers, counts, reduction="sum")

    return minimise(loss, weights)


def _balanced(judged: Sequence[Judged]) -> Iterator[float]:
    totals = {answer: sum(row.weight for row in judged if row.answer is answer) for answer in (True, False)}
    for row in judged:
        yield row.weight / totals[row.answer]
