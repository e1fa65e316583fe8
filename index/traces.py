"""Searches the bytes of files for what must not be in them: texts and vectors, thousands at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

MIN_BYTES = 12
"""A shorter text stands in other files by chance."""

_ANCHOR_BYTES = 8
_BLOCK_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class TraceSearch:
    """What a search through a folder came to: how much was searched, and the files in which something was."""

    files: int
    bytes: int
    found_in: tuple[str, ...]


class Needles:
    """Byte strings, each of at least `MIN_BYTES`, that are looked for together.

    Each has an anchor: eight bytes of it that a block is compared with all at once, at every place.
    """

    def __init__(self, needles: Collection[bytes]) -> None:
        self._by_anchor: defaultdict[int, list[tuple[bytes, int]]] = defaultdict(list)
        for needle in {each for each in needles if len(each) >= MIN_BYTES}:
            offset = _anchor_offset(needle)
            anchor = int.from_bytes(needle[offset : offset + _ANCHOR_BYTES], "little")
            self._by_anchor[anchor].append((needle, offset))
        self._anchors = np.array(sorted(self._by_anchor), dtype=np.uint64)
        self._likely = np.zeros(1 << 16, dtype=bool)
        self._likely[self._anchors & np.uint64(0xFFFF)] = True
        self.longest = max((len(needle) for needle, _ in self._all()), default=0)

    def __len__(self) -> int:
        return sum(1 for _ in self._all())

    def found_in(self, data: bytes) -> set[bytes]:
        """Return those that stand in `data`."""
        found: set[bytes] = set()
        for shift in range(min(_ANCHOR_BYTES, max(0, len(data) - _ANCHOR_BYTES + 1))):
            words = np.frombuffer(data, "<u8", (len(data) - shift) // _ANCHOR_BYTES, shift)
            likely = np.flatnonzero(self._likely[words & np.uint64(0xFFFF)])
            for place in likely[np.isin(words[likely], self._anchors)].tolist():
                start = place * _ANCHOR_BYTES + shift
                for needle, offset in self._by_anchor[int(words[place])]:
                    if data.startswith(needle, start - offset) and start >= offset:
                        found.add(needle)
        return found

    def without(self, others: Iterable[bytes]) -> "Needles":
        """Return those that stand in none of `others`."""
        found: set[bytes] = set()
        for data in others:
            found |= self.found_in(data)
        return Needles({needle for needle, _ in self._all()} - found)

    def _all(self) -> Iterator[tuple[bytes, int]]:
        for same_anchor in self._by_anchor.values():
            yield from same_anchor


def search_folder(folder: Path, needles: Needles) -> TraceSearch:
    """Search every byte of every file below `folder`; raises `OSError`."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    found = tuple(path.relative_to(folder).as_posix() for path in paths if _stands_in(path, needles))
    return TraceSearch(len(paths), sum(path.stat().st_size for path in paths), found)


def _stands_in(path: Path, needles: Needles) -> bool:
    """Tell whether anything stands in the file, also across two blocks, or in its name."""
    if needles.found_in(path.name.encode("utf-8", "surrogateescape")):
        return True
    with path.open("rb") as file:
        kept = b""
        while block := file.read(_BLOCK_BYTES):
            if needles.found_in(kept + block):
                return True
            kept = (kept + block)[-needles.longest :]
    return False


def _anchor_offset(needle: bytes) -> int:
    """Return where the anchor of a needle begins: past its first zeros, of which vectors have many."""
    zeros = len(needle) - len(needle.lstrip(b"\0"))
    return min(zeros, len(needle) - _ANCHOR_BYTES)
