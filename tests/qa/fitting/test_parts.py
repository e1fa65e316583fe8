"""Small libraries cut out of a question set."""

from pathlib import Path

import pytest

from index.types import DocumentEntry
from qa.evaluation.evaluate import Judge
from qa.evaluation.question_sets import Question, QuestionSet
from qa.fitting import parts
from qa.fitting.parts import choose_neighbours, cut_parts
from qa.fitting.sets import OpenSet
from tests.qa.making import engine_over

TEXTS = {
    "a.txt": "Hunde skal føres i snor.",
    "b.txt": "Katte må gå frit.",
    "c.txt": "Heste skal holdes på fold.",
    "d.txt": "Køer giver mælk.",
}
QUESTIONS = tuple(
    Question(path, question, documents=(path,))
    for path, question in (("a.txt", "Hvad skal hunde føres i?"), ("c.txt", "Hvor holdes heste?"))
)


def entry(path: str, passages: int) -> DocumentEntry:
    return DocumentEntry(path, path, None, None, passages, None)


@pytest.mark.parametrize(
    ("passages", "paths"), [(1, {"a"}), (3, {"a"}), (4, {"a", "b"}), (99, {"a", "b", "c"})]
)
def test_neighbours_are_taken_until_they_have_enough_passages(passages: int, paths: set[str]) -> None:
    assert choose_neighbours([entry("a", 3), entry("b", 2), entry("c", 4)], passages) == paths


def test_a_part_holds_its_documents_alone_and_asks_what_they_answer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts, "SIZES", (2, 1))
    engine = engine_over(tmp_path / "whole", TEXTS)
    judge = Judge.of(engine, QuestionSet(QUESTIONS, tmp_path, is_corpus=True))
    cut = list(cut_parts(OpenSet("dyr", engine, QUESTIONS, judge), tmp_path, 2))
    held = [{document.path for document in part.engine.documents()} for part in cut]
    assert held == [{"a.txt", "b.txt"}, {"c.txt"}]
    assert [part.questions for part in cut] == [QUESTIONS[:1], QUESTIONS[1:]]
    assert [part.rank(part.questions[0])[1][0] for part in cut] == [True, True]
