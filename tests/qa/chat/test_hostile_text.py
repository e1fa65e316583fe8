"""Documents, titles, file names and questions are foreign text: they are shown, and do nothing."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator

import pytest
from markdown_it import MarkdownIt
from playwright.sync_api import Browser, Page, expect

from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document
from qa.chat.engine import ChatEngine
from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.payloads import HOSTILE, TRICKY
from tests.qa.chat.small_library import WHO, SmallLibrary

pytestmark = pytest.mark.browser

TEXTS = HOSTILE + TRICKY

TO_SAVE = (
    *HOSTILE,
    "http://evil.example/x www.evil.example bo@evil.example mailto:bo@evil.example",
    "1. et punkt",
    "- et punkt",
    "+ et punkt",
    "=== en overskrift",
    "[^1]: en note",
    "| a | b |",
    "| --- | :-: | a",
)
"""Texts that Markdown would make something of."""

ACTIVE = (
    "script, style, link, base, meta, img, iframe, object, embed, video, audio, a[href]:not(.skip, .original)"
)
"""What can act or fetch: none may come to the page after it was drawn."""


def hostile_document(number: int, text: str) -> Document:
    """A document whose file name, title, author, heading, text and note are all the same foreign text."""
    builder = DocumentBuilder(f"{number} {text}.txt")
    builder.add(BlockKind.HEADING, text, level=1)
    builder.add(BlockKind.PARAGRAPH, text)
    builder.add(BlockKind.LIST_ITEM, text)
    return builder.build(title=text, author=text, partly_read=text)


@pytest.fixture(scope="module")
def hostile_page(serve: Callable[[ChatEngine], str], browser: Browser) -> Iterator[Page]:
    """One tab in which every text is asked about, so that each is also a question."""
    documents = [hostile_document(number, text) for number, text in enumerate(TEXTS)]
    quotes = {
        text: ((document.path, quote_of(document)),) for text, document in zip(TEXTS, documents, strict=True)
    }
    page = browser.new_page(locale="da-DK", reduced_motion="reduce")
    page.requested = []  # type: ignore[attr-defined]
    page.dialogs = []  # type: ignore[attr-defined]
    page.on("dialog", lambda dialog: (page.dialogs.append(dialog.message), dialog.dismiss()))  # type: ignore[attr-defined]
    page.on("request", lambda request: page.requested.append(request.url))  # type: ignore[attr-defined]
    page.goto(serve(SmallLibrary(documents, quotes)))
    page.get_by_label("Dit spørgsmål").wait_for()
    page.active = page.locator(ACTIVE).count()  # type: ignore[attr-defined]
    yield page
    assert page.dialogs == []  # type: ignore[attr-defined]
    assert page.locator(ACTIVE).count() == page.active  # type: ignore[attr-defined]
    page.close()


def quote_of(document: Document) -> str:
    block = document.blocks[1]
    return document.text[block.start : block.end]


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_foreign_text_is_shown_as_it_is_and_does_nothing(hostile_page: Page, number: int) -> None:
    document = hostile_document(number, TEXTS[number])
    turn = ask(hostile_page, TEXTS[number])
    mark = open_citation(turn, 1)
    expect(hostile_page.locator(".reader .document-facts")).to_contain_text(document.path)
    assert turn.locator("blockquote").text_content() == f"»{quote_of(document)}«\u00a0[1]"
    assert turn.locator(".source-title").text_content() == document.title
    assert hostile_page.locator(".reader h2").text_content() == document.title
    assert mark.first.text_content() == document.text[document.blocks[0].start : document.blocks[0].end]
    assert hostile_page.evaluate("window.fired") is None
    assert [url for url in hostile_page.requested if "evil.example" in url] == []  # type: ignore[attr-defined]
    foreign = ":is(.page, dialog) :is(img, iframe, script, object, a:not(.skip, .original))"
    assert hostile_page.locator(foreign).count() == 0


def test_list_of_documents_shows_foreign_names_as_they_are(hostile_page: Page) -> None:
    hostile_page.get_by_role("button", name="Dokumenter", exact=True).click()
    entries = hostile_page.locator("button.document")
    expect(entries).to_have_count(len(TEXTS) + 2)
    assert set(TEXTS) <= set(entries.all_text_contents())
    assert hostile_page.evaluate("window.fired") is None


def test_forged_conversation_in_the_tab_is_shown_as_text(hostile_page: Page) -> None:
    citation = {
        "number": 1, "document": HOSTILE[1], "title": HOSTILE[1], "date": None, "headings": [HOSTILE[1]],
        "page": None, "paragraph": 1, "quote": HOSTILE[1], "start": 0, "end": 5,
    }  # fmt: skip
    answer = {
        "refused": False, "understood_as": HOSTILE[1], "citations": [citation], "related": [],
        "confidence": {"level": HOSTILE[1], "words": HOSTILE[1]},
    }  # fmt: skip
    hostile_page.evaluate(
        "turns => sessionStorage.setItem('kildesvar.conversation', JSON.stringify(turns))",
        [{"id": HOSTILE[1], "question": HOSTILE[1], "answer": answer}],
    )
    hostile_page.goto(hostile_page.url.split("#")[0])
    hostile_page.reload()
    expect(hostile_page.locator(".turn blockquote")).to_contain_text(HOSTILE[1])
    assert hostile_page.evaluate("window.fired") is None


def test_damaged_conversation_in_the_tab_begins_a_new_one(hostile_page: Page) -> None:
    for damaged in ("{", "7", '[{"id": 1}]', "[null]", '{"a": []}'):
        hostile_page.evaluate("text => sessionStorage.setItem('kildesvar.conversation', text)", damaged)
        hostile_page.reload()
        hostile_page.get_by_label("Dit spørgsmål").wait_for()
        expect(hostile_page.locator(".turn")).to_have_count(0)
        ask(hostile_page, WHO)


def saved(page: Page, kind: str) -> bytes:
    """Save the conversation and return the file."""
    page.get_by_role("button", name="Gem samtalen", exact=True).click()
    with page.expect_download() as download:
        page.get_by_role("button", name=kind).click()
    return download.value.path().read_bytes()


def test_saved_conversation_is_text_in_markdown_and_word(
    open_page: Callable[..., Page], serve: Callable[[ChatEngine], str]
) -> None:
    documents = [hostile_document(number, text) for number, text in enumerate(TO_SAVE)]
    quotes = {
        text: ((document.path, quote_of(document)),)
        for text, document in zip(TO_SAVE, documents, strict=True)
    }
    page = open_page(serve(SmallLibrary(documents, quotes)))
    for text in TO_SAVE:
        ask(page, text)
    markdown = saved(page, "Tekstfil (.md)").decode()
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown)
    inside = [child for token in tokens for child in token.children or ()]
    assert {token.type for token in inside} <= {"text", "text_special"}
    blocks = {"heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline"}
    assert {token.type for token in tokens} <= blocks | {"blockquote_open", "blockquote_close"}
    assert re.findall(r"(?<!\\):(?=//)|(?<=www)\.|(?<!\\)@", markdown) == []
    shown = "".join(child.content for child in inside)
    assert [text for text in TO_SAVE if " ".join(text.split()) not in shown] == []
    with zipfile.ZipFile(io.BytesIO(saved(page, "Word-fil (.docx)"))) as file:
        parts = {name: file.read(name).decode() for name in file.namelist()}
    assert not re.search("TargetMode|w:fldSimple|w:instrText|w:hyperlink", "".join(parts.values()))
    assert page.evaluate("window.fired") is None
