"""Asks an engine every question of a set and compares with what is right."""

import time
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from index.types import Document, StoredPassage
from qa.evaluation.figures import Asked, Outcome
from qa.evaluation.metrics import mean
from qa.evaluation.question_sets import Question, QuestionSet
from qa.evaluation.relevance import holds_quote, overlaps, quote_spans
from qa.types import Answer, Hit
from qa.wording import evaluation as wording

TOP_K = 10
"""How far down every ranking is judged."""

PASSAGES_PER_DOCUMENT = 5
"""Passages fetched for each rank where documents are judged, since several may belong to one document."""

Tell = Callable[[int, int], None]
"""Called after each question with how many are done and how many there are."""


class Engine(Protocol):
    """What is evaluated."""

    def ask(self, question: str, previous: Sequence[str] = ()) -> Answer:
        """Answer or refuse."""

    def rank(
        self,
        question: str,
        previous: Sequence[str] = (),
        top_k: int = 10,
        signals: Mapping[str, float] | None = None,
    ) -> tuple[Hit, ...]:
        """Return the best passages before refusal, by the weights `signals` instead of the engine's own."""

    def passage(self, passage_id: int) -> StoredPassage:
        """Return the passage of a hit."""

    def passages(self) -> Iterable[StoredPassage]:
        """Go through every passage of the library."""

    def document(self, path: str) -> Document | None:
        """Return a whole document."""


@dataclass(frozen=True, slots=True)
class Judge:
    """Asks questions and says what was right, by documents (BEIR) or by passages that hold the quote."""

    engine: Engine
    by_document: bool
    relevant: Mapping[str, frozenset[Hashable]]

    @classmethod
    def of(cls, engine: Engine, question_set: QuestionSet) -> "Judge":
        """Return the judge of a set; finds the relevant passages of every question first."""
        if question_set.is_corpus:
            return cls(engine, True, {q.id: frozenset(q.documents) for q in question_set.questions})
        return cls(engine, False, _passages_with_quotes(engine, question_set.questions))

    def rank(self, question: Question, signals: Mapping[str, float] | None = None) -> Outcome:
        """Return how the engine ranks, with no answer."""
        wanted = TOP_K * PASSAGES_PER_DOCUMENT if self.by_document else TOP_K
        hits = self.engine.rank(question.question, question.previous, wanted, signals)
        keys = (
            self.engine.passage(hit.passage_id).document if self.by_document else hit.passage_id
            for hit in hits
        )
        ranked: tuple[Hashable, ...] = tuple(dict.fromkeys(keys))[:TOP_K]
        return Outcome(question, ranked, self.relevant[question.id], hits[:TOP_K])

    def ask(self, question: Question) -> Asked:
        """Return the engine's answer and how long it took."""
        started = time.perf_counter()
        answer = self.engine.ask(question.question, question.previous)
        milliseconds = (time.perf_counter() - started) * 1000
        return Asked(answer, milliseconds, self._overlapping(question, answer))

    def _overlapping(self, question: Question, answer: Answer) -> tuple[bool, ...]:
        document = self.engine.document(question.documents[0]) if question.quote else None
        if document is None or question.quote is None:
            return ()
        spans = quote_spans(document.text, question.quote)
        return tuple(
            citation.document == document.path and overlaps(citation.start, citation.end, spans)
            for citation in answer.citations
        )


def evaluate(engine: Engine, question_set: QuestionSet, tell: Tell | None = None) -> list[Outcome]:
    """Rank and ask every question of the set, and return what happened to each, in order."""
    judge = Judge.of(engine, question_set)
    for question in question_set.questions[:1]:
        judge.ask(question)  # what is loaded with the first question is not what a question costs
    outcomes = []
    for done, question in enumerate(question_set.questions, 1):
        ranking = judge.rank(question)
        outcomes.append(
            Outcome(question, ranking.ranked, ranking.relevant, ranking.hits, judge.ask(question))
        )
        if tell:
            tell(done, len(question_set.questions))
    return outcomes


def evaluate_ranking(
    engine: Engine, question_set: QuestionSet, signals: Mapping[str, float], tell: Tell | None = None
) -> list[Outcome]:
    """Rank every question of the set by the weights `signals`, and ask none."""
    judge = Judge.of(engine, question_set)
    outcomes = []
    for done, question in enumerate(question_set.questions, 1):
        outcomes.append(judge.rank(question, signals))
        if tell:
            tell(done, len(question_set.questions))
    return outcomes


def answered_foreign(engine: Engine, questions: Iterable[Question]) -> float | None:
    """Return the share of another set's questions that are answered, where all should be refused."""
    return mean([float(not engine.ask(q.question, q.previous).refused) for q in questions])


def ablate(
    engine: Engine, question_set: QuestionSet, weights: Mapping[str, float]
) -> dict[str, list[Outcome]]:
    """Rank by all signals, by each alone, and by all but each; the names are those of the rows to print."""
    rows = {wording.ALL_SIGNALS: dict(weights)}
    rows |= {wording.ONLY_SIGNAL.format(name): {name: 1.0} for name in weights}
    for left_out in weights:
        others = {name: weight for name, weight in weights.items() if name != left_out}
        rows[wording.WITHOUT_SIGNAL.format(left_out)] = others
    return {row: evaluate_ranking(engine, question_set, chosen) for row, chosen in rows.items()}


def _passages_with_quotes(engine: Engine, questions: Sequence[Question]) -> dict[str, frozenset[Hashable]]:
    """Return for each question the ids of the passages of its gold document that hold its quote."""
    gold = {path for question in questions for path in question.documents}
    passages: dict[str, list[StoredPassage]] = {path: [] for path in gold}
    for passage in engine.passages():
        if passage.document in gold:
            passages[passage.document].append(passage)
    return {
        question.id: frozenset(
            passage.id
            for path in question.documents
            for passage in passages[path]
            if question.quote and holds_quote(passage.text, question.quote)
        )
        for question in questions
    }
