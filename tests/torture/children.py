"""What the processes do that are killed, starved or watched."""

import io
import os
from contextlib import redirect_stderr, redirect_stdout
from multiprocessing.connection import Connection
from pathlib import Path

import qa.status  # noqa: F401 - imported late by the command line, but here once for all children
from index.crash import CRASH_VARIABLE
from index.vectors import VectorIndex
from qa import cli, opening
from tests.fakes import WordEmbedder
from tests.torture.strace import wait_until_watched
from tests.torture.workload import World, sync_world


def sync_and_tell(pipe: Connection, world: World, crash_at: str | None) -> None:
    """Say »ready«, sync, and say »done« once it is acknowledged."""
    if crash_at:
        os.environ[CRASH_VARIABLE] = crash_at
    pipe.send("ready")
    sync_world(world)
    pipe.send("done")


def index_when_watched(pipe: Connection, world: World) -> None:
    """Run `kildesvar index` once strace is there; tell how it ended: exit code, stdout, stderr."""
    opening.load_model = lambda _settings: WordEmbedder()
    told, said = io.StringIO(), io.StringIO()
    wait_until_watched()
    with redirect_stdout(told), redirect_stderr(said):
        code = cli.main(["index", str(world.folder), "--home", str(world.home), "--json"])
    ended = (code, told.getvalue(), said.getvalue())
    try:
        pipe.send(ended)
    except OSError:  # the call that shall fail is this very one; it fails only once
        pipe.send(ended)


def sync_when_watched(_pipe: Connection, world: World) -> None:
    """Sync once strace is there."""
    wait_until_watched()
    sync_world(world)


def open_vectors(_pipe: Connection, directory: Path) -> None:
    """Read the vectors without asking for their hash, and search in them; ends with 1 where it refuses."""
    try:
        VectorIndex(directory).search(WordEmbedder().embed_queries(["hund"]), 5)
    except (OSError, ValueError, RuntimeError, AssertionError):
        os._exit(1)
