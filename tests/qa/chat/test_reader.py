"""The document beside the conversation: opened at a quote, gone through, searched, and closed."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, is_in_view, open_citation
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import PARTNERSHIP, STRATEGY, WHEN, WHO

pytestmark = pytest.mark.browser


def test_citation_opens_the_document_at_the_marked_sentence(page: Page) -> None:
    mark = open_citation(ask(page, WHEN), 1)
    expect(mark).to_have_text("forventer KL’s bestyrelse at behandle forslaget igen i maj 2015")
    expect(mark).to_be_focused()
    assert is_in_view(mark)
    expect(page.locator(".reader h2")).to_have_text(
        "Ny fælleskommunal digitaliseringsstrategi sendt i høring"
    )
    expect(page.locator(".document-facts").first).to_have_text(f"5. marts 2015 · {STRATEGY}")
    expect(page.locator(".document-place")).to_have_text("Citatets sted: afsnit 8 Gå til citatet")
    expect(page.locator(".paper p").first).to_contain_text("KL har netop sendt forslag")


def test_document_shows_where_under_its_headings_the_quote_stands(page: Page) -> None:
    turn = ask(page, WHEN)
    open_citation(turn, 3)
    expect(page.locator(".reader h2")).to_have_text(
        "KL er klar til at bidrage til digitaliseringspartnerskab"
    )
    expect(page.locator(".paper h3").first).to_have_text("Alle skal kunne være med")


def test_old_answer_keeps_its_own_sources(page: Page) -> None:
    ask(page, WHEN)
    open_citation(ask(page, WHO), 1)
    expect(page.locator(".document-facts").first).to_contain_text(PARTNERSHIP)
    mark = open_citation(page.locator(".turn").first, 1)
    expect(page.locator(".document-facts").first).to_contain_text(STRATEGY)
    expect(mark).to_have_text("forventer KL’s bestyrelse at behandle forslaget igen i maj 2015")


def test_next_and_previous_mark_go_round(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    expect(page.locator("#marks-count")).to_have_text("Citat 1 af 2")
    page.get_by_role("button", name="Næste citat").click()
    expect(page.locator("mark.current")).to_have_text(
        "visionerne omsættes i en konkret handlingsplan i efteråret 2015"
    )
    expect(page.locator("#marks-count")).to_have_text("Citat 2 af 2")
    expect(page.locator(".cite[aria-current]")).to_have_text("[2]")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("mark.current")).to_contain_text("maj 2015")


def test_search_inside_the_document_finds_and_counts(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    field = page.get_by_role("searchbox", name="Søg i dokumentet")
    field.fill("MARTIN damm")
    expect(page.locator(".found")).to_have_text("1 af 2")
    field.press("Enter")
    expect(page.locator(".found")).to_have_text("2 af 2")
    assert (
        page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString())")
        == ["Martin Damm"] * 2
    )
    field.fill("forslaget igen i maj 2015 med")
    expect(page.locator(".found")).to_have_text("1 af 1")
    field.fill("findes ikke")
    expect(page.locator(".found")).to_have_text("Ingen fundet")


def test_way_back_to_the_quote_is_there_after_scrolling_away(page: Page) -> None:
    mark = open_citation(ask(page, WHEN), 1)
    page.locator(".paper").evaluate("paper => paper.scrollTo(0, 0)")
    assert not is_in_view(mark)
    page.get_by_role("button", name="Gå til citatet").click()
    expect(mark).to_be_focused()
    assert is_in_view(mark)


def test_back_in_the_browser_closes_the_document_and_returns_to_the_citation(page: Page) -> None:
    turn = ask(page, WHEN)
    open_citation(turn, 2)
    page.go_back()
    expect(page.locator(".reader")).to_be_hidden()
    expect(turn.locator(".cite", has_text="[2]")).to_be_focused()
    page.go_forward()
    expect(page.locator("mark.current")).to_be_focused()


def test_link_opens_the_same_sentence_for_a_new_visitor(page: Page, open_page: Callable[..., Page]) -> None:
    open_citation(ask(page, WHEN), 1)
    expect(page).to_have_url(re.compile("#dokument="))
    other = open_page(page.url)
    expect(other.locator("mark.current")).to_have_text(
        "forventer KL’s bestyrelse at behandle forslaget igen i maj 2015"
    )
    expect(other.locator(".turn")).to_have_count(0)


def test_closing_a_document_from_a_link_stays_on_the_page(page: Page, open_page: Callable[..., Page]) -> None:
    open_citation(ask(page, WHEN), 1)
    other = open_page(page.url)
    expect(other.locator("mark.current")).to_be_focused()
    open_citation(ask(other, WHO), 1)
    other.keyboard.press("Escape")
    expect(other.locator(".reader")).to_be_hidden()
    expect(other.locator(".turn .cite")).to_be_focused()


def test_document_that_has_gone_is_said_in_danish(open_page: Callable[..., Page], chat: Chat) -> None:
    page = open_page(f"{chat.address}#dokument=slettet.txt&fra=1&til=9")
    expect(page.locator(".reader h2")).to_have_text("Dokumentet er ikke længere i mappen.")
    page.get_by_role("button", name="Luk dokument").click()
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()


def test_phone_shows_one_pane_at_a_time_with_a_way_back(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 360, "height": 640})
    mark = open_citation(ask(page, WHEN), 1)
    assert is_in_view(mark)
    expect(page.get_by_label("Dit spørgsmål")).to_be_hidden()
    page.get_by_role("button", name="Tilbage til samtalen").click()
    expect(page.locator(".reader")).to_be_hidden()
    expect(page.locator(".cite").first).to_be_focused()


@pytest.mark.parametrize(("width", "shown"), [(1280, "Luk dokument"), (400, "Tilbage til samtalen")])
def test_way_out_of_a_document_is_called_what_it_does(
    open_page: Callable[..., Page], width: int, shown: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    open_citation(ask(page, WHEN), 1)
    expect(page.get_by_role("button", name=shown)).to_be_visible()
    assert page.locator(".back").inner_text().strip() == shown
