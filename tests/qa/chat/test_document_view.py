"""A document as it is drawn: headings by level, lists, tables, and marks in all of them."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document
from qa.chat.engine import ChatEngine
from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.small_library import SmallLibrary

pytestmark = pytest.mark.browser

FEES = "takster.docx"
PRICE = "Hvad koster 8 til 14 dage?"
BOTH = "Hvad koster det i dage?"
ALARM = "Hvornår ringer man 112?"


def fees() -> Document:
    """A document with all that a document can hold, over two pages."""
    builder = DocumentBuilder(FEES)
    builder.add(BlockKind.HEADING, "Takster", level=1, page=1)
    builder.add(BlockKind.HEADING, "Børn under 18 år", level=3, page=1)
    builder.add(BlockKind.LIST_ITEM, "Ved fare", level=1, page=1)
    builder.add(BlockKind.LIST_ITEM, "ring 112 straks", level=2, page=1)
    builder.add(BlockKind.LIST_ITEM, "1. sig hvor du er", level=2, page=1)
    builder.add(BlockKind.LIST_ITEM, "Ellers", level=1, page=1)
    builder.add(BlockKind.TABLE_HEAD, "Varighed | Pris | ", page=1)
    builder.add(BlockKind.TABLE_ROW, "1 - 7 dage | kr. 20,- | ", page=1)
    builder.add(BlockKind.TABLE_ROW, "8 - 14 dage | kr. 40,- | kun | sommer", page=1)
    builder.add(BlockKind.TABLE_ROW, " | kr. 60,- | vinter", page=2)
    builder.add(BlockKind.TABLE_HEAD, "Nu | Før", page=2)
    builder.add(BlockKind.TABLE_ROW, "1 | 2", page=2)
    builder.add(BlockKind.FOOTNOTE, "Priserne er uden moms.", page=2)
    return builder.build(title="Takster", author="Klokke Kommune")


@pytest.fixture(scope="module")
def address(serve: Callable[[ChatEngine], str]) -> str:
    quotes = {
        PRICE: ((FEES, "8 - 14 dage | kr. 40,-"),),
        ALARM: ((FEES, "ring 112 straks"),),
        BOTH: ((FEES, "1 - 7 dage | kr. 20,- | \n\n8 - 14 dage | kr. 40,-"),),
    }
    return serve(SmallLibrary([fees()], quotes))


def test_table_is_drawn_under_the_heads_of_its_columns(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address)
    open_citation(ask(page, PRICE), 1)
    table = page.locator(".paper table").first
    expect(table.locator("thead th")).to_have_text(["Varighed", "Pris"])
    expect(table.locator("tbody tr")).to_have_text(
        ["1 - 7 dagekr. 20,-", "8 - 14 dagekr. 40,-kunsommer", "side 2", "kr. 60,-vinter"]
    )
    expect(page.get_by_role("group", name="Tabel 2").locator("td")).to_have_text(["1", "2"])
    expect(page.get_by_role("group", name="Tabel 1").get_by_role("columnheader")).to_have_count(2)


def test_mark_over_two_cells_marks_each_of_them(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address)
    open_citation(ask(page, PRICE), 1)
    expect(page.locator("mark.current")).to_have_text(["8 - 14 dage", "kr. 40,-"])
    expect(page.locator("mark.current").first).to_be_focused()


def test_list_inside_a_list_is_drawn_as_one(open_page: Callable[..., Page], address: str) -> None:
    page = open_page(address)
    mark = open_citation(ask(page, ALARM), 1)
    expect(mark).to_have_text("ring 112 straks")
    expect(page.locator(".paper")).to_match_aria_snapshot(
        """
        - paragraph: side 1
        - heading "Takster" [level=3]
        - heading "Børn under 18 år" [level=4]
        - list:
          - listitem:
            - text: Ved fare
            - list:
              - listitem:
                - mark: ring 112 straks
              - listitem: 1. sig hvor du er
          - listitem: Ellers
        """
    )
    expect(page.locator(".paper li.signed")).to_have_text(["1. sig hvor du er"])


def test_search_finds_words_in_cells_and_inner_lists_once(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address)
    open_citation(ask(page, PRICE), 1)
    field = page.get_by_role("searchbox", name="Søg i dokumentet")
    field.fill("112")
    expect(page.locator(".found")).to_have_text("1 af 1")
    field.fill("kr.")
    expect(page.locator(".found")).to_have_text("1 af 3")


def test_quote_says_which_heading_it_stands_under(open_page: Callable[..., Page], address: str) -> None:
    turn = ask(open_page(address), PRICE)
    expect(turn.locator("figcaption")).to_contain_text("under »Børn under 18 år«")


def test_source_is_copied_with_its_publisher_where_it_is_known(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, PRICE).get_by_role("button", name="Kopiér kilde 1").click()
    expect(page.get_by_text("Kopieret.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").startswith("Takster, Klokke Kommune, afsnit ")


def test_quoted_rows_of_a_table_stand_each_on_its_line_under_their_heads(
    open_page: Callable[..., Page], address: str
) -> None:
    turn = ask(open_page(address), BOTH)
    expect(turn.locator(".columns")).to_have_text("Tabel: Varighed | Pris")
    tops = turn.locator("blockquote p").evaluate(
        """p => [p.querySelector('.row'), p.querySelector('.keep')].map(e => e.getBoundingClientRect().top)"""
    )
    assert tops[0] < tops[1]
    expect(turn.locator("blockquote .row")).to_have_text(["»1 - 7 dage | kr. 20,- |"])
    expect(turn.locator("blockquote .row strong")).to_have_text(["7 dage"])


def test_long_document_opens_at_its_quote_and_lays_out_only_what_is_in_view(
    open_page: Callable[..., Page], serve: Callable[[ChatEngine], str]
) -> None:
    builder = DocumentBuilder("langt.txt")
    for number in range(5000):
        builder.add(BlockKind.PARAGRAPH, f"Her er afsnit {number} af mange, og det er ikke det sidste.")
    question = "Hvad står i afsnit 4000?"
    quotes = {question: (("langt.txt", "Her er afsnit 4000 af mange"),)}
    page = open_page(serve(SmallLibrary([builder.build(title="Langt")], quotes)))
    mark = open_citation(ask(page, question), 1)
    expect(mark).to_be_in_viewport()
    shown = page.locator(".paper .line").evaluate_all(
        "lines => lines.filter(line => line.checkVisibility({ contentVisibilityAuto: true })).length"
    )
    assert page.locator(".paper .line").count() == 5000
    assert shown < 500
