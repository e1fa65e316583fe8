"""constraints.txt is a lock: everything pinned exactly, and nothing that only one machine knows."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parent.parent
PINS = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()


def normal(name: str) -> str:
    """Return a package name in the form that PEP 503 compares."""
    return re.sub(r"[-_.]+", "-", name).lower()


def test_every_line_is_one_exact_version() -> None:
    pattern = re.compile(r"[A-Za-z0-9._-]+==[0-9][0-9A-Za-z.!]*")
    assert [line for line in PINS if not pattern.fullmatch(line)] == []


def test_every_dependency_of_the_project_is_pinned() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    names = {normal(re.split(r"[<>=!~\[ ;]", requirement)[0]) for requirement in asked}
    assert names - {normal(pin.split("==")[0]) for pin in PINS} == set()
