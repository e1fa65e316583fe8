"""Postings: for each term the rows that hold it, counted from 0, or the runs of rows that have it nearby."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from index.array_files import open_array, write_array
from index.term_numbers import ROW_MASK, Numbers, Places, distinct, spans

_ROWS_AT_ONCE = 2_000_000
"""About how many are joined in memory at a time, some tens of bytes each."""


@dataclass(frozen=True, slots=True)
class Postings:
    """What is listed for each term: for `terms[i]` it is `listed[starts[i]:starts[i + 1]]`.

    `terms` ascend, shape (terms,), and `starts` has one more. `listed` is either rows, ascending for each
    term, shape (all,); or runs of rows from the first up to the last that is not in it, ascending and apart
    from each other, shape (all, 2). `counts` tells how many rows that is for each term, shape
    (terms,); of postings that are opened they are numbers without a sign.
    """

    terms: Numbers
    starts: Places
    counts: Places
    listed: NDArray[Any]

    @classmethod
    def open(cls, directory: Path, name: str) -> Self:
        """Open what `write_postings` wrote; raises `OSError` if it cannot be read."""
        return cls(*(open_array(path) for path in _paths(directory, name)))

    def part(self, first: int, last: int) -> "Postings":
        """Return the postings of the terms from the place `first` up to `last`, which is not in it."""
        starts = self.starts[first : last + 1]
        listed = self.listed[starts[0] : starts[-1]]
        return Postings(self.terms[first:last], starts - starts[0], self.counts[first:last], listed)

    def find(self, terms: Numbers) -> NDArray[np.intp]:
        """Return the places of those of `terms` that are known, in their order."""
        places, are_known = self._locate(terms)
        return places[are_known]

    def count(self, terms: Numbers) -> Places:
        """Return how many rows are listed for each of `terms`, shape (terms,)."""
        places, are_known = self._locate(terms)
        counts = np.zeros(len(terms), dtype=np.int64)
        counts[are_known] = self.counts[places[are_known]]
        return counts

    def _locate(self, terms: Numbers) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
        """Return where each of `terms` is, or would be, and which of them are there."""
        places = np.searchsorted(self.terms, terms)
        are_known = places < len(self.terms)
        are_known[are_known] = self.terms[places[are_known]] == terms[are_known]
        return places, are_known

    def lists(self, places: NDArray[np.intp]) -> list[NDArray[Any]]:
        """Return what is listed for the terms at these places."""
        bounds = zip(self.starts[places].tolist(), self.starts[places + 1].tolist(), strict=True)
        return [self.listed[start:end] for start, end in bounds]


@contextmanager
def write_postings(directory: Path, name: str) -> Iterator[Callable[[Postings], None]]:
    """Write postings that are given one portion after the other, in the order of terms; raises `OSError`.

    Gives the function that takes them.
    """
    total = 0

    def append(postings: Postings) -> None:
        nonlocal total
        terms(postings.terms)
        starts(postings.starts[:-1] + total)
        counts(postings.counts)
        listed(postings.listed)
        total += len(postings.listed)

    with ExitStack() as files:
        written = zip(_paths(directory, name), ("<u8", "<i8", "<u4", "<u4"), strict=True)
        terms, starts, counts, listed = (
            files.enter_context(write_array(path, dtype)) for path, dtype in written
        )
        yield append
        starts(np.array([total]))


def invert(terms: Numbers, first_row: int) -> Postings:
    """Return the postings of terms with their rows in them (`ROW_MASK`), which count from `first_row` on."""
    terms = distinct(terms)
    rows = (terms & ROW_MASK).astype(np.int64) + first_row
    numbers = terms & ~ROW_MASK
    before = np.concatenate((~numbers[:1], numbers[:-1]))  # the first one differs from what is before it
    begins = np.flatnonzero(numbers != before)
    starts = np.append(begins, len(rows))
    return Postings(numbers[begins], starts, np.diff(starts), rows)


def join(blocks: Sequence[Postings]) -> Iterator[Postings]:
    """Give the postings of all blocks, whose rows follow each other, some terms at a time, in order.

    The numbers of terms are spread evenly, and so are the rows over parts of equal width.
    """
    parts = -(-sum(len(block.listed) for block in blocks) // _ROWS_AT_ONCE)
    edges = np.array([2**64 * part // parts for part in range(1, parts)], dtype=np.uint64)
    cuts = [[0, *np.searchsorted(block.terms, edges).tolist(), len(block.terms)] for block in blocks]
    for part in range(parts):
        cut = zip(blocks, cuts, strict=True)
        yield _join_whole([block.part(places[part], places[part + 1]) for block, places in cut])


def _join_whole(blocks: Sequence[Postings]) -> Postings:
    """Return the postings of all blocks; a term's rows are put behind those of the blocks before."""
    terms = distinct(np.concatenate([block.terms for block in blocks]))
    places = [np.searchsorted(terms, block.terms) for block in blocks]
    sizes = np.zeros(len(terms), dtype=np.int64)
    for block, place in zip(blocks, places, strict=True):
        sizes[place] += block.counts
    starts = np.concatenate(([0], np.cumsum(sizes)))
    free, listed = starts[:-1].copy(), np.empty(starts[-1], dtype=np.int64)
    for block, place in zip(blocks, places, strict=True):
        listed[spans(free[place], block.counts.astype(np.int64))] = block.listed
        free[place] += block.counts
    return Postings(terms, starts, sizes, listed)


def find_runs(postings: Postings, firsts: Places, lasts: Places) -> Postings:
    """Return the runs in which a term is near: row i is near those from `firsts[i]` up to `lasts[i]`.

    Both ascend, shape (rows,); the last is not in it.
    """
    which = np.repeat(np.arange(len(postings.terms)), np.diff(postings.starts))
    first, last = firsts[postings.listed], lasts[postings.listed]
    apart = (which[1:] != which[:-1]) | (first[1:] > last[:-1])
    begins = np.concatenate(([True], apart))[: len(which)]
    ends = np.concatenate((apart, [True]))[: len(which)]
    runs, which = np.stack((first[begins], last[ends]), axis=1), which[begins]
    starts = np.concatenate(([0], np.cumsum(np.bincount(which, minlength=len(postings.terms)))))
    counts = np.bincount(which, runs[:, 1] - runs[:, 0], minlength=len(postings.terms)).astype(np.int64)
    return Postings(postings.terms, starts, counts, runs)


def _paths(directory: Path, name: str) -> list[Path]:
    return [directory / f"{name}.{part}.npy" for part in ("terms", "starts", "counts", "listed")]
