"""`python -m tests.torture`: every torture at full size, and its figures into `docs/reliability.md`.

A figure is written when its torture has run to the end. A violation stops the run, and the seed is known.
"""

import argparse
import os
import platform
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from tests.torture.damage import craft_headers, damage_files
from tests.torture.faults import fail_calls, fill_disks, may_mount
from tests.torture.kills import POINTS, kill_at_points, kill_at_random
from tests.torture.power import cut_power
from tests.torture.readers import ask_while_it_changes
from tests.torture.strace import strace_works
from tests.torture.table import write_row

DEFAULT_SEED = 20261122


@dataclass(frozen=True, slots=True)
class Torture:
    """One kind: which promise it tries, how often by default, and how; `run` gives the figure in words."""

    promise: str
    size: int
    run: Callable[[Path, int, int], str]
    needs: Callable[[Path], bool] = lambda _: True


def _kills(root: Path, seed: int, size: int) -> str:
    kills = kill_at_random(root, seed, size)
    states = ", ".join(f"{count} {state}" for state, count in sorted(kills.states.items()))
    return (
        f"{kills.kills} processes killed with kill -9 in {len(kills.operations)} kinds of sync ({states}), "
        f"0 violations; slowest next start {kills.slowest_start_seconds:.1f} s"
    )


def _points(root: Path, seed: int, size: int) -> str:
    kills = kill_at_points(root, seed, size)
    return f"{len(POINTS)} named points x {size} = {kills.kills} kills, 0 violations"


def _faults(root: Path, seed: int, size: int) -> str:
    faults = fail_calls(root, seed, size)
    kinds = ", ".join(f"{count} {name}" for name, count in faults.calls.most_common())
    return (
        f"{faults.runs} failing calls ({kinds}): {faults.told} told in one Danish line with exit code 1, "
        f"{faults.harmless} harmless, {len(faults.unforeseen)} of them unforeseen errors, 0 traces, 0 losses"
    )


def _disks(root: Path, seed: int, _size: int) -> str:
    faults = fill_disks(root, seed)
    return (
        f"{faults.full_disks} small disks: {faults.told} full and told so, {faults.harmless} enough; 0 losses"
    )


def _power(root: Path, seed: int, size: int) -> str:
    cuts = cut_power(root, seed, size)
    return (
        f"{cuts.cuts} power cuts ({cuts.old} old state, {cuts.new} new), 0 violations; "
        f"{cuts.renamed_files} renamed files, {len(cuts.not_synced)} not synced before"
    )


def _readers(root: Path, seed: int, size: int) -> str:
    seen = ask_while_it_changes(root, seed, size, max(1, size // 200))
    if seen.wrong:
        raise AssertionError(f"{len(seen.wrong)} wrong, first: {seen.wrong[0]}")
    return (
        f"{seen.questions} questions from {seen.threads} threads during {seen.syncs} re-indexings: "
        f"{seen.citations} citations of {len(seen.states)} states, 0 wrong, 0 errors"
    )


def _damage(root: Path, seed: int, size: int) -> str:
    seen = damage_files(root, seed, size)
    if seen.found != seen.done:
        raise AssertionError(f"only {seen.found} of {seen.done} damages were found")
    files = ", ".join(f"{count} {name}" for name, count in seen.files.most_common())
    ends = ", ".join(f"{count} {end}" for end, count in seen.ends.most_common())
    return f"{seen.found} of {seen.done} damages found ({files}); then {ends}; 0 answers changed"


def _headers(root: Path, seed: int, size: int) -> str:
    seen = craft_headers(root, seed, size)
    return (
        f"{seen.given} crafted FAISS headers: {seen.accepted} accepted, {seen.signals} signals "
        f"(FAISS alone, without the hash, would have taken {seen.read_without_hash})"
    )


TORTURES: Mapping[str, Torture] = {
    "kills": Torture("R1", 500, _kills),
    "points": Torture("R2", 20, _points),
    "power": Torture("R3", 300, _power, lambda _: strace_works()),
    "faults": Torture("R4", 300, _faults, lambda _: strace_works()),
    "disks": Torture("R4", 1, _disks, may_mount),
    "readers": Torture("R5", 10_000, _readers),
    "damage": Torture("R6", 1_000, _damage),
    "headers": Torture("R7", 300, _headers),
}


def main() -> None:
    """Run what is asked for, one after the other; each row is written as soon as it is known."""
    arguments = _parser().parse_args()
    for name in arguments.only or TORTURES:
        _run(name, arguments.seed, arguments.size or TORTURES[name].size, arguments.write)


def _run(name: str, seed: int, size: int, write: bool) -> None:
    torture = TORTURES[name]
    _say(f"{name}: seed {seed}, size {size}")
    with tempfile.TemporaryDirectory(prefix="kildesvar-") as folder:
        if not torture.needs(Path(folder)):
            _say(f"{name}: left out, as this machine has no strace, or may not mount a disk")
            return
        started = time.monotonic()
        figure = torture.run(Path(folder), seed, size)
    _say(f"{name}: {figure} ({time.monotonic() - started:.0f} s)")
    if write:
        command = f"make torture ONLY={name} SEED={seed}"
        write_row(torture.promise, name, figure, command, _machine())


def _machine() -> str:
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{datetime.now(UTC):%Y-%m-%d}, {len(os.sched_getaffinity(0))} cores, {system}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser("python -m tests.torture", description=__doc__)
    parser.add_argument("--only", action="append", choices=TORTURES, help="one kind; may be given again")
    parser.add_argument("--size", type=int, help="how many times, instead of each kind's own number")
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED)
    parser.add_argument("--write", action="store_true", help="write the figures into docs/reliability.md")
    return parser


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
