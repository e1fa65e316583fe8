"""Tells on stderr what takes time: one line that says so, and on a terminal how far it is."""

from typing import TextIO

from index.sync import SyncStage
from qa.terminal import WIDTH
from qa.wording import terminal as wording

_BAR = 30


class ProgressLine:
    """Says `beginning` once, when there is work to do, and on a terminal draws one line over and over."""

    def __init__(self, stream: TextIO, beginning: str) -> None:
        self._stream = stream
        self._beginning = beginning
        self._drawn = False

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
            line = f"{what:<22} {'█' * filled}{'░' * (_BAR - filled)} {share * 100:3.0f} %"
            self._stream.write(f"\r{line:<{WIDTH - 1}}")
            self._drawn = True
        self._stream.flush()

    def clear(self) -> None:
        """Take the line away again."""
        if self._drawn:
            self._stream.write(f"\r{'':<{WIDTH - 1}}\r")
            self._stream.flush()
            self._drawn = False
