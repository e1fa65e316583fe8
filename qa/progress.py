"""Tells on stderr what takes time: one line that says so; on a terminal how far it is and what is left."""

import time
from collections.abc import Callable
from typing import TextIO

from index.sync import SyncStage
from qa.terminal import WIDTH
from qa.wording import terminal as wording
from qa.wording.danish import time_left

_BAR = 30
_SURE_AFTER_SECONDS = 3.0
"""Before, too little has been done to tell what the rest takes."""


class ProgressLine:
    """Says `beginning` once, when there is work to do, and on a terminal draws one line over and over."""

    def __init__(self, stream: TextIO, beginning: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._beginning = beginning
        self._clock = clock
        self._drawn = False
        self._began: tuple[str, float, int] = "", 0.0, 0

    def show_stage(self, stage: SyncStage, done: int, total: int) -> None:
        """Show how far a sync's stage is (the form of `index.sync.Progress`).

        The last stage comes also where there was nothing to read or embed: then it is not worth a word.
        """
        if stage is not SyncStage.BUILD or self._drawn:
            self.show(wording.STAGES[stage.value], done, total)

    def show(self, what: str, done: int, total: int) -> None:
        """Show that `done` of `total` is done."""
        if self._beginning:
            self._stream.write(f"{self._beginning}\n")
            self._beginning = ""
        if self._stream.isatty():
            share = done / total if total else 0.0
            filled = round(share * _BAR)
            bar = f"{'█' * filled}{'░' * (_BAR - filled)} {share * 100:3.0f} %"
            line = f"{what:<22} {bar} {self._left(what, done, total)}"
            self._stream.write(f"\r{line:<{WIDTH - 1}}")
            self._drawn = True
        self._stream.flush()

    def _left(self, what: str, done: int, total: int) -> str:
        """Return how long the rest takes at the pace so far, in words; nothing while that is unsure."""
        now = self._clock()
        if self._began[0] != what:
            self._began = what, now, done
        _, started, done_before = self._began
        if done >= total or done <= done_before or now - started < _SURE_AFTER_SECONDS:
            return ""
        return time_left((now - started) * (total - done) / (done - done_before))

    def clear(self) -> None:
        """Take the line away again."""
        if self._drawn:
            self._stream.write(f"\r{'':<{WIDTH - 1}}\r")
            self._stream.flush()
            self._drawn = False
