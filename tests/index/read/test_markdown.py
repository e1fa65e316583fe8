"""Markdown files: their blocks without the marks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import UnreadableFile
from index.read.markdown import read
from index.types import Document


def read_text(text: str, path: str = "notat.md") -> Document:
    return read(text.encode(), path)


def blocks(text: str) -> list[tuple[str, int, str]]:
    """Return kind, level and text of every block."""
    document = read_text(text)
    return [(b.kind.value, b.level, document.text[b.start : b.end]) for b in document.blocks]


def words(text: str) -> list[str]:
    return [text for _, _, text in blocks(text)]


def test_headings_of_both_kinds_keep_their_levels() -> None:
    assert blocks("# En\n\nTo\n--\n\n### Tre ###\n") == [
        ("heading", 1, "En"),
        ("heading", 2, "To"),
        ("heading", 3, "Tre"),
    ]


def test_marks_are_dropped_and_their_text_is_kept() -> None:
    text = "Se **fed**, *skrå*, ~~slettet~~, `kode`, [linket](https://kl.dk), ![billedet](a.png) &amp; <https://kl.dk>."
    assert words(text) == ["Se fed, skrå, slettet, kode, linket, billedet & https://kl.dk."]


def test_line_breaks_inside_a_paragraph_are_kept_as_line_breaks() -> None:
    assert words("en\nto  \ntre\\\nfire") == ["en\nto\ntre\nfire"]


def test_list_items_have_their_depth_and_ordered_ones_their_number() -> None:
    assert blocks("3. Find siden\n\n   Den er under Indhold.\n4. Tryk\n   - på Gem\n") == [
        ("list_item", 1, "3. Find siden"),
        ("list_item", 1, "Den er under Indhold."),
        ("list_item", 1, "4. Tryk"),
        ("list_item", 2, "på Gem"),
    ]


def test_table_rows_are_blocks_under_a_row_of_heads() -> None:
    assert blocks("| Dage | Pris |\n|---|---|\n| **8** | 40 kr. |\n| 14 | |\n") == [
        ("table_head", 0, "Dage | Pris"),
        ("table_row", 0, "8 | 40 kr."),
        ("table_row", 0, "14 | "),
    ]


def test_quotes_and_code_are_paragraphs() -> None:
    assert blocks("> **Bemærk**\n>\n> Husk det.\n\n```sh\n# ikke en overskrift\n```\n") == [
        ("paragraph", 0, "Bemærk"),
        ("paragraph", 0, "Husk det."),
        ("paragraph", 0, "# ikke en overskrift"),
    ]


def test_raw_html_loses_its_tags_and_what_is_never_seen() -> None:
    text = (
        "<div><p>Puljen giver 15.000 kr.</p><script>alert(1)</script><!-- skjult --></div>\n\n"
        "Linje <b>med</b> tag<br>og <style>p{}</style>resten\n"
    )
    assert words(text) == ["Puljen giver 15.000 kr.", "Linje med tag\nog resten"]


def test_the_tags_of_site_generators_are_dropped_but_captions_are_kept() -> None:
    figure = '{% include figure alt="Vælg siden" caption="Vælg siden" %}'
    text = figure + '\n\n## Formål {#formaal}\n\n[her](a){:target="_blank"}\n'
    assert words(text) == ["Vælg siden", "Formål", "her"]


def test_the_only_heading_of_level_1_is_the_title() -> None:
    document = read_text(
        "---\ntitle: Kort\ndate: 2024-05-01\nauthor: Anna\n---\n## Før\n\n# Lang titel\n\nTekst\n"
    )
    assert (document.title, document.date, document.author) == ("Lang titel", "2024-05-01", "Anna")
    assert document.text == "Før\n\nLang titel\n\nTekst"


def test_the_front_matter_gives_the_title_where_the_headings_do_not() -> None:
    assert read_text("---\ntitle: Takster\n---\n## Voksne\n").title == "Takster"
    assert read_text("---\ntitle: Takster\n---\n# Voksne\n\n# Børn\n").title == "Takster"


def test_the_first_heading_or_else_the_file_name_is_the_title() -> None:
    assert read_text("Tekst\n\n## Voksne\n").title == "Voksne"
    assert read_text("Tekst\n", "gebyrer_voksne.md").title == "Gebyrer voksne"


def test_html_in_the_title_is_not_shown() -> None:
    assert read_text("---\ntitle: Hal <script>alert(1)</script>\n---\nTekst\n").title == "Hal"


def test_a_date_line_at_the_top_is_the_date_and_no_block() -> None:
    document = read_text("# Referat\n\n1. maj 2020\n\nMødet begyndte den 2. juni 2021.\n")
    assert document.date == "2020-05-01"
    assert document.text == "Referat\n\nMødet begyndte den 2. juni 2021."


@pytest.mark.parametrize("marks", ["> " * 5000, ">" * 5000, "- " * 5000, "> - " * 2000])
def test_text_under_thousands_of_marks_is_still_read(marks: str) -> None:
    assert words(f"{marks}Under alle lagene ligger en sætning.") == ["Under alle lagene ligger en sætning."]


def test_dangerous_links_stay_inert_text() -> None:
    assert words("[klik](javascript:alert(1))") == ["[klik](javascript:alert(1))"]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"---\ntitle: Kun forside\n---\n", b"<!-- intet -->"])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableFile, match="filen er tom"):
        read(data, "tom.md")


MARKDOWN = st.lists(
    st.sampled_from(
        [
            "# A",
            "## B",
            "- punkt",
            "  - under",
            "1. et",
            "> citat",
            "|a|b|",
            "|-|-|",
            "|1|2|",
            "```",
            "<p>",
            "</p>",
            "---",
            "",
            "tekst",
            "**",
        ]
    )
    | st.text(max_size=30),
    max_size=30,
).map("\n".join)


@given(MARKDOWN)
def test_any_markdown_gives_blocks_in_order_or_a_reason(text: str) -> None:
    try:
        document = read_text(text)
    except UnreadableFile:
        return
    assert document.title
    end = 0
    for block in document.blocks:
        assert end <= block.start < block.end
        end = block.end
