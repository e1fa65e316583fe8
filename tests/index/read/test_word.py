"""Reading Word documents."""

import pytest

from index.errors import UnreadableFile
from index.read.word import read
from tests.index.read.making import WORD, blocks, docx, paragraph, table, texts, zipped

HEADINGS = (
    '<w:style w:styleId="Overskrift1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Under"><w:name w:val="Egen"/><w:basedOn w:val="Overskrift1"/>'
    '<w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>'
    '<w:style w:styleId="Skjult"><w:name w:val="Skjult"/><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:styleId="Indhold1"><w:name w:val="toc 1"/></w:style>'
)
LISTS = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/>'
    '<w:lvlText w:val="%1."/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="lowerLetter"/>'
    '<w:lvlText w:val="%2)"/></w:lvl></w:abstractNum>'
    '<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)


def style(name: str) -> str:
    return f'<w:pStyle w:val="{name}"/>'


def item(text: str, number: int, level: int = 0) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_headings_get_their_level_from_the_name_or_the_outline_of_their_style() -> None:
    body = (
        paragraph("Takster", style("Overskrift1"))
        + paragraph("Børn", style("Under"))
        + paragraph("Gebyret er 10 kroner.")
    )
    assert blocks(read(docx(body, styles=HEADINGS), "a.docx")) == [
        ("heading", 1, "Takster"),
        ("heading", 2, "Børn"),
        ("paragraph", 0, "Gebyret er 10 kroner."),
    ]


def test_a_style_of_words_own_needs_no_definition() -> None:
    document = read(docx(paragraph("Formål", style("Heading2")) + paragraph("Tekst.")), "a.docx")
    assert blocks(document)[0] == ("heading", 2, "Formål")


def test_a_short_line_in_bold_alone_is_a_heading_below_those_with_a_style() -> None:
    body = (
        paragraph("Takster", style("Overskrift1"))
        + paragraph("Åbningstider", run="<w:b/>")
        + paragraph("Vi har åbent.", run="<w:b/>")
    )
    assert blocks(read(docx(body, styles=HEADINGS), "a.docx"))[1:] == [
        ("heading", 2, "Åbningstider"),
        ("paragraph", 0, "Vi har åbent."),
    ]


def test_list_items_carry_the_number_that_word_shows_but_no_bullet() -> None:
    body = item("Ansøg", 1) + item("Vent", 1) + item("i fire uger", 1, 1) + item("Klag", 1) + item("Punkt", 2)
    assert blocks(read(docx(body, numbering=LISTS), "a.docx")) == [
        ("list_item", 1, "1. Ansøg"),
        ("list_item", 1, "2. Vent"),
        ("list_item", 2, "a) i fire uger"),
        ("list_item", 1, "3. Klag"),
        ("list_item", 1, "Punkt"),
    ]


def test_inserted_words_are_read_and_deleted_ones_are_not() -> None:
    body = (
        '<w:p><w:r><w:t xml:space="preserve">Lejen er </w:t></w:r>'
        "<w:del><w:r><w:delText>950</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>1.800</w:t></w:r></w:ins>"
        "<w:moveFrom><w:r><w:t>flyttet</w:t></w:r></w:moveFrom>"
        '<w:r><w:t xml:space="preserve"> kroner.</w:t></w:r></w:p>'
    )
    assert texts(read(docx(body), "a.docx")) == ["Lejen er 1.800 kroner."]


def test_hidden_words_are_left_out_whether_the_run_or_the_style_hides_them() -> None:
    body = (
        paragraph("Synlig.")
        + paragraph("Skjult.", run="<w:vanish/>")
        + paragraph("Også skjult.", style("Skjult"))
        + paragraph("Ikke skjult.", run='<w:vanish w:val="0"/>')
    )
    assert texts(read(docx(body, styles=HEADINGS), "a.docx")) == ["Synlig.", "Ikke skjult."]


def test_the_code_of_a_field_is_left_out_and_its_result_is_read() -> None:
    body = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>HYPERLINK x</w:instrText></w:r>'
        '<w:r><w:t>kode</w:t></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        "<w:r><w:t>se her</w:t></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )
    assert texts(read(docx(body), "a.docx")) == ["se her"]


def test_a_text_box_is_read_once_after_the_paragraph_that_holds_it() -> None:
    def box(name: str) -> str:
        inside = f"<w:txbxContent>{paragraph('I boksen.')}</w:txbxContent>"
        return f'<mc:{name} xmlns:mc="urn:mc"><w:pict>{inside}</w:pict></mc:{name}>'

    body = (
        f'<w:p><w:r><w:t>Før.</w:t></w:r><w:r><mc:AlternateContent xmlns:mc="urn:mc">'
        f"{box('Choice')}{box('Fallback')}</mc:AlternateContent></w:r></w:p>{paragraph('Efter.')}"
    )
    assert texts(read(docx(body), "a.docx")) == ["Før.", "I boksen.", "Efter."]


def test_a_text_box_in_a_table_cell_is_read_once() -> None:
    box = f"<w:r><w:pict><w:txbxContent>{paragraph('I boksen.')}</w:txbxContent></w:pict></w:r>"
    cells = f"<w:tc><w:p><w:r><w:t>Celle</w:t></w:r>{box}</w:p></w:tc><w:tc>{paragraph('B')}</w:tc>"
    assert texts(read(docx(f"<w:tbl><w:tr>{cells}</w:tr></w:tbl>"), "a.docx")) == ["Celle | B", "I boksen."]


def test_a_footnote_follows_its_paragraph() -> None:
    body = (
        '<w:p><w:r><w:t>Taksten stiger.</w:t><w:footnoteReference w:id="2"/></w:r></w:p>'
        f"{paragraph('Næste afsnit.')}"
    )
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{paragraph("streg")}</w:footnote>'
        f'<w:footnote w:id="2">{paragraph("Vedtaget af byrådet.")}</w:footnote>'
    )
    assert blocks(read(docx(body, footnotes=notes), "a.docx")) == [
        ("paragraph", 0, "Taksten stiger."),
        ("footnote", 0, "Vedtaget af byrådet."),
        ("paragraph", 0, "Næste afsnit."),
    ]


def test_the_first_row_of_a_table_is_its_heads_when_word_marks_it() -> None:
    def cells(*texts: str) -> str:
        return "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in texts)

    head = f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cells('Dag', 'Åbent')}</w:tr>"
    body = f"<w:tbl>{head}<w:tr>{cells('Onsdag', 'fra ti til atten')}</w:tr></w:tbl>"
    assert blocks(read(docx(body), "a.docx")) == [
        ("table_head", 0, "Dag | Åbent"),
        ("table_row", 0, "Onsdag | fra ti til atten"),
    ]


def test_the_first_row_of_a_table_is_its_heads_when_its_style_sets_it_in_bold() -> None:
    styles = (
        '<w:style w:styleId="T"><w:name w:val="T"/><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )
    told = '<w:tblStyle w:val="T"/><w:tblLook w:firstRow="1"/>'
    body = table(("Dag", "Åbent"), ("Onsdag", "ti til atten"), properties=told)
    assert blocks(read(docx(body, styles=styles), "a.docx"))[0] == ("table_head", 0, "Dag | Åbent")


def test_the_first_row_of_a_table_is_its_heads_when_it_plainly_names_the_columns() -> None:
    body = table(("Navn", "Rolle"), ("Anna Jensen", "Formand"), ("Bo Hansen", "Kasserer"))
    assert blocks(read(docx(body), "a.docx")) == [
        ("table_head", 0, "Navn | Rolle"),
        ("table_row", 0, "Anna Jensen | Formand"),
        ("table_row", 0, "Bo Hansen | Kasserer"),
    ]


def test_a_cell_merged_with_the_one_above_repeats_its_text() -> None:
    def cell(text: str, merge: str = "") -> str:
        return f"<w:tc><w:tcPr>{merge}</w:tcPr>{paragraph(text)}</w:tc>"

    first = cell("Hal A", '<w:vMerge w:val="restart"/>') + cell("mandag")
    second = cell("", "<w:vMerge/>") + cell("tirsdag")
    body = f"<w:tbl><w:tr>{first}</w:tr><w:tr>{second}</w:tr></w:tbl>"
    assert texts(read(docx(body), "a.docx")) == ["Hal A | mandag", "Hal A | tirsdag"]


def test_a_table_with_one_column_is_only_a_frame_around_its_text() -> None:
    body = table(("Overskrift uden fed",), ("Første afsnit. Andet punktum.",))
    assert [kind for kind, _, _ in blocks(read(docx(body), "a.docx"))] == ["paragraph", "paragraph"]


def test_a_table_of_contents_is_left_out() -> None:
    body = paragraph("Formål 3", style("Indhold1")) + paragraph("Formålet er klart.")
    assert texts(read(docx(body, styles=HEADINGS), "a.docx")) == ["Formålet er klart."]


def test_tabs_and_line_breaks_part_words() -> None:
    body = "<w:p><w:r><w:t>Tlf.</w:t><w:tab/><w:t>12 34</w:t><w:br/><w:t>Mail</w:t></w:r></w:p>"
    assert texts(read(docx(body), "a.docx")) == ["Tlf.\t12 34\nMail"]


def test_the_main_part_is_found_by_its_relation_whatever_its_name() -> None:
    data = zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": '<Relationships><Relationship Id="a" Type="x/officeDocument" '
            'Target="/word/document2.xml"/></Relationships>',
            "word/document2.xml": f"<w:document {WORD}><w:body>{paragraph('Fundet.')}</w:body></w:document>",
        }
    )
    assert texts(read(data, "a.docx")) == ["Fundet."]


def test_a_document_without_its_main_part_is_damaged() -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        read(zipped({"[Content_Types].xml": "<Types/>", "word/styles.xml": "<a/>"}), "a.docx")


def test_a_document_without_words_is_not_read() -> None:
    with pytest.raises(UnreadableFile, match="filen indeholder ingen tekst"):
        read(docx(paragraph(" ")), "a.docx")
