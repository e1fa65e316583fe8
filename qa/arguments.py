"""The command line's grammar, in Danish: commands, options, and what is said when they are used wrongly."""

import argparse
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any, NoReturn

from qa.wording import arguments as wording

DEFAULT_PORT = 7860

USER_ACTIONS = ("list", "add", "remove")
"""What `kildesvar users` does."""


def _path(text: str) -> Path:
    return Path(_named(text))


def _named(text: str) -> str:
    if text.strip():
        return text
    raise argparse.ArgumentTypeError(wording.EMPTY_VALUE)


_COMMON = argparse.ArgumentParser(add_help=False)
_COMMON.add_argument("--home", type=_named, metavar=wording.FOLDER_WORD, help=wording.HELP_HOME)
_COMMON.add_argument("--model", type=_named, metavar=wording.MODEL_WORD, help=wording.HELP_MODEL)
_COMMON.add_argument("--engine", type=_named, metavar=wording.ADDRESS_WORD, help=wording.HELP_ENGINE)
_COMMON.add_argument("--allow-download", action="store_true", help=wording.HELP_ALLOW_DOWNLOAD)

_JSON = argparse.ArgumentParser(add_help=False)
_JSON.add_argument("--json", action="store_true", help=wording.HELP_JSON)

_LAST_FOLDER = argparse.ArgumentParser(add_help=False)
_LAST_FOLDER.add_argument(
    "folder", type=_path, nargs="?", metavar=wording.FOLDER_WORD, help=wording.HELP_FOLDER_LAST
)

_FOLDER_OPTION = argparse.ArgumentParser(add_help=False)
_FOLDER_OPTION.add_argument(
    "--folder", type=_path, metavar=wording.FOLDER_WORD, help=wording.HELP_FOLDER_LAST
)


def build_parser() -> "DanishParser":
    """Return the parser; every command's name ends in `command` of what it parses."""
    parser = DanishParser("kildesvar", description=wording.ABOUT)
    parser.add_argument("--version", action="store_true", help=wording.HELP_VERSION)
    commands = parser.add_subparsers(title=wording.COMMANDS, metavar=wording.COMMAND_WORD, dest="command")
    _add_chat(commands)
    _add_index(commands)
    _add_ask(commands)
    _add_status(commands)
    _add_evaluate(commands)
    _add_benchmark(commands)
    _add_feedback(commands)
    _add_users(commands)
    _add_doctor(commands)
    _add_forget(commands)
    return parser


class _DanishHelp(argparse.HelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Iterable[Any], groups: Iterable[Any], prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, wording.USAGE if prefix is None else prefix)


class DanishParser(argparse.ArgumentParser):
    """An argument parser that speaks Danish; wrong usage is one line on stderr and exit code 2."""

    def __init__(self, prog: str, **settings: Any) -> None:
        super().__init__(prog, add_help=False, allow_abbrev=False, formatter_class=_DanishHelp, **settings)
        self._positionals.title = wording.ARGUMENTS
        self._optionals.title = wording.OPTIONS
        self.add_argument("-h", "--help", action="help", help=wording.HELP_HELP)

    def error(self, message: str) -> NoReturn:
        """Say what argparse found wrong in one Danish line, and exit with 2."""
        self.refuse(in_danish(message))

    def refuse(self, sentence: str) -> NoReturn:
        """Say `sentence` and how to get help in one line, and exit with 2."""
        self.exit(2, f"{sentence} {wording.SEE_HELP.format(program=self.prog)}\n")


def in_danish(message: str) -> str:
    """Return argparse's English `message` in Danish; one that is not known follows a Danish beginning."""
    for pattern, danish in wording.USAGE_ERRORS:
        if found := re.fullmatch(pattern, message, re.DOTALL):
            return danish.format(*found.groups())
    return wording.USAGE_ERROR.format(message)


def _add(
    commands: Any, name: str, help_text: str, *parents: argparse.ArgumentParser
) -> argparse.ArgumentParser:
    """Add a command that takes what all take, and what `parents` say."""
    added: argparse.ArgumentParser = commands.add_parser(
        name, parents=[_COMMON, *parents], help=help_text, description=help_text
    )
    return added


def _add_chat(commands: Any) -> None:
    chat = _add(commands, "chat", wording.HELP_CHAT, _LAST_FOLDER)
    chat.add_argument("--port", type=_port, default=DEFAULT_PORT, metavar="N", help=wording.HELP_PORT)
    chat.add_argument("--no-browser", action="store_true", help=wording.HELP_NO_BROWSER)
    chat.add_argument("--host", type=_named, metavar=wording.ADDRESS_WORD, help=wording.HELP_HOST)
    chat.add_argument("--public-url", type=_named, metavar="URL", help=wording.HELP_PUBLIC_URL)
    chat.add_argument("--behind-proxy", action="store_true", help=wording.HELP_BEHIND_PROXY)
    chat.add_argument("--count-refusals", action="store_true", help=wording.HELP_COUNT_REFUSALS)


def _add_index(commands: Any) -> None:
    index = _add(commands, "index", wording.HELP_INDEX, _JSON)
    index.add_argument("folder", type=_path, metavar=wording.FOLDER_WORD, help=wording.HELP_FOLDER)
    index.add_argument("--dry-run", action="store_true", help=wording.HELP_DRY_RUN)


def _add_ask(commands: Any) -> None:
    ask = _add(commands, "ask", wording.HELP_ASK, _JSON, _FOLDER_OPTION)
    ask.add_argument("question", metavar=wording.QUESTION_WORD, help=wording.HELP_QUESTION)
    ask.add_argument("--show-cpr", action="store_true", help=wording.HELP_SHOW_CPR)
    ask.add_argument(
        "--previous", action="append", default=[], metavar=wording.QUESTION_WORD, help=wording.HELP_PREVIOUS
    )
    ask.add_argument(
        "--document",
        type=_named,
        action="append",
        default=[],
        metavar=wording.NAME_WORD,
        help=wording.HELP_WITHIN,
    )


def _add_status(commands: Any) -> None:
    _add(commands, "status", wording.HELP_STATUS, _JSON, _LAST_FOLDER)


def _add_evaluate(commands: Any) -> None:
    evaluate = _add(commands, "evaluate", wording.HELP_EVALUATE, _JSON)
    evaluate.add_argument("directory", type=_path, metavar=wording.SET_WORD, help=wording.HELP_SET)
    evaluate.add_argument("--questions", type=_path, metavar=wording.FILE_WORD, help=wording.HELP_QUESTIONS)
    evaluate.add_argument("--signal", type=_named, metavar=wording.NAME_WORD, help=wording.HELP_SIGNAL)
    evaluate.add_argument("--foreign", type=_path, metavar=wording.SET_WORD, help=wording.HELP_FOREIGN)
    evaluate.add_argument("--ablation", action="store_true", help=wording.HELP_ABLATION)
    evaluate.add_argument("--show-failures", type=_count, metavar="N", help=wording.HELP_FAILURES)


def _add_benchmark(commands: Any) -> None:
    benchmark = _add(commands, "benchmark", wording.HELP_BENCHMARK, _JSON, _FOLDER_OPTION)
    benchmark.add_argument("--sizes", type=_sizes, metavar="N,N", help=wording.HELP_SIZES)
    benchmark.add_argument("--quick", action="store_true", help=wording.HELP_QUICK)


def _add_feedback(commands: Any) -> None:
    feedback = _add(commands, "feedback", wording.HELP_FEEDBACK)
    what = feedback.add_mutually_exclusive_group()
    what.add_argument("--csv", action="store_true", help=wording.HELP_CSV)
    what.add_argument("--clear", action="store_true", help=wording.HELP_CLEAR)
    feedback.add_argument("--yes", action="store_true", help=wording.HELP_YES)


def _add_users(commands: Any) -> None:
    users = _add(commands, "users", wording.HELP_USERS)
    users.add_argument("action", type=_action, metavar=wording.ACTION_WORD, help=wording.HELP_ACTION)
    users.add_argument("name", nargs="?", metavar=wording.NAME_WORD, help=wording.HELP_USER)
    users.add_argument("--password-stdin", action="store_true", help=wording.HELP_STDIN)


def _add_doctor(commands: Any) -> None:
    doctor = _add(commands, "doctor", wording.HELP_DOCTOR, _JSON, _LAST_FOLDER)
    doctor.add_argument("--all", action="store_true", help=wording.HELP_ALL)
    doctor.add_argument("--repair", action="store_true", help=wording.HELP_REPAIR)
    doctor.add_argument("--privacy", action="store_true", help=wording.HELP_PRIVACY)


def _add_forget(commands: Any) -> None:
    forget = _add(commands, "forget", wording.HELP_FORGET, _JSON, _FOLDER_OPTION)
    forget.add_argument("document", type=_named, metavar=wording.DOCUMENT_WORD, help=wording.HELP_DOCUMENT)
    forget.add_argument("--delete-file", action="store_true", help=wording.HELP_DELETE_FILE)


def _port(text: str) -> int:
    if text.isdecimal() and 1 <= int(text) <= 65535:
        return int(text)
    raise argparse.ArgumentTypeError(wording.NOT_A_PORT.format(text))


def _action(text: str) -> str:
    if text in USER_ACTIONS:
        return text
    raise argparse.ArgumentTypeError(wording.NOT_AN_ACTION.format(text))


def _sizes(text: str) -> tuple[int, ...]:
    return tuple(map(_count, text.split(",")))


def _count(text: str) -> int:
    if text.isdecimal() and int(text) >= 1:
        return int(text)
    raise argparse.ArgumentTypeError(wording.NOT_A_COUNT.format(text))
