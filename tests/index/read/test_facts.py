"""Choosing a document's title, date and author."""

import pytest

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import Facts, finish
from index.types import BlockKind


def builder(*parts: tuple[BlockKind, str, int]) -> DocumentBuilder:
    made = DocumentBuilder("x")
    for kind, text, level in parts:
        made.add(kind, text, level=level)
    return made


SHORT = (BlockKind.PARAGRAPH, "Regler for haver", 0)
LONG = (BlockKind.PARAGRAPH, "Haverne må ikke bruges om natten, og regler skal følges.", 0)


@pytest.mark.parametrize(
    ("claimed", "title"),
    [
        ("Regler om haverne", "Regler om haverne"),
        ("Microsoft Word - regler for haver.doc", "Kolonihaver"),
        ("untitled", "Kolonihaver"),
        ("Dokument1", "Kolonihaver"),
        ("regler.indd", "Kolonihaver"),
        ("Årsberetning for skoler", "Kolonihaver"),
        ("", "Kolonihaver"),
        (None, "Kolonihaver"),
    ],
)
def test_a_title_in_the_metadata_counts_when_it_is_no_dummy_and_the_text_confirms_it(
    claimed: str | None, title: str
) -> None:
    made = builder((BlockKind.HEADING, "Kolonihaver", 1), LONG)
    assert finish(made, "x.pdf", Facts(title=claimed)).title == title


@pytest.mark.parametrize(
    ("parts", "title"),
    [
        ([LONG, (BlockKind.HEADING, "Under", 2), (BlockKind.HEADING, "Hoved", 1)], "Hoved"),
        ([SHORT, (BlockKind.HEADING, "1. Formål", 1)], "Regler for haver"),
        ([(BlockKind.PARAGRAPH, "5. maj 2024", 0), (BlockKind.HEADING, "§ 1 Navn", 1)], "§ 1 Navn"),
        ([SHORT, LONG], "Regler for haver"),
        ([LONG], "Den store havebog"),
        ([(BlockKind.HEADING, "Ark1", 1), LONG], "Den store havebog"),
    ],
)
def test_else_the_highest_heading_the_first_line_or_the_files_name_is_the_title(
    parts: list[tuple[BlockKind, str, int]], title: str
) -> None:
    assert finish(builder(*parts), "mappe/den_store_havebog.docx").title == title


def test_a_long_title_is_cut_between_words() -> None:
    title = finish(builder((BlockKind.HEADING, "meget lang " * 20, 1)), "x").title
    assert title.endswith("meget…") or title.endswith("lang…")
    assert len(title) <= 150


@pytest.mark.parametrize(
    ("first", "claimed", "date"),
    [
        ("Referat fra mødet den 1. maj 2020", "2024-05-06T10:00:00Z", "2020-05-01"),
        ("Haverne er grønne.", "2024-05-06T10:00:00Z", "2024-05-06"),
        ("Haverne er grønne.", "20240506", "2024-05-06"),
        ("Haverne er grønne.", "2024-13-40", None),
        ("Haverne er grønne.", "i går", None),
    ],
)
def test_a_date_in_the_first_lines_goes_before_the_metadata(
    first: str, claimed: str, date: str | None
) -> None:
    assert finish(builder((BlockKind.PARAGRAPH, first, 0)), "x", Facts(date=claimed)).date == date


@pytest.mark.parametrize(
    ("claimed", "author"), [("Anna  Holm", "Anna Holm"), ("Administrator", None), ("Bruger1", None)]
)
def test_an_author_that_is_only_an_account_is_left_out(claimed: str, author: str | None) -> None:
    assert finish(builder(LONG), "x", Facts(author=claimed)).author == author


@pytest.mark.parametrize("text", ["", "· — ·"])
def test_a_document_without_letters_or_digits_has_no_text(text: str) -> None:
    with pytest.raises(UnreadableFile, match="filen indeholder ingen tekst"):
        finish(builder((BlockKind.PARAGRAPH, text, 0)), "x")
