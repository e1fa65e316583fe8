import gzip
import json

import pytest

from index.training_pairs import Text, read_pairs

PASSAGES = [
    {"id": "a1", "title": "Havnen", "text": "Havnen blev bygget i 1890. Den ejes af kommunen."},
    {"id": "a2", "title": "Havnen", "text": "Kajen blev bygget senere."},
    {"id": "a3", "title": "Havnen", "text": "Her sælges fisk."},
    {"id": "b1", "title": "Skolen", "text": "Skolen har 300 elever."},
]
QUESTIONS = [
    {
        "id": "1",
        "question": "Hvornår blev havnen bygget?",
        "passages": ["a1"],
        "answers": ["1890"],
        "fold": 0,
    },
    {"id": "2", "question": "Hvor mange elever er der?", "passages": ["b1"], "fold": 1},
]


def write_lines(path, rows):
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(json.dumps(row) + "\n" for row in rows)


@pytest.fixture
def folder(tmp_path):
    write_lines(tmp_path / "set.passages.jsonl.gz", PASSAGES)
    write_lines(tmp_path / "set.questions.jsonl.gz", QUESTIONS)
    return tmp_path


def test_the_sentence_with_the_answer_is_right_and_its_neighbour_is_wrong(folder):
    pair = read_pairs(folder)[0]
    assert pair.sentence == Text("Havnen: Havnen blev bygget i 1890.", "Havnen blev bygget i 1890.")
    assert [each.words for each in pair.wrong_sentences] == ["Den ejes af kommunen."]


def test_wrong_passages_are_of_the_same_document_the_most_alike_first(folder):
    pair = read_pairs(folder)[0]
    wrong = [each.text for each in pair.wrong_passages]
    assert [text.words for text in wrong] == ["Kajen blev bygget senere.", "Her sælges fisk."]
    assert wrong[0].whole == "Havnen\nKajen blev bygget senere."


def test_without_answer_strings_the_passage_begins_with_the_answer(folder):
    pair = read_pairs(folder)[1]
    assert (pair.passage_id, pair.sentence.words, pair.wrong_sentences) == (
        "b1",
        "Skolen har 300 elever.",
        (),
    )


def test_a_question_whose_answer_stands_in_no_sentence_is_left_out(folder):
    write_lines(folder / "set.questions.jsonl.gz", [QUESTIONS[0] | {"answers": ["1950"]}])
    assert read_pairs(folder) == []


@pytest.mark.parametrize(
    ("held_out", "titles"), [(None, ["Havnen", "Skolen"]), (0, ["Skolen"]), (1, ["Havnen"])]
)
def test_documents_of_the_held_out_fold_are_not_trained_on(folder, held_out, titles):
    assert [pair.document for pair in read_pairs(folder, held_out)] == titles


def test_a_long_passage_is_divided_and_only_the_part_that_answers_is_right(folder):
    long = " ".join(f"Sætning nummer {number} er her uden noget svar i sig." for number in range(12))
    write_lines(
        folder / "set.passages.jsonl.gz",
        [PASSAGES[0] | {"text": f"{long} Havnen blev bygget i 1890."}, PASSAGES[3]],
    )
    pair = read_pairs(folder)[0]
    assert pair.passage.words.endswith(". Havnen blev bygget i 1890.")
    assert len(pair.passage.words) < len(long) / 2
