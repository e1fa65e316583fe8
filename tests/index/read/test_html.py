"""Reading web pages."""

import pytest

from index.errors import UnreadableFile
from index.read.html import decode_page, read
from tests.index.read.making import blocks, texts


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head>{head}</head><body>{body}</body></html>".encode()


def test_headings_paragraphs_and_nested_lists_keep_their_levels() -> None:
    body = (
        "<h1>Takster</h1><p>Betal\n  straks.<br>Tak.</p><h2>Børn</h2>"
        "<ul><li>Fri entré<ul><li>under 3 år</li></ul></li><li>Ellers 20 kr.</li></ul>"
    )
    assert blocks(read(page(body), "a.html")) == [
        ("heading", 1, "Takster"),
        ("paragraph", 0, "Betal straks.\nTak."),
        ("heading", 2, "Børn"),
        ("list_item", 1, "Fri entré"),
        ("list_item", 2, "under 3 år"),
        ("list_item", 1, "Ellers 20 kr."),
    ]


def test_what_is_no_text_or_not_shown_is_left_out() -> None:
    body = (
        "<nav>Forside</nav><script>kode()</script><style>p{}</style><template>skabelon</template>"
        "<p hidden>skjult</p><p style='display : none'>skjult</p><p aria-hidden=true>skjult</p>"
        "<!-- kommentar --><p>Synlig <a href='http://x.dk'>tekst</a>.</p><footer>Adresse</footer>"
        "<div class='cookie-banner'>Vi bruger cookies</div><div role=search>Søg</div>"
    )
    assert texts(read(page(body), "a.html")) == ["Synlig tekst."]


def test_only_the_main_part_is_read_when_the_page_names_a_long_one() -> None:
    body = f"<div>Til toppen</div><main><p>{'Reglerne gælder for alle. ' * 10}</p></main>"
    assert len(texts(read(page(body), "a.html"))) == 1


def test_a_table_with_heads_gives_a_head_and_rows() -> None:
    body = "<table><tr><th>Dag<th>Pris<tr><td>Lørdag<td>20 kr.</table>"
    assert blocks(read(page(body), "a.html")) == [
        ("table_head", 0, "Dag | Pris"),
        ("table_row", 0, "Lørdag | 20 kr."),
    ]


def test_cells_are_repeated_in_the_rows_and_columns_they_span() -> None:
    body = (
        "<table><tr><th>Hal<th>Dag<th>Tid<tr><td rowspan=2>Nord<td>mandag<td>10"
        "<tr><td>tirsdag<td>11<tr><td colspan=2>Lukket<td>12</table>"
    )
    assert texts(read(page(body), "a.html"))[1:] == [
        "Nord | mandag | 10",
        "Nord | tirsdag | 11",
        "Lukket | Lukket | 12",
    ]


def test_a_head_beside_its_value_is_written_before_it() -> None:
    body = "<table><tr><th>Telefon<td>12 34 56 78<tr><th>Åbent:<td>10-16</table>"
    assert texts(read(page(body), "a.html")) == ["Telefon: 12 34 56 78", "Åbent: 10-16"]


def test_a_table_that_only_places_things_is_read_as_running_text() -> None:
    body = "<table><tr><td><h2>Venstre</h2><p>Et.</p></td><td><p>To.</p></td></tr></table>"
    assert blocks(read(page(body), "a.html")) == [
        ("heading", 2, "Venstre"),
        ("paragraph", 0, "Et."),
        ("paragraph", 0, "To."),
    ]


def test_terms_stand_before_their_explanations() -> None:
    body = "<dl><dt>Frist</dt><dd>4 uger</dd><dt>Gebyr</dt></dl>"
    assert texts(read(page(body), "a.html")) == ["Frist: 4 uger", "Gebyr"]


def test_entities_are_characters_and_never_marks() -> None:
    assert texts(read(page("<p>br&oslash;d &lt;gratis&gt; &amp; sm&#248;r</p>"), "a.html")) == [
        "brød <gratis> & smør"
    ]


def test_ten_thousand_levels_are_read() -> None:
    body = "<div>" * 10_000 + "Inderst inde." + "</div>" * 10_000
    assert texts(read(page(body), "a.html")) == ["Inderst inde."]


def test_title_date_and_author_come_from_the_page() -> None:
    head = (
        "<title>Haver – Byen</title><meta name=author content='Anna Holm'>"
        "<meta property='article:published_time' content='2024-05-06T07:00'>"
    )
    document = read(page("<p>Man skal have regler.</p>", head), "x.html")
    assert (document.title, document.date, document.author) == ("Haver", "2024-05-06", "Anna Holm")
    assert read(page("<h1>Regler for haver</h1><p>Ja.</p>", head), "x.html").title == "Regler for haver"


@pytest.mark.parametrize(
    ("declared", "encoding"),
    [
        ("windows-1252", "cp1252"),
        ("iso-8859-1", "cp1252"),
        ("utf-8", "cp1252"),
        ("utf-8", "utf-8"),
        ("", "utf-8"),
    ],
)
def test_a_page_is_decoded_by_what_it_says_or_by_what_fits(declared: str, encoding: str) -> None:
    text = f"<meta charset='{declared}'><p>Rødgrød – 20 €</p>"
    assert decode_page(text.encode(encoding)) == text


def test_a_page_without_text_is_not_read() -> None:
    with pytest.raises(UnreadableFile, match="ingen tekst"):
        read(page("<script>kode()</script>"), "a.html")
