import json

import pytest

from index.finetune import read_folder
from index.training_documents import read_document_pairs

SWIMMING = """# Takster i svømmehallen

Priserne gælder fra januar.

## Børn under 18 år

- Enkeltbillet: 20 kr.
- Klippekort: 180 kr.

## Åbningstider

Hallen har åbent alle hverdage fra klokken 7. I skolernes ferier lukker den klokken 14, og om søndagen åbner
den først klokken 10, når de tidlige hold er færdige.
"""

LIBRARY = """# Takster på biblioteket

Det koster 10 kr. at aflevere en dag for sent. Klippekort til printeren koster 50 kr.
"""

QUESTIONS = [
    ("hvad skal et barn betale for at svømme en gang", "svoem.md", "Enkeltbillet: 20 kr.", 0),
    ("Hvornår lukker svømmehallen i ferien?", "svoem.md", "I skolernes ferier", 0),
    ("hvad koster et klippekort til voksne i svømmehallen", "svoem.md", None, 0),
    (
        "bøde for at aflevere en bog for sent",
        "bibliotek.md",
        "Det koster 10 kr. at aflevere en dag for sent.",
        1,
    ),
]


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "documents").mkdir()
    (tmp_path / "documents" / "svoem.md").write_text(SWIMMING, encoding="utf-8")
    (tmp_path / "documents" / "bibliotek.md").write_text(LIBRARY, encoding="utf-8")
    keys = ("question", "document", "quote", "fold")
    lines = [json.dumps(dict(zip(keys, row, strict=True))) for row in QUESTIONS]
    (tmp_path / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return tmp_path


def pair_of(folder, document):
    return next(pair for pair in read_document_pairs(folder) if pair.document == document)


def test_texts_are_those_that_are_embedded_when_the_document_is_indexed(folder):
    pair = pair_of(folder, "svoem.md")
    assert pair.sentence.whole == "Takster i svømmehallen · Børn under 18 år: Enkeltbillet: 20 kr."
    assert pair.passage.whole.startswith("Takster i svømmehallen · Børn under 18 år\n")


def test_the_other_sentences_of_the_passage_are_wrong(folder):
    assert [each.words for each in pair_of(folder, "svoem.md").wrong_sentences] == ["Klippekort: 180 kr."]


def test_wrong_passages_are_of_the_same_document_first_and_then_of_others(folder):
    words = [each.text.words for each in pair_of(folder, "svoem.md").wrong_passages]
    assert [part.split()[0] for part in words] == ["Priserne", "Hallen", "Det"]


def test_questions_that_the_document_does_not_answer_stand_beside_those_it_does(folder):
    assert pair_of(folder, "svoem.md").unanswered == (QUESTIONS[2][0],)
    assert pair_of(folder, "bibliotek.md").unanswered == ()


def test_a_quote_that_is_no_whole_sentence_of_the_document_is_left_out(folder):
    asked = [pair.question for pair in read_document_pairs(folder)]
    assert QUESTIONS[0][0] in asked
    assert QUESTIONS[1][0] not in asked


@pytest.mark.parametrize(("held_out", "documents"), [(0, {"bibliotek.md"}), (1, {"svoem.md"})])
def test_documents_of_the_held_out_fold_are_not_trained_on(folder, held_out, documents):
    pairs = read_document_pairs(folder, held_out)
    assert {pair.document for pair in pairs} == documents
    assert all(wrong.passage_id.split("#")[0] in documents for pair in pairs for wrong in pair.wrong_passages)


def test_a_folder_of_documents_is_told_from_one_of_paired_files(folder):
    assert read_folder(folder, None) == read_document_pairs(folder)
    assert read_folder(folder / "documents", None) == []
