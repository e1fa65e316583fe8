"""The command line as the tests run it: one home, and what was said."""

import json
from pathlib import Path
from typing import Any

import pytest

from qa import cli

REGULATION = "Regler for høring\n\n5. marts 2015\n\nFristen for høringssvar er den 1. maj 2015.\n"
MEETING = "Referat\n\nBestyrelsen mødes den første onsdag i hver måned.\n"


class Command:
    """Runs commands with one home and gives what they said."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._home = home
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        """Run a command; return its exit code, its output and its errors."""
        code = cli.main([*map(str, arguments), "--home", str(self._home)])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *arguments: object) -> Any:
        """Run a command that must not fail; return the object that it prints."""
        code, out, _ = self(*arguments, "--json")
        assert code == 0
        return json.loads(out)


def fails_with(said: tuple[int, str, str], part: str) -> None:
    """Check that a command ended with one Danish line on stderr, and `part` in it."""
    code, out, err = said
    assert (code, out) == (1, "")
    assert part in err
    assert err.count("\n") == 1
