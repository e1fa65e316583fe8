"""Reading Excel spreadsheets."""

import pytest

from index.errors import UnreadableFile
from index.read.spreadsheet import danish_number, read
from tests.index.read.making import blocks, relations, texts, zipped

STYLES = (
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="d. mmmm yyyy"/>'
    '<numFmt numFmtId="165" formatCode="#,##0.00 &quot;dag&quot;"/></numFmts>'
    '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/>'
    '<xf numFmtId="20"/></cellXfs></styleSheet>'
)

SHARED = "<si><t>Hal</t></si><si><r><t>Nord</t></r><r><t>hallen</t></r></si>"


def workbook(*sheets: str, states: tuple[str, ...] = ()) -> bytes:
    """Return a workbook of sheets Ark1, Ark2 … with these rows."""
    names = range(1, len(sheets) + 1)
    listed = "".join(
        f'<sheet name="Ark{n}" sheetId="{n}" r:id="rId{n}" {states[n - 1] if states else ""}/>' for n in names
    )
    linked = {f"rId{n}": ("worksheet", f"worksheets/sheet{n}.xml") for n in names}
    linked |= {"s": ("sharedStrings", "sharedStrings.xml"), "t": ("styles", "styles.xml")}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations({"rId1": ("officeDocument", "xl/workbook.xml")}),
            "xl/workbook.xml": f'<workbook xmlns:r="r"><sheets>{listed}</sheets></workbook>',
            "xl/_rels/workbook.xml.rels": relations(linked),
            "xl/sharedStrings.xml": f"<sst>{SHARED}</sst>",
            "xl/styles.xml": STYLES,
        }
        | {
            f"xl/worksheets/sheet{n}.xml": f"<worksheet><sheetData>{rows}</sheetData></worksheet>"
            for n, rows in enumerate(sheets, start=1)
        }
    )


def inline(text: str) -> str:
    return f'<c t="inlineStr"><is><t>{text}</t></is></c>'


def test_a_sheet_gives_its_name_its_heads_and_its_rows() -> None:
    rows = (
        f'<row><c t="s"><v>0</v></c>{inline("Pris")}</row>'
        '<row><c t="s"><v>1</v></c><c><v>1234.5</v></c></row>'
        f"<row>{inline('Sydhallen')}<c><v>200</v></c></row>"
    )
    assert blocks(read(workbook(rows), "a.xlsx")) == [
        ("heading", 1, "Ark1"),
        ("table_head", 0, "Hal | Pris"),
        ("table_row", 0, "Nordhallen | 1234,5"),
        ("table_row", 0, "Sydhallen | 200"),
    ]


def test_a_title_above_the_table_is_a_paragraph() -> None:
    rows = f"<row>{inline('Takster 2025')}</row><row>{inline('Hal')}{inline('Dag')}</row>"
    rows += f"<row>{inline('A')}{inline('B')}</row>"
    assert blocks(read(workbook(rows), "a.xlsx"))[1:] == [
        ("paragraph", 0, "Takster 2025"),
        ("table_head", 0, "Hal | Dag"),
        ("table_row", 0, "A | B"),
    ]


@pytest.mark.parametrize(
    ("cell", "shown"),
    [
        ('<c s="1"><v>45721</v></c>', "05-03-2025"),
        ('<c s="3"><v>45721.5625</v></c>', "05-03-2025 13.30"),
        ('<c s="5"><v>0.5</v></c>', "12.00"),
        ('<c s="1"><v>2958465.5</v></c>', "31-12-9999 12.00"),
        ('<c s="1"><v>2958465.999999</v></c>', "2958466"),
        ('<c s="2"><v>0.25</v></c>', "25 %"),
        ('<c s="4"><v>7</v></c>', "7"),
        ('<c t="b"><v>1</v></c>', "Ja"),
        ('<c t="str"><f>A1</f><v>beregnet</v></c>', "beregnet"),
        ('<c t="e"><v>#REF!</v></c>', ""),
    ],
)
def test_values_are_written_as_a_dane_sees_them(cell: str, shown: str) -> None:
    rows = f"<row>{inline('Navn')}{cell}</row>"
    assert texts(read(workbook(rows), "a.xlsx"))[1] == (f"Navn | {shown}" if shown else "Navn")


def test_cells_stand_in_their_own_columns() -> None:
    rows = f"<row>{inline('A')}{inline('B')}{inline('C')}</row>"
    rows += '<row><c r="C2"><v>3</v></c></row><row><c r="A3"><v>1</v></c></row>'
    assert texts(read(workbook(rows), "a.xlsx"))[1:] == ["A | B | C", " |  | 3", "1 |  | "]


def test_hidden_sheets_and_rows_are_left_out_and_sheets_are_numbered() -> None:
    data = workbook(
        f"<row>{inline('Synlig')}</row><row hidden='1'>{inline('Skjult')}</row>",
        f"<row>{inline('Skjult ark')}</row>",
        f"<row>{inline('Tredje')}</row>",
        states=("", 'state="hidden"', ""),
    )
    document = read(data, "a.xlsx")
    assert texts(document) == ["Ark1", "Synlig", "Ark3", "Tredje"]
    assert [block.page for block in document.blocks] == [1, 1, 2, 2]


def test_a_workbook_without_its_list_of_sheets_is_damaged() -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        read(zipped({"[Content_Types].xml": "<Types/>"}), "a.xlsx")


@pytest.mark.parametrize(
    ("number", "shown"), [(3.0, "3"), (0.1 + 0.2, "0,3"), (1e16, "1" + "0" * 16), (-2.5, "-2,5")]
)
def test_numbers_have_a_decimal_comma(number: float, shown: str) -> None:
    assert danish_number(number) == shown
