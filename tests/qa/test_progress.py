"""What is told while one waits."""

import io

from index.sync import SyncStage
from qa.progress import ProgressLine


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
