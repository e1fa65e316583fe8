"""What passages and sentences are embedded as: their words, with what stands above them in front."""

import pytest

from index.context import passage_text, sentence_text
from index.read.rows import CELL_SEPARATOR
from index.types import Passage


def passage(headings: tuple[str, ...] = (), introduction: str = "", columns: tuple[str, ...] = ()) -> Passage:
    return Passage(0, 1, 1, None, headings, introduction, (), columns)


def row(*cells: str) -> str:
    return CELL_SEPARATOR.join(cells)


def test_title_and_headings_stand_in_one_line_above_the_words() -> None:
    text = passage_text("Affald", passage(("Hente", "Priser")), "Det koster 40 kr.")
    assert text == "Affald · Hente · Priser\nDet koster 40 kr."


def test_a_heading_that_repeats_another_is_said_once() -> None:
    assert passage_text("Affald", passage(("Affald", "Priser", "Affald")), "Gratis.") == (
        "Affald · Priser\nGratis."
    )


def test_the_introduction_stands_between() -> None:
    assert passage_text("Affald", passage(introduction="Vi henter:"), "pap") == "Affald\nVi henter:\npap"


def test_an_introduction_that_stands_in_the_words_is_not_repeated() -> None:
    assert passage_text("Affald", passage(introduction="Vi  henter:"), "Vi henter:\npap") == (
        "Affald\nVi henter: pap"
    )


def test_lines_of_the_words_become_one() -> None:
    assert passage_text("Affald", passage(), "pap\nog  \tglas\n\nog dåser") == "Affald\npap og glas og dåser"


def test_the_cells_of_a_row_bear_the_heads_of_their_columns() -> None:
    prices = passage(columns=("Slags", "Pris", ""))
    words = "\n\n".join((row("Pap", "40 kr.", "ugentligt"), row("Glas", "", "")))
    assert passage_text("Affald", prices, words) == (
        "Affald\nSlags: Pap; Pris: 40 kr.; ugentligt Slags: Glas"
    )


def test_what_is_no_row_of_the_table_stays_as_it_is() -> None:
    prices = passage(columns=("Slags", "Pris"))
    assert passage_text("Affald", prices, "Priserne er fra 2024.") == "Affald\nPriserne er fra 2024."


def test_the_head_of_a_column_is_not_put_before_itself() -> None:
    prices = passage(columns=("Slags", "Pris"))
    assert sentence_text("Affald", prices, row("Slags", "40")) == "Affald: Slags; Pris: 40"


LONG = "Det koster 40 kroner om måneden at få hentet sit haveaffald."


def test_a_sentence_has_its_documents_title_in_front() -> None:
    under = passage(("Priser", "Haveaffald"), introduction="Vi henter:")
    assert sentence_text("Affald", under, LONG.replace(" ", "\n", 1)) == f"Affald: {LONG}"


def test_a_short_one_has_its_last_heading_and_what_introduces_it_too() -> None:
    under = passage(("Priser", "Haveaffald"), introduction="Vi\nhenter:")
    assert sentence_text("Affald", under, "40 kr.") == "Affald · Haveaffald · Vi henter: 40 kr."
    assert sentence_text("Affald", passage(("Affald",)), "40 kr.") == "Affald: 40 kr."
    assert sentence_text("Affald", passage(introduction="Vi henter:"), "Vi henter:") == "Affald: Vi henter:"


@pytest.mark.parametrize(("chars", "is_there"), [(119, True), (120, False)])
def test_a_long_introduction_is_left_out(chars: int, is_there: bool) -> None:
    text = sentence_text("Affald", passage(introduction="x" * chars), "40 kr.")
    assert text == ("Affald · " + "x" * chars if is_there else "Affald") + ": 40 kr."


@pytest.mark.parametrize(("words", "is_short"), [("x" * 59, True), ("x" * 60, False)])
def test_what_is_short_is_counted_in_characters(words: str, is_short: bool) -> None:
    assert sentence_text("Affald", passage(("Priser",)), words).startswith("Affald · Priser") == is_short
