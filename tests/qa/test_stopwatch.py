"""Stages timed by a clock that is set by hand."""

import pytest

from qa import stopwatch
from qa.stopwatch import Stopwatch


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """Seconds that the clock shows, the next one first."""
    seconds: list[float] = []
    monkeypatch.setattr(stopwatch.time, "perf_counter", lambda: seconds.pop(0))
    return seconds


def test_each_stage_has_its_own_time_and_the_total_is_their_sum(clock: list[float]) -> None:
    clock.extend([100.0, 100.25, 100.375, 101.0])
    watch = Stopwatch()
    for name in ("embed", "retrieve", "answer"):
        watch.lap(name)
    assert watch.milliseconds() == {"embed": 250.0, "retrieve": 125.0, "answer": 625.0, "total": 1000.0}
    assert list(watch.milliseconds()) == ["embed", "retrieve", "answer", "total"]


def test_without_a_stage_the_total_is_nothing(clock: list[float]) -> None:
    clock.append(5.0)
    assert Stopwatch().milliseconds() == {"total": 0.0}


def test_times_are_rounded_to_hundredths(clock: list[float]) -> None:
    clock.extend([0.0, 0.012345678])
    watch = Stopwatch()
    watch.lap("embed")
    assert watch.milliseconds() == {"embed": 12.35, "total": 12.35}
