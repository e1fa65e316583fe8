"""The chat as a visitor meets it, in Chromium."""

import re
import zipfile
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask, is_in_view, open_citation
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import OFF_TOPIC, PARTNERSHIP, REFUSAL, STRATEGY, WHEN, WHO

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
    expect(first.locator("figcaption")).to_contain_text("sendt i høring · 5. marts 2015 · afsnit 8")
    expect(turn.locator(".confidence")).to_have_text("Svaret står meget sandsynligt her")
    expect(turn.locator(".cite")).to_have_text(["[1]", "[2]", "[3]"])


def test_citation_opens_the_document_at_the_marked_sentence(page: Page) -> None:
    mark = open_citation(ask(page, WHEN), 1)
    expect(mark).to_have_text("forventer KL’s bestyrelse at behandle forslaget igen i maj 2015")
    expect(mark).to_be_focused()
    assert is_in_view(mark)
    expect(page.locator(".reader h2")).to_have_text(
        "Ny fælleskommunal digitaliseringsstrategi sendt i høring"
    )
    expect(page.locator(".document-facts").first).to_have_text(f"5. marts 2015 · {STRATEGY}")
    expect(page.locator(".document-place")).to_have_text("Citatets sted: afsnit 8 Gå til citatet")
    expect(page.locator(".paper p").first).to_contain_text("KL har netop sendt forslag")


def test_document_shows_where_under_its_headings_the_quote_stands(page: Page) -> None:
    turn = ask(page, WHEN)
    open_citation(turn, 3)
    expect(page.locator(".reader h2")).to_have_text(
        "KL er klar til at bidrage til digitaliseringspartnerskab"
    )
    expect(page.locator(".paper h3").first).to_have_text("Alle skal kunne være med")


def test_old_answer_keeps_its_own_sources(page: Page) -> None:
    ask(page, WHEN)
    open_citation(ask(page, WHO), 1)
    expect(page.locator(".document-facts").first).to_contain_text(PARTNERSHIP)
    mark = open_citation(page.locator(".turn").first, 1)
    expect(page.locator(".document-facts").first).to_contain_text(STRATEGY)
    expect(mark).to_have_text("forventer KL’s bestyrelse at behandle forslaget igen i maj 2015")


def test_refusal_says_so_and_shows_what_is_nearest(page: Page) -> None:
    turn = ask(page, OFF_TOPIC)
    expect(turn.locator(".no-answer")).to_have_text(REFUSAL)
    expect(turn.get_by_role("heading", name="Måske relateret")).to_be_visible()
    expect(turn.locator(".cite")).to_have_count(0)
    turn.get_by_role("button", name="Vis i dokumentet: KL er klar").click()
    expect(page.locator("mark.current")).to_have_text("Alle skal kunne være med")


def test_follow_up_shows_how_it_was_understood(page: Page, chat: Chat) -> None:
    ask(page, WHO)
    turn = ask(page, WHEN)
    expect(turn.locator(".understood span")).to_have_text(f"Forstået som: {WHEN} ({WHO})")
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


def test_next_and_previous_mark_go_round(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    expect(page.locator("#marks-count")).to_have_text("Citat 1 af 2")
    page.get_by_role("button", name="Næste citat").click()
    expect(page.locator("mark.current")).to_have_text(
        "visionerne omsættes i en konkret handlingsplan i efteråret 2015"
    )
    expect(page.locator("#marks-count")).to_have_text("Citat 2 af 2")
    expect(page.locator(".cite[aria-current]")).to_have_text("[2]")
    page.keyboard.press("Alt+ArrowUp")
    expect(page.locator("mark.current")).to_contain_text("maj 2015")


def test_search_inside_the_document_finds_and_counts(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    field = page.get_by_role("searchbox", name="Søg i dokumentet")
    field.fill("MARTIN damm")
    expect(page.locator(".found")).to_have_text("1 af 2")
    field.press("Enter")
    expect(page.locator(".found")).to_have_text("2 af 2")
    assert (
        page.evaluate("[...CSS.highlights.get('found')].map(range => range.toString())")
        == ["Martin Damm"] * 2
    )
    field.fill("forslaget igen i maj 2015 med")
    expect(page.locator(".found")).to_have_text("1 af 1")
    field.fill("findes ikke")
    expect(page.locator(".found")).to_have_text("Ingen fundet")


def test_back_in_the_browser_closes_the_document_and_returns_to_the_citation(page: Page) -> None:
    turn = ask(page, WHEN)
    open_citation(turn, 2)
    page.go_back()
    expect(page.locator(".reader")).to_be_hidden()
    expect(turn.locator(".cite", has_text="[2]")).to_be_focused()
    page.go_forward()
    expect(page.locator("mark.current")).to_be_focused()


def test_link_opens_the_same_sentence_for_a_new_visitor(page: Page, open_page: Callable[..., Page]) -> None:
    open_citation(ask(page, WHEN), 1)
    expect(page).to_have_url(re.compile("#dokument="))
    other = open_page(page.url)
    expect(other.locator("mark.current")).to_have_text(
        "forventer KL’s bestyrelse at behandle forslaget igen i maj 2015"
    )
    expect(other.locator(".turn")).to_have_count(0)


def test_closing_a_document_from_a_link_stays_on_the_page(page: Page, open_page: Callable[..., Page]) -> None:
    open_citation(ask(page, WHEN), 1)
    other = open_page(page.url)
    expect(other.locator("mark.current")).to_be_focused()
    open_citation(ask(other, WHO), 1)
    other.keyboard.press("Escape")
    expect(other.locator(".reader")).to_be_hidden()
    expect(other.locator(".turn .cite")).to_be_focused()


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


def test_list_of_documents_is_filtered_and_opens_a_document(page: Page) -> None:
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    entries = page.get_by_role("dialog").locator("button.document")
    expect(entries).to_have_count(2)
    page.get_by_label("År", exact=True).select_option("2021")
    expect(entries).to_have_text(["KL er klar til at bidrage til digitaliseringspartnerskab"])
    page.get_by_role("searchbox", name="Find et dokument").fill("strategi")
    expect(entries).to_have_count(0)
    page.get_by_label("År", exact=True).select_option("")
    entries.first.click()
    expect(page.locator(".reader h2")).to_be_focused()
    expect(page.locator(".reader h2")).to_contain_text("digitaliseringsstrategi sendt i høring")


def test_source_is_copied_as_one_line(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WHEN).get_by_role("button", name="Kopiér kilde 1").click()
    expect(page.get_by_text("Kopieret.")).to_be_visible()
    line = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(
        "Ny fælleskommunal digitaliseringsstrategi sendt i høring, 5. marts 2015, afsnit 8, "
        f"{STRATEGY}, »forventer KL’s bestyrelse at behandle forslaget igen i maj 2015«, "
        r"hentet \d+\. \w+ \d{4}",
        line,
    )


def test_answer_is_copied_with_its_sources(page: Page) -> None:
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, WHO).get_by_role("button", name="Kopiér svar").click()
    expect(page.get_by_text("Kopieret.")).to_be_visible()
    lines = page.evaluate("navigator.clipboard.readText()").split("\n\n")
    assert lines[0] == WHO
    assert lines[1].endswith("Borgerserviceudvalg.« [1]")
    assert lines[2].startswith("[1] KL er klar til at bidrage")


@pytest.mark.parametrize("width", [320, 1440])
def test_nothing_sticks_out_sideways(open_page: Callable[..., Page], width: int) -> None:
    page = open_page(viewport={"width": width, "height": 640})
    fits = "document.documentElement.scrollWidth <= innerWidth"
    assert page.evaluate(fits)
    turn = ask(page, WHEN)
    assert page.evaluate(fits)
    open_citation(turn, 1)
    assert page.evaluate(fits)


def test_phone_shows_one_pane_at_a_time_with_a_way_back(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 360, "height": 640})
    mark = open_citation(ask(page, WHEN), 1)
    assert is_in_view(mark)
    expect(page.get_by_label("Dit spørgsmål")).to_be_hidden()
    page.get_by_role("button", name="Tilbage til samtalen").click()
    expect(page.locator(".reader")).to_be_hidden()
    expect(page.locator(".cite").first).to_be_focused()


def test_conversation_is_saved_as_a_word_file_with_footnotes(page: Page) -> None:
    ask(page, WHO)
    ask(page, OFF_TOPIC)
    page.get_by_role("button", name="Gem samtalen", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Word-fil (.docx)").click()
    assert download.value.suggested_filename == "kildesvar-samtale.docx"
    with zipfile.ZipFile(download.value.path()) as file:
        assert "KL er klar til at bidrage" in file.read("word/footnotes.xml").decode()
        assert REFUSAL in file.read("word/document.xml").decode()


def test_conversation_is_saved_as_text_with_notes(page: Page) -> None:
    ask(page, WHO)
    page.get_by_role("button", name="Gem samtalen", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name="Tekstfil (.md)").click()
    lines = download.value.path().read_text(encoding="utf-8").split("\n\n")
    assert lines[:2] == ["# Samtale med Kildesvar", f"## {WHO}"]
    assert lines[2].endswith("Borgerserviceudvalg.«[^1]")
    assert lines[3].startswith(
        "[^1]: KL er klar til at bidrage til digitaliseringspartnerskab, 16. marts 2021, "
    )


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


def test_document_that_has_gone_is_said_in_danish(open_page: Callable[..., Page], chat: Chat) -> None:
    page = open_page(f"{chat.address}#dokument=slettet.txt&fra=1&til=9")
    expect(page.locator(".reader h2")).to_have_text("Dokumentet er ikke længere i mappen.")
    page.get_by_role("button", name="Luk dokument").click()
    expect(page.get_by_label("Dit spørgsmål")).to_be_focused()


def test_suggestion_names_the_document_that_answers_it(page: Page) -> None:
    expect(page.get_by_role("button", name=WHO).locator(".suggested-from")).to_have_text(
        "Svaret står i: KL er klar til at bidrage til digitaliseringspartnerskab"
    )


def test_conversation_can_be_saved_before_it_is_deleted(page: Page) -> None:
    ask(page, WHO)
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_role("button", name="Gem samtalen først").click()
    expect(page.get_by_role("dialog", name="Gem samtalen")).to_be_visible()
    expect(page.get_by_role("dialog", name="Begynd en ny samtale?")).to_be_hidden()
    with page.expect_download():
        page.get_by_role("button", name="Tekstfil (.md)").click()
    expect(page.locator(".turn")).to_have_count(1)


def test_way_back_to_the_quote_is_there_after_scrolling_away(page: Page) -> None:
    mark = open_citation(ask(page, WHEN), 1)
    page.locator(".paper").evaluate("paper => paper.scrollTo(0, 0)")
    assert not is_in_view(mark)
    page.get_by_role("button", name="Gå til citatet").click()
    expect(mark).to_be_focused()
    assert is_in_view(mark)


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
            const textOf = (element) => {
                const range = document.createRange();
                range.selectNodeContents(element);
                return range.getBoundingClientRect();
            };
            const at = (selector) => turn.querySelector(selector).getBoundingClientRect();
            const [, no] = turn.querySelectorAll('[data-do=opinion]');
            return [
                at('[data-do=copy-answer] svg').left - at('.dots').left,
                at('.quote').right - textOf(no).right,
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


@pytest.mark.parametrize(("width", "shown"), [(1280, "Luk dokument"), (400, "Tilbage til samtalen")])
def test_way_out_of_a_document_is_called_what_it_does(
    open_page: Callable[..., Page], width: int, shown: str
) -> None:
    page = open_page(viewport={"width": width, "height": 800})
    open_citation(ask(page, WHEN), 1)
    expect(page.get_by_role("button", name=shown)).to_be_visible()
    assert page.locator(".back").inner_text().strip() == shown


def test_no_word_of_the_menu_is_broken_on_a_phone(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    ask(page, WHO)
    words = page.locator(".bar button:visible span")
    assert words.evaluate_all("all => all.map(e => e.getClientRects().length)") == [1] * words.count()
