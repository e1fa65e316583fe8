"""Follows a folder while the chat runs: looks at it again and again, and updates the library when it changed.

It looks itself instead of asking the operating system for events: those do not come from network drives,
are limited in number, and tell nothing that a listing does not (docs/decisions.md).
"""

import threading
import time
from collections.abc import Callable, Hashable
from contextlib import suppress
from types import TracebackType
from typing import Self

from index.errors import KildesvarError
from index.sync import Progress, SyncStage

LOOK_EVERY_SECONDS = 2.0
"""How long to wait between two looks, at least."""

REST_PER_LOOK = 20.0
"""How many times as long as a look takes to wait after it, so that a slow drive is not kept busy."""

REST_PER_UPDATE = 5.0
"""How many times as long as an update takes to wait after it: it uses the processor that questions need."""

MAX_UNSETTLED_LOOKS = 15
"""A folder that goes on changing is taken as it is after so many looks, as it may never settle."""

MAX_WAIT_SECONDS = 300.0
"""How long to wait at most, also before trying again what failed."""

_STOP_SECONDS = 10.0
"""How long an update may take to notice that it shall stop; it can be cut off anywhere without harm."""


class Follower:
    """A thread that calls `update` once what `look` returns has changed and settled; a context manager.

    `update` gets a function to tell its progress to; through it the follower stops an update half-way.
    The first look counts as a change, since the folder may have changed before it. Errors go to `report`,
    each only once in a row, and what failed is tried again, after longer and longer waits.

    `failure` is what the last look or update failed by, and `doing` how far an update is that is under way
    (its stage, how much is done, how much there is); both are None otherwise.
    """

    def __init__(
        self,
        look: Callable[[], Hashable],
        update: Callable[[Progress], object],
        report: Callable[[Exception], object],
    ) -> None:
        self._look, self._update, self._report = look, update, report
        self._done: Hashable = None
        self._last: Hashable = None
        self._unsettled = 0
        self._failures = 0
        self.failure: Exception | None = None
        self.doing: tuple[SyncStage, int, int] | None = None
        self._look_seconds = self._update_seconds = 0.0
        self._stopping, self._woken = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="following", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        self._thread.join(_STOP_SECONDS)

    def stop(self) -> None:
        """Look no more, and break off an update that is under way; its next run goes on from there."""
        self._stopping.set()
        self._woken.set()

    def wake(self) -> None:
        """Look now, and take what is there for settled: the caller knows that it is whole."""
        self._woken.set()

    def step(self) -> None:
        """Look once, and update if that is due; errors are reported, never raised."""
        is_woken = self._woken.is_set()
        self._woken.clear()
        try:
            self._look_and_update(is_woken)
            self._failures, self.failure = 0, None
        except _Stopped:
            pass
        except Exception as error:  # the chat answers on from the last good state, and this is tried again
            self._failures += 1
            self._tell(error)
        self.doing = None

    def wait_seconds(self) -> float:
        """Return how long to wait before the next look."""
        rest = max(REST_PER_LOOK * self._look_seconds, REST_PER_UPDATE * self._update_seconds)
        wait = max(LOOK_EVERY_SECONDS, rest) * 2.0 ** min(self._failures, 10)
        return min(wait, MAX_WAIT_SECONDS)

    def _run(self) -> None:
        while not self._stopping.is_set():
            self._woken.wait(self.wait_seconds())
            if not self._stopping.is_set():
                self.step()

    def _look_and_update(self, is_woken: bool) -> None:
        self._update_seconds = 0.0
        started = time.monotonic()
        seen = self._look()
        self._look_seconds = time.monotonic() - started
        settled, self._last = is_woken or seen == self._last, seen
        if seen == self._done:
            self._unsettled = 0
        elif settled or self._unsettled >= MAX_UNSETTLED_LOOKS:
            self._update(self._go_on)
            self._update_seconds = time.monotonic() - started - self._look_seconds
            self._done, self._unsettled = seen, 0
        else:
            self._unsettled += 1

    def _go_on(self, stage: SyncStage, done: int, total: int) -> None:
        if self._stopping.is_set():
            raise _Stopped
        self.doing = (stage, done, total)

    def _tell(self, error: Exception) -> None:
        before, self.failure = self.failure, error
        if before is None or _words_of(error) != _words_of(before):
            with suppress(OSError):  # nowhere to tell it, on a full disk
                self._report(error)


def _words_of(error: Exception) -> str:
    return str(error) if isinstance(error, KildesvarError) else type(error).__name__


class _Stopped(BaseException):
    """The chat ends while an update is under way; no failure, so nothing on the way may take it for one."""
