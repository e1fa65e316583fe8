"""Bits that turn over and files that end too early: each is found, and none changes an answer."""

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from index.errors import LibraryError
from index.examination import examine
from index.library import DATABASE_NAME
from index.seal import SEAL_NAME
from tests.torture.children import open_vectors
from tests.torture.processes import begin
from tests.torture.workload import World, expect, read_state, say_what, sync_world

_HEADER_BYTES = 90
"""What comes before the first number of a small FAISS index, and a few of those."""

_CRAFTED = (b"\xff" * 8, b"\x00" * 8, b"\x7f" * 4, b"\xff\xff\xff\x7f", b"IxMp", b"IHNf", b"IwFl")
"""Lengths that no memory holds, none at all, and the marks of other kinds of index."""


@dataclass
class Damages:
    """How many damages were done and found, by file; and what the next start did with them."""

    done: int = 0
    found: int = 0
    files: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)


@dataclass
class Headers:
    """How many damaged FAISS headers were given to the program, and to its reader alone."""

    given: int = 0
    accepted: int = 0
    signals: int = 0
    read_without_hash: int = 0


def damage_files(root: Path, seed: int, count: int) -> Damages:
    """Damage one file at a time: half of the times the database, else its seal or anything derived."""
    random = Random(seed)
    world = World(root / "skade", random)
    world.start()
    damages = Damages()
    derived = sorted(path for path in (world.library / "generations").rglob("*") if path.is_file())
    others = [path for path in derived if path.suffix != ".lock"] + [world.library / SEAL_NAME]
    for _ in range(count):
        path = random.choice((world.library / DATABASE_NAME, random.choice(others)))
        with _kept(world.library):
            _damage_one(world, path, random, damages)
    return damages


def craft_headers(root: Path, seed: int, count: int) -> Headers:
    """Change the head of the FAISS file; give it to the program, and with a forged hash to its reader."""
    random = Random(seed)
    world = World(root / "hoved", random)
    world.start()
    (path,) = world.library.rglob("passages.faiss")
    headers = Headers()
    for _ in range(count):
        with _kept(world.library):
            _craft(path, random)
            headers.accepted += not examine(world.library)
            headers.read_without_hash += _opens(path.parent, headers)
            headers.given += 1
            sync_world(world)
            expect(read_state(world.library) == world.new, "a crafted header changed an answer")
    return headers


def _damage_one(world: World, path: Path, random: Random, damages: Damages) -> None:
    what = _flip_or_cut(path, random)
    with say_what(f"{path.name}: {what}"):
        damages.found += bool(examine(world.library))
        damages.done += 1
        damages.files[{DATABASE_NAME: "database", SEAL_NAME: "seal"}.get(path.name, "derived")] += 1
        try:
            sync_world(world)
        except LibraryError as error:
            expect("er beskadiget" in str(error) or "har format" in str(error), str(error))
            damages.ends["refused"] += 1
            return
        expect(read_state(world.library) == world.new, "an answer has changed")
        rebuilt = path.name not in (DATABASE_NAME, SEAL_NAME)
        damages.ends["rebuilt" if rebuilt else "proven harmless"] += 1


def _flip_or_cut(path: Path, random: Random) -> str:
    """Damage a file in one of two ways; return what was done."""
    whole = bytearray(path.read_bytes())
    if random.random() < 0.2:
        length = random.randrange(len(whole))
        path.write_bytes(whole[:length])
        return f"cut to {length} of {len(whole)} bytes"
    place, bit = random.randrange(len(whole)), random.randrange(8)
    whole[place] ^= 1 << bit
    path.write_bytes(whole)
    return f"bit {bit} of byte {place} of {len(whole)}"


def _craft(path: Path, random: Random) -> None:
    """Write other numbers into the head, the kind that makes readers allocate or loop."""
    whole = bytearray(path.read_bytes())
    start = random.randrange(_HEADER_BYTES)
    crafted = random.choice((*_CRAFTED, random.randbytes(8)))
    if whole[start : start + len(crafted)] == crafted:
        crafted = b"\x01" + crafted[1:]
    whole[start : start + len(crafted)] = crafted
    path.write_bytes(whole)


def _opens(directory: Path, headers: Headers) -> bool:
    """Tell whether the reader alone takes the file, in a process that may die of it."""
    process, pipe = begin(open_vectors, directory)
    process.join()
    headers.signals += (process.exitcode or 0) < 0
    pipe.close()
    return process.exitcode == 0


@contextmanager
def _kept(directory: Path) -> Iterator[None]:
    """Give back the folder as it was after the block."""
    kept = directory.with_name("som-det-var")
    shutil.copytree(directory, kept)
    try:
        yield
    finally:
        shutil.rmtree(directory)
        kept.rename(directory)
