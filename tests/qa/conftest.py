"""What commands are run over and questions asked of, with the small embedding model."""

import os
from pathlib import Path

import pytest

from qa import opening
from qa.engine import Engine
from tests.fakes import FakeSource, WordEmbedder
from tests.qa.command import MEETING, REGULATION, Command
from tests.qa.making import TEXTS, engine_over

LONG_AGO = 1_600_000_000
"""A file's time, so that it does not look as if it may still be changing."""


@pytest.fixture
def small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    """Commands load the small embedding model."""
    monkeypatch.setattr(opening, "load_model", lambda settings: WordEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of two documents."""
    folder = tmp_path / "sager"
    folder.mkdir()
    (folder / "regler.txt").write_text(REGULATION, encoding="utf-8")
    (folder / "referat.txt").write_text(MEETING, encoding="utf-8")
    for path in folder.iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


@pytest.fixture
def kildesvar(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    """The command line with a home of its own."""
    return Command(home, capsys)


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """A library of documents of many shapes, opened for questions."""
    return engine_over(tmp_path_factory.mktemp("bibliotek"), FakeSource(TEXTS, dates={"hunde.txt": None}))
