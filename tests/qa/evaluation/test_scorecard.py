"""The scorecard's JSON is that of the contract, and its tables can be read."""

import pytest

from index.sync import SyncReport
from index.types import Notice
from qa.evaluation.figures import Outcome
from qa.evaluation.question_sets import Question
from qa.evaluation.scorecard import Scorecard, render_ablation, render_failures, render_scorecard
from qa.types import Hit
from tests.qa.evaluation.test_figures import ALL, FOUND_FIRST, FOUND_SECOND, REFUSED

CONTRACT = [
    "questions", "answerable", "unanswerable", "passages", "sentences",
    "hit_rate_at_1", "hit_rate_at_5", "hit_rate_at_10", "mrr_at_10", "ndcg_at_10",
    "answer_in_first_quote", "answer_in_shown_quotes", "quote_hit_at_1", "quote_hit_in_shown",
    "refused_answerable", "answered_unanswerable", "refusal_auroc", "latency_ms", "indexing",
]  # fmt: skip


def report(*, added: tuple[str, ...] = ("a.txt", "b.md"), seconds: float = 2.0) -> SyncReport:
    skipped = (Notice("c.pdf", "filen er beskadiget"),)
    return SyncReport(2, 30, 2045, added, (), (), 2 - len(added), skipped, (), seconds)


def test_the_json_holds_every_figure_of_the_contract_in_its_order() -> None:
    card = Scorecard(ALL, report()).as_json()
    assert [name for name in card if name in CONTRACT] == CONTRACT
    assert (card["questions"], card["passages"], card["sentences"]) == (4, 30, 2045)
    assert card["latency_ms"] == {"p50": 20, "p95": 40}


def test_speed_is_known_only_when_everything_was_new() -> None:
    assert Scorecard(ALL, report()).as_json()["indexing"] == {"seconds": 2.0, "passages_per_second": 15.0}
    again = Scorecard(ALL, report(added=(), seconds=0.1)).as_json()
    assert again["indexing"] == {"seconds": 0.1, "passages_per_second": None}


def test_what_was_left_out_is_counted() -> None:
    card = Scorecard(ALL, report(), left_out_questions=3).as_json()
    assert card["left_out"] == {"documents": 1, "questions": 3}


def test_the_tables_show_figures_in_danish_and_unknown_ones_as_a_dash() -> None:
    lines = render_scorecard(Scorecard(ALL, report()).as_json()).splitlines()
    assert {len(line) for line in lines[:10]} == {len(lines[0])}
    shown = {" ".join(line.split()) for line in lines}
    assert shown >= {
        "Sætninger 2.045",
        "MRR@10 0,611",
        "Svartid, p50 20,0 ms",
        "Besvaret blandt fremmede spørgsmål -",
    }


def test_groups_are_shown_where_there_is_more_than_one() -> None:
    drawn = render_scorecard(Scorecard([FOUND_FIRST, FOUND_SECOND], report()).as_json())
    assert "Fælles ord  antal" in drawn
    assert "Slags" not in drawn


def test_an_ablation_has_a_line_for_each_choice_of_signals() -> None:
    head, first, second = render_ablation({"alle": [FOUND_FIRST], "kun stems": [FOUND_SECOND]}).splitlines()
    assert head.split() == ["Signaler", "afsnit@1", "afsnit@5", "afsnit@10", "MRR@10", "nDCG@10"]
    assert first.split() == ["alle", "1,000", "1,000", "1,000", "1,000", "1,000"]
    assert second.split() == ["kun", "stems", "0,000", "1,000", "1,000", "0,500", "0,631"]


def test_failures_show_the_question_what_is_right_and_what_came() -> None:
    assert render_failures([FOUND_FIRST, FOUND_SECOND, REFUSED], 1) == (
        "1 af 2 spørgsmål, der gik galt (ud af 3):\n\n"
        "2 (answerable): ?\n"
        "  Rigtigt: i juni\n"
        "  Står i: b.md, nr. 2\n"
        "  Besvaret (0,400)\n"
        "  [1] »Nej.« (A, afsnit 1, a.txt)\n"
        "  [2] »I juni.« (A, afsnit 1, a.txt)"
    )


def test_failures_show_what_each_signal_gave() -> None:
    question = Question("1", "Hvem?", previous=("Hvad?",), documents=("a",))
    outcome = Outcome(question, ("b",), frozenset({"a"}), hits=(Hit(3, 0.5, {"stems": 7.25}),))
    drawn = render_failures([outcome], 5)
    assert "1 (answerable): Hvad? > Hvem?" in drawn
    assert "  1. b: 0,500 (stems 7,250)" in drawn


@pytest.mark.parametrize("hostile", ["\x1b[2J", "\u202e"])
def test_a_document_cannot_steer_the_terminal_through_a_failure(hostile: str) -> None:
    outcome = Outcome(Question("1", hostile, documents=("a",)), (), frozenset())
    assert hostile not in render_failures([outcome], 1)
