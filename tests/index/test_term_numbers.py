"""Numbers of terms made for many passages at once, against the plain definition of the terms."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.danish import MAX_WORD_CHARS, gram_terms, stem_terms
from index.term_numbers import (
    Terms,
    Tokens,
    distinct,
    find_tokens,
    gram_numbers,
    number_terms,
    spans,
    stem_numbers,
)

PARTS = st.lists(st.text() | st.text("abæø ,og", max_size=30), max_size=4)
LONGEST = ["æ" * 99, "og æ x" + "ø" * 99]


def pairs(terms: Terms) -> set[tuple[int, int]]:
    return set(zip(terms.rows.tolist(), terms.numbers.tolist(), strict=True))


@pytest.mark.parametrize(("make", "find"), [(stem_numbers, stem_terms), (gram_numbers, gram_terms)])
@given(st.lists(PARTS, max_size=4))
@example([["Hund og kat", "i det"], [], ["og"], LONGEST])
def test_they_are_those_of_the_terms_of_each_part(
    make: Callable[[Tokens], Terms], find: Callable[[str], list[str]], passages: Sequence[Sequence[str]]
) -> None:
    expected = {
        (row, number)
        for row, parts in enumerate(passages)
        for part in parts
        for number in number_terms(find(part)).tolist()
    }
    assert pairs(make(find_tokens(passages))) == expected


@given(st.lists(st.text(max_size=MAX_WORD_CHARS), unique=True))
def test_different_terms_have_different_numbers(terms: list[str]) -> None:
    assert len(set(number_terms(terms).tolist())) == len(terms)


def test_a_number_does_not_depend_on_what_stands_beside_it() -> None:
    assert number_terms(["hund", "hund_og", "og"])[1:].tolist() == number_terms(["hund_og", "og"]).tolist()


def test_the_numbers_stay_what_they_are_as_libraries_hold_them() -> None:
    assert number_terms(["hund", "børn_i"]).tolist() == [1100421039276541984, 8009921507084081615]


def test_words_are_found_once_and_placed_by_passage_and_part() -> None:
    tokens = find_tokens([["Hund kat", "hund"], [], ["Kat!"]])
    assert tokens.words == ["hund", "kat"]
    assert [tokens.ids.tolist(), tokens.parts.tolist(), tokens.rows.tolist()] == [
        [0, 1, 0, 1],
        [0, 0, 1, 2],
        [0, 0, 0, 2],
    ]


def test_spans_are_places_in_a_row() -> None:
    assert spans(np.array([5, 0, 9]), np.array([2, 0, 3])).tolist() == [5, 6, 9, 10, 11]
    assert spans(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.int64)).tolist() == []


@given(st.lists(st.integers(-5, 5)))
def test_the_distinct_values_ascend(values: list[int]) -> None:
    assert distinct(np.array(values, dtype=np.int64)).tolist() == sorted(set(values))
