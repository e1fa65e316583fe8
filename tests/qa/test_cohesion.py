"""Cohesion: worked by hand, and neither for nor against an answer where there is nothing to tell it by."""

from dataclasses import replace

import pytest

from qa.cohesion import USUAL, cohesion
from qa.quotes import Found
from tests.qa.making import made_found


def found_in(documents: str) -> list[Found]:
    """Return one passage for each letter, in the document of that name."""
    return [made_found("Kat.", passage_id=place, document=name) for place, name in enumerate(documents)]


@pytest.mark.parametrize(
    ("documents", "in_document", "in_all", "expected"),
    [
        ("aaaaa", 5, 4_000_001, 1.0),  # by chance 4 of 4 million
        ("aabcd", 5, 4_000_001, 0.25),
        ("abcde", 5, 4_000_001, 0.0),
        ("aaaaabbbb", 5, 4_000_001, 1.0),  # five count
        ("aabcd", 11, 21, 0.375),  # by chance half of the others: half way from 0.25 to 0.5
        ("aaabc", 3, 4_000_001, 0.75),  # both that can be of it, of four: half way from 1 to 0.5
        ("ab", 2, 3, 0.25),
    ],
)
def test_it_is_the_share_of_the_first_ones_document_drawn_to_a_half_where_there_is_little_choice(
    documents: str, in_document: int, in_all: int, expected: float
) -> None:
    assert cohesion(found_in(documents), in_document, in_all) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(
    ("documents", "in_document", "in_all"),
    [("", 0, 0), ("a", 1, 1), ("aa", 2, 2), ("aaaaa", 9, 9), ("abcde", 1, 5), ("abcde", 1, 12_000)],
    ids=["nothing", "one passage", "one document", "a long one", "only short ones", "many short ones"],
)
def test_where_there_is_no_choice_it_is_the_usual(documents: str, in_document: int, in_all: int) -> None:
    assert cohesion(found_in(documents), in_document, in_all) == pytest.approx(USUAL)


def test_versions_of_a_document_are_one_document() -> None:
    """Two versions of a document of four passages, among six others: each text is found in one of both."""
    names = {"a": frozenset("ax"), "x": frozenset("ax")}
    texts = [replace(each, copies=names[each.passage.document]) for each in found_in("axxa")]
    assert cohesion(texts, 4, 14) == pytest.approx(0.5 + (1 - 3 / 9) * 0.5)


@pytest.mark.parametrize("versions", ["a", "ax", "axyz"])
def test_a_library_of_one_document_leaves_no_choice_in_however_many_versions(versions: str) -> None:
    texts = [replace(each, copies=frozenset(versions)) for each in found_in("aaaaa")]
    assert cohesion(texts, 9, 9 * len(versions)) == pytest.approx(USUAL)
