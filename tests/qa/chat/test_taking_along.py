"""What a visitor takes along: sources and answers copied, and the conversation as a file."""

import re
import zipfile

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask
from tests.qa.chat.small_library import OFF_TOPIC, REFUSAL, STRATEGY, WHEN, WHO

pytestmark = pytest.mark.browser


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


def test_conversation_can_be_saved_before_it_is_deleted(page: Page) -> None:
    ask(page, WHO)
    page.get_by_role("button", name="Ny samtale").click()
    page.get_by_role("button", name="Gem samtalen først").click()
    expect(page.get_by_role("dialog", name="Gem samtalen")).to_be_visible()
    expect(page.get_by_role("dialog", name="Begynd en ny samtale?")).to_be_hidden()
    with page.expect_download():
        page.get_by_role("button", name="Tekstfil (.md)").click()
    expect(page.locator(".turn")).to_have_count(1)
