"""Reads files in a process of its own, so that no file can harm or stop the one that asks.

The parent opens the file (safely, below the folder), streams its bytes to the child, and gets back one
line of JSON; it never imports a parser. A child reads many files, since starting one costs a tenth of a
second; it is replaced when it dies, runs out of time, or has read enough for its memory to be worn.

On Windows there are no limits on memory and CPU time; only the limit on elapsed time holds there.
"""

import json
import os
import signal
import subprocess
import sys
import threading
from dataclasses import asdict
from pathlib import Path
from types import TracebackType
from typing import IO, Self, cast

import index
from index.errors import UnreadableFile, UnreadNow
from index.os_errors import describe_os_error
from index.read.child import NOT_NOW, TOO_MUCH_MEMORY
from index.read.folder import CUT_SHORT, open_below, size_reason
from index.read.limits import LIMITS, Limits
from index.read.wire import decode_answer
from index.types import Document

CHILD_MODULE = "index.read.child"
FILES_PER_CHILD = 2_000
BYTES_PER_CHILD = 100_000_000
_PIECE_BYTES = 1 << 20
_BYTES_PER_CHAR = 6
"""The most that one character and its share of blocks take in an answer."""

TOO_SLOW = "filen tager for lang tid at læse"
CRASHED = "læseren gik ned på filen; den er beskadiget eller kræver for meget hukommelse"


class GuardedReader:
    """Reads the files of one folder; a context manager, since it holds a process."""

    def __init__(self, folder: Path, limits: Limits = LIMITS) -> None:
        self._folder = folder
        self._limits = limits
        self._child: _Child | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the child; the next `read` starts another."""
        if self._child is not None:
            self._child.stop()
            self._child = None

    def read(self, path: str) -> Document:
        """Return the file at `path`, relative to the folder, as a document.

        Raises:
            UnreadableFile: with the Danish reason why it was not read.
        """
        with open_below(self._folder, path) as file:
            size = file_status(file).st_size
            reason = size_reason(path, size, self._limits)
            if reason:
                raise UnreadableFile(reason)
            answer = self._ask(path, file, size)
        try:
            return decode_answer(answer)
        except ValueError as error:
            self.close()
            raise UnreadableFile(CRASHED) from error

    def _ask(self, path: str, file: IO[bytes], size: int) -> bytes:
        try:
            return self._fresh_child().ask(path, file, size)
        except BaseException as error:  # also when the user stops us: the child is in the middle of a file
            self.close()
            if isinstance(error, _ChildDied):
                raise (UnreadNow if str(error) == NOT_NOW else UnreadableFile)(str(error)) from error
            raise

    def _fresh_child(self) -> "_Child":
        if self._child is not None and self._child.is_worn():
            self.close()
        if self._child is None:
            try:
                self._child = _Child(self._limits)
            except OSError as error:  # no memory, or no process, is left to give
                raise UnreadNow(NOT_NOW) from error
        return self._child


def file_status(file: IO[bytes]) -> os.stat_result:
    """Return what the system tells about an open file."""
    return os.fstat(file.fileno())


class _ChildDied(Exception):  # noqa: N818 - it is a finding about one file
    """The child ended before it answered; the message is the Danish reason."""


class _Child:
    """One process that reads files, and how much it has read."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._files = self._bytes = 0
        self._timed_out = False
        self._process = subprocess.Popen(  # noqa: S603 - our own module, no shell
            [sys.executable, "-P", "-m", CHILD_MODULE, json.dumps(asdict(limits))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
        )
        self._requests, self._answers = (
            cast(IO[bytes], self._process.stdin),
            cast(IO[bytes], self._process.stdout),
        )

    def is_worn(self) -> bool:
        """Return True when the process has ended or has read its share."""
        worn = self._files >= FILES_PER_CHILD or self._bytes >= BYTES_PER_CHILD
        return worn or self._process.poll() is not None

    def ask(self, path: str, file: IO[bytes], size: int) -> bytes:
        """Return the line that answers a file of `size` bytes; raise `_ChildDied` when none comes."""
        self._files += 1
        self._bytes += size
        alarm = threading.Timer(self._limits.wall_seconds, self._time_out)
        alarm.daemon = True
        alarm.start()
        try:
            self._send(path, file, size)
            answer = self._receive()
        except OSError as error:
            raise _ChildDied(self._cause_of_death()) from error
        finally:
            alarm.cancel()
        if not answer.endswith(b"\n"):
            raise _ChildDied(self._cause_of_death())
        return answer

    def stop(self) -> None:
        """End the process and close its pipes."""
        self._process.kill()
        for pipe in (self._requests, self._answers):
            _close(pipe)
        self._process.wait()

    def _send(self, path: str, file: IO[bytes], size: int) -> None:
        pipe = self._requests
        pipe.write(json.dumps({"path": path, "size": size}).encode() + b"\n")
        left = size
        while left:
            piece = _next_piece(file, min(left, _PIECE_BYTES))
            pipe.write(piece)
            left -= len(piece)
        pipe.flush()

    def _receive(self) -> bytes:
        return self._answers.readline(self._limits.text_chars * _BYTES_PER_CHAR)

    def _time_out(self) -> None:
        self._timed_out = True
        self._process.kill()

    def _cause_of_death(self) -> str:
        self._process.kill()
        ended = -self._process.wait()
        if self._timed_out or ended == getattr(signal, "SIGXCPU", None):
            return TOO_SLOW
        if ended < 0 and self._files == 1:  # it ended by itself, before it had read anything
            return NOT_NOW
        return TOO_MUCH_MEMORY if ended == signal.SIGABRT else CRASHED


def _next_piece(file: IO[bytes], most: int) -> bytes:
    """Return up to `most` bytes; raises `UnreadNow` where there are none, which tells nothing of the file."""
    try:
        piece = file.read(most)
    except OSError as error:
        raise UnreadNow(CUT_SHORT.format(describe_os_error(error))) from error
    if not piece:
        raise UnreadNow("filen blev ændret, mens den blev læst")
    return piece


def _environment() -> dict[str, str]:
    """Return what the child needs of the environment: where our code is, and no more threads than one."""
    kept = {
        name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TESSDATA_PREFIX") if name in os.environ
    }
    return kept | {
        "PYTHONPATH": str(Path(index.__file__).parents[1]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "OMP_THREAD_LIMIT": "1",
        "MALLOC_ARENA_MAX": "1",
    }


def _close(pipe: IO[bytes]) -> None:
    try:
        pipe.close()
    except OSError:  # what was still to be sent has nowhere to go
        return
