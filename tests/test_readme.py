"""README speaks of commands, options and files that are there, and of every file in the house."""

import argparse
import re

import pytest

from qa.arguments import build_parser
from tests.file_list import BEGIN, END, README, ROOT, with_file_list

TEXT = README.read_text(encoding="utf-8")
BY_HAND = TEXT[: TEXT.index(BEGIN)] + TEXT[TEXT.index(END) :]
"""README without the list of files, which is made."""

COMMANDS = re.findall(r"`kildesvar ([a-z]+)([^`]*)`", TEXT)


def subcommands() -> dict[str, argparse.ArgumentParser]:
    """Return the parser of each command."""
    [action] = [a for a in build_parser()._actions if isinstance(a, argparse._SubParsersAction)]
    return dict(action.choices)


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Return the long options of a command."""
    return {
        option for action in parser._actions for option in action.option_strings if option.startswith("--")
    }


def test_every_command_is_named_and_none_that_is_missing() -> None:
    assert {command for command, _ in COMMANDS} == set(subcommands())


@pytest.mark.parametrize(("command", "rest"), COMMANDS)
def test_a_command_has_the_options_that_stand_beside_it(command: str, rest: str) -> None:
    assert set(re.findall(r"--[a-z-]+", rest)) <= options_of(subcommands()[command])


def test_every_option_is_named_and_none_that_is_missing() -> None:
    known = {option for parser in subcommands().values() for option in options_of(parser)} - {"--help"}
    assert set(re.findall(r"--[a-z][a-z-]*", BY_HAND)) == known


def test_every_make_target_is_there() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z]+)", TEXT)) <= targets


def test_every_file_that_is_named_exists() -> None:
    named = re.findall(r"`([\w./-]+(?:\.\w+|/run|/))`|\]\((docs/[^)]+)\)", BY_HAND)
    assert [path for pair in named for path in pair if path and not (ROOT / path).exists()] == []


def test_every_file_of_the_house_has_its_line() -> None:
    assert with_file_list(TEXT) == TEXT, "run »make readme«"


def test_no_line_that_is_written_by_hand_is_too_long_to_read() -> None:
    assert [line for line in BY_HAND.splitlines() if len(line) > 120] == []
