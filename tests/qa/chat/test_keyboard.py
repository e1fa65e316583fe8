"""Everything can be done with the keys, and where the focus is can be seen."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, is_in_view, open_citation
from tests.qa.chat.screens import empty, helping
from tests.qa.chat.small_library import OFF_TOPIC, WHEN

pytestmark = pytest.mark.browser


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Page, selector: str, key: str) -> None:
    """Press `key` until the focus is on an element of `selector`."""
    for _ in range(30):
        press(page, key)
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    pytest.fail(f"{key} never came to {selector}")


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


def enter_asks(page: Page) -> None:
    page.get_by_label("Dit spørgsmål").fill(WHEN)
    press(page, "Enter")
    expect(page.locator(".turn .question")).to_contain_text([WHEN])


def shift_and_enter_give_a_new_line(page: Page) -> None:
    field = page.get_by_label("Dit spørgsmål")
    field.fill("Hvad")
    press(page, "Shift+Enter")
    expect(field).to_have_value("Hvad\n")
    field.fill("")


def arrow_up_fetches_the_last_question(page: Page) -> None:
    press(page, "ArrowUp")
    expect(page.get_by_label("Dit spørgsmål")).to_have_value(WHEN)


def control_and_k_go_to_the_field(page: Page) -> None:
    page.get_by_role("button", name="Hjælp").focus()
    press(page, "Control+k")
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()


def alt_and_arrows_go_through_the_marks(page: Page) -> None:
    open_citation(page.locator(".turn"), 1)
    press(page, "Alt+ArrowDown")
    expect(page.locator("mark.current")).to_have_attribute("data-number", "2")
    press(page, "Alt+ArrowUp")
    expect(page.locator("mark.current")).to_have_attribute("data-number", "1")


def escape_closes_document_and_window(page: Page) -> None:
    page.get_by_role("button", name="Hjælp").click()
    for closed in (page.get_by_role("dialog", name="Hjælp"), page.locator(".reader")):
        expect(closed).to_be_visible()
        press(page, "Escape")
        expect(closed).to_be_hidden()


WHAT_KEYS_DO = {
    "Enter": enter_asks,
    "Skift + Enter": shift_and_enter_give_a_new_line,
    "Pil op": arrow_up_fetches_the_last_question,
    "Ctrl + K": control_and_k_go_to_the_field,
    "Alt + pil ned eller op": alt_and_arrows_go_through_the_marks,
    "Esc": escape_closes_document_and_window,
}


def test_every_key_that_the_help_lists_does_what_it_says(page: Page) -> None:
    helping(page)
    expect(page.get_by_role("dialog", name="Hjælp").locator("kbd")).to_have_text(list(WHAT_KEYS_DO))
    press(page, "Escape")
    for does in WHAT_KEYS_DO.values():
        does(page)
