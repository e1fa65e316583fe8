"""Bringing a folder's library up to date, and what is left running when that is done."""

import shutil
import subprocess
import threading
from pathlib import Path
from queue import SimpleQueue

import pytest

from index.read import guard
from index.sync import SyncReport
from qa import following, opening
from qa.log import log_file
from qa.opening import Settings, added_files, follow_folder, open_folder, plan_folder, update_folder
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
        process = popen(*arguments, **options)  # type: ignore[call-overload]
        if guard.CHILD_MODULE in process.args:
            started.append(process)
        return process

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


# Following a folder


@pytest.fixture
def reports(monkeypatch: pytest.MonkeyPatch) -> "SimpleQueue[SyncReport]":
    """What each update of a library did, from a follower that hardly waits between its looks."""
    monkeypatch.setattr(following, "LOOK_EVERY_SECONDS", 0.01)
    monkeypatch.setattr(opening, "load_model", lambda settings: WordEmbedder())
    done: SimpleQueue[SyncReport] = SimpleQueue()
    update = opening._update

    def update_and_tell(*arguments: object) -> SyncReport:
        report = update(*arguments)  # type: ignore[arg-type]
        done.put(report)
        return report

    monkeypatch.setattr(opening, "_update", update_and_tell)
    return done


def test_an_open_engine_follows_its_folder(
    folder: Path, home: Path, reports: "SimpleQueue[SyncReport]", children: list[subprocess.Popen[bytes]]
) -> None:
    engine, _ = open_folder(folder, Settings(home))
    reports.get(timeout=60)
    with follow_folder(folder, Settings(home), engine.embedder):
        assert reports.get(timeout=60).added == ()
        (folder / "møde.txt").write_text("Møde\n\nBestyrelsen mødes hver onsdag.\n", encoding="utf-8")
        assert reports.get(timeout=60).added == ("møde.txt",)
        assert engine.ask("Hvornår mødes bestyrelsen?").citations[0].document == "møde.txt"
        (folder / "møde.txt").unlink()
        assert reports.get(timeout=60).removed == ("møde.txt",)
        assert [entry.path for entry in engine.documents()] == ["regler.txt"]
    assert "following" not in {thread.name for thread in threading.enumerate()}
    assert [child for child in children if child.poll() is None] == []


@pytest.mark.parametrize(
    ("trouble", "line"), [("gone", "Mappen findes ikke"), ("empty", "Der er ingen dokumenter i")]
)
def test_a_folder_that_is_gone_or_empty_costs_no_document_and_is_told_in_the_log(
    folder: Path,
    home: Path,
    reports: "SimpleQueue[SyncReport]",
    monkeypatch: pytest.MonkeyPatch,
    trouble: str,
    line: str,
) -> None:
    engine, _ = open_folder(folder, Settings(home))
    reports.get(timeout=60)
    shutil.rmtree(folder)
    if trouble == "empty":
        folder.mkdir()
    told = threading.Event()
    keep_error = opening.keep_error
    monkeypatch.setattr(opening, "keep_error", lambda home, error: (keep_error(home, error), told.set()))
    with follow_folder(folder, Settings(home), engine.embedder):
        assert told.wait(60)
    [kept] = log_file(home).read_text(encoding="utf-8").splitlines()
    assert line in kept
    assert [entry.path for entry in engine.documents()] == ["regler.txt"]


@pytest.mark.parametrize("is_gone", [False, True])
def test_an_added_document_that_is_taken_out_goes_also_while_the_folder_is_away(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch, is_gone: bool
) -> None:
    monkeypatch.setattr(opening, "load_model", lambda settings: WordEmbedder())
    added = added_files(folder, Settings(home))
    for name, text in (("møde.txt", "Bestyrelsen mødes hver onsdag."), ("brev.txt", "Katte er fri.")):
        with added.receive(name) as incoming:
            incoming.write(text.encode())
            incoming.keep()
    engine, _ = open_folder(folder, Settings(home))
    shutil.rmtree(folder)
    if not is_gone:
        folder.mkdir()
    told = threading.Event()
    monkeypatch.setattr(opening, "keep_error", lambda *_: told.set())
    added.remove("møde.txt")
    with follow_folder(folder, Settings(home), engine.embedder) as follower:
        follower.wake()
        assert told.wait(60)
    assert [entry.path for entry in engine.documents()] == ["Tilføjet i Kildesvar/brev.txt", "regler.txt"]
    answer = engine.ask("Hvornår mødes bestyrelsen?")
    assert "Tilføjet i Kildesvar/møde.txt" not in {hit.document for hit in answer.citations + answer.related}
