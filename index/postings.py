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

_NO_TERMS = np.zeros(0, dtype=np.uint64)
_ROWS_AT_ONCE = 4_000_000
"""How many are joined in memory at a time, some tens of bytes each."""


@dataclass(frozen=True, slots=True)
class Postings:
    """What is listed for each term: for `terms[i]` it is `listed[starts[i]:starts[i + 1]]`.

    `terms` ascend, shape (terms,), and `starts` has one more. `listed` is either rows, ascending for each
    term, shape (all,); or runs of rows from the first up to the last that is not in it, ascending and apart
    from each other, shape (all, 2).
    """

    terms: Numbers
    starts: Places
    listed: NDArray[Any]

    @classmethod
    def open(cls, directory: Path, name: str) -> Self:
        """Open what `write_postings` wrote; raises `OSError` if it cannot be read."""
        return cls(*(open_array(path) for path in _paths(directory, name)))

    def of(self, terms: Numbers) -> list[NDArray[Any]]:
        """Return what is listed for those of `terms` that are known, in their order."""
        places = np.searchsorted(self.terms, terms)
        known = [
            place
            for place, term in zip(places.tolist(), terms.tolist(), strict=True)
            if place < len(self.terms) and int(self.terms[place]) == term
        ]
        return [self.listed[self.starts[place] : self.starts[place + 1]] for place in known]


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
        listed(postings.listed)
        total += len(postings.listed)

    with ExitStack() as files:
        written = zip(_paths(directory, name), ("<u8", "<i8", "<u4"), strict=True)
        terms, starts, listed = (files.enter_context(write_array(path, dtype)) for path, dtype in written)
        yield append
        starts(np.array([total]))


def invert(terms: Numbers, first_row: int) -> Postings:
    """Return the postings of terms with their rows in them (`ROW_MASK`), which count from `first_row` on."""
    terms = distinct(terms)
    rows = (terms & ROW_MASK).astype(np.int64) + first_row
    numbers = terms & ~ROW_MASK
    before = np.concatenate((~numbers[:1], numbers[:-1]))  # the first one differs from what is before it
    begins = np.flatnonzero(numbers != before)
    return Postings(numbers[begins], np.append(begins, len(rows)), rows)


def join(blocks: Sequence[Postings]) -> Iterator[Postings]:
    """Give the postings of all blocks, whose rows follow each other, some terms at a time, in order."""
    terms = distinct(np.concatenate([_NO_TERMS, *(block.terms for block in blocks)]))
    sizes = np.zeros(len(terms), dtype=np.int64)
    for block in blocks:
        sizes[np.searchsorted(terms, block.terms)] += np.diff(block.starts)
    starts = np.concatenate(([0], np.cumsum(sizes)))
    first = 0
    while first < len(terms):
        last = max(first + 1, int(np.searchsorted(starts, starts[first] + _ROWS_AT_ONCE, side="right")) - 1)
        yield _join_terms(blocks, terms[first:last], starts[first : last + 1] - starts[first])
        first = last


def _join_terms(blocks: Sequence[Postings], terms: Numbers, starts: Places) -> Postings:
    """Return the postings of some terms, which follow each other in every block."""
    listed = np.empty(int(starts[-1]), dtype=np.int64)
    free = starts[:-1].copy()
    for block in blocks:
        first = np.searchsorted(block.terms, terms[0])
        last = np.searchsorted(block.terms, terms[-1], side="right")
        which = np.searchsorted(terms, block.terms[first:last])
        sizes = np.diff(block.starts[first : last + 1])
        listed[spans(free[which], sizes)] = block.listed[block.starts[first] : block.starts[last]]
        free[which] += sizes
    return Postings(terms, starts, listed)


def find_runs(postings: Postings, firsts: Places, lasts: Places) -> Postings:
    """Return the runs in which a term is near: row i is near those from `firsts[i]` up to `lasts[i]`.

    Both ascend, shape (rows,); the last is not in it.
    """
    which = np.repeat(np.arange(len(postings.terms)), np.diff(postings.starts))
    first, last = firsts[postings.listed], lasts[postings.listed]
    apart = (which[1:] != which[:-1]) | (first[1:] > last[:-1])
    begins = np.concatenate(([True], apart))[: len(which)]
    ends = np.concatenate((apart, [True]))[: len(which)]
    starts = np.concatenate(([0], np.cumsum(np.bincount(which[begins], minlength=len(postings.terms)))))
    return Postings(postings.terms, starts, np.stack((first[begins], last[ends]), axis=1))


def _paths(directory: Path, name: str) -> list[Path]:
    return [directory / f"{name}.{part}.npy" for part in ("terms", "starts", "listed")]
