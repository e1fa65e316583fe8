"""Personal numbers on the page: hidden, shown when a visitor asks, and warned of in a question."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.axe import violations
from tests.qa.chat.small_library import SmallLibrary
from tests.qa.chat.test_replies import NUMBER, with_number
from tests.qa.chat.test_scope import open_list

pytestmark = pytest.mark.browser

HIDDEN = "070761-••••"


@pytest.fixture(scope="module")
def address(serve: Callable[[SmallLibrary], str]) -> str:
    return serve(with_number())


def test_numbers_are_hidden_in_answer_and_document_until_the_visitor_asks(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address)
    turn = ask(page, "Hvem får hjælp?")
    expect(turn.locator("blockquote")).to_contain_text(f"Borgeren {HIDDEN} får hjælp.")
    mark = open_citation(turn, 1)
    expect(mark).to_have_text(f"Borgeren {HIDDEN} får hjælp.")
    assert "4285" not in page.content()
    assert violations(page) == []
    page.get_by_role("button", name="Vis personnumre i dokumentet").click()
    expect(page.locator("mark.current")).to_have_text(f"Borgeren {NUMBER} får hjælp.")
    page.get_by_role("button", name="Vis personnumre i svaret på: Hvem får hjælp?").click()
    expect(turn.locator("blockquote")).to_contain_text(f"Borgeren {NUMBER} får hjælp.")
    expect(turn.locator(".numbers")).to_have_count(0)


def test_number_in_a_path_is_hidden_in_the_document_the_list_and_the_choice(
    open_page: Callable[..., Page], serve: Callable[[SmallLibrary], str]
) -> None:
    page = open_page(serve(with_number(f"{NUMBER}/Sag {NUMBER}.txt")))
    open_citation(ask(page, "Hvem får hjælp?"), 1)
    path = f"{HIDDEN}/Sag {HIDDEN}.txt"
    expect(page.locator("p.document-facts").first).to_contain_text(path)
    assert "4285" not in page.locator("body").inner_text()
    page.locator(".reader [data-do=close]").click()
    listed = open_list(page)
    listed.get_by_label("Mappe", exact=True).select_option(label=HIDDEN)
    expect(listed.locator(".document-facts").last).to_contain_text(path)
    listed.get_by_role("button", name="Søg kun i dette dokument").click()
    page.reload()
    expect(page.locator(".chip")).to_have_text([f"Mappe: {HIDDEN}"])
    assert "4285" not in page.locator("body").inner_text()


def test_question_with_a_number_is_warned_of(open_page: Callable[..., Page], address: str) -> None:
    turn = ask(open_page(address), f"Hvem er {NUMBER}?")
    expect(turn.locator(".notice")).to_contain_text("Der står et personnummer i dit spørgsmål.")
