"""Everyone can use the chat: judged by axe-core, and for those who see or move in their own way."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.axe import violations, violations_in_both_themes
from tests.qa.chat.screens import SCREENS, narrowed
from tests.qa.chat.small_library import WHEN, WHO
from tests.qa.chat.test_answers import Differing
from tests.qa.chat.test_document_view import FEES, PRICE, fees

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_screen_in_either_theme(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    address = page.url
    found = {}
    for screen in SCREENS:
        screen(page)
        found[screen.__name__] = violations_in_both_themes(page)
        page.evaluate("sessionStorage.clear()")
        page.goto("about:blank")  # so that the page is loaded again also where its address is the same
        page.goto(address)
        page.get_by_label("Dit spørgsmål").wait_for()
    assert found == {screen.__name__: [] for screen in SCREENS}


def test_targets_are_large_enough(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    ask(page, WHEN)
    sizes = page.evaluate(
        """[...document.querySelectorAll('#kildesvar button')].map(button => button.getBoundingClientRect())
            .filter(({ width }) => width).map(({ width, height }) => Math.min(width, height))"""
    )
    assert min(sizes) >= 24


def test_movement_is_left_out_for_those_who_ask(page: Page) -> None:
    durations = page.evaluate(
        "[...document.querySelectorAll('#kildesvar *')].map(e => getComputedStyle(e).transitionDuration)"
    )
    assert set(durations) == {"0s"}


def test_forced_colours_keep_the_mark_and_the_buttons(open_page: Callable[..., Page]) -> None:
    page = open_page(forced_colors="active")
    mark = open_citation(ask(page, WHEN), 1)
    colours = mark.evaluate(
        "m => [getComputedStyle(m).backgroundColor, getComputedStyle(m.parentElement).color]"
    )
    paper = page.locator(".paper").evaluate("p => getComputedStyle(p).backgroundColor")
    assert colours[0] != paper
    assert page.locator("button.cite").first.evaluate("b => getComputedStyle(b).borderTopStyle") == "solid"


def test_axe_finds_nothing_where_documents_hold_tables_and_differ(
    open_page: Callable[..., Page], serve: Callable[..., str]
) -> None:
    page = open_page(serve(Differing([fees()], {PRICE: ((FEES, "8 - 14 dage | kr. 40,-"),)})))
    ask(page, WHO)
    open_citation(ask(page, PRICE), 1)
    assert violations(page) == []


def test_all_is_there_at_four_times_the_size(open_page: Callable[..., Page]) -> None:
    """1280 by 1024 pixels at 400 % zoom are 320 by 256; then the page scrolls as a whole, and only down."""
    page = open_page(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    turn = ask(page, WHEN)
    assert page.evaluate(fits)
    mark = open_citation(turn, 2)
    expect(mark).to_be_in_viewport()
    assert page.evaluate(fits)
    page.keyboard.press("Escape")
    for name in ("Dokumenter", "Hjælp"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog").get_by_role("button", name="Luk")).to_be_in_viewport()
        assert page.evaluate(fits)
        page.keyboard.press("Escape")


def test_nothing_is_cut_off_when_the_reader_spaces_the_text_out(open_page: Callable[..., Page]) -> None:
    """WCAG 1.4.12: lines 1.5, paragraphs 2, letters 0.12 and words 0.16 times the size of the type."""
    page = open_page(viewport={"width": 320, "height": 640})
    page.add_style_tag(
        content="#kildesvar * { line-height: 1.5 !important; letter-spacing: 0.12em !important;"
        " word-spacing: 0.16em !important } #kildesvar p { margin-bottom: 2em !important }"
    )
    turn = ask(page, WHEN)
    cut_off = """[...document.querySelectorAll('#kildesvar :is(button, p, h2, h3, blockquote)')]
        .filter(e => e.checkVisibility() && !e.closest('.unseen') && e.scrollWidth > e.clientWidth + 1)
        .map(e => e.outerHTML.slice(0, 120))"""
    assert page.evaluate(cut_off) == []
    open_citation(turn, 1)
    assert page.evaluate(cut_off) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_chosen_documents_fit_at_four_times_the_size_and_keep_their_edge_in_forced_colours(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 320, "height": 256}, device_scale_factor=4, forced_colors="active")
    narrowed(page)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    chip = page.locator(".chip").last
    chip.scroll_into_view_if_needed()
    expect(chip).to_be_in_viewport(ratio=1)
    assert chip.evaluate("c => getComputedStyle(c).borderTopStyle") == "solid"
