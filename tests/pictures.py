"""Makes the pictures of the documentation: `python -m tests.pictures` (needs Chromium).

It starts the chat over `seeds/` with the real model, does what a visitor does, and writes `docs/chat.png` for
the README and ten screens to `docs/pictures/`. With a folder as its argument it writes the screens there
instead, at every width and in both colours, to be looked at.
"""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from itertools import product
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from qa.chat.launch import start_chat
from qa.chat.local_files import local_files
from qa.chat.page import build_chat
from qa.chat.reach import LOOPBACK, Reach
from qa.feedback import Feedback
from qa.home import home_folder
from qa.opening import Settings, follow_folder, open_folder
from qa.wording.page import CHAT
from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.browser import FLAGS, find_browser, free_port

ROOT = Path(__file__).parent.parent
DOCS = ROOT / "docs"
SEEDS = ROOT / "seeds"

WHEN = "Hvornår forventer KL's bestyrelse at behandle forslaget igen?"
OFF_TOPIC = "Hvad er hovedstaden i Frankrig?"

SIZES = ((1440, 900), (1024, 768), (768, 1024), (320, 640))
COLOURS = ("light", "dark")


def main(folder: Path | None) -> None:
    """Write the pictures of the documentation, or all sizes and colours to `folder`."""
    home = home_folder()
    settings = Settings(home)
    engine, _ = open_folder(SEEDS, settings)
    reach = Reach(LOOPBACK, free_port())
    with ExitStack() as stack:
        follower = stack.enter_context(follow_folder(SEEDS, settings, engine.embedder))
        files = local_files(engine, SEEDS, settings, follower)
        stack.enter_context(start_chat(build_chat(engine, Feedback(home), files), reach, files=files))
        playwright = stack.enter_context(sync_playwright())
        browser = playwright.chromium.launch(executable_path=find_browser(), args=list(FLAGS))
        if folder:
            for colours, (width, height) in product(COLOURS, SIZES):
                take_all(browser, reach.url, width, height, colours, folder / f"{width}-{colours}")
        else:
            take_all(browser, reach.url, 1280, 800, "light", DOCS / "pictures")
            take_readme_picture(browser, reach.url)
        browser.close()


def take_all(browser: Browser, address: str, width: int, height: int, colours: str, folder: Path) -> None:
    """Take the ten screens at one size."""
    folder.mkdir(parents=True, exist_ok=True)
    with visit(browser, address, width, height, colours) as page:
        for number, name in enumerate(walk(page), start=1):
            take(page, folder / f"{number}-{name}.png")


def walk(page: Page) -> Iterator[str]:
    """Go through the screens, and yield the name of each when it stands still."""
    page.locator(".suggestion").first.wait_for()
    yield "velkommen"
    turn = ask(page, WHEN)
    yield "svar"
    open_citation(turn, 1)
    yield "dokument"
    page.get_by_role("searchbox", name="Søg i dokumentet").fill("digital")
    yield "soegning"
    page.locator(".back").click()
    ask(page, OFF_TOPIC)
    yield "intet-svar"
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    page.locator("button.document").first.wait_for()
    yield "dokumenter"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Hjælp").click()
    yield "hjaelp"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Ny samtale").click()
    yield "ny-samtale"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Tilføj", exact=True).click()
    page.get_by_text(CHAT["added_none"]).wait_for()
    yield "tilfoej"
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Vælg dokumenter").click()
    page.get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Luk, og stil dit spørgsmål").click()
    ask(page, WHEN)
    yield "valgt"


def take_readme_picture(browser: Browser, address: str) -> None:
    """Take the picture at the top of the README: an answer, and the document beside it."""
    with visit(browser, address, 1280, 720, "light") as page:
        open_citation(ask(page, WHEN), 1)
        take(page, DOCS / "chat.png")


def take(page: Page, path: Path) -> None:
    """Take a picture with the mouse out of the way."""
    page.mouse.move(0, 0)
    page.screenshot(path=path)


@contextmanager
def visit(browser: Browser, address: str, width: int, height: int, colours: str) -> Iterator[Page]:
    """Open the chat as a new visitor."""
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if colours == "dark" else "light",
        locale="da-DK",
        reduced_motion="reduce",
    )
    page.goto(address)
    page.get_by_label("Dit spørgsmål").wait_for()
    yield page
    page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
