"""The properties that fuzzing looks for, tried by Hypothesis on the same inputs every time."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.properties import BYTES_PROPERTIES, TEXT_PROPERTIES

_EXAMPLES = 200

_DANISH = st.sampled_from(
    """
    Fristen er den 1. maj 2015. | Jf. lov nr. 123 af 5/3-15, stk. 2. | kr. 40,- | f.eks. bl.a. KL. | § 3 a)
    | 29. februar 2015 | 31-12-99 | 2015-02-30 | 1.234,50 kr. pr. m² | »Citat.« (Note.) | A. P. Møller | ...
    | børnehavebørnenes | ÆØÅ æøå | e\u0301 a\u030a | \u200b\u00ad\ufeff | \ufdfa | \U0001f600 | \r\n\r\n | ?!
    | \x00\x1b[31m
    """.split("|")
)
TEXTS = st.lists(st.one_of(_DANISH, st.text(max_size=40)), max_size=12).map(" ".join)

_BYTES = st.sampled_from(
    [
        *(b"{\\rtf1\\ansi ", b"\\par ", b"\\'e6", b"}", b"<p>", b"<table><tr><td>", b"# ", b"> - ", b"\x00"),
        *(b"Subject: =?utf-8?q?=C3=A6?=\n\n", b"\xc3\xa6\xf8\xe5", b"a;b;c\n1;2;3\n", b"\xff\xfea\0b\0"),
        b"| a | b |\n",
    ]
)
BYTES = st.lists(st.one_of(_BYTES, st.binary(max_size=30)), max_size=12).map(b"".join)


@pytest.mark.parametrize("name", TEXT_PROPERTIES)
@given(text=TEXTS)
@settings(max_examples=_EXAMPLES)
def test_it_holds_of_any_text(name: str, text: str) -> None:
    TEXT_PROPERTIES[name](text)


@pytest.mark.parametrize("name", BYTES_PROPERTIES)
@given(data=BYTES)
@settings(max_examples=_EXAMPLES)
def test_it_holds_of_any_bytes(name: str, data: bytes) -> None:
    BYTES_PROPERTIES[name](data)


FOUND_BY_FUZZING = {"split": ["\n\n\n\n\n\n\n\n\t"]}
"""Texts for which a property once did not hold."""


@pytest.mark.parametrize(
    ("name", "text"), [(n, text) for n in FOUND_BY_FUZZING for text in FOUND_BY_FUZZING[n]]
)
def test_it_holds_of_what_was_found(name: str, text: str) -> None:
    TEXT_PROPERTIES[name](text)
