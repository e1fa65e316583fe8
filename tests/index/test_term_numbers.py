"""Numbers of terms made for many passages at once, against the plain definition of the terms."""

from collections.abc import Callable, Sequence

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index.danish import MAX_WORD_CHARS, find_words, gram_terms, stem_terms
from index.term_numbers import (
    ROW_MASK,
    Numbers,
    Tokens,
    distinct,
    find_tokens,
    gram_numbers,
    number_term,
    number_terms,
    spans,
    stem_numbers,
    text_numbers,
)

PARTS = st.lists(st.text() | st.text("abæø ,og", max_size=30), max_size=4)
LONGEST = ["æ" * 99, "og æ x" + "ø" * 99]


@pytest.mark.parametrize(("make", "find"), [(stem_numbers, stem_terms), (gram_numbers, gram_terms)])
@given(st.lists(PARTS, max_size=4))
@example([["Hund og kat", "i det"], [], ["og"], LONGEST])
def test_they_are_those_of_the_terms_of_each_part(
    make: Callable[[Tokens], Numbers], find: Callable[[str], list[str]], passages: Sequence[Sequence[str]]
) -> None:
    expected = {
        number | row
        for row, parts in enumerate(passages)
        for part in parts
        for number in number_terms(find(part)).tolist()
    }
    assert set(make(find_tokens(passages)).tolist()) == expected


def test_the_numbers_of_terms_leave_room_for_the_row() -> None:
    assert (number_terms(["hund", "kat"]) & ROW_MASK).tolist() == [0, 0]


@given(st.lists(st.lists(st.sampled_from("abcæø ,"), max_size=8).map("".join), max_size=9))
def test_texts_of_the_same_words_in_the_same_order_have_the_same_number(texts: list[str]) -> None:
    words = [tuple(find_words(text)) for text in texts]
    numbers = text_numbers(find_tokens([text] for text in texts), len(texts)).tolist()
    assert [numbers.index(each) for each in numbers] == [words.index(each) for each in words]


@given(st.lists(st.text(st.characters(exclude_characters="\0"), max_size=MAX_WORD_CHARS), unique=True))
def test_different_terms_have_different_numbers(terms: list[str]) -> None:
    assert len(set(number_terms(terms).tolist())) == len(terms)


@given(st.text(max_size=4 * MAX_WORD_CHARS + 9))
def test_one_term_has_the_number_that_it_has_among_many(term: str) -> None:
    assert number_term(term) == number_terms(["hund", term])[1]


def test_a_number_does_not_depend_on_what_stands_beside_it() -> None:
    assert number_terms(["hund", "hund_og", "og"])[1:].tolist() == number_terms(["hund_og", "og"]).tolist()


def test_the_numbers_stay_what_they_are_as_libraries_hold_them() -> None:
    assert number_terms(["hund", "børn_i"]).tolist() == [1100421039276539904, 8009921507084075008]


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
