"""When a follower updates, step by step: on a change that has settled, once, and again after a failure."""

import threading
from collections.abc import Iterable
from types import SimpleNamespace

import pytest

from index.errors import FolderError
from index.sync import Progress, SyncStage
from qa import following
from qa.following import LOOK_EVERY_SECONDS, MAX_UNSETTLED_LOOKS, MAX_WAIT_SECONDS, Follower


class Folder:
    """What the follower sees at each look, and what it did."""

    def __init__(self, seen: Iterable[object], failures: Iterable[Exception] = ()) -> None:
        self._seen = iter(seen)
        self._failures = iter(failures)
        self.updates = 0
        self.reported: list[Exception] = []
        self.follower = Follower(self._look, self._update, self.reported.append)

    def steps(self, count: int) -> list[int]:
        """Return how many updates there have been after each of `count` steps."""
        return [(self.follower.step(), self.updates)[1] for _ in range(count)]  # type: ignore[func-returns-value]

    def _look(self) -> object:
        seen = next(self._seen)
        if isinstance(seen, Exception):
            raise seen
        return seen

    def _update(self, _: Progress) -> None:
        failure = next(self._failures, None)
        if failure:
            raise failure
        self.updates += 1


def test_a_change_is_taken_once_it_has_settled_and_once_only() -> None:
    assert Folder("aaabbbb").steps(7) == [0, 1, 1, 1, 2, 2, 2]


def test_nothing_is_done_while_the_folder_goes_on_changing() -> None:
    assert Folder("aabcdee").steps(7) == [0, 1, 1, 1, 1, 1, 2]


def test_a_folder_that_never_settles_is_taken_as_it_is_after_a_while() -> None:
    folder = Folder(range(100))
    assert folder.steps(MAX_UNSETTLED_LOOKS + 1)[-2:] == [0, 1]


def test_what_changes_back_before_it_settles_is_no_change() -> None:
    assert Folder("aabaa").steps(5) == [0, 1, 1, 1, 1]


def test_what_failed_is_tried_again_and_told_once() -> None:
    error = FolderError("Mappen findes ikke.")
    folder = Folder("aaaaa", [error, FolderError("Mappen findes ikke."), FolderError("Disken er fuld.")])
    assert folder.steps(5) == [0, 0, 0, 0, 1]
    assert [str(each) for each in folder.reported] == ["Mappen findes ikke.", "Disken er fuld."]


def test_a_folder_that_cannot_be_looked_at_is_told_and_looked_at_again() -> None:
    gone = FolderError("Mappen findes ikke.")
    folder = Folder(["a", "a", gone, gone, "a", "b", "b", gone])
    assert folder.steps(8) == [0, 1, 1, 1, 1, 1, 2, 2]
    assert folder.reported == [gone, gone]  # once in a row


def test_a_bug_is_reported_and_does_not_end_the_following() -> None:
    folder = Folder("aaa", [ZeroDivisionError()])
    assert folder.steps(3) == [0, 0, 1]
    assert [type(error) for error in folder.reported] == [ZeroDivisionError]


def test_a_report_that_cannot_be_written_does_not_end_the_following() -> None:
    def fail(_: Exception) -> None:
        raise OSError(28, "No space left on device")

    follower = Follower(lambda: 1 / 0, lambda _: None, fail)  # type: ignore[return-value]
    follower.step()


def test_failures_are_tried_again_after_longer_and_longer_waits() -> None:
    folder = Folder("a" * 20, [ZeroDivisionError()] * 18)
    waits = [(folder.follower.step(), folder.follower.wait_seconds())[1] for _ in range(20)]  # type: ignore[func-returns-value]
    assert waits[:4] == [LOOK_EVERY_SECONDS * times for times in (1, 2, 4, 8)]
    assert (waits[18], waits[19]) == (MAX_WAIT_SECONDS, LOOK_EVERY_SECONDS)


def test_a_slow_look_is_followed_by_a_long_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder("a")
    clock = iter([100.0, 103.0])
    monkeypatch.setattr(following, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    folder.steps(1)
    assert folder.follower.wait_seconds() == 60.0


def test_a_long_update_is_followed_by_a_long_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Folder("aaa")
    clock = iter([100.0, 100.0, 102.0, 103.0, 113.0, 120.0, 120.0])
    monkeypatch.setattr(following, "time", SimpleNamespace(monotonic=lambda: next(clock)))
    waits = [(folder.follower.step(), folder.follower.wait_seconds())[1] for _ in range(3)]  # type: ignore[func-returns-value]
    assert waits == [
        LOOK_EVERY_SECONDS,
        50.0,
        LOOK_EVERY_SECONDS,
    ]  # ten seconds of updating after one of looking


def test_an_update_that_is_under_way_is_broken_off_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "LOOK_EVERY_SECONDS", 0.0)
    under_way, reported = threading.Event(), []

    def work_for_ever(progress: Progress) -> None:
        while True:
            progress(SyncStage.EMBED, 1, 2)
            under_way.set()

    with Follower(lambda: "a", work_for_ever, reported.append):
        assert under_way.wait(60)
    assert "following" not in {thread.name for thread in threading.enumerate()}
    assert reported == []


def test_a_follower_that_is_woken_takes_what_is_there_at_once() -> None:
    folder = Folder("aabcc")
    folder.steps(2)
    folder.follower.wake()
    assert folder.steps(3) == [2, 2, 3]  # »b« at once; »c« when it has settled, as ever


def test_a_thread_that_is_woken_does_not_wait_out_its_rest() -> None:
    updated = threading.Event()
    with Follower(lambda: "a", lambda _: updated.set(), lambda _: None) as follower:
        follower.wait_seconds = lambda: MAX_WAIT_SECONDS  # type: ignore[method-assign]
        follower.wake()
        assert updated.wait(60)


def test_how_far_an_update_is_can_be_seen_while_it_is_under_way() -> None:
    seen = []

    def work(progress: Progress) -> None:
        progress(SyncStage.EMBED, 1, 2)
        seen.append(follower.doing)

    follower = Follower(lambda: "a", work, lambda _: None)
    follower.wake()
    follower.step()
    assert (seen, follower.doing) == ([(SyncStage.EMBED, 1, 2)], None)


def test_what_it_failed_by_is_told_until_it_works_again() -> None:
    error = FolderError("Disken er fuld.")
    folder = Folder("aaa", [error])
    folder.steps(2)
    assert folder.follower.failure is error
    folder.steps(1)
    assert folder.follower.failure is None
