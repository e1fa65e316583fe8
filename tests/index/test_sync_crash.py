"""Killed at chosen steps of a sync: readers see the old state or the new one, and the next run finishes."""

import multiprocessing
import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index import database
from index.derived import open_search_index
from index.library import Library
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder

OLD = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit."}
NEW = {"a.txt": "Heste skal holdes på fold.", "c.txt": "Gæs må gå på diget."}

_STEPS = {"open", "os.rename", "os.mkdir", "os.chmod", "os.remove", "os.rmdir", "sqlite3.connect"}
_KILLED = 9
_KILLS = 24


def _sync(directory: Path, count_or_die: Callable[[], None]) -> None:
    """Sync the new documents; call `count_or_die` before each statement of SQL and each change of a file."""
    connect = database.connect

    def traced(path: Path) -> database.Connection:
        connection = connect(path)
        connection.set_trace_callback(lambda _: count_or_die())
        return connection

    def watch(event: str, args: tuple[Any, ...]) -> None:
        if event in _STEPS and str(args[0]).startswith(str(directory)):
            count_or_die()

    database.create_database.__globals__["connect"] = traced
    sys.addaudithook(watch)
    sync_library(FakeSource(NEW), directory, WordEmbedder())


def _count(directory: Path, path: Path) -> None:
    steps: list[None] = []
    _sync(directory, lambda: steps.append(None))
    path.write_text(str(len(steps)))


def _die_before(directory: Path, step: int) -> None:
    left = [step]

    def count_or_die() -> None:
        left[0] -= 1
        if not left[0]:
            os._exit(_KILLED)

    _sync(directory, count_or_die)


def run(target: Callable[..., None], *args: object) -> int | None:
    """Run in a process of its own, as it shall die there; returns its exit code."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # so that the engines are imported once for all processes
    process = context.Process(target=target, args=args)
    process.start()
    process.join()
    return process.exitcode


def state(directory: Path) -> dict[str, str]:
    with Library(directory) as library, library.snapshot():
        documents = [library.document(entry.path) for entry in library.entries()]
        assert len(open_search_index(library).vectors) == library.counts().passages
        assert library.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        return {document.path: document.text for document in documents if document}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    sync_library(FakeSource(OLD), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def test_a_sync_that_is_killed_loses_nothing_and_the_next_one_finishes(
    directory: Path, tmp_path: Path
) -> None:
    shutil.copytree(directory, tmp_path / "talt")
    assert run(_count, tmp_path / "talt", tmp_path / "antal") == 0
    steps = int((tmp_path / "antal").read_text())
    seen: list[dict[str, str]] = []
    for step in range(1, steps + 1, max(1, steps // _KILLS)):
        copy = tmp_path / f"dræbt-{step}"
        shutil.copytree(directory, copy)
        assert run(_die_before, copy, step) == _KILLED
        seen.append(state(copy))
        report = sync_library(FakeSource(NEW), copy, WordEmbedder())
        assert report.documents == 2
        assert state(copy) == NEW
        assert len(list((copy / "generations").iterdir())) == 1
    old = seen.count(OLD)
    assert seen == [OLD] * old + [NEW] * (len(seen) - old)
    assert 0 < old < len(seen)
