"""The figures of a benchmark as tables to print."""

from collections.abc import Mapping, Sequence
from typing import Any

from qa.evaluation.scorecard import table
from qa.wording import benchmark as wording
from qa.wording.danish import decimal, grouped


def render_benchmark(figures: Mapping[str, Any]) -> str:
    """Return everything that `run_benchmark` measured, one table after another."""
    question, encoding = figures["question"], figures.get("encoding")
    parts = [
        wording.MACHINE.format(**figures["machine"]),
        wording.FOLDER.format(**{name: grouped(count) for name, count in figures["folder"].items()}),
        _titled(
            wording.QUESTION.format(times=decimal(question["times_embedding"], 2)),
            [["", wording.P50_P95], *([name, shown(question[key])] for key, name in wording.STAGES.items())],
        ),
    ]
    if encoding:
        title = wording.ENCODING.format(
            dtype=encoding["dtype"], tokens=decimal(encoding["tokens_per_text"], 1)
        )
        parts.append(_titled(title, _rows(wording.ENCODING_ROWS, encoding)))
    columns = wording.SCALE_COLUMNS
    sizes = [[shown(size[key]) for key in columns] for size in figures["scale"]]
    parts.append(_titled(wording.SCALE, [[*columns.values()], *sizes]))
    parts.append(_titled(wording.STARTING, _rows(wording.STARTING_ROWS, figures["starting"])))
    return "\n\n".join(parts)


def shown(value: Any) -> str:
    """Return a figure as it is read: whole numbers in groups, percentiles as a pair."""
    if isinstance(value, Mapping):
        return f"{decimal(value['p50'], 1)} / {decimal(value['p95'], 1)}"
    return grouped(value) if isinstance(value, int) else decimal(value, 3)


def _rows(names: Mapping[str, str], figures: Mapping[str, Any]) -> list[list[str]]:
    return [[name, shown(figures[key])] for key, name in names.items()]


def _titled(title: str, rows: Sequence[Sequence[str]]) -> str:
    return f"{title}\n{table(rows)}"
