"""A disk that calls change, and what of it is there after the power was cut.

A file keeps what was written before its last fsync; of what was written later, any sector may be there or
not. A folder keeps the names that it had at its last fsync; of later changes, any first part may be there.
"""

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

from tests.torture.strace import Call
from tests.torture.workload import expect

SECTOR_BYTES = 512
_MEMORY_MAPPED = "-shm"
"""The end of the name of SQLite's index of its log: shared memory, made anew after a power cut."""


@dataclass(slots=True)
class _File:
    """One file's changes in order: (position, bytes), or (length, None); `synced` of them are safe."""

    before: bytes
    changes: list[tuple[int, bytes | None]] = field(default_factory=list)
    synced: int = 0


@dataclass(slots=True)
class _Folder:
    """One folder's names in order of change: (name, file or folder, or None where it went)."""

    before: dict[str, "_File | _Folder"]
    changes: list[tuple[str, "_File | _Folder | None"]] = field(default_factory=list)
    synced: int = 0

    def names(self) -> dict[str, "_File | _Folder"]:
        """Return what a running system sees in it."""
        return _after(self.before, self.changes)


class Disk:
    """A home folder as `before`, which calls then change; of each change it is known whether it is safe."""

    def __init__(self, before: Path, home: str) -> None:
        self._home = home
        self._root = _read_folder(before)
        self._positions: dict[int, int] = {}

    def play(self, calls: Sequence[Call]) -> None:
        """Change the disk as the calls did."""
        for call in calls:
            getattr(self, f"_{call.name.removesuffix('2').removesuffix('at')}", self._ignore)(call)

    def write_survivors(self, home: Path, random: Random, kept_share: float) -> None:
        """Write what is there after the cut: all that is safe, and of the rest a random share."""
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir()
        _write_folder(self._root, home, random, kept_share)

    def _ignore(self, call: Call) -> None:
        expect(call.name in ("lseek",), f"{call.name} is not understood")

    def _open(self, call: Call) -> None:
        folder, name = self._place(call.paths[0])
        names = folder.names()
        if "O_CREAT" in call.words and name not in names:
            folder.changes.append((name, _File(b"")))
        if "O_TRUNC" in call.words:
            self._change(call, 0, None)
        self._positions[call.descriptor] = 0

    def _lseek(self, call: Call) -> None:
        self._positions[call.descriptor] = call.result

    def _write(self, call: Call) -> None:
        position = self._positions[call.descriptor]
        self._change(call, position, call.data)
        self._positions[call.descriptor] = position + len(call.data)

    def _pwrite64(self, call: Call) -> None:
        self._change(call, int(call.words.split(", ")[-1]), call.data)

    def _ftruncate(self, call: Call) -> None:
        self._change(call, int(call.words.split(", ")[-1]), None)

    def _change(self, call: Call, position: int, data: bytes | None) -> None:
        file = self._find(call.paths[0])
        assert isinstance(file, _File)
        file.changes.append((position, data))

    def _fsync(self, call: Call) -> None:
        found = self._find(call.paths[0])
        found.synced = len(found.changes)

    _fdatasync = _fsync

    def _rename(self, call: Call) -> None:
        (old_folder, old), (new_folder, new) = map(self._place, call.paths)
        moved = old_folder.names()[old]
        expect(old_folder is new_folder, "a rename between folders is not understood")
        old_folder.changes.append((f"{old}/{new}", moved))

    def _unlink(self, call: Call) -> None:
        folder, name = self._place(call.paths[0])
        folder.changes.append((name, None))

    _rmdir = _unlink

    def _mkdir(self, call: Call) -> None:
        folder, name = self._place(call.paths[0])
        folder.changes.append((name, _Folder({})))

    def _find(self, path: str) -> _File | _Folder:
        folder, name = self._place(path)
        return folder.names()[name] if name else folder

    def _place(self, path: str) -> tuple[_Folder, str]:
        """Return the folder that holds a path now, and the path's name in it; of the home folder, itself."""
        *folders, name = path.removeprefix(self._home).lstrip("/").split("/")
        at = self._root
        for folder in folders:
            below = at.names()[folder]
            assert isinstance(below, _Folder)
            at = below
        return at, name


def _after(
    before: dict[str, "_File | _Folder"], changes: Sequence[tuple[str, "_File | _Folder | None"]]
) -> dict[str, "_File | _Folder"]:
    names = dict(before)
    for name, what in changes:
        old, _, new = name.partition("/")
        if new or what is None:
            names.pop(old, None)
        if what is not None:
            names[new or old] = what
    return names


def _read_folder(place: Path) -> _Folder:
    return _Folder(
        {
            path.name: _read_folder(path) if path.is_dir() else _File(path.read_bytes())
            for path in place.iterdir()
        }
    )


def _write_folder(folder: _Folder, place: Path, random: Random, kept_share: float) -> None:
    later = len(folder.changes) - folder.synced
    kept = folder.synced + (later if kept_share == 1.0 else round(later * kept_share * random.random()))
    for name, what in _after(folder.before, folder.changes[:kept]).items():
        path = place / name
        if isinstance(what, _Folder):
            path.mkdir()
            _write_folder(what, path, random, kept_share)
        elif not name.endswith(_MEMORY_MAPPED):
            path.write_bytes(_surviving_bytes(what, random, kept_share))


def _surviving_bytes(file: _File, random: Random, kept_share: float) -> bytes:
    content = bytearray(file.before)
    for number, (position, data) in enumerate(file.changes):
        safe = number < file.synced
        if data is None:
            if safe or random.random() < kept_share:
                content[position:] = bytes(max(0, position - len(content)))
            continue
        for start, end in _sectors(position, len(data)):
            if safe or random.random() < kept_share:
                content.extend(bytes(max(0, end - len(content))))
                content[start:end] = data[start - position : end - position]
    return bytes(content)


def _sectors(position: int, length: int) -> Iterator[tuple[int, int]]:
    start = position
    while start < position + length:
        end = min(position + length, (start // SECTOR_BYTES + 1) * SECTOR_BYTES)
        yield start, end
        start = end
