"""The list of documents: found by words, folder and year, with what could not be read."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document, DocumentEntry, Notice
from qa.chat.documents import MAX_LISTED, Filter, find_folders, list_documents
from qa.chat.engine import ChatEngine
from tests.qa.chat.small_library import PARTNERSHIP, STRATEGY, SmallLibrary

ENTRIES = [
    DocumentEntry("sager/2024/skole.pdf", "Skolepolitik", "2024-02-01", 3, 9, None),
    DocumentEntry("sager/affald.txt", "Affald", "2025-01-01", None, 2, "side 2 er et billede"),
    DocumentEntry("Åben.txt", "Åbningstider", None, None, 1, None),
]
SKIPPED = [Notice("sager/scan.pdf", "filen er tom"), Notice("x.exe", "filtypen kan ikke læses")]


def found(wanted: Filter) -> list[str]:
    return [entry["path"] for entry in list_documents(ENTRIES, SKIPPED, wanted)["documents"]]


def test_documents_are_found_by_words_folder_and_year() -> None:
    assert found(Filter()) == [entry.path for entry in ENTRIES]
    assert found(Filter(words="åben")) == ["Åben.txt"]
    assert found(Filter(folder="sager")) == ["sager/2024/skole.pdf", "sager/affald.txt"]
    assert found(Filter(folder="sager/2024")) == ["sager/2024/skole.pdf"]
    assert found(Filter(folder="sag")) == []
    assert found(Filter(folder="sager", year="2025", words="AFF")) == ["sager/affald.txt"]


def test_every_folder_is_a_choice_and_the_top_is_none() -> None:
    assert find_folders(["b/c/d.txt", "b/e.txt", "f.txt"]) == ["b", "b/c"]


def test_every_file_is_accounted_for() -> None:
    reply = list_documents(ENTRIES, SKIPPED, Filter())
    assert (reply["total"], reply["found"], reply["partly_read"], reply["not_read"]) == (3, 3, 1, 2)
    assert reply["skipped"][1] == {"document": "x.exe", "reason": "filtypen kan ikke læses"}
    assert list_documents(ENTRIES, SKIPPED, Filter(folder="sager"))["not_read"] == 1


def test_long_list_is_cut_and_counted() -> None:
    notices = [Notice(f"{n}.exe", "filtypen kan ikke læses") for n in range(MAX_LISTED + 1)]
    reply = list_documents([], notices, Filter())
    assert (len(reply["skipped"]), reply["not_read"]) == (MAX_LISTED, MAX_LISTED + 1)


def document_of(path: str, partly_read: str | None = None) -> Document:
    builder = DocumentBuilder(path)
    builder.add(BlockKind.PARAGRAPH, "Her står der noget.")
    return builder.build(title=path, partly_read=partly_read)


@pytest.fixture(scope="module")
def many(serve: Callable[[ChatEngine], str]) -> str:
    documents = [document_of("sager/affald.txt", "side 2 er et billede"), document_of("sager/skole.txt")]
    return serve(SmallLibrary(documents, skipped=SKIPPED))


@pytest.mark.browser
def test_list_is_filtered_by_folder(open_page: Callable[..., Page], many: str) -> None:
    page = open_page(many)
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    entries = page.locator("button.document")
    expect(entries).to_have_count(4)
    page.get_by_label("Mappe", exact=True).select_option("sager")
    expect(entries).to_have_text(["sager/affald.txt", "sager/skole.txt"])


@pytest.mark.browser
def test_list_says_what_was_not_read_and_why(open_page: Callable[..., Page], many: str) -> None:
    page = open_page(many)
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    expect(page.locator(".documents-shown")).to_have_text(
        "4 af 4 dokumenter · 1 er kun delvist læst · 2 filer kunne ikke læses"
    )
    unread = page.get_by_role("region", name="Kunne ikke læses")
    expect(unread.get_by_role("listitem")).to_have_text(
        ["sager/scan.pdf: filen er tom", "x.exe: filtypen kan ikke læses"]
    )
    expect(page.locator(".document-list .notice")).to_have_text(
        "Kun en del af filen kunne læses: side 2 er et billede."
    )
    page.get_by_role("searchbox", name="Find et dokument").fill("skole")
    expect(unread).to_be_hidden()


@pytest.mark.browser
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


@pytest.mark.browser
def test_each_document_is_listed_with_its_date_and_file(page: Page) -> None:
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    facts = page.get_by_role("dialog").locator(".document-facts")
    expect(facts).to_have_text([f"5. marts 2015 · {STRATEGY}", f"16. marts 2021 · {PARTNERSHIP}"])


@pytest.mark.browser
def test_list_without_folders_offers_none(page: Page) -> None:
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    page.locator("button.document").first.wait_for()
    expect(page.get_by_label("Mappe", exact=True)).to_be_hidden()


@pytest.mark.browser
def test_folder_that_came_while_the_page_was_open_is_a_choice_and_what_was_chosen_stays(
    open_page: Callable[..., Page], serve: Callable[[ChatEngine], str]
) -> None:
    library = SmallLibrary([document_of("sager/affald.txt")])
    page = open_page(serve(library))
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    page.get_by_label("År", exact=True).select_option("2015")
    page.keyboard.press("Escape")
    library.add(document_of("nyt/skole.txt"))
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    expect(page.get_by_label("Mappe", exact=True).locator("option")).to_have_text(
        ["Alle mapper", "nyt", "sager"]
    )
    expect(page.get_by_label("År", exact=True)).to_have_value("2015")
