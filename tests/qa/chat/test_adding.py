"""Adding documents in the page: chosen or dropped, read and told of, asked about, and taken out again."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from qa.wording.page import CHAT
from tests.qa.chat import small_library
from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.axe import violations_in_both_themes
from tests.qa.chat.real_library import MEETING, RealLibrary

pytestmark = pytest.mark.browser

WHEN = "Hvornår mødes bestyrelsen?"

DROP = """([name, text]) => {
    const data = new DataTransfer();
    data.items.add(new File([text], name));
    const drop = (type) => document.body.dispatchEvent(
        new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    return drop("dragover") || drop("drop");
}"""
"""Drops a file on the page; false when the page took it, so that the browser does not open it."""


@pytest.fixture
def adding(open_page: Callable[..., Page], address: str, library: RealLibrary) -> Page:
    """The chat with the window open and nothing added."""
    for file in library.files.list_added()["files"]:
        library.files.take_out(file["file"])
    page = open_page(address)
    page.on("filechooser", lambda _: None)  # from now on, so that no chooser opens before it is waited for
    page.get_by_role("button", name="Tilføj", exact=True).click()
    expect(page.get_by_text(CHAT["added_none"])).to_be_visible()
    return page


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    with page.expect_file_chooser() as chooser:
        page.get_by_role("button", name="Vælg filer").click()
    chooser.value.set_files([{"name": name, "mimeType": "", "buffer": data} for name, data in files])


def rows(page: Page) -> Locator:
    return page.get_by_role("region", name="Tilføjede dokumenter").get_by_role("listitem")


def status(page: Page) -> Locator:
    return page.locator(".adding-status")


def test_chosen_file_is_read_and_answers_and_can_be_taken_out_again(
    adding: Page, library: RealLibrary
) -> None:
    choose(adding, ("møde.txt", MEETING.encode()))
    expect(status(adding)).to_have_text("1 fil er læst, og du kan spørge til den.")
    expect(rows(adding).locator(".state")).to_have_text(["Læst"])
    adding.keyboard.press("Escape")
    expect(adding.locator(".searches")).to_contain_text("2 dokumenter")
    expect(ask(adding, WHEN).locator("blockquote").first).to_contain_text("hver onsdag")
    adding.get_by_role("button", name="Tilføj", exact=True).click()
    adding.get_by_role("button", name="Tag ud: møde.txt").click()
    expect(adding.get_by_role("dialog", name="Tag dokumentet ud?")).to_contain_text("»møde.txt«")
    adding.get_by_role("button", name="Tag ud", exact=True).click()
    expect(status(adding)).to_have_text("»møde.txt« er taget ud.")
    expect(adding.get_by_role("button", name="Vælg filer")).to_be_focused()
    expect(rows(adding)).to_have_count(0)
    assert [entry.path for entry in library.engine.documents()] == ["regler.txt"]


def test_nothing_is_said_of_what_is_added_before_it_is_known(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address)
    page.route("**/component_server/", lambda route: route.abort())
    page.get_by_role("button", name="Tilføj", exact=True).click()
    expect(status(page)).to_have_text(CHAT["lost"])
    expect(page.get_by_role("heading", name="Tilføjede dokumenter")).to_be_visible()
    expect(page.get_by_text(CHAT["added_none"])).to_be_hidden()


def test_server_is_asked_in_one_row_however_often_the_window_is_opened(
    open_page: Callable[..., Page], address: str
) -> None:
    page = open_page(address, locale="da-DK")  # alone, as a clock holds for every tab of a visitor
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    asked = []

    def answer(route: Route) -> None:
        asked.append(route.request)
        name = f"{len(asked)}.txt"
        waiting = {"file": name, "name": name, "state": "waiting", "reason": None}
        route.fulfill(json={"files": [waiting], "doing": None, "trouble": None})

    page.route("**/component_server/", answer)
    for _ in range(3):
        page.get_by_role("button", name="Tilføj", exact=True).click()
        expect(page.locator(".added strong")).to_have_text(["1.txt"])
        page.keyboard.press("Escape")
    for number in (2, 3, 4):
        page.clock.run_for(700)
        expect(page.locator(".added strong")).to_have_text([f"{number}.txt"])
    assert len(asked) == 4


def test_reading_is_told_of_though_answers_were_lost_on_the_way(adding: Page) -> None:
    lost = []

    def lose(route: Route) -> None:
        lost.append(route.request)
        route.abort()

    adding.route("**/component_server/", lose)
    choose(adding, ("møde.txt", MEETING.encode()))
    expect(status(adding)).to_have_text(CHAT["lost"])
    adding.unroute("**/component_server/")
    expect(status(adding)).to_have_text("1 fil er læst, og du kan spørge til den.")
    expect(rows(adding).locator(".state")).to_have_text(["Læst"])
    assert lost


def test_nothing_is_taken_out_when_the_question_is_declined(adding: Page) -> None:
    choose(adding, ("møde.txt", MEETING.encode()))
    adding.get_by_role("button", name="Tag ud: møde.txt").click()
    adding.get_by_role("dialog", name="Tag dokumentet ud?").get_by_role("button", name="Annuller").click()
    expect(adding.get_by_role("button", name="Tag ud: møde.txt")).to_be_focused()
    expect(rows(adding).locator(".state")).to_have_text(["Læst"])


def test_dropped_file_is_added_wherever_it_is_dropped(adding: Page) -> None:
    adding.keyboard.press("Escape")
    assert adding.evaluate(DROP, ["møde.txt", MEETING]) is False
    expect(adding.get_by_role("dialog", name="Tilføj dokumenter")).to_be_visible()
    expect(rows(adding).locator(".state")).to_have_text(["Læst"])


def test_every_file_is_told_of_with_its_reason(adding: Page) -> None:
    choose(
        adding, ("møde.txt", MEETING.encode()), ("virus.exe", b"MZ"), ("tom.txt", b""), ("falsk.pdf", b"nej")
    )
    expect(status(adding)).to_have_text("1 fil er læst, og du kan spørge til den. 3 filer kunne ikke læses.")
    expect(adding.locator(".sending .state")).to_have_text(
        [
            "»virus.exe« er ikke tilføjet: filtypen .exe læses ikke.",
            "»tom.txt« er ikke tilføjet: filen er tom.",
        ]
    )
    expect(rows(adding).locator(".state")).to_have_text(
        ["Kunne ikke læses: filen hedder .pdf, men indholdet er ikke en PDF", "Læst"]
    )


def test_two_files_of_one_name_are_kept_apart(adding: Page) -> None:
    choose(adding, ("møde.txt", MEETING.encode()))
    expect(status(adding)).to_contain_text("1 fil er læst")
    choose(adding, ("møde.txt", MEETING.replace("onsdag", "fredag").encode()))
    expect(rows(adding).locator("strong")).to_have_text(["møde (2).txt", "møde.txt"])


def test_whole_task_by_keyboard(adding: Page, tmp_path: Path) -> None:
    path = tmp_path / "møde.txt"
    path.write_text(MEETING, encoding="utf-8")
    adding.get_by_role("button", name="Luk").focus()
    adding.keyboard.press("Tab")
    adding.keyboard.press("Tab")
    expect(adding.get_by_role("button", name="Vælg filer")).to_be_focused()
    with adding.expect_file_chooser() as chooser:
        adding.keyboard.press("Enter")
    chooser.value.set_files(path)
    expect(rows(adding).locator(".state")).to_have_text(["Læst"])
    adding.keyboard.press("Tab")
    expect(adding.get_by_role("button", name="Tag ud: møde.txt")).to_be_focused()
    adding.keyboard.press("Enter")
    expect(adding.get_by_role("button", name="Annuller")).to_be_focused()
    adding.keyboard.press("Tab")
    adding.keyboard.press("Enter")
    expect(rows(adding)).to_have_count(0)


def test_what_cannot_be_read_for_the_moment_is_said_and_kept(
    adding: Page, library: RealLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    away = library.folder.with_name("væk")
    library.folder.rename(away)
    choose(adding, ("møde.txt", MEETING.encode()))
    expect(status(adding)).to_contain_text("Filerne er gemt, men ikke læst endnu: Mappen findes ikke")
    away.rename(library.folder)
    library.files.read_now()
    expect(rows(adding).locator(".state")).to_have_text(["Læst"])


def test_file_name_is_shown_as_text(adding: Page) -> None:
    name = "<img src=x onerror=window.fired=1>"
    choose(adding, (f"{name}.exe", b"MZ"), (f"{name}.txt", MEETING.encode()))
    expect(adding.locator(".sending strong")).to_have_text([f"{name}.exe"])
    expect(rows(adding).locator("strong")).to_have_text(["_img src=x onerror=window.fired=1_.txt"])
    assert adding.evaluate("window.fired") is None


def test_chat_without_files_offers_neither_adding_nor_originals(page: Page) -> None:
    open_citation(ask(page, small_library.WHEN), 1)
    expect(page.get_by_role("button", name="Kopiér link")).to_be_visible()
    expect(page.get_by_role("link", name="Hent original")).to_be_hidden()
    expect(page.get_by_role("button", name="Tilføj", exact=True)).to_be_hidden()
    assert page.evaluate(DROP, ["møde.txt", MEETING]) is True


def test_original_is_offered_under_its_own_name(adding: Page, library: RealLibrary) -> None:
    adding.keyboard.press("Escape")
    adding.get_by_role("button", name="Dokumenter", exact=True).click()
    adding.get_by_role("button", name="Regler for hunde").click()
    with adding.expect_download() as download:
        adding.get_by_role("link", name="Hent original").click()
    assert download.value.suggested_filename == "regler.txt"
    assert Path(download.value.path()).read_bytes() == (library.folder / "regler.txt").read_bytes()


@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_nothing_and_nothing_scrolls_sideways(adding: Page, width: int) -> None:
    adding.set_viewport_size({"width": width, "height": 640})
    assert violations_in_both_themes(adding) == []
    choose(adding, ("møde.txt", MEETING.encode()), ("virus.exe", b"MZ"), ("falsk.pdf", b"nej"))
    expect(status(adding)).to_contain_text("2 filer kunne ikke læses")
    assert violations_in_both_themes(adding) == []
    assert adding.evaluate("document.documentElement.scrollWidth") == width
    adding.get_by_role("button", name="Tag ud: møde.txt").click()
    assert violations_in_both_themes(adding) == []


def test_page_shows_that_files_can_be_dropped_while_they_are_held_over_it(adding: Page) -> None:
    zone = adding.locator(".dropzone")
    expect(zone).to_have_css("border-style", "dashed")
    adding.evaluate(DROP.replace('drop("dragover") || drop("drop")', 'drop("dragover")'), ["a.txt", "Hej"])
    expect(zone).to_have_css("border-style", "solid")
    adding.evaluate(DROP.replace('drop("dragover") || drop("drop")', 'drop("dragleave")'), ["a.txt", "Hej"])
    expect(zone).to_have_css("border-style", "dashed")
