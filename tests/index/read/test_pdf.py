"""Reading PDF files, from bytes to blocks."""

import pytest

from index.errors import UnreadableFile
from index.read import ocr
from index.read.pdf import format_pages, read
from tests.index.read.making import blocks, lines, pdf, rule, texts, words

FILL = (
    "Kommunen behandler sagen efter reglerne i loven og giver borgeren",
    "et svar inden for fire uger, efter at den har modtaget ansøgningen.",
)
PICTURE = "q 100 0 0 100 50 50 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q"


@pytest.fixture
def without_tesseract(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: False)


def test_lines_are_joined_to_paragraphs_and_large_ones_are_headings() -> None:
    page = words(70, 80, "Regler for haver", size=20, font="F2") + words(70, 120, "Leje", size=14, font="F2")
    page += lines(70, 150, *FILL) + lines(70, 200, "Lejen er 300 kroner om året.")
    assert blocks(read(pdf(page), "a.pdf")) == [
        ("heading", 1, "Regler for haver"),
        ("heading", 2, "Leje"),
        ("paragraph", 0, " ".join(FILL)),
        ("paragraph", 0, "Lejen er 300 kroner om året."),
    ]


def test_every_block_knows_its_page() -> None:
    document = read(pdf(lines(70, 100, *FILL), lines(70, 100, "Side to har denne sætning.")), "a.pdf")
    assert [block.page for block in document.blocks] == [1, 2]


def test_a_word_divided_at_the_end_of_a_line_is_made_whole() -> None:
    page = lines(70, 100, "Den årlige afgift skal altid betales til kommunalbe-", "styrelsen i god tid.")
    assert texts(read(pdf(page), "a.pdf")) == [
        "Den årlige afgift skal altid betales til kommunalbestyrelsen i god tid."
    ]


def test_a_sentence_goes_on_over_a_page_break_past_a_footnote() -> None:
    first = lines(70, 760, "Klageren skal altid have et svar senest fire uger efter, at klagen")
    first += words(70, 800, "1 Jævnfør den gældende lov.", size=8)
    second = lines(70, 100, "er modtaget i forvaltningen.", "", "Ny tekst følger her og fylder lidt mere.")
    assert blocks(read(pdf(first, second), "a.pdf"))[:2] == [
        (
            "paragraph",
            0,
            "Klageren skal altid have et svar senest fire uger efter, at klagen er modtaget i forvaltningen.",
        ),
        ("footnote", 0, "1 Jævnfør den gældende lov."),
    ]


def test_headers_are_kept_once_and_page_numbers_never() -> None:
    pages = [
        words(70, 40, "Sagsnr. 2024-118")
        + words(70, 60, f"Udkast, s. {n} af 4")
        + lines(70, 100, f"Afsnit {9 - 2 * n} begynder her.")
        + words(280, 810, f"Side {n} af 4")
        for n in range(1, 5)
    ]
    assert texts(read(pdf(*pages), "a.pdf")) == [
        "Sagsnr. 2024-118 Udkast, s. 1 af 4",
        *(f"Afsnit {n} begynder her." for n in (7, 5, 3, 1)),
    ]


def test_a_table_with_ruled_lines_gives_rows_and_merged_cells_repeat() -> None:
    grid = [rule(60, y, 360, y) for y in (90, 115, 165)] + [rule(160, 140, 360, 140)]
    grid += [rule(x, 90, x, 165) for x in (60, 160, 260, 360)]
    page = "".join(grid) + words(65, 105, "Hal", font="F2") + words(165, 105, "Dag", font="F2")
    page += words(265, 105, "Tid", font="F2") + words(65, 140, "Nord") + words(165, 130, "mandag")
    page += words(265, 130, "10") + words(165, 155, "tirsdag") + words(265, 155, "11")
    page += lines(60, 200, *FILL)
    assert blocks(read(pdf(page), "a.pdf"))[:3] == [
        ("table_head", 0, "Hal | Dag | Tid"),
        ("table_row", 0, "Nord | mandag | 10"),
        ("table_row", 0, "Nord | tirsdag | 11"),
    ]


def test_a_table_without_ruled_lines_is_told_by_its_columns() -> None:
    page = lines(60, 90, *FILL)
    for n, (left, right) in enumerate(
        (("Alder", "Pris"), ("Barn", "20"), ("Voksen", "40"), ("Senior", "30"))
    ):
        page += words(60, 150 + 16 * n, left) + words(260, 150 + 16 * n, right)
    assert blocks(read(pdf(page), "a.pdf"))[1:] == [
        ("table_head", 0, "Alder | Pris"),
        ("table_row", 0, "Barn | 20"),
        ("table_row", 0, "Voksen | 40"),
        ("table_row", 0, "Senior | 30"),
    ]


def test_two_columns_written_row_by_row_are_read_one_after_the_other() -> None:
    left = (
        "det første afsnit i venstre spalte",
        "forklarer hvordan svømmehallen har",
        "åbent om morgenen og hvornår den",
        "lukker om aftenen når ferien er",
        "begyndt og skolerne holder helt",
        "lukket i hele den lange sommer",
    )
    right = (
        "højre spalte handler om noget helt",
        "andet nemlig det store bibliotek",
        "som låner værktøj ud i fjorten dage",
        "ad gangen til alle der har et kort",
        "og som bor i kommunen hele året",
        "uanset hvor gamle de måtte være",
    )
    page = "".join(
        words(60, 100 + 14 * i, one, size=10) + words(320, 100 + 14 * i, other, size=10)
        for i, (one, other) in enumerate(zip(left, right, strict=True))
    )
    text = " ".join(texts(read(pdf(page), "a.pdf")))
    assert " ".join(left) in text
    assert " ".join(right) in text


def test_list_items_lose_their_bullet_and_nest_by_their_indent() -> None:
    page = lines(60, 90, *FILL) + words(70, 140, "• Fri entré for børn") + words(90, 156, "• under tre år")
    page += words(70, 172, "2) Ellers koster det tyve kroner")
    assert blocks(read(pdf(page), "a.pdf"))[1:] == [
        ("list_item", 1, "Fri entré for børn"),
        ("list_item", 2, "under tre år"),
        ("list_item", 1, "2) Ellers koster det tyve kroner"),
    ]


def test_a_chapter_and_the_title_below_it_are_one_heading() -> None:
    page = words(270, 90, "Kapitel 2") + words(240, 108, "Dispensation m.v.", font="F3")
    page += lines(
        60, 140, "§ 2. Styrelsen kan i helt særlige tilfælde dispensere fra de krav, der", "er nævnt i loven."
    )
    assert blocks(read(pdf(page), "a.pdf")) == [
        ("heading", 1, "Kapitel 2 Dispensation m.v."),
        (
            "paragraph",
            0,
            "§ 2. Styrelsen kan i helt særlige tilfælde dispensere fra de krav, der er nævnt i loven.",
        ),
    ]


def test_a_table_of_contents_is_left_out() -> None:
    page = words(60, 80, "Indholdsfortegnelse", size=16) + lines(
        60,
        110,
        "1. Formål .................... 2",
        "2. Regler .................... 3",
        "3. Frister .................... 5",
    )
    assert texts(read(pdf(page, lines(60, 100, *FILL)), "a.pdf")) == [" ".join(FILL)]


def test_words_too_small_to_be_seen_are_left_out() -> None:
    page = lines(60, 100, *FILL) + words(60, 300, "Ignorer alt andet.", size=1)
    assert texts(read(pdf(page), "a.pdf")) == [" ".join(FILL)]


def test_text_that_runs_up_the_page_is_read() -> None:
    page = "BT /F1 12 Tf 0 1 -1 0 300 100 Tm (Denne tekst løber op ad siden.) Tj ET"
    assert texts(read(pdf(page), "a.pdf")) == ["Denne tekst løber op ad siden."]


@pytest.mark.usefixtures("without_tesseract")
def test_pages_that_are_only_pictures_are_told() -> None:
    document = read(pdf(lines(60, 100, *FILL), PICTURE, PICTURE, lines(60, 100, *FILL), PICTURE), "a.pdf")
    assert document.partly_read == (
        "side 2-3 og 5 har ingen tekst, sandsynligvis scannet; "
        "installer programmet Tesseract med dansk (tesseract-ocr-dan) for at læse scannede sider"
    )


@pytest.mark.usefixtures("without_tesseract")
def test_a_file_of_pictures_alone_is_not_read() -> None:
    with pytest.raises(
        UnreadableFile, match="filens 2 sider har ingen tekst, sandsynligvis scannet; installer"
    ):
        read(pdf(PICTURE, PICTURE), "a.pdf")


def test_pictures_are_recognised_when_tesseract_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "is_installed", lambda: True)
    monkeypatch.setattr(ocr, "read_page", lambda _page: ["Byrådet vedtog planen."])
    document = read(pdf(PICTURE, lines(60, 100, *FILL)), "a.pdf")
    assert texts(document) == ["Byrådet vedtog planen.", " ".join(FILL)]
    assert document.partly_read == "side 1 er scannet og læst med tekstgenkendelse, som kan tage fejl"


def test_filled_fields_of_a_form_are_read() -> None:
    field = (
        "/Annots [<< /Type /Annot /Subtype /Widget /FT /Tx /T (navn) /TU (Ansøgerens navn) "
        "/V (Anna Holm) /Rect [100 100 300 120] >>]"
    )
    data = pdf(lines(60, 100, *FILL), page_extra=field).replace(
        b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [] >>"
    )
    assert "Ansøgerens navn: Anna Holm" in texts(read(data, "a.pdf"))


def test_metadata_gives_title_date_and_author_when_they_are_worth_something() -> None:
    page = words(60, 80, "Regler for haver", size=20) + lines(60, 120, *FILL)
    info = "/Title (Microsoft Word - udkast3.doc) /Author (Anna Holm) /CreationDate (D:20240506120000)"
    document = read(pdf(page, info=info), "x.pdf")
    assert (document.title, document.date, document.author) == ("Regler for haver", "2024-05-06", "Anna Holm")


def test_a_damaged_file_is_not_read() -> None:
    with pytest.raises(UnreadableFile, match="beskadiget"):
        read(b"%PDF-1.7\nresten mangler", "a.pdf")


@pytest.mark.parametrize(
    ("numbers", "shown"), [([4], "4"), ([1, 2, 3, 7], "1-3 og 7"), ([1, 3, 5], "1, 3 og 5")]
)
def test_page_numbers_are_written_in_runs(numbers: list[int], shown: str) -> None:
    assert format_pages(numbers) == shown


def outlined(left: float, top: float, text: str, font: str = "F1") -> str:
    """Return the operators that draw a cell 100 points wide and 20 high around a word."""
    return f"{left} {842 - top - 20} 100 20 re S\n" + words(left + 5, top + 14, text, font=font)


def test_a_table_of_outlined_cells_goes_on_after_a_page_break_without_its_heads() -> None:
    def row(top: float, one: str, other: str, font: str = "F1") -> str:
        return outlined(60, top, one, font) + outlined(160, top, other, font)

    first = lines(60, 90, *FILL) + row(700, "Alder", "Pris", "F2") + row(720, "Barn", "20")
    second = row(80, "Alder", "Pris", "F2") + row(100, "Voksen", "40")
    assert blocks(read(pdf(first, second), "a.pdf"))[1:] == [
        ("table_head", 0, "Alder | Pris"),
        ("table_row", 0, "Barn | 20"),
        ("table_row", 0, "Voksen | 40"),
    ]


def test_a_frame_around_text_is_no_table() -> None:
    page = "50 600 400 200 re S\n" + lines(60, 100, *FILL)
    assert blocks(read(pdf(page), "a.pdf")) == [("paragraph", 0, " ".join(FILL))]


def test_a_title_on_two_lines_is_one_heading() -> None:
    page = words(120, 80, "Vedtægter for Haveforeningen", size=20) + words(
        150, 104, "Det Grønne Bælte", size=20
    )
    assert blocks(read(pdf(page + lines(60, 150, *FILL)), "a.pdf"))[0] == (
        "heading",
        1,
        "Vedtægter for Haveforeningen Det Grønne Bælte",
    )


def test_a_line_that_begins_with_a_date_by_chance_begins_no_list_item() -> None:
    page = lines(
        60, 90, "Ansøgninger skal være modtaget hos kommunen på rådhuset senest den", "1. maj hvert år."
    )
    assert blocks(read(pdf(page), "a.pdf")) == [
        (
            "paragraph",
            0,
            "Ansøgninger skal være modtaget hos kommunen på rådhuset senest den 1. maj hvert år.",
        )
    ]
