"""Nothing is cut off, covered, or out of line."""

from collections.abc import Callable

import pytest
from playwright.sync_api import FloatRect, Page, expect

from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.screens import helping, reading
from tests.qa.chat.small_library import WHEN, WHO

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_sticks_out_sideways(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    turn = ask(page, WHEN)
    assert page.evaluate(fits)
    open_citation(turn, 1)
    assert page.evaluate(fits)


def test_lines_fade_out_under_the_head_of_the_document(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    faded = page.locator(".paper").evaluate(
        "p => [getComputedStyle(p, '::before').position, getComputedStyle(p, '::before').backgroundImage]"
    )
    assert faded[0] == "sticky"
    assert faded[1].startswith("linear-gradient")


def test_foot_of_an_answer_stands_in_line_with_the_rest(page: Page) -> None:
    turn = ask(page, WHO)
    left, right = turn.evaluate(
        """turn => {
            const at = (selector) => turn.querySelector(selector).getBoundingClientRect();
            const [, no] = turn.querySelectorAll('[data-do=opinion]');
            return [
                at('[data-do=copy-answer] svg').left - at('.dots').left,
                at('.quote').right - no.getBoundingClientRect().right,
            ];
        }"""
    )
    assert (round(left), round(right)) == (0, 0)


def test_what_is_pressed_has_its_word_beside_it(page: Page) -> None:
    turn = ask(page, WHO)
    expect(turn.get_by_role("button", name="Ret spørgsmålet")).to_have_text("Ret")
    words = page.locator(".bar button:visible").all_inner_texts()
    assert words == ["Dokumenter", "Hjælp", "Gem samtalen", "Ny samtale"]


def test_field_never_covers_the_form_that_was_opened(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    turn = ask(page, WHEN)
    turn.get_by_role("button", name="Nej, svaret hjalp ikke").click()
    send = turn.get_by_role("button", name="Send", exact=True).bounding_box()
    field = page.locator(".composer").bounding_box()
    assert send
    assert field
    assert send["y"] + send["height"] <= field["y"]


def test_no_word_of_the_menu_is_broken_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    ask(page, WHO)
    words = page.locator(".bar button:visible span")
    assert words.evaluate_all("all => all.map(e => e.getClientRects().length)") == [1] * words.count()


def test_examples_beside_each_other_begin_in_line(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    examples = page.locator(".suggestion .asks")
    expect(examples).to_have_count(2)
    first, second = examples.evaluate_all("all => all.map(e => e.getBoundingClientRect().top)")
    assert first == second
    heights = page.locator(".suggestion").evaluate_all("all => all.map(e => e.firstChild.offsetHeight)")
    assert heights[0] != heights[1]


def test_no_line_begins_or_ends_with_the_point_between_facts(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    title, *facts = ask(page, WHO).locator("figcaption .details > span").all()
    expect(title).to_have_text("KL er klar til at bidrage til digitaliseringspartnerskab")
    lefts = [fact.evaluate("e => e.getBoundingClientRect().left") for fact in (title, *facts)]
    assert lefts[0] == lefts[1] < lefts[2]
    page.locator("figcaption").evaluate("e => e.scrollIntoView()")
    seen = """point => {
        const { left, right, top, bottom } = point.getBoundingClientRect();
        return document.elementFromPoint((left + right) / 2, (top + bottom) / 2) === point;
    }"""
    assert [fact.locator(".point").evaluate(seen) for fact in facts] == [False, True]


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (768, 1024)])
def test_whole_help_is_seen_at_once_on_an_ordinary_screen(
    open_page: Callable[..., Page], width: int, height: int
) -> None:
    page = open_page(viewport={"width": width, "height": height})
    helping(page)
    body = page.locator("dialog.help .dialog-body")
    assert body.evaluate("e => e.scrollHeight - e.clientHeight") == 0


def test_frame_of_the_focus_stands_clear_of_how_many_were_found(page: Page) -> None:
    reading(page)
    field = page.get_by_role("searchbox", name="Søg i dokumentet")
    frame = field.evaluate(
        "e => parseFloat(getComputedStyle(e).outlineWidth) + parseFloat(getComputedStyle(e).outlineOffset)"
    )
    right = field.evaluate("e => e.getBoundingClientRect().right")
    left = page.locator(".found").evaluate(
        "e => { const r = new Range(); r.selectNodeContents(e); return r.getBoundingClientRect().left; }"
    )
    assert frame >= 2
    assert left - right - frame >= 6


def test_yes_and_no_stand_beside_their_question(page: Page) -> None:
    group = ask(page, WHO).get_by_role("group", name="Hjalp svaret?")
    boxes = "all => all.map(e => e.getBoundingClientRect().toJSON())"
    question, yes, no = group.locator("> *").evaluate_all(boxes)
    assert [round(yes["left"] - question["right"]), round(no["left"] - yes["right"])] == [8, 8]
    expect(group.get_by_role("button").first).not_to_have_css("border-color", "rgba(0, 0, 0, 0)")


def test_ring_around_a_quote_is_not_cut_off_where_its_lines_begin(page: Page) -> None:
    ask(page, WHEN).get_by_role("button", name="Vis kilde 1").press("Enter")
    mark = page.locator("mark.current")
    expect(mark).to_be_focused()
    box = mark.bounding_box()
    assert box
    edge: FloatRect = {"x": box["x"] - 6, "y": box["y"], "width": 5, "height": box["height"]}
    with_ring = page.screenshot(clip=edge)
    mark.evaluate("mark => mark.blur()")
    assert page.screenshot(clip=edge) != with_ring


def test_tools_over_a_document_stand_on_one_line_beside_the_conversation(
    open_page: Callable[..., Page],
) -> None:
    page = open_page(viewport={"width": 1280, "height": 800})
    open_citation(ask(page, WHEN), 1)
    original = page.locator(".tools .original")
    original.evaluate("link => { link.hidden = false; }")
    middles = (
        "all => all.map(e => e.getBoundingClientRect()).map(({top, height}) => Math.round(top + height / 2))"
    )
    assert len(set(page.locator(".tools > *").evaluate_all(middles))) == 1
