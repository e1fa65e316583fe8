"""What a command writes: output in UTF-8, errors in one line, and what to do where it cannot be written."""

import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from index.errors import OutputError
from index.os_errors import describe_os_error
from qa.terminal import escape_for_terminal, harmless
from qa.wording.terminal import NOT_WRITTEN

if TYPE_CHECKING:
    from qa.progress import ProgressLine

EXIT_DONE, EXIT_ERROR, EXIT_INTERRUPTED = 0, 1, 130
"""How a command can end."""


def say(text: str, end: str = "\n", *, flush: bool = False) -> None:
    """Write a text; raises `OutputError` where it cannot be written."""
    with _writing():
        print(text, end=end, flush=flush)


def print_lines(lines: Iterable[str]) -> None:
    """Write lines that may come from documents, with nothing in them that steers the terminal."""
    for line in lines:
        say(harmless(line))


def print_json(value: Any) -> None:
    """Write a value as JSON, safe to look at on a terminal."""
    say(escape_for_terminal(json.dumps(value, ensure_ascii=False, indent=2)))


def warn(message: str) -> None:
    """Write a line to stderr."""
    print(harmless(message), file=sys.stderr)


def fail(message: str) -> int:
    """Write what went wrong to stderr; return the exit code of an error."""
    with suppress(OSError):  # nowhere to say it
        print(harmless(message), file=sys.stderr)
    return EXIT_ERROR


def progress_line(beginning: str) -> "ProgressLine":
    """Return a line on stderr that tells how far a command is; it begins with `beginning`."""
    from qa.progress import ProgressLine

    return ProgressLine(sys.stderr, harmless(beginning))


def flush_output() -> None:
    """Write what is still held back; raises `OutputError` where it cannot be written."""
    with _writing():
        if sys.stdout:  # there is none where it was closed before the start
            sys.stdout.flush()


def discard_output() -> None:
    """Let all further output go nowhere."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def speak_utf8() -> None:
    """Write UTF-8 wherever the output goes, so that æ, ø and å never stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


@contextmanager
def _writing() -> Iterator[None]:
    """Say it in Danish when the output cannot be written, and write no more of it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        discard_output()
        raise OutputError(NOT_WRITTEN.format(reason=describe_os_error(error))) from error
