"""Postings inverted, joined, written and read: against dictionaries of sets."""

from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import postings
from index.postings import Postings, find_runs, invert, join, write_postings
from index.term_numbers import MAX_ROWS, Numbers

Held = dict[int, list[Any]]
"""The rows that hold each term, or the runs."""

TERMS = st.integers(0, 9) | st.sampled_from([2**48, 2**49 - 1, 2**49, 2**50 - 1])
BLOCKS = st.lists(st.lists(st.sets(TERMS), min_size=1, max_size=5), max_size=4)
"""Blocks of rows, each with the terms that it holds."""


def invert_block(rows: list[set[int]], first_row: int = 0) -> Postings:
    held_in = [term * MAX_ROWS + row for row, terms in enumerate(rows) for term in terms]
    return invert(np.array(held_in * 2, dtype=np.uint64), first_row)  # terms may be repeated


def invert_blocks(blocks: list[list[set[int]]]) -> list[Postings]:
    starts = np.cumsum([0, *map(len, blocks)])
    return [invert_block(rows, int(first)) for rows, first in zip(blocks, starts, strict=False)]


def numbers(terms: list[int]) -> Numbers:
    """Return numbers of terms that leave room for the row."""
    return np.array(terms, dtype=np.uint64) * np.uint64(MAX_ROWS)


def terms_of(portion: Postings) -> list[int]:
    return [int(number) // MAX_ROWS for number in portion.terms]


def held(portions: list[Postings]) -> Held:
    return {term: listed(each, [term])[0] for each in portions for term in terms_of(each)}


def listed(postings: Postings, terms: list[int]) -> list[list[Any]]:
    return [found.tolist() for found in postings.lists(postings.find(numbers(terms)))]


def counted(portions: list[Postings]) -> dict[int, int]:
    return {
        term: n for each in portions for term, n in zip(terms_of(each), each.counts.tolist(), strict=True)
    }


def expected(blocks: list[list[set[int]]]) -> Held:
    rows = [terms for block in blocks for terms in block]
    return {term: [row for row, terms in enumerate(rows) if term in terms] for term in union(rows)}


def union(sets: Iterable[set[int]]) -> list[int]:
    return sorted(set[int]().union(*sets))


def test_the_rows_of_a_term_are_those_that_hold_it() -> None:
    found = invert_block([{3, 7}, set(), {7}], first_row=10)
    assert (terms_of(found), found.starts.tolist()) == ([3, 7], [0, 1, 3])
    assert found.listed.tolist() == [10, 10, 12]


def test_what_is_not_known_is_left_out() -> None:
    found = invert_block([{3}, {3, 8}])
    assert listed(found, [9, 3, 0, 8]) == [[0, 1], [1]]


def test_a_part_holds_the_terms_from_one_place_to_another() -> None:
    whole = invert_block([{1, 2, 3}, {2, 3}, {3}])
    assert [held([whole.part(*places)]) for places in ((1, 3), (0, 1), (2, 2))] == [
        {2: [0, 1], 3: [0, 1, 2]},
        {1: [0]},
        {},
    ]


@given(BLOCKS, st.integers(1, 6))
def test_blocks_are_joined_term_by_term(blocks: list[list[set[int]]], at_once: int) -> None:
    with patch.object(postings, "_ROWS_AT_ONCE", at_once):
        portions = [*join(invert_blocks(blocks))]
    assert held(portions) == expected(blocks)
    assert counted(portions) == {term: len(rows) for term, rows in expected(blocks).items()}
    assert [term for each in portions for term in terms_of(each)] == sorted(expected(blocks))


def test_no_more_rows_are_joined_at_once_than_memory_is_meant_for() -> None:
    spread = [number << 46 for number in range(16)]  # over all numbers, as terms are
    with patch.object(postings, "_ROWS_AT_ONCE", 8):
        portions = [*join([invert_block([{*spread}]), invert_block([{*spread}], first_row=1)])]
    assert [terms_of(each) for each in portions] == [spread[i : i + 4] for i in (0, 4, 8, 12)]
    assert [each.listed.tolist() for each in portions] == [[0, 1] * 4] * 4


@given(BLOCKS.filter(bool), st.integers(0, 2))
def test_runs_hold_what_is_near_a_row_with_the_term(blocks: list[list[set[int]]], reach: int) -> None:
    documents = [number for number, block in enumerate(blocks) for _ in block]
    rows = range(len(documents))
    near = [{j for j in rows if abs(i - j) <= reach and documents[i] == documents[j]} for i in rows]
    (joined,) = [*join(invert_blocks(blocks))] or [invert_block([])]
    firsts = np.array([min(each) for each in near])
    lasts = np.array([max(each) + 1 for each in near])
    around = find_runs(joined, firsts, lasts)
    runs = held([around])
    for term, found in expected(blocks).items():
        assert [row for first, last in runs[term] for row in range(first, last)] == union(
            near[i] for i in found
        )
        assert all(one[1] < other[0] for one, other in pairwise(runs[term]))
        assert counted([around])[term] == sum(last - first for first, last in runs[term])


def test_what_is_written_in_portions_is_read_as_one(tmp_path: Path) -> None:
    first, second = invert_block([{1, 2}, {2}]), invert_block([{5}, {6, 5}])
    with write_postings(tmp_path, "stems") as append:
        append(first)
        append(second)
    read = Postings.open(tmp_path, "stems")
    assert held([read]) == {1: [0], 2: [0, 1], 5: [0, 1], 6: [1]}
    assert counted([read]) == {1: 1, 2: 2, 5: 2, 6: 1}


def test_nothing_can_be_written_and_read(tmp_path: Path) -> None:
    with write_postings(tmp_path, "stems"):
        pass
    assert listed(Postings.open(tmp_path, "stems"), [1]) == []


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="stems"):
        Postings.open(tmp_path, "stems")
