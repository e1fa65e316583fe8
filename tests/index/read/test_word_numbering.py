"""Counting Word's numbered lists."""

import pytest

from index.read.package import parse_xml
from index.read.word_numbering import Numbering, format_number

LEGAL = (
    '<numbering><abstractNum abstractNumId="3">'
    '<lvl ilvl="0"><start val="1"/><numFmt val="decimal"/><lvlText val="§ %1"/></lvl>'
    '<lvl ilvl="1"><start val="1"/><numFmt val="decimal"/><lvlText val="%1.%2"/></lvl></abstractNum>'
    '<num numId="1"><abstractNumId val="3"/></num>'
    '<num numId="2"><abstractNumId val="3"/>'
    '<lvlOverride ilvl="0"><startOverride val="7"/></lvlOverride></num>'
    "</numbering>"
)


def test_deeper_levels_start_again_under_each_number() -> None:
    numbering = Numbering(parse_xml(LEGAL.encode()))
    levels = [0, 1, 1, 0, 1]
    assert [numbering.next_label("1", level) for level in levels] == ["§ 1", "1.1", "1.2", "§ 2", "2.1"]


def test_a_list_may_start_elsewhere() -> None:
    numbering = Numbering(parse_xml(LEGAL.encode()))
    assert [numbering.next_label("2", 0), numbering.next_label("2", 0)] == ["§ 7", "§ 8"]


def test_lists_that_are_not_defined_are_unknown() -> None:
    assert not Numbering(None).is_known("1")
    assert Numbering(parse_xml(LEGAL.encode())).is_known("1")


@pytest.mark.parametrize(
    ("number", "form", "shown"),
    [
        (3, "decimal", "3"),
        (3, "decimalZero", "03"),
        (2, "lowerLetter", "b"),
        (28, "upperLetter", "BB"),
        (4, "lowerRoman", "iv"),
        (1994, "upperRoman", "MCMXCIV"),
        (0, "lowerLetter", "0"),
    ],
)
def test_numbers_are_written_in_words_forms(number: int, form: str, shown: str) -> None:
    assert format_number(number, form) == shown
