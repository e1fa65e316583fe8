"""Reading PowerPoint presentations."""

import pytest

from index.errors import UnreadableFile
from index.read.slides import read
from tests.index.read.making import blocks, relations, zipped


def shape(text: str, placeholder: str = "", properties: str = "") -> str:
    marked = f"<p:ph {placeholder}/>" if placeholder else ""
    runs = "".join(f"<a:p><a:pPr {properties}/><a:r><a:t>{t}</a:t></a:r></a:p>" for t in text.split("/"))
    return f"<p:sp><p:nvSpPr><p:cNvPr/><p:nvPr>{marked}</p:nvPr></p:nvSpPr><p:txBody>{runs}</p:txBody></p:sp>"


def slide(*shapes: str, attributes: str = "") -> str:
    tree = f"<p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld>"
    return f'<p:sld xmlns:p="p" xmlns:a="a" {attributes}>{tree}</p:sld>'


def presentation(*slides: str, notes: str = "") -> bytes:
    names = range(1, len(slides) + 1)
    order = "".join(f'<p:sldId id="{255 + n}" r:id="rId{n}"/>' for n in names)
    listed = f"<p:sldIdLst>{order}</p:sldIdLst>"
    parts = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"rId1": ("officeDocument", "ppt/presentation.xml")}),
        "ppt/presentation.xml": f'<p:presentation xmlns:p="p" xmlns:r="r">{listed}</p:presentation>',
        "ppt/_rels/presentation.xml.rels": relations(
            {f"rId{n}": ("slide", f"slides/slide{n}.xml") for n in names}
        ),
    }
    parts |= {f"ppt/slides/slide{n}.xml": xml for n, xml in enumerate(slides, start=1)}
    if notes:
        parts["ppt/slides/_rels/slide1.xml.rels"] = relations({"n": ("notesSlide", "../notesSlides/n1.xml")})
        parts["ppt/notesSlides/n1.xml"] = notes
    return zipped(parts)


def test_a_slide_stands_under_its_title_with_lists_and_free_text() -> None:
    data = presentation(
        slide(
            shape("Skolerne/heraf it", 'type="body"'),
            shape("Hovedtal", 'type="title"'),
            shape("Kilde: budget 2026."),
            shape("7", 'type="sldNum"'),
        ),
        slide(shape("Tekst uden titel.")),
    )
    document = read(data, "a.pptx")
    assert blocks(document) == [
        ("heading", 1, "Hovedtal"),
        ("list_item", 1, "Skolerne"),
        ("list_item", 1, "heraf it"),
        ("paragraph", 0, "Kilde: budget 2026."),
        ("heading", 1, "Dias 2"),
        ("paragraph", 0, "Tekst uden titel."),
    ]
    assert [block.page for block in document.blocks] == [1, 1, 1, 1, 2, 2]


def test_deeper_points_are_items_of_a_deeper_list() -> None:
    data = presentation(slide(shape("Titel", 'type="title"'), shape("Dybt", 'idx="1"', 'lvl="2"')))
    assert blocks(read(data, "a.pptx"))[1] == ("list_item", 3, "Dybt")


def test_notes_are_read_after_the_slide_and_hidden_slides_are_not() -> None:
    notes = slide(shape("Husk forliget.", 'type="body"'), shape("1", 'type="sldNum"'))
    data = presentation(
        slide(shape("Budget", 'type="ctrTitle"')), slide(shape("Skjult"), attributes='show="0"'), notes=notes
    )
    assert blocks(read(data, "a.pptx")) == [("heading", 1, "Budget"), ("paragraph", 0, "Husk forliget.")]


def test_a_table_gives_heads_and_rows() -> None:
    def row(*cells: str) -> str:
        return (
            "<a:tr>"
            + "".join(f"<a:tc><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:tc>" for c in cells)
            + "</a:tr>"
        )

    rows = row("Område", "Beløb") + row("Vej", "4")
    frame = f'<p:graphicFrame><a:tbl><a:tblPr firstRow="1"/>{rows}</a:tbl></p:graphicFrame>'
    assert blocks(read(presentation(slide(frame)), "a.pptx"))[1:] == [
        ("table_head", 0, "Område | Beløb"),
        ("table_row", 0, "Vej | 4"),
    ]


def test_a_presentation_without_its_list_of_slides_is_damaged() -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        read(zipped({"[Content_Types].xml": "<Types/>"}), "a.pptx")
