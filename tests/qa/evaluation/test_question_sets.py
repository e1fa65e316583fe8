"""Both forms of a question set, read from files that are written here."""

import json
from pathlib import Path

import pytest

from index.errors import FolderError, SettingError
from qa.evaluation.question_sets import Question, read_corpus, read_question_set


def write_lines(path: Path, *objects: object) -> None:
    path.write_text("".join(f"{json.dumps(o, ensure_ascii=False)}\n" for o in objects), encoding="utf-8")


@pytest.fixture
def beir(tmp_path: Path) -> Path:
    write_lines(
        tmp_path / "corpus.jsonl",
        {"id": "d1", "title": "Kat", "text": "Katten sover.\n\nOg snorker."},
        {"id": "d2", "title": "", "text": "Hunden gør."},
    )
    write_lines(
        tmp_path / "queries.jsonl",
        {"id": "q1", "question": "Hvem sover?"},
        {"id": "q2", "question": "Hvem flyver?"},
    )
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\nq1\td2\t0\n")
    write_lines(tmp_path / "answers.jsonl", {"id": "q1", "answers": ["katten"]})
    return tmp_path


def test_beir_questions_have_their_documents_and_answers(beir: Path) -> None:
    found = read_question_set(beir)
    assert found.documents == beir / "corpus.jsonl"
    assert found.is_corpus
    assert found.questions == (
        Question("q1", "Hvem sover?", documents=("d1",), answers=("katten",)),
        Question("q2", "Hvem flyver?", kind="unanswerable"),
    )
    assert [question.answerable for question in found.questions] == [True, False]


def test_a_corpus_line_is_one_document_with_its_paragraphs(beir: Path) -> None:
    first, second = read_corpus(beir / "corpus.jsonl")
    assert (first.path, first.title, len(first.blocks)) == ("d1", "Kat", 2)
    assert first.text == "Katten sover.\n\nOg snorker."
    assert second.title == "d2"


def test_the_document_form_has_kinds_quotes_and_what_was_asked_before(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    line = {"id": "1", "question": "Og hvem?", "kind": "followup", "previous": "Hvad?", "document": "a.txt"}
    off = {"id": "2", "question": "Hvor?", "kind": "unanswerable_near", "previous": None, "document": None}
    write_lines(
        tmp_path / "questions.jsonl", {**line, "quote": "Katten.", "answer": "kat", "overlap": "low"}, off
    )
    found = read_question_set(tmp_path)
    assert not found.is_corpus
    assert found.questions == (
        Question("1", "Og hvem?", "followup", ("Hvad?",), ("a.txt",), "Katten.", ("kat",), "low"),
        Question("2", "Hvor?", "unanswerable_near"),
    )


def test_other_questions_can_stand_in(beir: Path, tmp_path: Path) -> None:
    write_lines(tmp_path / "other.jsonl", {"id": "q1", "question": "Sover nogen?"})
    assert [q.question for q in read_question_set(beir, tmp_path / "other.jsonl").questions] == [
        "Sover nogen?"
    ]


def test_questions_whose_documents_cannot_be_read_are_left_out(beir: Path) -> None:
    assert [q.id for q in read_question_set(beir).only({"d2"}).questions] == ["q2"]


def test_a_folder_of_neither_form_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FolderError, match="ikke et spørgsmålssæt"):
        read_question_set(tmp_path)


def test_a_line_that_is_not_json_is_named(beir: Path) -> None:
    (beir / "queries.jsonl").write_text('{"id": "q1", "question": "a"}\n{"id"\n')
    with pytest.raises(SettingError, match=r"Linje 2 i ».*queries.jsonl«"):
        read_question_set(beir)


def test_a_file_that_is_missing_is_named(beir: Path) -> None:
    (beir / "qrels.tsv").unlink()
    with pytest.raises(SettingError, match=r"qrels.tsv« kan ikke læses"):
        read_question_set(beir)


@pytest.mark.parametrize(
    ("line", "fault"),
    [
        ('{"id": 1', "ikke er et JSON-objekt med de rigtige felter"),
        ("[1]", "ikke er et JSON-objekt med de rigtige felter"),
        ("[" * 100_000, "ikke er et JSON-objekt med de rigtige felter"),
        ('{"id": "b"}', "mangler »question«"),
        ('{"question": "Hvem?"}', "mangler »id«"),
    ],
)
def test_a_broken_line_is_told_by_its_number(tmp_path: Path, line: str, fault: str) -> None:
    (tmp_path / "documents").mkdir()
    path = tmp_path / "questions.jsonl"
    path.write_text(f'{{"id": "a", "question": "Hvornår?"}}\n\n{line}\n', encoding="utf-8")
    with pytest.raises(SettingError) as refused:
        read_question_set(tmp_path)
    assert str(refused.value) == f"Linje 3 i »{path}« kan ikke bruges, for den {fault}; ret linjen."


def test_a_broken_line_of_what_is_right_is_told_by_its_number(beir: Path) -> None:
    (beir / "qrels.tsv").write_text("query\tdocument\tscore\na\tb\n", encoding="utf-8")
    with pytest.raises(
        SettingError, match=r"^Linje 2 i ».*qrels\.tsv« .* ikke har tre felter med et tal sidst"
    ):
        read_question_set(beir)


def test_a_file_that_is_not_utf_8_is_told(tmp_path: Path) -> None:
    (tmp_path / "documents").mkdir()
    (tmp_path / "questions.jsonl").write_bytes("år".encode("cp1252"))
    with pytest.raises(SettingError, match="den er ikke UTF-8; gem den som UTF-8"):
        read_question_set(tmp_path)
