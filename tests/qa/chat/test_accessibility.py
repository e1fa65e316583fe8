"""Everyone can use the chat: judged by axe-core, by keyboard, and by what a screen reader is told."""

from collections.abc import Callable
from pathlib import Path

import axe_playwright_python
import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, is_in_view, open_citation
from tests.qa.chat.small_library import OFF_TOPIC, WHEN, WHO
from tests.qa.chat.test_answers import Differing
from tests.qa.chat.test_document_view import FEES, PRICE, fees

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


def giving_an_opinion(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Nej, svaret hjalp ikke").click()


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


def saving(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Gem samtalen", exact=True).click()


def clearing(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Ny samtale").click()


def choosing(page: Page) -> None:
    listing(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("checkbox").last.check()


def narrowed(page: Page) -> None:
    choosing(page)
    page.get_by_role("button", name="Luk, og stil dit spørgsmål").click()
    ask(page, WHO)
    ask(page, OFF_TOPIC)


SCREENS = [
    empty, answered, giving_an_opinion, refused, rejected, reading,
    listing, choosing, narrowed, helping, saving, clearing,
]  # fmt: skip


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
              - button "Kopiér svar"
              - group "Hjalp svaret?":
                - button /Ja, svaret hjalp. Hvem er formand/
                - button /Nej, svaret hjalp ikke. Hvem er formand/
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


def test_axe_finds_nothing_where_documents_hold_tables_and_differ(
    open_page: Callable[..., Page], serve: Callable[..., str]
) -> None:
    page = open_page(serve(Differing([fees()], {PRICE: ((FEES, "8 - 14 dage | kr. 40,-"),)})))
    ask(page, WHO)
    open_citation(ask(page, PRICE), 1)
    assert violations(page) == []


def test_document_can_be_jumped_through_by_a_screen_reader(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    expect(page.locator(".reader")).to_match_aria_snapshot(
        """
        - button "Luk dokument"
        - heading "Ny fælleskommunal digitaliseringsstrategi sendt i høring" [level=2]
        - paragraph: /5. marts 2015/
        - paragraph:
          - text: "Citatets sted: afsnit 8"
          - button "Gå til citatet"
        - group "Citat 1 af 2":
          - button "Forrige citat"
          - button "Næste citat"
        - search:
          - searchbox "Søg i dokumentet"
        - button "Kopiér link"
        - region "Dokumentets tekst":
          - paragraph
        """
    )


def test_windows_are_named_and_begin_with_a_heading_and_the_way_out(page: Page) -> None:
    empty(page)
    for button, name in (("Dokumenter", "Dokumenter"), ("Hjælp", "Hjælp")):
        page.get_by_role("button", name=button, exact=True).click()
        expect(page.get_by_role("dialog", name=name)).to_match_aria_snapshot(
            f"""
            - heading "{name}" [level=2]
            - button "Luk"
            """
        )
        press(page, "Escape")
        expect(page.get_by_role("button", name=button, exact=True)).to_be_focused()


def test_every_control_has_a_name_of_its_own(page: Page) -> None:
    ask(page, WHEN)
    ask(page, WHO)
    open_citation(page.locator(".turn").first, 1)
    names = [line.strip() for line in page.locator("main").aria_snapshot().splitlines() if "- button" in line]
    repeated = {name.split(" [")[0] for name in names if names.count(name) > 1}
    per_answer = {"Vis kilde", "Kopiér kilde", "Kopiér svar"}
    assert [name for name in repeated if not any(allowed in name for allowed in per_answer)] == []


@pytest.mark.parametrize(("width", "height"), [(320, 256), (320, 640), (1280, 720)])
def test_what_has_the_focus_is_never_hidden_behind_the_field(
    open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    ask(page, WHEN)
    ask(page, OFF_TOPIC)
    for _ in range(22):
        press(page, "Shift+Tab")
        hidden = page.evaluate(
            """() => {
                const element = document.activeElement;
                const { left, right, top, bottom } = element.getBoundingClientRect();
                const at = document.elementFromPoint((left + right) / 2, (Math.max(top, 0) + bottom) / 2);
                const isControl = element.matches('button, textarea, input');
                const isSeen = !isControl || element.contains(at) || at?.contains(element);
                return isSeen ? null : element.outerHTML.slice(0, 120);
            }"""
        )
        assert hidden is None


def test_all_is_there_at_four_times_the_size(open_page: Callable[..., Page]) -> None:
    """1280 by 1024 pixels at 400 % zoom are 320 by 256; then the page scrolls as a whole, and only down."""
    page = open_page(viewport={"width": 320, "height": 256}, device_scale_factor=4)
    fits = "document.documentElement.scrollWidth <= innerWidth"
    turn = ask(page, WHEN)
    assert page.evaluate(fits)
    mark = open_citation(turn, 2)
    expect(mark).to_be_in_viewport()
    assert page.evaluate(fits)
    press(page, "Escape")
    for name in ("Dokumenter", "Hjælp"):
        page.get_by_role("button", name=name, exact=True).click()
        expect(page.get_by_role("dialog").get_by_role("button", name="Luk")).to_be_in_viewport()
        assert page.evaluate(fits)
        press(page, "Escape")


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


def test_choice_is_named_and_stands_before_the_field(page: Page) -> None:
    narrowed(page)
    expect(page.locator(".composer")).to_match_aria_snapshot(
        """
        - group "Søger kun i:":
          - text: "Søger kun i:"
          - list:
            - listitem:
              - button "Fjern valget »Ny fælleskommunal digitaliseringsstrategi sendt i høring«"
            - listitem:
              - button "Fjern valget »KL er klar til at bidrage til digitaliseringspartnerskab«"
          - button "Søg i alle dokumenter"
        - textbox "Dit spørgsmål"
        - button "Spørg"
        - paragraph
        - button "Vælg dokumenter"
        """
    )


def test_list_of_documents_is_a_list_of_boxes_and_buttons_with_names(page: Page) -> None:
    choosing(page)
    expect(page.get_by_role("dialog", name="Dokumenter")).to_match_aria_snapshot(
        """
        - heading "Dokumenter" [level=2]
        - button "Luk"
        - search:
          - searchbox "Find et dokument"
          - combobox "År"
        - status: 2 af 2 dokumenter
        - region "Dokumenter":
          - list:
            - listitem:
              - checkbox "Søg i Ny fælleskommunal digitaliseringsstrategi sendt i høring" [checked]
              - button "Ny fælleskommunal digitaliseringsstrategi sendt i høring"
              - paragraph
            - listitem
        - status: Nu bliver der kun søgt i 2 dokumenter.
        - button "Luk, og stil dit spørgsmål"
        """
    )


def test_help_lists_every_key_that_works_on_the_page(page: Page) -> None:
    helping(page)
    keys = page.get_by_role("dialog", name="Hjælp").locator("kbd")
    expect(keys).to_have_text(
        ["Enter", "Skift + Enter", "Pil op", "Ctrl + K", "Alt + pil ned eller op", "Esc"]
    )


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
