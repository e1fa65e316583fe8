"""kill -9 at random instants and at every named point of a sync: the old state or the new one, whole."""

import os
import signal
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.torture.children import sync_and_tell
from tests.torture.processes import begin, heard
from tests.torture.workload import OPERATIONS, World, expect, finish, read_state

POINTS_BEFORE = (
    "files read",
    "reading committed",
    "texts embedded",
    "embeddings committed",
    "documents exchanged",
    "vectors written",
    "search built",
    "manifest written",
    "derived built",
    "place cleared",
    "derived renamed",
    "before the commit",
)
"""The points of a sync, in order, up to the commit: a reader must be given the old state."""

POINTS_AFTER = ("after the commit", "old generations removed", "log emptied", "seal written", "seal put")
"""The points after the commit: a reader must be given the new state."""

POINTS = POINTS_BEFORE + POINTS_AFTER

_REPEATED = ("files read", "reading committed", "texts embedded", "embeddings committed")
"""Points that a sync of `mixed` changes passes at least twice."""


@dataclass
class Kills:
    """What was seen of the kills: how many left which state, and how long the next start took at most."""

    kills: int = 0
    missed: int = 0
    states: Counter[str] = field(default_factory=Counter)
    operations: Counter[str] = field(default_factory=Counter)
    slowest_start_seconds: float = 0.0

    def note(self, world: World, kind: str, acknowledged: bool) -> str:
        """Ask the oracle after a kill, finish the work as the next start would; return the state found."""
        found = read_state(world.library)
        state = "new" if found == world.new else "old"
        expect(found in (world.old, world.new), f"{kind}: neither the old state nor the new one")
        expect(state == "new" or not acknowledged, f"{kind}: what was acknowledged is lost")
        self.slowest_start_seconds = max(self.slowest_start_seconds, finish(world))
        self.kills += 1
        self.states["both" if world.old == world.new else state] += 1
        self.operations[kind] += 1
        return state


def kill_at_random(root: Path, seed: int, count: int) -> Kills:
    """Kill `count` syncs, each after a random part of the time that its kind takes."""
    random = Random(seed)
    world = World(root, random)
    world.start()
    kills = Kills()
    takes = dict.fromkeys(OPERATIONS, 0.2)
    while kills.kills < count:
        kind = OPERATIONS[(kills.kills + kills.missed) % len(OPERATIONS)]
        world.operate(kind)
        seconds = random.uniform(0, takes[kind])
        killed, acknowledged, lived = _kill_after(world, seconds)
        takes[kind] = lived if not killed else takes[kind] * 1.1
        if killed:
            kills.note(world, kind, acknowledged)
        else:
            kills.missed += 1
            finish(world)
    return kills


def _kill_after(world: World, seconds: float) -> tuple[bool, bool, float]:
    """Return whether the sync was killed, whether it had said that it was done, and how long it lived."""
    process, pipe = begin(sync_and_tell, world, None)
    pipe.recv()
    started = time.perf_counter()
    process.join(seconds)
    if process.is_alive():
        os.kill(process.pid or 0, signal.SIGKILL)
    process.join()
    lived = time.perf_counter() - started
    acknowledged = heard(pipe)
    pipe.close()
    return process.exitcode == -signal.SIGKILL, acknowledged, lived


def kill_at_points(root: Path, seed: int, times: int, points: tuple[str, ...] = POINTS) -> Kills:
    """Kill `times` syncs at each of `points`; where it comes by twice, at either pass."""
    random = Random(seed)
    world = World(root, random)
    world.start()
    kills = Kills()
    for turn in range(times):
        for point in points:
            kind = ("mixed", "first", "add", "change")[turn % 4]
            world.operate(kind)
            number = random.randint(1, 2) if point in _REPEATED and kind == "mixed" else 1
            _die_at(world, f"{point}:{number}")
            state = kills.note(world, kind, acknowledged=False)
            expect(state == ("new" if point in POINTS_AFTER else "old"), f"{point}: the {state} state")
    return kills


def _die_at(world: World, crash_at: str) -> None:
    process, pipe = begin(sync_and_tell, world, crash_at)
    process.join()
    pipe.close()
    expect(process.exitcode == -signal.SIGKILL, f"{crash_at} was not passed")
