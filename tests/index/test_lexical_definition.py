"""The lexical index against BM25 as it is defined, counted with dictionaries over any small library."""

from collections.abc import Callable, Sequence
from itertools import chain
from math import log
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import lexical, lexical_build, postings
from index.danish import gram_terms, stem_terms
from index.lexical import LexicalField, LexicalIndex
from index.lexical_build import LexicalText, build_lexical

Library = Sequence[LexicalText]

WORDS = [
    "hund",
    "Katten",
    "børnehaver",
    "og",
    "det",
    "æ" * 70,
    "ﷺ",
    "straße",
    "привет",
    "e\u0301",
    "—",
    "",
    "12",
]
TEXTS = st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join) | st.text(max_size=8)
PASSAGES = st.tuples(st.integers(1, 3), st.sampled_from("ab"), st.lists(TEXTS, max_size=3))
"""How much greater the id is than the one before, the document, the parts."""


@st.composite
def libraries(draw: st.DrawFn) -> Library:
    drawn = draw(st.lists(PASSAGES, max_size=8))
    ids = [sum(step for step, _, _ in drawn[: place + 1]) for place in range(len(drawn))]
    return [LexicalText(i, name, tuple(parts)) for i, (_, name, parts) in zip(ids, drawn, strict=True)]


def finder(field: LexicalField) -> Callable[[str], list[str]]:
    return stem_terms if field in (LexicalField.STEMS, LexicalField.STEMS_AROUND) else gram_terms


def terms_of(library: Library, field: LexicalField) -> list[set[str]]:
    """Return the terms of each passage in one field."""
    own = [set(chain.from_iterable(map(finder(field), text.parts))) for text in library]
    if field in (LexicalField.STEMS, LexicalField.GRAMS):
        return own
    return [set().union(*(own[j] for j in around(library, i))) for i in range(len(own))]


def around(library: Library, place: int) -> list[int]:
    """Return the places up to two away with nothing of another document between."""
    near = range(max(0, place - 2), min(len(library), place + 3))
    return [
        j for j in near if len({library[k].document for k in range(min(j, place), max(j, place) + 1)}) == 1
    ]


def defined(library: Library, field: LexicalField, query: str) -> dict[int, float]:
    """Return the score of each passage that has one."""
    held = terms_of(library, field)
    mean = sum(map(len, held)) / len(held) if held else 0
    asked = (
        stem_terms(query) if field in (LexicalField.STEMS, LexicalField.STEMS_AROUND) else gram_terms(query)
    )
    counts = {term: sum(term in terms for terms in held) for term in asked}
    return {
        text.passage_id: sum(
            log(1 + (len(held) - counts[term] + 0.5) / (counts[term] + 0.5))
            * (1.2 + 1)
            / (1 + 1.2 * (1 - 0.75 + 0.75 * len(terms) / mean))
            for term in asked
            if term in terms
        )
        for text, terms in zip(library, held, strict=True)
        if terms & {*asked}
    }


@pytest.mark.parametrize("field", LexicalField)
@given(libraries(), TEXTS, st.integers(1, 9), st.integers(1, 9))
def test_every_score_is_the_one_that_is_defined(
    field: LexicalField, library: Library, query: str, at_once: int, rows_at_once: int
) -> None:
    with (
        TemporaryDirectory() as folder,
        patch.object(lexical_build, "MAX_ROWS", at_once),
        patch.object(postings, "_ROWS_AT_ONCE", rows_at_once),
        patch.object(lexical, "_LISTED_AT_ONCE", rows_at_once),
    ):
        build_lexical(Path(folder), library)
        found = LexicalIndex(Path(folder)).search(field, query, 99).pairs()
    assert dict(found) == pytest.approx(defined(library, field, query), rel=1e-7)
    assert found == sorted(found, key=lambda hit: (-hit[1], hit[0]))
