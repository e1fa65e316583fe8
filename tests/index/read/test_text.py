"""Plain text files: title, date, headings, paragraphs and list items, as ranges of the file's own text."""

import unicodedata
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read.builder import clean_text
from index.read.text import read
from index.types import BlockKind, Document

SEEDS = Path(__file__).parents[3] / "seeds"


def read_text(text: str, path: str = "notat.txt") -> Document:
    return read(text.encode(), path)


def blocks(document: Document) -> list[tuple[str, int, str]]:
    """Return kind, level and text of every block."""
    return [(b.kind.value, b.level, document.text[b.start : b.end]) for b in document.blocks]


def read_seed(name: str) -> Document:
    return read((SEEDS / name).read_bytes(), name)


def test_the_first_press_release_has_its_title_date_and_link() -> None:
    document = read_seed("000_ddb52c230368933a.txt")
    assert document.title == "Ny fælleskommunal digitaliseringsstrategi sendt i høring"
    assert document.date == "2015-03-05"
    found = blocks(document)
    assert found[0] == ("heading", 1, document.title)
    assert found[1][2].startswith("KL har netop sendt forslag")
    assert [(kind, text[:10]) for kind, _, text in found[-3:]] == [
        ("heading", "YDERLIGERE"),
        ("list_item", "LINK"),
        ("paragraph", "http://www"),
    ]


def test_the_second_press_release_has_its_title_date_and_headings() -> None:
    document = read_seed("004_760fde4818b1cf2b.txt")
    assert document.title == "KL er klar til at bidrage til digitaliseringspartnerskab"
    assert document.date == "2021-03-16"
    assert [text for kind, _, text in blocks(document) if kind == "heading"] == [
        document.title,
        "Alle skal kunne være med",
        "Læs mere",
        "Læs mere Det kommunale digitaliseringsprogram 2021-2025",
    ]


def test_the_text_of_the_document_is_the_text_of_the_file() -> None:
    name = "000_ddb52c230368933a.txt"
    assert read_seed(name).text == (SEEDS / name).read_text(encoding="utf-8")


def test_a_date_line_gives_the_date_and_is_no_block() -> None:
    document = read_text(
        "Referat\n\nKøbenhavn, den 1. maj 2020\n\nMødet begyndte klokken ti, og alle var kommet.\n"
    )
    assert document.date == "2020-05-01"
    assert [text for _, _, text in blocks(document)] == [
        "Referat",
        "Mødet begyndte klokken ti, og alle var kommet.",
    ]


def test_a_date_inside_a_sentence_is_not_the_documents_date() -> None:
    assert read_text("Fristen var den 1. maj 2020 for alle ansøgere.\n").date is None


def test_without_a_title_the_file_name_is_made_readable() -> None:
    document = read_text("Hallen er åben fra ti til tre hver dag.\n", "huse/aabningstider_nord.txt")
    assert document.title == "Aabningstider nord"
    assert blocks(document) == [("paragraph", 0, "Hallen er åben fra ti til tre hver dag.")]


def test_headings_are_told_by_chapter_section_number_capitals_underline_and_shortness() -> None:
    body = "Kommunen svarer inden fire uger efter modtagelsen.\n\n"
    text = (
        f"Vedtægt for hallen\n\nKapitel 2 Drift\n\n{body}§ 5\n\n{body}3.1 Formål\n\n{body}"
        f"ÅBNINGSTIDER\n\n{body}Priser\n------\n{body}Sådan gør du\n\n{body}## Kontakt\n\n{body}"
    )
    assert [(level, text) for kind, level, text in blocks(read_text(text)) if kind == "heading"] == [
        (1, "Vedtægt for hallen"),
        (2, "Kapitel 2 Drift"),
        (4, "§ 5"),
        (3, "3.1 Formål"),
        (3, "ÅBNINGSTIDER"),
        (2, "Priser"),
        (6, "Sådan gør du"),
        (2, "Kontakt"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Telefon: 12345678",
        "post@kommune.dk",
        "Vi har åbent.",
        "12 34 56 78",
        "www.kommune.dk",
        "Han kom. Hun gik",
    ],
)
def test_a_short_line_that_is_no_heading_is_a_paragraph(line: str) -> None:
    text = f"Overskrift her\n\n{line}\n\nKommunen svarer inden fire uger efter modtagelsen.\n"
    assert blocks(read_text(text))[1] == ("paragraph", 0, line)


def test_a_last_short_line_heads_nothing() -> None:
    assert blocks(read_text("Kommunen svarer inden fire uger.\n\nMed venlig hilsen\n"))[-1][0] == "paragraph"


def test_list_items_lose_their_bullet_but_keep_their_number() -> None:
    text = "Medbring:\n• pas\n  - også børnenes\n1) skema\na) kvittering\n2. billede\n"
    assert blocks(read_text(text)) == [
        ("paragraph", 0, "Medbring:"),
        ("list_item", 1, "pas"),
        ("list_item", 2, "også børnenes"),
        ("list_item", 1, "1) skema"),
        ("list_item", 1, "a) kvittering"),
        ("list_item", 1, "2. billede"),
    ]


WRAPPED = """\
Til ministeren af Søren Jensen:
99 borgmestre har skrevet til alle medlemmer med en opfordring til
at ændre på vilkårene for solceller på kommunale tage, således at
bureaukrati reduceres, og omstillingen i kommunerne går hurtigere.
   Ministeren har endnu ikke svaret på, hvad der skal ske, og
hvornår.
                                                        Kl. 15:10

Formanden:
Værsgo.
"""


def test_lines_wrapped_by_hand_are_put_together_again() -> None:
    found = [text.replace("\n", " ") for _, _, text in blocks(read_text(WRAPPED))]
    assert found == [
        "Til ministeren af Søren Jensen:",
        "99 borgmestre har skrevet til alle medlemmer med en opfordring til at ændre på vilkårene for "
        "solceller på kommunale tage, "
        "således at bureaukrati reduceres, og omstillingen i kommunerne går hurtigere.",
        "Ministeren har endnu ikke svaret på, hvad der skal ske, og hvornår.",
        "Kl. 15:10",
        "Formanden:",
        "Værsgo.",
    ]


def test_a_paragraph_torn_apart_by_a_page_break_is_one() -> None:
    torn = WRAPPED.replace("til\nat ændre", "til\n\nat ændre")
    assert len(blocks(read_text(torn))) == len(blocks(read_text(WRAPPED)))


def test_each_line_is_a_paragraph_where_nothing_is_wrapped() -> None:
    text = "Telefon: 12345678\nMail: post@kommune.dk\nAdresse: Rådhuspladsen 1\n"
    assert [text for _, _, text in blocks(read_text(text))] == text.splitlines()


def test_the_text_comes_out_in_one_form_whatever_it_was_written_in() -> None:
    written = unicodedata.normalize("NFD", "Ålborg Åfart sejler på fjorden.\r\nDen er sløjet\u00adet.\r")
    assert read(written.encode(), "a.txt").text == "Ålborg Åfart sejler på fjorden.\nDen er sløjetet.\n"


@pytest.mark.parametrize("data", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\x00\x00"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="filen er tom"):
        read(data, "tom.txt")


def test_a_picture_under_a_text_name_is_refused() -> None:
    with pytest.raises(UnreadableFile, match="et billede"):
        read(b"\x89PNG\r\n\x1a\n", "billede.txt")


def test_letters_that_cannot_be_read_are_reported() -> None:
    document = read("Hallen er åben".encode("utf-8-sig") + b"\xff\xfe", "a.txt")
    assert document.partly_read == "nogle tegn kunne ikke læses"


FILES = st.lists(
    st.sampled_from(
        [
            "Overskrift",
            "§ 5",
            "- punkt",
            "  • punkt",
            "1. maj 2020",
            "-----",
            "",
            " ",
            "og så videre",
            "KL.",
            "A: b",
        ]
    )
    | st.text(st.characters(codec="utf-8"), max_size=60),
    max_size=30,
).map("\n".join)


@given(FILES)
def test_blocks_are_trimmed_ranges_of_the_files_own_text(text: str) -> None:
    try:
        document = read_text("x " + text)
    except UnreadableFile:
        return
    assert document.text == clean_text("x " + text)
    assert document.title
    assert all(above.end <= below.start for above, below in pairwise(document.blocks))
    for block in document.blocks:
        content = document.text[block.start : block.end]
        assert content
        assert content == content.strip()
        assert block.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM, BlockKind.PARAGRAPH)
