"""Disks that fail at the Nth call, and full ones: one Danish line, exit code 1, and nothing lost."""

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from itertools import cycle
from pathlib import Path
from random import Random

from index.errors import LibraryError
from index.library import Library
from tests.torture.children import index_when_watched
from tests.torture.processes import begin
from tests.torture.strace import CHANGING, made_to_fail_in, parse_calls, watched
from tests.torture.workload import World, expect, finish, read_state, say_what

FAILING = {
    "write": "ENOSPC",
    "pwrite64": "ENOSPC",
    "fsync": "EIO",
    "fdatasync": "EIO",
    "openat": "EACCES",
    "rename": "EIO",
    "mkdir": "ENOSPC",
    "ftruncate": "EIO",
    "unlink": "EIO",
}
"""The calls that are made to fail, and as what."""


class ElsewhereError(Exception):
    """The call that failed loads a module, or speaks to another process: it is not one of the home folder.

    How many of those there are is not the same in every run, and a pipe is never full as a disk is.
    """


_WITH_PATHS = ("-y", "-xx", "-s", "0")

Ended = tuple[int, str, str]
"""How a run of the command line ended: its exit code, its stdout and its stderr."""

_TMPFS_KILOBYTES = range(150, 1_500, 45)


@dataclass
class Faults:
    """How many runs ended how: `told` in one Danish line, `harmless` where the run went through."""

    runs: int = 0
    told: int = 0
    harmless: int = 0
    unforeseen: list[str] = field(default_factory=list)
    calls: Counter[str] = field(default_factory=Counter)
    full_disks: int = 0

    def note(self, world: World, ended: Ended) -> None:
        """Ask the oracle how one run ended; a file that was reported as unreadable may be missing."""
        code, told, said = ended
        expect(code in (0, 1), f"exit code {code}: {said}")
        expect("Traceback" not in said and said.strip().count("\n") == 0, f"not one line: {said}")
        expect(code == 0 or bool(re.search("[a-zæøå] .*[.]$", said.strip())), f"no sentence: {said!r}")
        if code and _skipped(world):
            raise ElsewhereError
        skipped = {each["document"] for each in json.loads(told)["skipped"]} if code == 0 else set()
        read = {path: text for path, text in world.new.items() if path not in skipped}
        found = read_state(world.library)
        expect(found in ((world.old, world.new) if code else (read,)), f"neither state ({said})")
        if "uventet fejl" in said:
            self.unforeseen.append(said)
        self.runs += 1
        self.told += code
        self.harmless += not code


def _skipped(world: World) -> bool:
    """Tell whether the library says of a file that it was not read: they are all sound."""
    with suppress(LibraryError), Library(world.library) as library:
        return bool(library.skipped())
    return False


def fail_calls(root: Path, seed: int, count: int) -> Faults:
    """Let one call of `count` runs fail, each another one of those that a run makes in the home folder."""
    random = Random(seed)
    world = _published(root / "fejl", random)
    faults = Faults()
    record = root / "kald"
    with _kept(world):
        places = _calls_of_a_run(world, record)
    random.shuffle(places)
    for turn, (name, number) in enumerate(cycle(places)):
        if faults.runs == count:
            break
        expect(faults.runs > 0 or turn < len(places), "no call in the home folder could be made to fail")
        with _kept(world):
            inject = f"inject={name}:error={FAILING[name]}:when={number}"
            with say_what(f"seed {seed}, {inject}"), suppress(ElsewhereError):
                ended = _index(world, record, ",".join(FAILING), *_WITH_PATHS, "-e", inject)
                if not made_to_fail_in(world.home, record.read_text(encoding="ascii").splitlines()):
                    raise ElsewhereError
                faults.note(world, ended)
                faults.calls[name] += 1
                finish(world)
    return faults


def fill_disks(root: Path, seed: int) -> Faults:
    """Index on disks of many sizes, from one that cannot hold anything more to one that holds all."""
    world = _published(root / "fuld", Random(seed))
    faults = Faults()
    for kilobytes in _TMPFS_KILOBYTES:
        with _kept(world), _small_disk(world.home, kilobytes):
            faults.note(world, _index(world, Path("/dev/null"), "none"))
            faults.full_disks += 1
    return faults


def may_mount(root: Path) -> bool:
    """Tell whether a small disk can be made here."""
    place = root / "disk"
    place.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "none", str(place)], capture_output=True, check=False)
    return not done.returncode and not subprocess.run(["umount", str(place)], check=True).returncode


def _published(root: Path, random: Random) -> World:
    """Return a world whose library is published, and whose folder has changed since."""
    world = World(root, random)
    world.start()
    world.operate("mixed")
    return world


@contextmanager
def _kept(world: World) -> Iterator[None]:
    """Give back the home folder as it was after the block."""
    kept = world.root / "som-det-var"
    shutil.copytree(world.home, kept)
    try:
        yield
    finally:
        shutil.rmtree(world.home)
        kept.rename(world.home)


@contextmanager
def _small_disk(home: Path, kilobytes: int) -> Iterator[None]:
    """Put a disk of this size in the place of the home folder, with what lies in it, as far as it goes."""
    held = sum(path.stat().st_blocks for path in home.rglob("*")) // 2
    aside = home.with_name("til-side")
    home.rename(aside)
    home.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={held + kilobytes}k", "none", home], check=True)
    try:
        shutil.copytree(aside, home, dirs_exist_ok=True)
        yield
    finally:
        subprocess.run(["umount", home], check=True)
        home.rmdir()
        aside.rename(home)


def _calls_of_a_run(world: World, record: Path) -> list[tuple[str, int]]:
    """Return which calls (name and number among those of its name in its thread) touch the home folder."""
    ended = _index(world, record, CHANGING, *_WITH_PATHS)
    expect(ended[0] == 0, f"a run without faults failed: {ended}")
    passed: Counter[tuple[int, str]] = Counter()
    places: set[tuple[str, int]] = set()
    for call in parse_calls(record.read_text(encoding="ascii").splitlines()):
        passed[call.thread, call.name] += 1
        if call.name in FAILING and any(path.startswith(str(world.home)) for path in call.paths):
            places.add((call.name, passed[call.thread, call.name]))
    return sorted(places)


def _index(world: World, record: Path, calls: str, *options: str) -> Ended:
    """Run `kildesvar index` under strace."""
    process, pipe = begin(index_when_watched, world)
    with watched(process.pid or 0, record, calls, *options):
        process.join()
    try:
        return pipe.recv() if pipe.poll() else (process.exitcode, "", "it died")
    except EOFError as error:
        raise ElsewhereError from error
    finally:
        pipe.close()
