"""Mending words that were divided at the end of a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.hyphens import DIVIDED, Hyphens, mark_division


@pytest.mark.parametrize(
    ("lines", "whole"),
    [
        (["kommunalbe-", "styrelsen"], "kommunalbestyrelsen"),
        (["lovbekendtgørel\u2010", "se"], "lovbekendtgørelse"),
        (["børne-", "og ungepolitik"], "børne- og ungepolitik"),
        (["EU-", "eller EØS-landene"], "EU- eller EØS-landene"),
        (["EU-", "reglerne"], "EU-reglerne"),
        (["Nord-", "Sjælland"], "Nord-Sjælland"),
        (["2024-", "25"], "2024-25"),
        (["en pause -", "og videre"], "en pause - og videre"),
        (["e-", "mail"], "e-mail"),
        (["til (e-", "mail)"], "til (e-mail)"),
        (["meget-", "delt ord-", "slut"], "megetdelt ordslut"),
    ],
)
def test_divided_words_are_made_whole_and_real_hyphens_stay(lines: list[str], whole: str) -> None:
    hyphens = Hyphens(["skriv en e-mail", *lines])
    text = " ".join([*(mark_division(line) for line in lines[:-1]), lines[-1]])
    assert hyphens.mend(text) == whole


@given(st.lists(st.text(alphabet="ab-. " + DIVIDED)))
def test_nothing_stays_marked(parts: list[str]) -> None:
    assert DIVIDED not in Hyphens(parts).mend(" ".join(parts))
