"""What stands with the quotes: that documents differ, and where else the words stand."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, fields, replace

import pytest
from playwright.sync_api import Page, expect

from qa.chat.engine import ChatEngine
from qa.types import Answer, Citation
from tests.qa.chat.acts import ask
from tests.qa.chat.small_library import STRATEGY, WHO, SmallLibrary

pytestmark = pytest.mark.browser

NOTICE = "Bemærk: Dokumenterne siger ikke det samme. Det nyeste står først."


@dataclass(frozen=True, slots=True)
class Repeated(Citation):
    """A citation whose words stand in other documents too."""

    also_in: tuple[str, ...] = (STRATEGY, "b.txt", "c/d.txt", "e.txt", "f.txt")


def repeated(citation: Citation) -> Repeated:
    """Return the citation with its other places."""
    names = [field.name for field in fields(Citation) if field.name != "also_in"]
    return Repeated(**{name: getattr(citation, name) for name in names})


class Differing(SmallLibrary):
    """Answers with a notice, from words that stand in other documents too."""

    def ask(
        self, question: str, previous: Sequence[str] = (), within: Collection[str] | None = None
    ) -> Answer:
        answer = super().ask(question, previous, within)
        return replace(answer, notice=NOTICE, citations=tuple(map(repeated, answer.citations)))


@pytest.fixture(scope="module")
def differing(serve: Callable[[ChatEngine], str]) -> str:
    return serve(Differing())


def test_notice_stands_above_the_quotes_and_is_read_and_copied(
    open_page: Callable[..., Page], differing: str
) -> None:
    page = open_page(differing)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    turn = ask(page, WHO)
    expect(turn.locator(".notice + .quote")).to_be_visible()
    expect(turn.locator(".notice")).to_have_text(NOTICE)
    expect(page.locator(".status")).to_contain_text(f"1 citat. {NOTICE}")
    turn.get_by_role("button", name="Kopiér svar").click()
    expect(page.get_by_text("Kopieret.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split("\n\n")[1] == NOTICE


def test_other_places_of_the_same_words_are_named_and_opened(
    open_page: Callable[..., Page], differing: str
) -> None:
    page = open_page(differing)
    turn = ask(page, WHO)
    expect(turn.locator(".also-in")).to_have_text(f"Står også i {STRATEGY}, b.txt, c/d.txt og 2 andre steder")
    turn.get_by_role("button", name=STRATEGY).click()
    expect(page.locator(".document-facts").first).to_contain_text(STRATEGY)
    page.keyboard.press("Escape")
    expect(turn.locator(".cite").first).to_be_focused()


def test_answer_without_them_has_neither(page: Page) -> None:
    turn = ask(page, WHO)
    expect(turn.locator(".source-title")).to_be_visible()
    expect(turn.locator(":is(.notice, .also-in)")).to_have_count(0)
