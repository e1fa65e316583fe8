"""Figures over three or four outcomes, each worked out by hand."""

import pytest

from qa.evaluation.figures import Asked, Outcome, all_figures, figures_by_group, latency
from qa.evaluation.question_sets import Question
from qa.types import Answer, Citation


def asked(
    *quotes: str, confidence: float = 0.5, overlapping: tuple[bool, ...] = (), milliseconds: float = 10
) -> Asked:
    citations = tuple(
        Citation(number, "a.txt", "A", None, (), None, 1, quote, 0, len(quote), 0.5)
        for number, quote in enumerate(quotes, 1)
    )
    answer = Answer("?", None, not quotes, confidence, "", citations, (), {})
    return Asked(answer, milliseconds, overlapping)


GOLD = frozenset({7})
FOUND_FIRST = Outcome(
    Question("1", "?", documents=("a.txt",), quote="i maj", answers=("maj",), overlap="high"),
    ranked=(7, 8),
    relevant=GOLD,
    asked=asked("Det er i MAJ.", confidence=0.9, overlapping=(True,), milliseconds=30),
)
FOUND_SECOND = Outcome(
    Question("2", "?", documents=("b.md",), quote="i juni", answers=("juni",), overlap="low"),
    ranked=(8, 7),
    relevant=GOLD,
    asked=asked("Nej.", "I juni.", confidence=0.4, overlapping=(False, True), milliseconds=10),
)
REFUSED = Outcome(
    Question(
        "3", "?", kind="followup", documents=("b.md",), quote="i juli", answers=("juli",), overlap="low"
    ),
    ranked=(8, 9, 7),
    relevant=GOLD,
    asked=asked(confidence=0.1, milliseconds=20),
)
OFF_TOPIC = Outcome(
    Question("4", "?", kind="unanswerable_offtopic"),
    ranked=(1,),
    relevant=frozenset(),
    asked=asked("Noget.", confidence=0.2, milliseconds=40),
)
ALL = [FOUND_FIRST, FOUND_SECOND, REFUSED, OFF_TOPIC]


def test_every_figure_of_four_questions() -> None:
    assert all_figures(ALL) == pytest.approx(
        {
            "questions": 4,
            "answerable": 3,
            "unanswerable": 1,
            "hit_rate_at_1": 1 / 3,
            "hit_rate_at_5": 1,
            "hit_rate_at_10": 1,
            "mrr_at_10": (1 + 1 / 2 + 1 / 3) / 3,
            "ndcg_at_10": (1 + 0.6309297535714575 + 0.5) / 3,  # 1 / log2(2), 1 / log2(3), 1 / log2(4)
            "answer_in_first_quote": 1 / 3,
            "answer_in_shown_quotes": 2 / 3,
            "quote_hit_at_1": 1 / 3,
            "quote_hit_in_shown": 2 / 3,
            "refused_answerable": 1 / 3,
            "refused_though_in_first_3": 1 / 3,
            "answered_unanswerable": 1,
            "refusal_auroc": 2 / 3,  # .9 and .4 lie above .2, .1 does not
        }
    )


def test_what_was_not_measured_is_unknown() -> None:
    ranking_alone = Outcome(Question("1", "?", documents=("a",)), ranked=("a",), relevant=frozenset({"a"}))
    figures = all_figures([ranking_alone])
    assert figures["hit_rate_at_1"] == 1
    assert [name for name, value in figures.items() if value is None] == [
        "answer_in_first_quote",
        "answer_in_shown_quotes",
        "quote_hit_at_1",
        "quote_hit_in_shown",
        "refused_answerable",
        "refused_though_in_first_3",
        "answered_unanswerable",
        "refusal_auroc",
    ]


def test_a_gold_quote_that_no_passage_holds_is_a_miss() -> None:
    lost = Outcome(Question("1", "?", documents=("a.txt",), quote="x"), ranked=(1, 2), relevant=frozenset())
    assert all_figures([lost])["mrr_at_10"] == 0


def test_latency_is_that_of_questions_asked() -> None:
    assert latency(ALL) == {"p50": 20, "p95": 40}
    assert latency([]) == {"p50": None, "p95": None}


def test_groups_by_kind_overlap_and_format() -> None:
    groups = figures_by_group(ALL)
    assert {way: {name: row["questions"] for name, row in rows.items()} for way, rows in groups.items()} == {
        "kind": {"answerable": 2, "followup": 1, "unanswerable_offtopic": 1},
        "overlap": {"high": 1, "low": 2},
        "format": {"md": 2, "txt": 1},
    }
    assert groups["overlap"]["low"]["mrr_at_10"] == pytest.approx((1 / 2 + 1 / 3) / 2)


@pytest.mark.parametrize(
    ("outcome", "right"), [(FOUND_FIRST, True), (FOUND_SECOND, False), (REFUSED, False), (OFF_TOPIC, False)]
)
def test_an_outcome_is_right_when_its_first_quote_is_or_it_is_rightly_refused(
    outcome: Outcome, right: bool
) -> None:
    assert outcome.right is right


def test_a_refusal_is_right_where_nothing_answers() -> None:
    assert Outcome(OFF_TOPIC.question, (), frozenset(), asked=asked()).right


def test_without_gold_quote_or_answer_the_first_passage_decides() -> None:
    question = Question("1", "?", documents=("a",))
    assert Outcome(question, ("a",), frozenset({"a"}), asked=asked("Noget.")).right
    assert not Outcome(question, ("b", "a"), frozenset({"a"}), asked=asked("Noget.")).right
