"""Questions and answers as a visitor meets them, in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from index.read.builder import DocumentBuilder
from qa.wording.page import CHAT
from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import OFF_TOPIC, REFUSAL, WHEN, WHO, SmallLibrary

pytestmark = pytest.mark.browser


def test_first_screen_says_what_is_searched_and_what_the_machine_is_not(page: Page) -> None:
    expect(page.locator("html")).to_have_attribute("lang", "da")
    expect(page).to_have_title("Kildesvar")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kildesvar")
    expect(page.locator(".searches")).to_contain_text("2 dokumenter på denne computer")
    expect(page.locator(".facts")).to_contain_text(
        "Svarene er ordrette citater. Ingen sprogmodel skriver noget."
    )


def test_answer_quotes_with_numbered_sources(page: Page) -> None:
    turn = ask(page, WHEN)
    first = turn.locator(".quote").first
    expect(first.locator("blockquote")).to_have_text(
        "»forventer KL’s bestyrelse at behandle forslaget igen i maj 2015«\u00a0[1]"
    )
    expect(first.locator("strong")).to_have_text(["maj 2015"])
    expect(first.locator("figcaption")).to_contain_text("sendt i høring · 5. marts 2015 · afsnit 8")
    expect(turn.locator(".confidence")).to_have_text("Svaret står meget sandsynligt her")
    expect(turn.locator(".cite")).to_have_text(["[1]", "[2]", "[3]"])


def test_refusal_says_so_and_shows_what_is_nearest(page: Page) -> None:
    turn = ask(page, OFF_TOPIC)
    expect(turn.locator(".no-answer")).to_have_text(REFUSAL)
    expect(turn.get_by_role("heading", name="Måske relateret")).to_be_visible()
    expect(turn.locator(".nearest")).to_have_text(CHAT["only_nearest"])
    expect(turn.locator(".cite")).to_have_count(0)
    turn.get_by_role("button", name="Vis i dokumentet: KL er klar").click()
    expect(page.locator("mark.current")).to_have_text("Alle skal kunne være med")


def test_follow_up_shows_how_it_was_understood(page: Page, chat: Chat) -> None:
    ask(page, WHO)
    turn = ask(page, WHEN)
    expect(turn.locator(".understood span")).to_have_text(
        f"Læst sammen med det, du spurgte om før: {WHEN} ({WHO})"
    )
    assert chat.library.asked[-1] == (WHEN, (WHO,))


def test_follow_up_can_be_asked_word_for_word_instead(page: Page, chat: Chat) -> None:
    ask(page, WHO)
    turn = ask(page, WHEN)
    turn.get_by_role("button", name="Søg kun efter det, jeg skrev").click()
    expect(turn.locator(".understood")).to_have_count(0)
    expect(turn.locator(".cite")).to_have_text(["[1]", "[2]", "[3]"])
    expect(page.locator(".turn")).to_have_count(2)
    assert chat.library.asked[-1] == (WHEN, ())


def test_suggestion_is_asked_when_pressed(page: Page) -> None:
    page.get_by_role("button", name=WHO).click()
    expect(page.locator(".turn .question")).to_contain_text(WHO)
    expect(page.locator(".turn .cite")).to_have_text(["[1]"])


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("   ", "Skriv et spørgsmål først."),
        ("?!?", "Der er ingen ord at søge efter; skriv et spørgsmål med almindelige ord."),
        ("ord " * 1249 + "ord?", "Spørgsmålet er på 5000 tegn; skriv det med højst 1000."),
    ],
)
def test_bad_question_gets_a_danish_line_and_nothing_is_lost(page: Page, question: str, line: str) -> None:
    ask(page, WHO)
    field = page.get_by_label("Dit spørgsmål")
    field.fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(line)
    assert field.input_value().strip() == question.strip()
    expect(field).to_be_focused()
    expect(page.locator(".turn")).to_have_count(1)


def test_line_break_is_kept_in_the_question(page: Page) -> None:
    field = page.get_by_label("Dit spørgsmål")
    field.press_sequentially("Hvad")
    page.keyboard.press("Shift+Enter")
    field.press_sequentially("siger KL?")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .question")).to_contain_text("Hvad\nsiger KL?")


def test_conversation_survives_a_reload_and_is_private_to_its_tab(
    page: Page, open_page: Callable[..., Page]
) -> None:
    ask(page, WHEN)
    page.reload()
    expect(page.locator(".turn .cite")).to_have_text(["[1]", "[2]", "[3]"])
    open_citation(page.locator(".turn"), 2)
    expect(open_page().locator(".turn")).to_have_count(0)


def test_new_conversation_is_asked_about_and_then_gone_for_good(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_role("dialog").get_by_role("button", name="Annuller").click()
    expect(page.locator(".turn")).to_have_count(1)
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_role("button", name="Slet og begynd forfra").click()
    expect(page.locator(".turn")).to_have_count(0)
    expect(page.get_by_role("status").filter(has_text="Samtalen er slettet.")).to_be_attached()
    page.reload()
    page.get_by_label("Dit spørgsmål").wait_for()
    expect(page.locator(".turn")).to_have_count(0)


def test_new_conversation_begins_with_what_the_folder_holds_by_then(
    open_page: Callable[..., Page], serve: Callable[..., str]
) -> None:
    library = SmallLibrary()
    page = open_page(serve(library))
    ask(page, WHEN)
    library.add(DocumentBuilder("nyt.txt").build(title="Nyt"))
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_role("button", name="Slet og begynd forfra").click()
    expect(page.locator(".searches")).to_contain_text("3 dokumenter på denne computer")


def test_escape_in_the_field_takes_an_edit_back_and_leaves_the_document_open(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    page.get_by_role("button", name=f"Ret spørgsmålet: {WHEN}").click()
    page.keyboard.press("Escape")
    expect(page.locator(".editing")).to_be_hidden()
    expect(page.get_by_label("Dit spørgsmål")).to_have_value("")
    expect(page.locator(".reader")).to_be_visible()
    expect(page.locator(".turn .cite").first).to_be_visible()


def test_edited_question_replaces_its_own_answer_alone(page: Page, chat: Chat) -> None:
    ask(page, OFF_TOPIC)
    ask(page, WHEN)
    page.get_by_role("button", name=f"Ret spørgsmålet: {OFF_TOPIC}").click()
    field = page.get_by_label("Dit spørgsmål")
    expect(field).to_have_value(OFF_TOPIC)
    field.fill(WHO)
    page.keyboard.press("Enter")
    expect(page.locator(".turn").first.locator(".cite")).to_have_text(["[1]"])
    expect(page.locator(".turn .question")).to_contain_text([WHO, WHEN])
    assert chat.library.asked[-1] == (WHO, ())


def test_stopped_question_is_back_in_the_field_and_its_late_answer_is_dropped(page: Page, chat: Chat) -> None:
    ask(page, WHO)
    chat.library.slow.clear()
    field = page.get_by_label("Dit spørgsmål")
    field.fill(WHEN)
    page.keyboard.press("Enter")
    expect(page.locator(".searching")).to_have_text("Søger i dokumenterne …")
    page.get_by_role("button", name="Stop").click()
    with page.expect_response("**/component_server/"):
        chat.library.slow.set()
    expect(field).to_have_value(WHEN)
    expect(field).to_be_focused()
    expect(page.locator(".turn .question")).to_contain_text([WHO])
    expect(page.get_by_role("button", name="Spørg", exact=True)).to_be_visible()


def test_lost_connection_is_said_in_danish_and_the_question_is_kept(page: Page) -> None:
    ask(page, WHO)
    page.route("**/component_server/", lambda route: route.abort())
    field = page.get_by_label("Dit spørgsmål")
    field.fill(WHEN)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Der er ingen forbindelse til Kildesvar.")
    expect(field).to_have_value(WHEN)
    expect(page.locator(".turn")).to_have_count(1)
    page.unroute("**/component_server/")
    page.keyboard.press("Enter")
    expect(page.locator(".turn .answer")).to_have_count(2)


def test_suggestion_names_the_document_that_answers_it(page: Page) -> None:
    expect(page.get_by_role("button", name=WHO).locator(".suggested-from")).to_have_text(
        "Svaret står i: KL er klar til at bidrage til digitaliseringspartnerskab"
    )
