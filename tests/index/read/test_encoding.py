"""Bytes to text, in every encoding that Danish text has been saved in."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read.encoding import decode

TEXT = "Ærøskøbing Børnehave åbner kl. 6.30 – ”prisen” er 1.450 € om måneden."


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        codecs.BOM_UTF32_BE + TEXT.encode("utf-32-be"),
        TEXT.encode("cp1252"),
    ],
    ids=[
        "utf8",
        "utf8-bom",
        "utf16le-bom",
        "utf16be-bom",
        "utf16le",
        "utf16be",
        "utf32le",
        "utf32be",
        "cp1252",
    ],
)
def test_the_same_text_is_read_from_every_encoding(data: bytes) -> None:
    assert decode(data) == TEXT


def test_latin_1_is_read_as_danish() -> None:
    assert decode("Søndre Skærgård tømmer på Ø".encode("latin-1")) == "Søndre Skærgård tømmer på Ø"


def test_capitals_before_a_quotation_mark_are_not_taken_for_utf_8() -> None:
    assert decode("Han råbte ”FÅ” og gik på båden".encode("cp1252")) == "Han råbte ”FÅ” og gik på båden"


def test_one_line_of_cp1252_in_a_utf_8_text_is_read_too() -> None:
    data = "Vejen læser målerne på ørerne.\n".encode() + "Gammel æske på rød å".encode("cp1252")
    assert decode(data) == "Vejen læser målerne på ørerne.\nGammel æske på rød å"


def test_a_last_letter_cut_in_two_spoils_nothing_before_it() -> None:
    assert decode("Åen løber på ø".encode()[:-1]).startswith("Åen løber på ")


def test_a_few_stray_zero_bytes_are_no_reason_to_refuse() -> None:
    assert decode(b"Struer\x00 Genbrugsplads" + b"\x00" * 500).replace("\x00", "") == "Struer Genbrugsplads"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7\n", "en PDF"),
        (b"PK\x03\x04rest", "et zip-arkiv"),
        (b"\x89PNG\r\n", "et billede"),
        (b"\x7fELF\x02", "et program"),
        (b"\xd0\xcf\x11\xe0\xa1", "et gammelt Office-dokument"),
        (bytes(range(256)) * 20, "ikke tekst"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, kind: str) -> None:
    with pytest.raises(UnreadableFile, match=kind):
        decode(data)


def test_nothing_is_an_empty_text() -> None:
    assert decode(b"") == ""
    assert decode(codecs.BOM_UTF8) == ""


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_utf_8_is_read_back_as_it_was_written(text: str) -> None:
    assert decode(codecs.BOM_UTF8 + text.encode()) == text


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    try:
        assert isinstance(decode(data), str)
    except UnreadableFile as reason:
        assert str(reason)  # noqa: PT017 - both ends are right
