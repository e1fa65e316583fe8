"""Puts the figures of an evaluation together, as one JSON object and as tables for a terminal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from index.sync import SyncReport
from qa.evaluation.figures import Figures, Outcome, all_figures, figures_by_group, latency, ranking_figures
from qa.terminal import harmless, source_line
from qa.wording import evaluation as wording
from qa.wording.danish import decimal, grouped

GROUP_COLUMNS = (
    "questions",
    "hit_rate_at_1",
    "hit_rate_at_5",
    "mrr_at_10",
    "quote_hit_at_1",
    "quote_hit_in_shown",
    "answer_in_first_quote",
    "refused_answerable",
    "answered_unanswerable",
)
"""What is shown of each group: the figures that a decision hangs on."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """An evaluation's outcomes and what they were measured on."""

    outcomes: Sequence[Outcome]
    sync: SyncReport
    left_out_questions: int = 0
    answered_foreign: float | None = None
    signal: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the object that `evaluate --json` prints."""
        figures = all_figures(self.outcomes)
        counts = {name: figures.pop(name) for name in ("questions", "answerable", "unanswerable")}
        return {
            **counts,
            "passages": self.sync.passages,
            "sentences": self.sync.sentences,
            **figures,
            "latency_ms": latency(self.outcomes),
            "indexing": _indexing(self.sync),
            "answered_foreign": self.answered_foreign,
            "left_out": {"documents": len(self.sync.skipped), "questions": self.left_out_questions},
            "signal": self.signal,
            "by": figures_by_group(self.outcomes),
        }


def render_scorecard(card: Mapping[str, Any]) -> str:
    """Return the figures of `Scorecard.as_json` as tables, one figure a line and one group a line."""
    flat = {**card, **{f"latency_{name}": value for name, value in card["latency_ms"].items()}}
    flat["left_out"] = card["left_out"]["questions"]
    rows = [[label, _shown(name, flat[name])] for name, label in wording.FIGURES.items()]
    tables = [table(rows)]
    for way, groups in card["by"].items():
        if len(groups) > 1:
            tables.append(_group_table(wording.GROUPS[way], groups))
    return "\n\n".join(tables)


def render_ablation(rows: Mapping[str, Sequence[Outcome]]) -> str:
    """Return a table of the ranking figures, one choice of signals a line."""
    figures = {
        name: ranking_figures([o for o in outcomes if o.question.answerable])
        for name, outcomes in rows.items()
    }
    columns = list(next(iter(figures.values())))
    head = [wording.SIGNALS_COLUMN, *(wording.COLUMNS[column] for column in columns)]
    return table([head, *([name, *(_shown(c, row[c]) for c in columns)] for name, row in figures.items())])


def render_failures(outcomes: Sequence[Outcome], count: int) -> str:
    """Return the first `count` questions that went wrong: the question, what is right, and what was shown."""
    failures = [outcome for outcome in outcomes if not outcome.right]
    head = wording.FAILURES.format(shown=min(count, len(failures)), failed=len(failures), asked=len(outcomes))
    return "\n\n".join([head, *(_failure(outcome) for outcome in failures[:count])])


def _failure(outcome: Outcome) -> str:
    question = outcome.question
    lines = [f"{question.id} ({question.kind}): {' > '.join((*question.previous, question.question))}"]
    lines.append(
        f"  {wording.GOLD}: {question.quote or ' | '.join(question.answers) or wording.SHOULD_BE_REFUSED}"
    )
    lines.append(f"  {wording.GOLD_PLACE}: {', '.join(question.documents) or '-'}, nr. {outcome.rank or '-'}")
    if outcome.asked:
        answer = outcome.asked.answer
        state = wording.REFUSED if answer.refused else wording.ANSWERED
        lines.append(f"  {state} ({decimal(answer.confidence, 3)})")
        lines += [
            f"  [{c.number}] »{c.quote}« ({source_line(c)})" for c in answer.citations or answer.related
        ]
    for rank, hit in enumerate(outcome.hits[:3], 1):
        signals = ", ".join(f"{name} {decimal(score, 3)}" for name, score in hit.signals.items())
        lines.append(f"  {rank}. {outcome.ranked[rank - 1]}: {decimal(hit.score, 3)} ({signals})")
    return "\n".join(map(harmless, lines))


def _group_table(title: str, groups: Mapping[str, Figures]) -> str:
    known = [c for c in GROUP_COLUMNS if any(figures[c] is not None for figures in groups.values())]
    head = [title, *(wording.COLUMNS[column] for column in known)]
    return table(
        [head, *([name, *(_shown(c, figures[c]) for c in known)] for name, figures in groups.items())]
    )


def _indexing(sync: SyncReport) -> dict[str, float | None]:
    """Return how long indexing took, and its speed if every passage was new (a later run embeds nothing)."""
    all_new = sync.seconds > 0 and len(sync.added) == sync.documents
    return {
        "seconds": round(sync.seconds, 3),
        "passages_per_second": round(sync.passages / sync.seconds, 1) if all_new else None,
    }


def _shown(name: str, value: float | None) -> str:
    if value is None:
        return "-"
    if name.startswith("latency"):
        return f"{decimal(value, 1)} ms"
    return grouped(value) if isinstance(value, int) else decimal(value, 3)


def table(rows: Sequence[Sequence[str]]) -> str:
    """Return rows with columns lined up: the first to the left, the others to the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )
