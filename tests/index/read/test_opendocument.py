"""Reading OpenDocument texts."""

import pytest

from index.errors import UnreadableFile
from index.read.opendocument import read
from tests.index.read.making import blocks, odt, texts, zipped

STYLES = (
    '<style:style style:name="Fed"><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="Gemt"><style:text-properties text:display="none"/></style:style>'
    '<style:style style:name="P1" style:parent-style-name="Title"/>'
)


def test_headings_lists_and_paragraphs_keep_their_levels() -> None:
    body = (
        '<text:p text:style-name="P1">Takster</text:p><text:h text:outline-level="2">Gebyrer</text:h>'
        "<text:list><text:list-item><text:p>Børn</text:p>"
        "<text:list><text:list-item><text:p>under 3 år</text:p></text:list-item></text:list>"
        "</text:list-item></text:list><text:p>Betales straks.</text:p>"
    )
    assert blocks(read(odt(body, STYLES), "a.odt")) == [
        ("heading", 1, "Takster"),
        ("heading", 2, "Gebyrer"),
        ("list_item", 1, "Børn"),
        ("list_item", 2, "under 3 år"),
        ("paragraph", 0, "Betales straks."),
    ]


NUMBERED = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
    'style:num-suffix="."/><text:list-level-style-number text:level="2" style:num-format="a" '
    'style:num-suffix=")"/></text:list-style>'
    '<text:outline-style><text:outline-level-style text:level="1" style:num-format="1"/>'
    '<text:outline-level-style text:level="2" style:num-format="1" text:display-levels="2"/>'
    "</text:outline-style>"
    '<style:style style:name="Uden" style:list-style-name=""/>'
)


def test_headings_carry_the_number_that_is_shown() -> None:
    def heading(level: int, text: str, more: str = "") -> str:
        return f'<text:h text:outline-level="{level}" {more}>{text}</text:h>'

    body = heading(1, "Formål") + heading(1, "") + heading(1, "Forord", 'text:style-name="Uden"')
    body += heading(1, "Regler") + heading(2, "Leje") + heading(2, "Frist") + heading(1, "Klage")
    assert texts(read(odt(body, NUMBERED), "a.odt")) == [
        "1 Formål",
        "Forord",
        "2 Regler",
        "2.1 Leje",
        "2.2 Frist",
        "3 Klage",
    ]


def test_list_items_carry_the_number_that_is_shown() -> None:
    def items(inner: str, more: str = "") -> str:
        return f'<text:list text:style-name="L" {more}>{inner}</text:list>'

    def item(text: str, inner: str = "") -> str:
        return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"

    body = items(item("Ansøg", f"<text:list>{item('straks')}{item('skriftligt')}</text:list>") + item("Vent"))
    body += items(item("Klag"), 'text:continue-numbering="true"') + items(item("Forfra"))
    assert texts(read(odt(body, NUMBERED), "a.odt")) == [
        "1. Ansøg",
        "a) straks",
        "b) skriftligt",
        "2. Vent",
        "3. Klag",
        "1. Forfra",
    ]


def test_blanks_written_as_elements_part_words() -> None:
    body = '<text:p>Mel<text:s text:c="2"/>lem<text:tab/>rum<text:line-break/>met</text:p>'
    assert texts(read(odt(body), "a.odt")) == ["Mel  lem\trum\nmet"]


def test_white_space_in_the_xml_is_one_blank() -> None:
    assert texts(read(odt("<text:p>Et \n  ord <text:span> og et</text:span> til.</text:p>"), "a.odt")) == [
        "Et ord og et til."
    ]


def test_deleted_words_comments_and_contents_are_left_out() -> None:
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Slettet.</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        "<text:table-of-content><text:index-body><text:p>Formål 3</text:p></text:index-body>"
        "</text:table-of-content>"
        "<text:p>Vedtaget<office:annotation><text:p>en note</text:p></office:annotation> beløb.</text:p>"
    )
    assert texts(read(odt(body), "a.odt")) == ["Vedtaget beløb."]


def test_hidden_words_are_left_out() -> None:
    body = (
        '<text:p>Synlig <text:span text:style-name="Gemt">skjult </text:span>tekst.</text:p>'
        '<text:p text:style-name="Gemt">Skjult afsnit.</text:p>'
        '<text:section text:display="none"><text:p>Skjult sektion.</text:p></text:section>'
    )
    assert texts(read(odt(body, STYLES), "a.odt")) == ["Synlig tekst."]


def test_a_footnote_follows_its_paragraph_without_its_mark() -> None:
    note = (
        "<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>Se bilag.</text:p></text:note-body></text:note>"
    )
    assert blocks(read(odt(f"<text:p>Prisen{note} stiger.</text:p>"), "a.odt")) == [
        ("paragraph", 0, "Prisen stiger."),
        ("footnote", 0, "Se bilag."),
    ]


def test_a_bold_first_row_is_the_heads_of_a_table_and_covered_cells_repeat() -> None:
    def row(*cells: str) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def cell(text: str, more: str = "") -> str:
        return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"

    bold = '<text:span text:style-name="Fed">{}</text:span>'
    covered = "<table:covered-table-cell/>"
    body = "<table:table>{}{}{}</table:table>".format(
        row(cell(bold.format("Hal")), cell(bold.format("Dag"))),
        row(cell("Nord", 'table:number-rows-spanned="2"'), cell("mandag")),
        row(covered, cell("tirsdag")),
    )
    assert blocks(read(odt(body, STYLES), "a.odt")) == [
        ("table_head", 0, "Hal | Dag"),
        ("table_row", 0, "Nord | mandag"),
        ("table_row", 0, "Nord | tirsdag"),
    ]


def test_title_date_and_author_come_from_the_metadata_when_the_text_confirms_the_title() -> None:
    meta = (
        '<office:document-meta xmlns:office="o" xmlns:dc="d" xmlns:meta="m"><office:meta>'
        "<dc:title>Regler for haver</dc:title><dc:date>2024-05-06T10:00:00</dc:date>"
        "<meta:initial-creator>Anna Holm</meta:initial-creator></office:meta></office:document-meta>"
    )
    document = read(odt("<text:p>Haver har regler, og her er de alle.</text:p>", meta=meta), "x.odt")
    assert (document.title, document.date, document.author) == (
        "Regler for haver",
        "2024-05-06",
        "Anna Holm",
    )


def test_an_encrypted_text_is_told_as_such() -> None:
    data = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<manifest:encryption-data/>",
            "content.xml": b"\x8f\x01",
        }
    )
    with pytest.raises(UnreadableFile, match="adgangskode"):
        read(data, "a.odt")


def test_a_text_without_its_content_is_damaged() -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        read(zipped({"mimetype": "application/vnd.oasis.opendocument.text"}), "a.odt")
