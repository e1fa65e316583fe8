"""What is told while one waits."""

import io

import pytest

from index.sync import SyncStage
from qa.progress import ProgressLine
from qa.wording.danish import time_left


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_said_when_nothing_is_done() -> None:
    stream = Terminal()
    ProgressLine(stream, "Begynder").clear()
    assert stream.getvalue() == ""


def test_elsewhere_than_on_a_terminal_the_beginning_is_said_once() -> None:
    stream = io.StringIO()
    line = ProgressLine(stream, "Begynder")
    line.show_stage(SyncStage.READ, 1, 2)
    line.show_stage(SyncStage.EMBED, 2, 2)
    line.clear()
    assert stream.getvalue() == "Begynder\n"


def test_a_terminal_shows_how_far_it_is_in_one_line_and_clears_it() -> None:
    stream = Terminal()
    line = ProgressLine(stream, "")
    line.show_stage(SyncStage.EMBED, 1, 2)
    assert stream.getvalue().strip() == "Gør teksten søgbar     ███████████████░░░░░░░░░░░░░░░  50 %"
    line.clear()
    assert stream.getvalue().endswith(f"\r{' ' * 79}\r")


def test_what_is_left_is_told_at_the_pace_so_far_once_that_is_sure() -> None:
    stream = Terminal()
    times = iter([100.0, 102.0, 120.0, 130.0])
    line = ProgressLine(stream, "", clock=lambda: next(times))
    for done in (500, 600, 1500, 2500):  # 100 of them in 2 seconds, 1000 in 20, all in 30
        line.show_stage(SyncStage.EMBED, done, 2500)
    assert [drawn.rstrip()[-19:] for drawn in stream.getvalue().split("\r")[1:]] == [
        "░░░░░░░░░░░░░  20 %",
        "░░░░░░░░░░░░░  24 %",
        "  60 % 20 s tilbage",
        "█████████████ 100 %",
    ]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0.2, "1 s tilbage"),
        (89, "89 s tilbage"),
        (125, "2 min. tilbage"),
        (7100, "118 min. tilbage"),
        (7200, "2 t. tilbage"),
        (40_000, "11 t. tilbage"),
    ],
)
def test_time_is_told_in_the_unit_that_suits(seconds: float, text: str) -> None:
    assert time_left(seconds) == text
