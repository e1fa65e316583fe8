"""The command line: which command is run, and how errors end."""

import argparse
import os
from collections.abc import Callable, Sequence
from pathlib import Path

from index.errors import KildesvarError, OutputError
from qa import commands, measuring
from qa.arguments import build_parser
from qa.home import home_folder
from qa.log import keep_trace
from qa.opening import Settings
from qa.output import (
    EXIT_DONE,
    EXIT_ERROR,
    EXIT_INTERRUPTED,
    discard_output,
    fail,
    flush_output,
    say,
    speak_utf8,
)
from qa.wording import terminal as wording
from qa.wording.arguments import NO_COMMAND

_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int | None]] = {
    "chat": commands.chat,
    "index": commands.index,
    "ask": commands.ask,
    "status": commands.status,
    "evaluate": measuring.evaluate_answers,
    "benchmark": measuring.benchmark,
    "feedback": commands.show_feedback,
    "users": commands.manage_users,
    "doctor": commands.doctor,
    "forget": commands.forget,
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (wrong usage exits with 2 by itself)."""
    speak_utf8()
    parser = build_parser()
    parsed = parser.parse_args(arguments)
    if not (parsed.command or parsed.version):
        parser.refuse(NO_COMMAND)
    try:
        return _print_version() if parsed.version else _run(parsed)
    except OutputError as error:
        return fail(str(error))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        discard_output()  # nobody reads on: end quietly
        return EXIT_ERROR


def _run(arguments: argparse.Namespace) -> int:
    try:
        settings = Settings(
            home_folder(arguments.home), arguments.model, arguments.allow_download, arguments.engine
        )
    except KildesvarError as error:
        return fail(str(error))
    try:
        code = _COMMANDS[arguments.command](arguments, settings)
        flush_output()  # what cannot be written is found out here, not when the process ends
    except KildesvarError as error:
        return fail(str(error))
    except BrokenPipeError:
        raise
    except Exception as error:  # a bug: its trace goes to the log, one line to the user
        return fail(_describe(error, settings.home))
    return code or EXIT_DONE


def _describe(error: Exception, home: Path) -> str:
    """Return one line about a bug; with KILDESVAR_DEBUG in the environment it is raised instead."""
    if os.environ.get("KILDESVAR_DEBUG"):
        raise error
    kind = type(error).__name__
    try:
        return wording.UNEXPECTED_ERROR.format(kind=kind, log=keep_trace(home, error))
    except OSError:
        return wording.UNEXPECTED_ERROR_NOT_KEPT.format(kind=kind)


def _print_version() -> int:
    from importlib.metadata import version

    say(f"kildesvar {version('kildesvar')}", flush=True)
    return EXIT_DONE
