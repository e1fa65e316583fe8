"""How the command line ends: bugs, interruptions, wrong usage, and output that nobody can take."""

import os
import sys
from pathlib import Path

import pytest

from qa import cli, commands
from qa.log import log_file
from tests.qa.command import REGULATION, Command, fails_with

pytestmark = pytest.mark.usefixtures("small_model")


def test_a_bug_is_one_line_and_its_trace_goes_to_the_log(
    kildesvar: Command, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError(REGULATION)

    monkeypatch.setattr(commands, "update_folder", break_down)
    fails_with(
        kildesvar("index", folder),
        f"Der skete en uventet fejl (ZeroDivisionError); hvad der gik galt, står i »{log_file(home)}«",
    )
    log = log_file(home).read_text(encoding="utf-8")
    assert "in break_down" in log
    assert "høringssvar" not in log


def test_an_interruption_ends_quietly(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "update_folder", interrupt)
    assert kildesvar("index", folder) == (130, "", "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["status"], ["status", "--json"], ["--version"]])
def test_output_to_a_full_disk_is_said_in_one_line_and_is_no_bug(
    kildesvar: Command,
    folder: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    kildesvar("index", folder)
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
        monkeypatch.setattr("sys.stdout", full)
        assert cli.main([*command, *(["--home", str(home)] if command != ["--version"] else [])]) == 1
    assert capsys.readouterr().err == (
        "Svaret kunne ikke skrives: disken er fuld; skriv det et andet sted hen.\n"
    )
    assert not log_file(home).exists()


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kildesvar ")


def test_no_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert capsys.readouterr().err == "Der mangler en kommando. Se »kildesvar --help«.\n"


@pytest.mark.parametrize("option", ["--home", "--model", "--engine"])
def test_a_value_that_is_empty_is_wrong_usage(capsys: pytest.CaptureFixture[str], option: str) -> None:
    for arguments in (["status", option, ""], ["status", option, "  "]):
        with pytest.raises(SystemExit, match="2"):
            cli.main(arguments)
        assert capsys.readouterr().err == (
            f"{option} må ikke være tom; skriv en værdi. Se »kildesvar status --help«.\n"
        )


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["status", ""], "MAPPE"),
        (["index", ""], "MAPPE"),
        (["chat", ""], "MAPPE"),
        (["ask", "Hvem?", "--folder", ""], "--folder"),
        (["evaluate", ""], "SÆT"),
        (["evaluate", "x", "--questions", ""], "--questions"),
        (["evaluate", "x", "--signal", ""], "--signal"),
        (["chat", "--host", ""], "--host"),
        (["chat", "--public-url", " "], "--public-url"),
        (["ask", "Hvem?", "--document", ""], "--document"),
        (["forget", ""], "DOKUMENT"),
    ],
)
def test_a_place_that_is_empty_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], name: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(arguments)
    assert capsys.readouterr().err.startswith(f"{name} må ikke være tom; skriv en værdi. Se »kildesvar ")


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = {"torch", "sentence_transformers", "gradio", "faiss", "numpy", "sqlite3"}
    code = f"import sys, qa.cli; qa.cli.build_parser(); sys.exit(' '.join({heavy} & set(sys.modules)) or 0)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0
