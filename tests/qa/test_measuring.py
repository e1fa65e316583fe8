"""`kildesvar evaluate` from end to end over small sets of questions."""

import json
from pathlib import Path

import pytest

from tests.qa.command import Command, fails_with

pytestmark = pytest.mark.usefixtures("small_model")


def test_evaluate_asks_the_questions_of_a_set_of_documents(
    kildesvar: Command, folder: Path, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "documents")
    right = {"kind": "answerable", "document": "regler.txt", "quote": "den 1. maj 2015", "answer": "1. maj"}
    lines = [
        {"id": "1", "question": "Hvornår er fristen for høringssvar?", "overlap": "high", **right},
        {"id": "2", "question": "Hvordan bager man rugbrød?", "kind": "unanswerable_offtopic"},
        {"id": "3", "question": "Hvad?", "kind": "answerable", "document": "billede.xyz", "quote": "x"},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    card = kildesvar.json("evaluate", tmp_path, "--foreign", tmp_path)
    assert (card["questions"], card["answerable"], card["left_out"]["questions"]) == (2, 1, 1)
    assert (card["mrr_at_10"], card["quote_hit_at_1"], card["answer_in_first_quote"]) == (1, 1, 1)
    assert (card["answered_unanswerable"], card["signal"]) == (0, None)
    one_signal = kildesvar.json("evaluate", tmp_path, "--signal", "stems_around")
    assert one_signal["signal"] == "stems_around"
    assert (one_signal["mrr_at_10"], one_signal["answer_in_first_quote"]) == (1, None)
    _, table, _ = kildesvar("evaluate", tmp_path, "--show-failures", 1)
    assert ["MRR@10", "1,000"] in [line.split() for line in table.splitlines()]
    assert "0 af 0 spørgsmål, der gik galt (ud af 2):" in table
    _, ablation, _ = kildesvar("evaluate", tmp_path, "--ablation")
    assert "kun stems_around" in ablation
    assert "kun stems " not in ablation


def test_evaluate_takes_a_corpus_and_embeds_it_once(kildesvar: Command, tmp_path: Path) -> None:
    corpus = [
        {"id": "d1", "title": "Kat", "text": "Katten sover."},
        {"id": "d2", "title": "Hund", "text": "Den gør."},
    ]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "question": "Hvem er katten, der sover?"}\n')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    first = kildesvar.json("evaluate", tmp_path)
    assert (first["passages"], first["hit_rate_at_1"], first["quote_hit_at_1"]) == (2, 1, None)
    assert first["indexing"]["passages_per_second"] > 0
    second = kildesvar.json("evaluate", tmp_path)
    assert second["indexing"]["passages_per_second"] is None


def test_a_signal_that_does_not_exist(kildesvar: Command, tmp_path: Path) -> None:
    fails_with(kildesvar("evaluate", tmp_path, "--signal", "nix"), "Signalet »nix« findes ikke")


def test_a_folder_that_is_no_question_set(kildesvar: Command, tmp_path: Path) -> None:
    fails_with(kildesvar("evaluate", tmp_path), "ikke et spørgsmålssæt")
