"""Reading RTF documents."""

from index.read.rtf import read
from index.read.rtf_tokens import Bytes, Close, Open, Word, read_tokens
from tests.index.read.making import blocks, texts

HEAD = (
    r"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset2 Symbol;}}"
    r"{\stylesheet{\s1\outlinelevel0 heading 1;}{\s2\sbasedon1 Overskrift 2;}{\s3 Normal;}}"
)


def rtf(body: str) -> bytes:
    return f"{HEAD}{body}}}".encode("cp1252")


def test_characters_come_from_the_code_page_hexadecimal_and_unicode() -> None:
    document = read(rtf(r"\pard R\'f8dgr\'f8d og \u8364?20 \endash  \u230\'e6 \emdash slut.\par"), "a.rtf")
    assert texts(document) == ["Rødgrød og €20 – æ —slut."]


def test_headings_come_from_the_style_and_from_the_outline_level() -> None:
    body = r"\pard\s1 Takster\par\pard\s2 Gebyr\par\pard\outlinelevel2 Dybere\par\pard\s3 Tekst her.\par"
    assert blocks(read(rtf(body), "a.rtf")) == [
        ("heading", 1, "Takster"),
        ("heading", 2, "Gebyr"),
        ("heading", 3, "Dybere"),
        ("paragraph", 0, "Tekst her."),
    ]


def test_list_items_keep_their_number_and_lose_their_bullet() -> None:
    body = (
        r"\pard\ls1{\listtext 1.\tab}Ansøg\par\pard\ls1\ilvl1{\listtext a)\tab}straks\par"
        r"\pard\ls2{\listtext\f1\'b7\tab}Punkt\par"
    )
    assert blocks(read(rtf(body), "a.rtf")) == [
        ("list_item", 1, "1. Ansøg"),
        ("list_item", 2, "a) straks"),
        ("list_item", 1, "Punkt"),
    ]


def test_rows_end_the_cells_and_a_marked_first_row_is_heads() -> None:
    body = (
        r"\trowd\trhdr\cellx1\cellx2\pard\intbl Dag\cell Pris\cell\row"
        r"\trowd\cellx1\cellx2\pard\intbl Lørdag\cell 20 kr.\cell\row\pard Efter tabellen.\par"
    )
    assert blocks(read(rtf(body), "a.rtf")) == [
        ("table_head", 0, "Dag | Pris"),
        ("table_row", 0, "Lørdag | 20 kr."),
        ("paragraph", 0, "Efter tabellen."),
    ]


def test_a_cell_merged_with_the_one_above_repeats_its_text() -> None:
    body = (
        r"\trowd\clvmgf\cellx1\cellx2\pard\intbl Hal A\cell mandag\cell\row"
        r"\trowd\clvmrg\cellx1\cellx2\pard\intbl\cell tirsdag\cell\row\pard\par"
    )
    assert texts(read(rtf(body), "a.rtf")) == ["Hal A | mandag", "Hal A | tirsdag"]


def test_headers_hidden_words_deleted_words_and_the_code_of_fields_are_left_out() -> None:
    body = (
        r"{\header Fortroligt\par}\pard Synlig {\v skjult }{\deleted slettet }"
        r"{\field{\*\fldinst HYPERLINK x}{\fldrslt her}}{\*\ukendt ikke dette}.\par"
    )
    assert texts(read(rtf(body), "a.rtf")) == ["Synlig her."]


def test_a_footnote_follows_its_paragraph() -> None:
    body = r"\pard Prisen{\footnote\pard\chftn  Se bilag.\par} stiger.\par\pard Næste.\par"
    assert blocks(read(rtf(body), "a.rtf")) == [
        ("paragraph", 0, "Prisen stiger."),
        ("footnote", 0, "Se bilag."),
        ("paragraph", 0, "Næste."),
    ]


def test_a_text_box_is_read_but_not_one_in_a_header() -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn x}}{\shptxt\pard %s\par}}}"
    body = rf"{{\header{box % 'Logo'}}}\pard Før.\par{box % 'I boksen.'}\pard Efter.\par"
    assert texts(read(rtf(body), "a.rtf")) == ["Før.", "I boksen.", "Efter."]


def test_title_date_and_author_come_from_the_files_information() -> None:
    info = (
        r"{\info{\title Regler for haver}{\author Anna Holm}"
        r"{\creatim\yr2019\mo3\dy7}{\revtim\yr2020\mo1\dy1}}"
    )
    document = read(rtf(info + r"\pard Haver har regler, og her er de.\par"), "x.rtf")
    assert (document.title, document.date, document.author) == (
        "Regler for haver",
        "2019-03-07",
        "Anna Holm",
    )


def test_a_file_that_ends_too_early_gives_what_was_there() -> None:
    assert texts(read((HEAD + r"\pard Afbrudt midt i").encode("cp1252"), "a.rtf")) == ["Afbrudt midt i"]


def test_raw_bytes_are_passed_over() -> None:
    assert list(read_tokens(rb"{\bin3 }\xny\b0}")) == [Open(), Bytes(b"ny"), Word("b", 0), Close()]
