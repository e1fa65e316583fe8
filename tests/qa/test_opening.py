"""Bringing a folder's library up to date, and what is left running when that is done."""

import subprocess
from pathlib import Path

import pytest

from index.read import guard
from qa import opening
from qa.opening import Settings, open_folder, plan_folder, update_folder
from tests.fakes import CountingEmbedder, WordEmbedder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sager"
    folder.mkdir()
    (folder / "regler.txt").write_text("Regler\n\nHunde skal føres i snor.\n", encoding="utf-8")
    return folder


@pytest.fixture
def children(monkeypatch: pytest.MonkeyPatch) -> list[subprocess.Popen[bytes]]:
    """Every process that has been started to read files."""
    started: list[subprocess.Popen[bytes]] = []
    popen = subprocess.Popen

    def start(*arguments: object, **options: object) -> subprocess.Popen[bytes]:
        started.append(popen(*arguments, **options))  # type: ignore[call-overload]
        return started[-1]

    monkeypatch.setattr(guard.subprocess, "Popen", start)
    return started


@pytest.mark.parametrize("update", [update_folder, open_folder])
def test_no_child_is_left_when_the_files_have_been_read(
    folder: Path,
    home: Path,
    children: list[subprocess.Popen[bytes]],
    monkeypatch: pytest.MonkeyPatch,
    update: object,
) -> None:
    monkeypatch.setattr(opening, "load_model", lambda settings: WordEmbedder())
    update(folder, Settings(home))  # type: ignore[operator]
    assert [child.poll() is None for child in children] == [False]


def test_no_child_is_left_when_it_is_stopped(
    folder: Path, home: Path, children: list[subprocess.Popen[bytes]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_model", lambda settings: CountingEmbedder(stop_after=0))
    with pytest.raises(KeyboardInterrupt):
        update_folder(folder, Settings(home))
    assert [child.poll() is None for child in children] == [False]


def test_a_plan_starts_no_child(folder: Path, home: Path, children: list[subprocess.Popen[bytes]]) -> None:
    assert plan_folder(folder, Settings(home)).added == ("regler.txt",)
    assert children == []
