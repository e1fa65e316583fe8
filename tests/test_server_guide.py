"""What docs/server.md and the files beside it tell an administrator to write is what the program takes."""

import json
import re
import shlex
import tomllib
from pathlib import Path

import pytest

from qa.arguments import build_parser
from qa.chat.attempts import FIRST_WAIT_SECONDS, FREE_BY_ADDRESS, FREE_BY_NAME, MAX_WAIT_SECONDS
from qa.chat.door import HEALTH_PATH
from qa.chat.pace import AT_ONCE, SECONDS_A_QUESTION
from qa.chat.reach import read_reach
from qa.chat.sessions import IDLE_SECONDS, MAX_SECONDS

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
GUIDE = (DOCS / "server.md").read_text(encoding="utf-8")
UNIT = (DOCS / "kildesvar.service").read_text(encoding="utf-8")
CONTAINER = (DOCS / "Containerfile").read_text(encoding="utf-8")

IN_THE_GUIDE = re.findall(r"kildesvar ((?:chat|users) (?!\.)[^`\n<]*)", GUIDE)
IN_THE_UNIT = re.findall(r"^ExecStart=\S+/kildesvar (.*)$", UNIT, re.MULTILINE)
IN_THE_CONTAINER = [shlex.join(json.loads(found)) for found in re.findall(r"^CMD (\[.*\])$", CONTAINER, re.M)]


def test_every_place_has_its_commands() -> None:
    assert [len(IN_THE_GUIDE) > 5, len(IN_THE_UNIT), len(IN_THE_CONTAINER)] == [True, 1, 1]


@pytest.mark.parametrize("line", [*IN_THE_GUIDE, *IN_THE_UNIT, *IN_THE_CONTAINER])
def test_every_command_is_understood(line: str) -> None:
    parsed = build_parser().parse_args(shlex.split(line))
    if parsed.command == "chat":
        reach = read_reach(parsed.port, parsed.host, parsed.public_url, behind_proxy=parsed.behind_proxy)
        assert reach.is_server


def test_container_is_made_of_the_program_alone() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    packages = {name.partition(".")[0] for name in project["tool"]["setuptools"]["packages"]}
    named = {project["project"]["readme"], *project["project"]["license-files"]}
    copied = [name for line in re.findall(r"^COPY (.*) \S+$", CONTAINER, re.M) for name in line.split()]
    assert sorted(copied) == sorted({*packages, *named, "pyproject.toml", "constraints.txt"})


def test_private_network_of_the_guide_is_allowed_and_health_is_where_it_says() -> None:
    assert read_reach(7860, "192.168.1.5", "http://192.168.1.5:7860").is_server
    assert HEALTH_PATH in GUIDE
    assert HEALTH_PATH in CONTAINER


def test_figures_of_the_guide_are_the_programs() -> None:
    assert (FREE_BY_NAME, FREE_BY_ADDRESS, FIRST_WAIT_SECONDS, MAX_WAIT_SECONDS) == (5, 20, 30, 3600)
    assert (IDLE_SECONDS, MAX_SECONDS) == (30 * 60, 12 * 3600)
    assert (AT_ONCE, 60 / SECONDS_A_QUESTION) == (10, 20)
