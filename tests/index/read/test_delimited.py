"""Reading tables written as text."""

import pytest

from index.errors import UnreadableFile
from index.read.delimited import read
from tests.index.read.making import blocks

ROWS = [("table_head", 0, "Bibliotek | Åbner"), ("table_row", 0, "Æblevej | 10"), ("table_row", 0, "Øst | 9")]


@pytest.mark.parametrize("delimiter", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_cells_are_told_apart_whatever_parts_them(delimiter: str, encoding: str) -> None:
    text = f"Bibliotek{delimiter}Åbner\r\nÆblevej{delimiter}10\r\nØst{delimiter}9\r\n"
    assert blocks(read(text.encode(encoding), "a.csv")) == ROWS


def test_a_quoted_cell_may_hold_the_delimiter_and_line_ends() -> None:
    assert blocks(read(b'Navn;Note\n"Hal; nord";"linje\n to"\nSyd;3\n', "a.csv"))[1] == (
        "table_row",
        0,
        "Hal; nord | linje to",
    )


def test_formulas_stay_as_they_are_written() -> None:
    assert blocks(read(b'Navn;Regnestykke\nA;=1+1\nB;=HYPERLINK("x")\n', "a.csv"))[1][2] == "A | =1+1"


def test_a_file_without_rows_is_not_read() -> None:
    with pytest.raises(UnreadableFile, match="ingen tekst"):
        read(b";;;\n;;\n", "a.csv")
