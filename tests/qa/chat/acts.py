"""What a visitor does, in one place."""

from playwright.sync_api import Locator, Page


def ask(page: Page, question: str) -> Locator:
    """Ask with the keyboard and return the newest turn, answered."""
    turns = page.locator(".turn .answer").count()
    page.get_by_label("Dit spørgsmål").fill(question)
    page.keyboard.press("Enter")
    page.locator(".turn .answer").nth(turns).wait_for()
    return page.locator(".turn").last


def open_citation(turn: Locator, number: int) -> Locator:
    """Press [number] in an answer and return the mark in the document."""
    turn.locator(".cite", has_text=f"[{number}]").click()
    mark = turn.page.locator(f"mark.current[data-number='{number}']")
    mark.first.wait_for()
    return mark


def is_in_view(mark: Locator) -> bool:
    """Tell whether all of an element can be seen inside the pane that it scrolls in."""
    return bool(
        mark.evaluate(
            """mark => {
                const inner = mark.getBoundingClientRect();
                const outer = mark.closest('.paper').getBoundingClientRect();
                return inner.top >= outer.top && inner.bottom <= Math.min(outer.bottom, innerHeight);
            }"""
        )
    )
