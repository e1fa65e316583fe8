"""Questions of some documents alone: chosen in the list, shown beside the field, said in the answer."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document
from qa.chat.documents import Filter
from qa.chat.payload import read_scope
from tests.qa.chat.acts import ask
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import OFF_TOPIC, PARTNERSHIP, STRATEGY, WHEN, WHO, SmallLibrary

STRATEGY_TITLE = "Ny fælleskommunal digitaliseringsstrategi sendt i høring"
PARTNERSHIP_TITLE = "KL er klar til at bidrage til digitaliseringspartnerskab"


def open_list(page: Page) -> Locator:
    page.get_by_role("button", name="Vælg dokumenter").click()
    page.locator("button.document").first.wait_for()
    return page.get_by_role("dialog", name="Dokumenter")


def choose_year(page: Page, year: str) -> None:
    listed = open_list(page)
    listed.get_by_label("År", exact=True).select_option(year)
    listed.get_by_role("button", name="Søg kun i dette dokument").click()


@pytest.mark.browser
def test_answers_come_from_the_year_that_was_chosen_alone(page: Page, chat: Chat) -> None:
    choose_year(page, "2021")
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()
    expect(page.get_by_role("group", name="Søger kun i:").get_by_role("listitem")).to_have_text(["År: 2021"])
    turn = ask(page, WHEN)
    assert chat.library.asked_within[-1] == {PARTNERSHIP}
    expect(turn.locator(".source-title")).to_have_text([PARTNERSHIP_TITLE])
    expect(turn.locator(".searched")).to_contain_text("Søgt i 1 af 2 dokumenter.")


@pytest.mark.browser
def test_what_was_chosen_is_told_to_screen_readers_and_the_answer_says_it_too(page: Page) -> None:
    status = page.locator(".status")
    choose_year(page, "2021")
    expect(status).to_have_text("Nu bliver der kun søgt i 1 dokument.")
    ask(page, WHO)
    expect(status).to_contain_text("Svaret er klar: 1 citat. Søgt i 1 af 2 dokumenter.")
    ask(page, OFF_TOPIC)
    expect(status).to_contain_text("2 steder er måske relateret. Søgt i 1 af 2 dokumenter.")
    page.get_by_role("button", name="Fjern valget »År: 2021«").click()
    expect(status).to_have_text("Nu bliver der søgt i alle dokumenter.")


@pytest.mark.browser
def test_documents_are_chosen_one_by_one(page: Page, chat: Chat) -> None:
    listed = open_list(page)
    listed.get_by_role("checkbox", name=f"Søg i {STRATEGY_TITLE}").check()
    listed.get_by_role("checkbox", name=f"Søg i {PARTNERSHIP_TITLE}").check()
    listed.get_by_role("checkbox", name=f"Søg i {STRATEGY_TITLE}").uncheck()
    listed.get_by_role("button", name="Luk, og stil dit spørgsmål").click()
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()
    expect(page.locator(".chip")).to_have_text([PARTNERSHIP_TITLE])
    ask(page, WHO)
    assert chat.library.asked_within[-1] == {PARTNERSHIP}
    expect(open_list(page).get_by_role("checkbox", name=f"Søg i {PARTNERSHIP_TITLE}")).to_be_checked()


@pytest.mark.browser
def test_what_a_tick_does_at_once_is_told_where_the_list_is_and_the_button_only_closes_it(page: Page) -> None:
    listed = open_list(page)
    foot = listed.locator(".dialog-foot")
    state, button = foot.get_by_role("status"), foot.get_by_role("button")
    expect(state).to_have_text("Tryk på et navn for at læse dokumentet. Sæt kryds ved dem, der skal søges i.")
    expect(button).to_be_hidden()
    box = listed.get_by_role("checkbox", name=f"Søg i {STRATEGY_TITLE}")
    box.check()
    expect(state).to_have_text("Nu bliver der kun søgt i 1 dokument.")
    expect(button).to_have_text("Luk, og stil dit spørgsmål")
    expect(page.locator(".chip")).to_have_text([STRATEGY_TITLE])
    box.uncheck()
    expect(state).to_have_text("Nu bliver der søgt i alle dokumenter.")
    expect(button).to_be_hidden()
    expect(page.locator(".status")).to_be_empty()  # behind the window nobody hears it
    box.check()
    page.keyboard.press("Escape")
    expect(open_list(page).locator(".dialog-foot p")).to_have_text("Nu bliver der kun søgt i 1 dokument.")


@pytest.mark.browser
def test_choice_is_kept_in_the_tab_and_ends_with_the_conversation(
    page: Page, open_page: Callable[..., Page], chat: Chat
) -> None:
    choose_year(page, "2015")
    page.reload()
    expect(page.locator(".chip")).to_have_text(["År: 2015"])
    ask(page, WHEN)
    assert chat.library.asked_within[-1] == {STRATEGY}
    expect(open_page().locator(".scope")).to_be_hidden()
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_role("button", name="Slet og begynd forfra").click()
    expect(page.locator(".scope")).to_be_hidden()
    page.reload()
    ask(page, WHEN)
    assert chat.library.asked_within[-1] is None


@pytest.mark.browser
def test_refusal_says_where_it_looked_and_the_question_can_be_asked_everywhere(
    page: Page, chat: Chat
) -> None:
    choose_year(page, "2015")
    turn = ask(page, WHO)
    expect(turn.locator(".searched")).to_contain_text("Søgt i 1 af 2 dokumenter.")
    turn.get_by_role("button", name="Spørg igen i alle dokumenter").click()
    expect(turn.locator(".cite")).to_have_text(["[1]"])
    expect(turn.locator(".searched")).to_have_count(0)
    expect(page.locator(".scope")).to_be_hidden()
    expect(page.locator(".turn")).to_have_count(1)
    assert chat.library.asked_within[-1] is None


@pytest.mark.browser
def test_choice_is_taken_away_by_keyboard_and_the_focus_goes_on(page: Page) -> None:
    listed = open_list(page)
    for title in (STRATEGY_TITLE, PARTNERSHIP_TITLE):
        page.get_by_role("checkbox", name=f"Søg i {title}").focus()
        page.keyboard.press("Space")
    page.keyboard.press("Escape")
    expect(listed).to_be_hidden()
    page.keyboard.press("Control+k")
    for _ in range(3):
        page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name=f"Fjern valget »{STRATEGY_TITLE}«")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=f"Fjern valget »{PARTNERSHIP_TITLE}«")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Vælg dokumenter")).to_be_focused()
    expect(page.locator(".scope")).to_be_hidden()


def document_of(path: str) -> Document:
    builder = DocumentBuilder(path)
    builder.add(BlockKind.PARAGRAPH, "Her står der noget.")
    return builder.build(title=path)


@pytest.mark.browser
def test_folder_and_name_narrow_together_and_go_one_by_one(
    open_page: Callable[..., Page], serve: Callable[..., str]
) -> None:
    library = SmallLibrary(
        [document_of(path) for path in ("sager/affald.txt", "sager/skole.txt", "skole.txt")]
    )
    page = open_page(serve(library))
    listed = open_list(page)
    listed.get_by_label("Mappe", exact=True).select_option("sager")
    expect(listed.locator("[data-do=only-these]")).to_have_text("Søg kun i disse 2 dokumenter")
    listed.get_by_label("Find et dokument").fill("skole")
    listed.get_by_role("button", name="Søg kun i dette dokument").click()
    expect(page.locator(".chip")).to_have_text(["Mappe: sager", "Navn: skole"])
    ask(page, OFF_TOPIC)
    assert library.asked_within[-1] == {"sager/skole.txt"}
    page.get_by_role("button", name="Fjern valget »Mappe: sager«").click()
    ask(page, OFF_TOPIC)
    assert library.asked_within[-1] == {"sager/skole.txt", "skole.txt"}
    page.get_by_role("button", name="Søg i alle dokumenter").click()
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()
    ask(page, OFF_TOPIC)
    assert library.asked_within[-1] is None


@pytest.mark.browser
def test_copied_and_saved_answers_say_what_was_searched(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    choose_year(page, "2021")
    ask(page, WHO).get_by_role("button", name="Kopiér svar").click()
    expect(page.get_by_text("Kopieret.")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").split("\n\n")[1] == "Søgt i 1 af 2 dokumenter."
    page.get_by_role("button", name="Gem samtalen", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tekstfil (.md)").click()
    assert "Søgt i 1 af 2 dokumenter." in download.value.path().read_text(encoding="utf-8")


@pytest.mark.browser
@pytest.mark.parametrize("damaged", ["{", "7", "null", '{"documents": [7]}', '{"documents": [], "year": 1}'])
def test_damaged_choice_in_the_tab_is_no_choice(page: Page, chat: Chat, damaged: str) -> None:
    page.evaluate("text => sessionStorage.setItem('kildesvar.scope', text)", damaged)
    page.reload()
    ask(page, WHO)
    assert chat.library.asked_within[-1] is None


@pytest.mark.parametrize("scope", [None, 7, [], {}, {"documents": 7, "year": 2015, "folder": None}])
def test_scope_that_is_none_asks_of_all(scope: object) -> None:
    assert read_scope({"scope": scope}).wants_all


def test_scope_is_read_as_it_was_sent() -> None:
    sent = {"documents": ["a.txt", 7], "filter": "x", "folder": "m", "year": "2015"}
    assert read_scope({"scope": sent}) == Filter("x", "m", "2015", frozenset({"a.txt"}))


def test_documents_that_are_named_are_wanted_and_no_others() -> None:
    wanted = Filter(paths=frozenset({"a.txt"}))
    assert (wanted.fits("a.txt"), wanted.fits("b.txt"), wanted.wants_all) == (True, False, False)
