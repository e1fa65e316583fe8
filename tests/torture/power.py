"""Power cuts: every call of a sync is recorded, and what a disk may hold after a cut is put together."""

import shutil
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.torture.children import sync_when_watched
from tests.torture.disk import Disk
from tests.torture.processes import begin
from tests.torture.strace import CHANGING, Call, parse_calls, watched
from tests.torture.workload import World, expect, finish, read_state, say_what


@dataclass
class Cuts:
    """What was seen: how many cuts left which state; renamed files, and how many of them were not synced."""

    cuts: int = 0
    old: int = 0
    new: int = 0
    renamed_files: int = 0
    not_synced: list[str] = field(default_factory=list)


def cut_power(root: Path, seed: int, count: int) -> Cuts:
    """Record a sync of each of three kinds, and cut the power `count` times, after any of their calls."""
    random = Random(seed)
    cuts = Cuts()
    kinds = ("first", "mixed", "rebuild")
    for kind in kinds:
        world = World(root / kind, random)
        world.start()
        world.operate(kind)
        _cut_one_sync(world, kind, random, -(-count // len(kinds)), cuts)
    return cuts


def _cut_one_sync(world: World, kind: str, random: Random, count: int, cuts: Cuts) -> None:
    before = world.home.with_name("før")
    shutil.copytree(world.home, before)
    calls = _record(world)
    cuts.renamed_files += _check_renames(world, calls, cuts.not_synced)
    for turn in range(count):
        made = len(calls) if turn == 0 else random.randint(0, len(calls))
        kept_share = (0.0, 0.5, 1.0)[turn % 3]
        with say_what(f"{kind}, cut after {made} of {len(calls)} calls, {kept_share:.0%} of the rest kept"):
            disk = Disk(before, str(world.home))
            disk.play(calls[:made])
            disk.write_survivors(world.home, random, kept_share)
            found = read_state(world.library)
            expect(found in (world.old, world.new), "neither the old state nor the new one")
            expect(found == world.new or made < len(calls), "what was acknowledged is lost")
            finish(world)
        cuts.cuts += 1
        cuts.new += found == world.new
        cuts.old += found != world.new


def _record(world: World) -> list[Call]:
    """Sync under strace; return the calls that touch the home folder, all acknowledged after the last one."""
    record = world.root / "kald"
    process, pipe = begin(sync_when_watched, world)
    with watched(process.pid or 0, record, CHANGING, "-y", "-xx", "-s", "100000000"):
        process.join()
    pipe.close()
    expect(process.exitcode == 0, "the recorded sync failed")
    calls = parse_calls(record.read_text(encoding="ascii").splitlines())
    return [call for call in calls if any(path.startswith(str(world.home)) for path in call.paths)]


def _check_renames(world: World, calls: Sequence[Call], missing: list[str]) -> int:
    """Ask that all below a renamed path was synced after its last change, and its folder after the rename.

    Returns the number of files that were given their place by a rename.
    """
    unsynced: defaultdict[str, bool] = defaultdict(bool)
    awaited: set[str] = set()
    renamed = 0
    for call in calls:
        path = call.paths[0]
        if call.name in ("write", "pwrite64", "ftruncate"):
            unsynced[path] = True
        elif call.name in ("fsync", "fdatasync"):
            unsynced[path] = False
            awaited.discard(path)
        elif call.name.startswith("unlink"):
            unsynced.pop(path, None)
        elif call.name.startswith("rename"):
            below = [each for each in unsynced if each == path or each.startswith(f"{path}/")]
            missing += [each for each in below if unsynced[each]]
            renamed += len(below)
            awaited.add(str(Path(call.paths[1]).parent))
    missing += sorted(awaited)
    return renamed
