"""A question set opened for fitting: what its engine ranks for a question, and what of that is right."""

from dataclasses import dataclass
from pathlib import Path

from qa.engine import Engine
from qa.evaluation.evaluate import Judge
from qa.evaluation.question_sets import Question, read_question_set
from qa.opening import Settings, open_question_set
from qa.retrieve import DEPTH, SIGNALS
from qa.types import Hit

_ALL_CANDIDATES = DEPTH * len(SIGNALS)


@dataclass(frozen=True, slots=True)
class OpenSet:
    """A question set with the engine that answers from its documents."""

    name: str
    engine: Engine
    questions: tuple[Question, ...]
    judge: Judge

    @classmethod
    def of(cls, directory: Path, settings: Settings) -> "OpenSet":
        """Open the set in `directory`, and index its documents where they are not."""
        everything = read_question_set(directory)
        engine, _ = open_question_set(everything, settings)
        readable = everything.only({entry.path for entry in engine.documents()})
        return cls(directory.name, engine, readable.questions, Judge.of(engine, readable))

    @property
    def answerable(self) -> tuple[Question, ...]:
        """The questions that its documents answer."""
        return tuple(question for question in self.questions if question.answerable)

    def rank(
        self, question: Question, top_k: int = _ALL_CANDIDATES
    ) -> tuple[tuple[Hit, ...], tuple[bool, ...]]:
        """Return the `top_k` best candidates of a question, best first, and which of them are right."""
        hits = self.engine.rank(question.question, question.previous, top_k)
        relevant = self.judge.relevant[question.id]
        return hits, tuple(self._judged_by(hit) in relevant for hit in hits)

    def _judged_by(self, hit: Hit) -> str | int:
        by_document = self.judge.by_document
        return self.engine.passage(hit.passage_id).document if by_document else hit.passage_id
