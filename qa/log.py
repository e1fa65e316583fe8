"""Where errors leave their trace, without a word from questions or documents."""

import logging
import os
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from index.errors import KildesvarError
from qa.terminal import harmless

MAX_LOG_BYTES = 1_000_000
"""A log past this is begun again: it is there for the last errors, not for history."""


def log_file(home: Path) -> Path:
    """Return the log's place under the home folder."""
    return home / "log" / "kildesvar.log"


def keep_trace(home: Path, error: BaseException) -> Path:
    """Append when, what kind of error, and where in the code; return the log's place.

    An error's own text may hold what was asked or read, so it is left out; for an error of the operating
    system its reason is kept. Raises `OSError` where the log cannot be written.
    """
    return _append(home, _kinds(error), traceback.format_tb(error.__traceback__))


def keep_error(home: Path, error: Exception) -> Path:
    """Append an error that no user was told of: its own line if it is meant for users, else its trace.

    Raises `OSError` where the log cannot be written.
    """
    return _append(home, str(error)) if isinstance(error, KildesvarError) else keep_trace(home, error)


class WordlessFormatter(logging.Formatter):
    """Writes what a running chat logs: the first line of what happened, and of an error its kind and place.

    Further lines, and an error's own text, may hold what was asked or read.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 - the library's name
        """Return the time, the part of the program, and the first line of the message."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="seconds")
        return f"{time} {record.name}: {harmless(record.message.partition(chr(10))[0])}"

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """Return the kind of the error and the places in the code."""
        _, error, trace = ei
        return "".join([f"{_kinds(error)}\n", *traceback.format_tb(trace)]) if error else ""


def log_without_words() -> None:
    """Let all that this process logs go to stderr as `WordlessFormatter` has it, if nobody has chosen."""
    handler = logging.StreamHandler()
    handler.setFormatter(WordlessFormatter())
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def _append(home: Path, line: str, further: Iterable[str] = ()) -> Path:
    path = log_file(home)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    fresh = path.exists() and path.stat().st_size > MAX_LOG_BYTES
    flags = os.O_WRONLY | os.O_CREAT | (os.O_TRUNC if fresh else os.O_APPEND)
    with os.fdopen(os.open(path, flags, 0o600), "w", encoding="utf-8", errors="replace") as log:
        log.write(f"{datetime.now(UTC).isoformat(timespec='seconds')} {harmless(' '.join(line.split()))}\n")
        log.writelines(further)
    return path


def _kinds(error: BaseException) -> str:
    """Return the kind of the error and of those that led to it."""
    reason = f" ({os.strerror(error.errno)})" if isinstance(error, OSError) and error.errno else ""
    cause = error.__cause__ or error.__context__
    return f"{type(error).__name__}{reason}" + (f" < {_kinds(cause)}" if cause else "")
