"""Telling headings that are only written as headings."""

import pytest

from index.read.headings import looks_like_heading


@pytest.mark.parametrize("text", ["Åbningstider", "Hvad koster det?", "§ 5 Generalforsamling", "x" * 100])
def test_a_short_line_without_the_end_of_a_sentence_may_be_a_heading(text: str) -> None:
    assert looks_like_heading(text)


@pytest.mark.parametrize("text", ["", "Vi har åbent.", "Telefon:", "to\nlinjer", "12-34", "x" * 101])
def test_other_lines_are_no_headings(text: str) -> None:
    assert not looks_like_heading(text)
