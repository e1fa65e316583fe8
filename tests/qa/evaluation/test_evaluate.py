"""Evaluation against an engine that can be followed by hand: it ranks passages by words in common."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from index.types import Block, BlockKind, Document, StoredPassage
from qa.evaluation.corpus import CorpusSource
from qa.evaluation.evaluate import Judge, ablate, answered_foreign, evaluate, evaluate_ranking
from qa.evaluation.figures import all_figures
from qa.evaluation.question_sets import Question, QuestionSet
from qa.types import Answer, Citation, Hit

TEXTS = {
    "a.txt": ("Katten sover i kurven.", "Hunden gør ad posten."),
    "b.txt": ("Posten kommer klokken ti.", "Kurven er af pil."),
}


class WordEngine:
    """Ranks by the number of common words, and refuses where there is none."""

    def __init__(self) -> None:
        self.weights: list[Mapping[str, float] | None] = []
        self._passages: list[StoredPassage] = []
        self._documents: dict[str, Document] = {}
        for path, texts in TEXTS.items():
            text = "\n\n".join(texts)
            block = Block(BlockKind.PARAGRAPH, 0, len(text))
            self._documents[path] = Document(path, path, None, None, text, (block,))
            for number, words in enumerate(texts, 1):
                start = text.index(words)
                place = (start, start + len(words), number, None, (), "", words)
                self._passages.append(StoredPassage(len(self._passages) + 1, path, path, None, *place))

    def rank(
        self,
        question: str,
        previous: Sequence[str] = (),
        top_k: int = 10,
        signals: Mapping[str, float] | None = None,
    ) -> tuple[Hit, ...]:
        self.weights.append(signals)
        asked = {word.strip("?.").lower() for text in (*previous, question) for word in text.split()}
        scored = [
            Hit(p.id, len(asked & {w.strip(".").lower() for w in p.text.split()})) for p in self._passages
        ]
        best = sorted((hit for hit in scored if hit.score), key=lambda hit: (-hit.score, hit.passage_id))
        return tuple(best[:top_k])

    def ask(self, question: str, previous: Sequence[str] = ()) -> Answer:
        hits = self.rank(question, previous)
        citations = tuple(self._cite(n, self.passage(hit.passage_id)) for n, hit in enumerate(hits, 1))
        return Answer(question, None, not hits, len(hits) / 10, "", citations, (), {})

    def passage(self, passage_id: int) -> StoredPassage:
        return self._passages[passage_id - 1]

    def passages(self) -> Iterable[StoredPassage]:
        return self._passages

    def document(self, path: str) -> Document | None:
        return self._documents.get(path)

    @staticmethod
    def _cite(number: int, passage: StoredPassage) -> Citation:
        return Citation(
            number,
            passage.document,
            passage.title,
            None,
            (),
            None,
            1,
            passage.text,
            passage.start,
            passage.end,
            0.5,
        )


def of_documents(*questions: Question) -> QuestionSet:
    return QuestionSet(questions, Path("documents"), is_corpus=False)


SLEEPS = Question(
    "1", "Hvor sover katten?", documents=("a.txt",), quote="katten SOVER i kurven", answers=("kurven",)
)
BARKS = Question(
    "2", "Hvem er af kurven?", documents=("a.txt",), quote="Katten sover i kurven", answers=("pil",)
)
FLIES = Question("3", "Hvad koster brød?", kind="unanswerable_offtopic")


def test_a_passage_is_relevant_when_it_holds_the_quote_in_its_document() -> None:
    judge = Judge.of(WordEngine(), of_documents(SLEEPS, FLIES))
    assert judge.relevant == {"1": frozenset({1}), "3": frozenset()}


def test_in_a_corpus_a_hit_on_any_passage_is_a_hit_on_its_document() -> None:
    question = Question("1", "Hvem gør ad posten i kurven?", documents=("b.txt",))
    outcome = Judge.of(WordEngine(), QuestionSet((question,), Path("c"), is_corpus=True)).rank(question)
    assert outcome.ranked == ("a.txt", "b.txt")
    assert outcome.rank == 2


def test_every_question_is_ranked_asked_and_judged() -> None:
    first, second, third = evaluate(WordEngine(), of_documents(SLEEPS, BARKS, FLIES))
    assert (first.ranked, first.rank) == ((1,), 1)
    assert first.asked is not None
    assert first.asked.overlapping == (True,)
    assert (second.ranked, second.rank) == ((4, 1), 2)
    assert second.asked is not None
    assert second.asked.overlapping == (False, True)
    assert third.asked is not None
    assert third.asked.answer.refused


def test_the_figures_of_an_evaluation() -> None:
    figures = all_figures(evaluate(WordEngine(), of_documents(SLEEPS, BARKS, FLIES)))
    assert figures["mrr_at_10"] == 0.75
    assert figures["quote_hit_at_1"] == 0.5
    assert figures["answer_in_first_quote"] == 1
    assert figures["answered_unanswerable"] == 0
    assert figures["refusal_auroc"] == 1


def test_a_follow_up_is_asked_after_what_went_before() -> None:
    follow_up = Question(
        "1", "Hvor?", previous=("Sover katten?",), documents=("a.txt",), quote="Katten sover i kurven"
    )
    [outcome] = evaluate(WordEngine(), of_documents(follow_up))
    assert outcome.rank == 1
    assert outcome.asked is not None
    assert outcome.asked.overlapping == (True,)


def test_one_signal_alone_ranks_without_asking() -> None:
    engine = WordEngine()
    [outcome] = evaluate_ranking(engine, of_documents(SLEEPS), {"stems": 1.0})
    assert outcome.asked is None
    assert engine.weights == [{"stems": 1.0}]


def test_an_ablation_takes_each_signal_alone_and_away() -> None:
    engine = WordEngine()
    rows = ablate(engine, of_documents(SLEEPS), {"stems": 1.0, "grams": 0.5})
    assert list(rows) == ["alle", "kun stems", "kun grams", "uden stems", "uden grams"]
    assert engine.weights == [
        {"stems": 1.0, "grams": 0.5},
        {"stems": 1.0},
        {"grams": 1.0},
        {"grams": 0.5},
        {"stems": 1.0},
    ]


def test_progress_is_told_after_each_question() -> None:
    told: list[tuple[int, int]] = []
    evaluate(WordEngine(), of_documents(SLEEPS, FLIES), lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def test_foreign_questions_should_all_be_refused() -> None:
    assert answered_foreign(WordEngine(), [FLIES, SLEEPS]) == 0.5
    assert answered_foreign(WordEngine(), []) is None


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    path = tmp_path / "corpus.jsonl"
    path.write_text('{"id": "d1", "title": "A", "text": "En."}\n{"id": "d2", "title": "B", "text": "To."}\n')
    return path


def test_a_corpus_is_a_source_with_a_document_a_line(corpus: Path) -> None:
    source = CorpusSource(corpus)
    files, left_out = source.list_files()
    assert [file.path for file in files] == ["d1", "d2"]
    assert left_out == []
    assert source.read("d2").text == "To."


def test_a_changed_line_is_seen_though_its_length_is_the_same(corpus: Path) -> None:
    before = CorpusSource(corpus).list_files()[0]
    corpus.write_text(corpus.read_text().replace("To.", "Tre"))
    after = CorpusSource(corpus).list_files()[0]
    assert before[0] == after[0]
    assert before[1].size == after[1].size
    assert before[1].modified_ns != after[1].modified_ns
