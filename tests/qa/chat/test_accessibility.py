"""Everyone can use the chat: judged by axe-core, by keyboard, and by what a screen reader is told."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, is_in_view, open_citation
from tests.qa.chat.small_library import OFF_TOPIC, WHEN, WHO

pytestmark = pytest.mark.browser

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

RUN_AXE = """async () => {
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const found = await axe.run(document, { runOnly: tags });
    return found.violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)]);
}"""


def violations(page: Page) -> list[list[str]]:
    """Return axe-core's violations of WCAG 2.2 AA and good practice, each with the elements it stands at."""
    page.evaluate(AXE)
    found: list[list[str]] = page.evaluate(RUN_AXE)
    return found


def empty(page: Page) -> None:
    page.locator(".suggestion").first.wait_for()


def answered(page: Page) -> None:
    ask(page, WHEN)


def refused(page: Page) -> None:
    ask(page, WHO)
    ask(page, OFF_TOPIC)


def rejected(page: Page) -> None:
    page.get_by_label("Dit spørgsmål").press("Enter")


def reading(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    page.get_by_role("searchbox", name="Søg i dokumentet").fill("KL")


def listing(page: Page) -> None:
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    page.locator("button.document").first.wait_for()


def helping(page: Page) -> None:
    page.get_by_role("button", name="Hjælp").click()


def clearing(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Ny samtale").click()


SCREENS = [empty, answered, refused, rejected, reading, listing, helping, clearing]


@pytest.mark.parametrize("colours", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_on_any_screen(open_page: Callable[..., Page], colours: str, width: int) -> None:
    page = open_page(color_scheme=colours, viewport={"width": width, "height": 800})
    found = {}
    for screen in SCREENS:
        screen(page)
        found[screen.__name__] = violations(page)
        page.evaluate("sessionStorage.clear()")
        page.goto(page.url.split("#")[0])
        page.reload()
        page.get_by_label("Dit spørgsmål").wait_for()
    assert found == {screen.__name__: [] for screen in SCREENS}


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_whole_task_by_keyboard(page: Page) -> None:
    empty(page)
    press(page, "Tab")
    expect(page.locator(".skip")).to_be_focused()
    press(page, "Enter")
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()
    page.keyboard.type(WHEN)
    press(page, "Enter")
    page.locator(".turn .answer").wait_for()
    tab_to(page, ".cite", "Shift+Tab")
    press(page, "Enter")
    mark = page.locator("mark.current")
    expect(mark).to_be_focused()
    assert is_in_view(mark)
    press(page, "Escape")
    expect(page.locator(".reader")).to_be_hidden()
    expect(page.locator(".cite").last).to_be_focused()
    press(page, "Control+k")
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()
    press(page, "ArrowUp")
    expect(page.get_by_label("Dit spørgsmål")).to_have_value(WHEN)


def tab_to(page: Page, selector: str, key: str) -> None:
    """Press `key` until the focus is on an element of `selector`."""
    for _ in range(30):
        press(page, key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} never came to {selector}")


def test_focus_goes_through_everything_and_out_again(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    page.evaluate("document.activeElement.blur()")
    seen = []
    for _ in range(60):
        press(page, "Tab")
        seen.append(page.evaluate("document.activeElement.outerHTML.slice(0, 200)"))
        if len(seen) > 2 and seen[-1] == seen[0]:
            break
    else:
        pytest.fail("the focus never came round")
    buttons = page.locator("button:visible, textarea:visible, input:visible").count()
    assert len(set(seen)) >= buttons


def test_every_focused_control_is_seen_to_be_focused(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    for _ in range(25):
        press(page, "Tab")
        outline = page.evaluate(
            """() => {
                const element = document.activeElement.closest('.field') ?? document.activeElement;
                return element === document.body ? '2px' : getComputedStyle(element).outlineWidth;
            }"""
        )
        assert float(outline.removesuffix("px")) >= 2


def test_targets_are_large_enough(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 800})
    ask(page, WHEN)
    sizes = page.evaluate(
        """[...document.querySelectorAll('#kildesvar button')].map(button => button.getBoundingClientRect())
            .filter(({ width }) => width).map(({ width, height }) => Math.min(width, height))"""
    )
    assert min(sizes) >= 24


def test_screen_reader_is_told_once_what_happened(page: Page) -> None:
    page.evaluate(
        """() => {
            window.told = [];
            const region = document.querySelector('.status');
            new MutationObserver(() => region.textContent && told.push(region.textContent))
                .observe(region, { childList: true });
        }"""
    )
    ask(page, WHO)
    ask(page, OFF_TOPIC)
    page.wait_for_function("told.length > 1")
    quote = "siger Thomas Kastrup-Larsen, formand for KL’s Arbejdsmarkeds- og Borgerserviceudvalg."
    assert page.evaluate("told") == [
        f"Svaret er klar: 1 citat. {quote}",
        "Intet svar fundet. 2 steder er måske relateret.",
    ]


def test_names_roles_and_order_are_what_a_screen_reader_needs(page: Page) -> None:
    ask(page, WHO)
    expect(page.locator("main")).to_match_aria_snapshot(
        """
        - heading "Kildesvar" [level=1]
        - navigation "Menu":
          - button "Dokumenter"
          - button "Hjælp"
          - button "Ny samtale"
        - region "Samtale":
          - heading "Samtale" [level=2]
          - list:
            - listitem:
              - heading /Du spurgte. Hvem er formand/ [level=3]
              - button /Ret spørgsmålet. Hvem er formand/
              - paragraph: Svaret står meget sandsynligt her
              - figure "KL er klar til at bidrage til digitaliseringspartnerskab · 16. marts 2021 · afsnit 4":
                - blockquote:
                  - paragraph:
                    - button /Kilde 1. vis citatet i KL er klar/
              - paragraph:
                - button "Vis kilde 1 i dokumentet"
                - button "Kopiér kilde 1"
              - paragraph:
                - button "Kopiér svar"
          - textbox "Dit spørgsmål"
          - button "Spørg"
        """
    )


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
