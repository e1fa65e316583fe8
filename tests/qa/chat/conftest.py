"""The chat in a real browser: Chromium as it is installed, without a network, over the small library."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Page,
    Playwright,
    Request,
    ViewportSize,
    sync_playwright,
)

from qa.chat.engine import ChatEngine
from qa.chat.launch import start_chat
from qa.chat.local_files import LocalFiles
from qa.chat.page import build_chat
from qa.chat.reach import LOOPBACK, Reach
from qa.chat.serve import ChatServer
from qa.feedback import Feedback
from tests.qa.chat.browser import FLAGS, find_browser, free_port
from tests.qa.chat.real_library import RealLibrary, real_library
from tests.qa.chat.small_library import SmallLibrary


@dataclass(frozen=True)
class Chat:
    """A running chat, the library behind it, and where its visitors' opinions are kept."""

    address: str
    library: SmallLibrary
    feedback: Feedback


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright) -> Iterator[Browser]:
    installed = find_browser()
    if not installed and not Path(playwright.chromium.executable_path).exists():
        missing = "no Chromium on this machine: install it, or run »make browser«"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(missing)
    started = playwright.chromium.launch(executable_path=installed, args=list(FLAGS))
    yield started
    started.close()


@pytest.fixture(scope="session")
def serve() -> Iterator[Callable[..., str]]:
    """Start a chat over a library and return its address."""
    servers: list[ChatServer] = []

    def start(engine: ChatEngine, feedback: Feedback | None = None, files: LocalFiles | None = None) -> str:
        reach = Reach(LOOPBACK, free_port())
        servers.append(start_chat(build_chat(engine, feedback, files), reach, files=files))
        return reach.url

    yield start
    for server in servers:
        server.close()


@pytest.fixture(scope="session")
def chat(serve: Callable[..., str], tmp_path_factory: pytest.TempPathFactory) -> Chat:
    library = SmallLibrary()
    feedback = Feedback(tmp_path_factory.mktemp("home"))
    return Chat(serve(library, feedback), library, feedback)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealLibrary]:
    """A real library to add files to, one for each file of tests that asks for it."""
    with real_library(tmp_path_factory.mktemp("library")) as library:
        yield library


@pytest.fixture(scope="module")
def address(serve: Callable[..., str], library: RealLibrary) -> str:
    """Where that library is served, with all that its own machine may do."""
    return serve(library.engine, files=library.files)


@pytest.fixture(scope="session")
def usual_context(browser: Browser) -> Iterator[BrowserContext]:
    """A visitor's browser; every page in it is a new tab, with a conversation of its own."""
    context = browser.new_context(locale="da-DK", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def open_page(browser: Browser, usual_context: BrowserContext, chat: Chat) -> Iterator[Callable[..., Page]]:
    """Open the chat in a new tab; a request that leaves the machine and a script's error fail the test.

    What no tab can have for itself, as a scale, is for a visitor of its own, who has loaded nothing yet.
    """
    pages, faults = [], []

    def visit(address: str = chat.address, viewport: ViewportSize | None = None, **settings: Any) -> Page:
        if settings:
            page = browser.new_page(**{"locale": "da-DK", "reduced_motion": "reduce", **settings})
        else:
            page = usual_context.new_page()
        pages.append(page)
        if viewport:
            page.set_viewport_size(viewport)
        page.on("request", lambda request: faults.extend(leaving(request)))
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.goto(address)
        page.get_by_label("Dit spørgsmål").or_(page.locator(".reader h2")).first.wait_for()
        return page

    yield visit
    for page in pages:
        page.close()
    assert not faults


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    return open_page()


def leaving(request: Request) -> list[str]:
    """Name the request when it goes to another machine."""
    target = urlsplit(request.url)
    stays = target.scheme in ("data", "blob") or target.hostname == "127.0.0.1"
    return [] if stays else [f"request to {request.url}"]
