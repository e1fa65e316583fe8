"""Searches the bytes of files for what must not be in them: texts and vectors, thousands at a time.

What is looked for is known by hashes alone, so that a search can be done again later, without the text.
"""

import hashlib
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

MIN_BYTES = 12
"""A shorter text stands in other files by chance."""

_ANCHOR_BYTES = 8
_BLOCK_BYTES = 1 << 24
_SPREAD = np.uint64(0x9E3779B97F4A7C15)
_KEPT_BITS = np.uint64(32)


@dataclass(frozen=True, slots=True)
class TraceSearch:
    """What a search through a folder came to: how much was searched, and the files in which something was."""

    files: int
    bytes: int
    found_in: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Needle:
    """What one byte string is known by: half the hash of eight bytes at `offset`, its length, its SHA-256."""

    anchor: int
    offset: int
    length: int
    sha256: str


class Needles:
    """Byte strings, each of at least `MIN_BYTES`, that are looked for together.

    Each has an anchor: eight bytes of it that a block is compared with all at once, at every place.
    """

    def __init__(self, needles: Collection[bytes]) -> None:
        self._keep({_needle(each) for each in needles if len(each) >= MIN_BYTES})

    @classmethod
    def known_by(cls, needles: Collection[Needle]) -> "Needles":
        """Return those that are known by these hashes."""
        made = cls(())
        made._keep(needles)
        return made

    def _keep(self, needles: Collection[Needle]) -> None:
        self._by_anchor: defaultdict[int, list[Needle]] = defaultdict(list)
        for needle in needles:
            self._by_anchor[needle.anchor].append(needle)
        self._anchors = np.array(sorted(self._by_anchor), dtype=np.uint64)
        self._likely = np.zeros(1 << 16, dtype=bool)
        self._likely[self._anchors & np.uint64(0xFFFF)] = True
        self.longest = max((needle.length for needle in self), default=0)

    def __len__(self) -> int:
        return sum(map(len, self._by_anchor.values()))

    def __iter__(self) -> Iterator[Needle]:
        for same_anchor in self._by_anchor.values():
            yield from same_anchor

    def found_in(self, data: bytes) -> set[Needle]:
        """Return those that stand in `data`."""
        found: set[Needle] = set()
        for shift in range(min(_ANCHOR_BYTES, max(0, len(data) - _ANCHOR_BYTES + 1))):
            words = _hash_words(np.frombuffer(data, "<u8", (len(data) - shift) // _ANCHOR_BYTES, shift))
            likely = np.flatnonzero(self._likely[words & np.uint64(0xFFFF)])
            for place in likely[np.isin(words[likely], self._anchors)].tolist():
                start = place * _ANCHOR_BYTES + shift
                found.update(
                    needle
                    for needle in self._by_anchor[int(words[place])]
                    if needle not in found and _stands_at(needle, data, start - needle.offset)
                )
        return found

    def without(self, others: Iterable[bytes]) -> "Needles":
        """Return those that stand in none of `others`."""
        found: set[Needle] = set()
        for data in others:
            found |= self.found_in(data)
        return Needles.known_by({*self} - found)


def search_folder(folder: Path, needles: Needles) -> TraceSearch:
    """Search every byte of every file below `folder`; raises `OSError`.

    A file that goes while others are searched, as a running chat's may, holds nothing and does not count.
    """
    files = size = 0
    found: list[str] = []
    for path in sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink()):
        with suppress(FileNotFoundError):
            if _stands_in(path, needles):
                found.append(path.relative_to(folder).as_posix())
            size += path.stat().st_size
            files += 1
    return TraceSearch(files, size, tuple(found))


def _stands_in(path: Path, needles: Needles) -> bool:
    """Tell whether anything stands in the file, also across two blocks, or in its name."""
    if needles.found_in(path.name.encode("utf-8", "surrogateescape")):
        return True
    with path.open("rb") as file:
        kept = b""
        while block := file.read(_BLOCK_BYTES):
            searched = kept + block
            if needles.found_in(searched):
                return True
            kept = searched[max(0, len(searched) - needles.longest) :]
    return False


def _needle(text: bytes) -> Needle:
    offset = _anchor_offset(text)
    anchor = _hash_words(np.frombuffer(text, "<u8", 1, offset))
    return Needle(int(anchor[0]), offset, len(text), hashlib.sha256(text).hexdigest())


def _hash_words(words: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Return 32 bits for each eight bytes, too few to tell what those were."""
    return (words * _SPREAD) >> _KEPT_BITS


def _stands_at(needle: Needle, data: bytes, start: int) -> bool:
    if start < 0 or start + needle.length > len(data):
        return False
    return hashlib.sha256(data[start : start + needle.length]).hexdigest() == needle.sha256


def _anchor_offset(needle: bytes) -> int:
    """Return where the anchor of a needle begins: past its first zeros, of which vectors have many."""
    zeros = len(needle) - len(needle.lstrip(b"\0"))
    return min(zeros, len(needle) - _ANCHOR_BYTES)
