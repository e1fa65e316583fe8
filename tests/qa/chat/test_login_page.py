"""Logging in, as a visitor meets it: in Chromium, behind a proxy that puts the page below a path."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from qa.chat.launch import start_chat
from qa.chat.page import build_chat
from qa.chat.reach import read_reach
from qa.users import Users
from qa.wording.access import LOGIN, ON_A_SERVER
from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.axe import violations
from tests.qa.chat.browser import free_port
from tests.qa.chat.proxy import Proxy
from tests.qa.chat.small_library import WHEN, SmallLibrary

pytestmark = pytest.mark.browser

PASSWORD = "en lang adgangskode"


@dataclass
class Site:
    """A server behind a proxy."""

    address: str
    users: Users
    proxy: Proxy


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    users = Users(tmp_path_factory.mktemp("site"))
    for name in ("Mette", "Bo", "Ib"):
        users.add(name, PASSWORD)
    front, back = free_port(), free_port()
    reach = read_reach(back, "127.0.0.1", f"http://127.0.0.1:{front}/svar/her", behind_proxy=True)
    proxy = Proxy(front, "/svar/her/", back)
    with start_chat(build_chat(SmallLibrary(), is_server=True), reach, users):
        yield Site(reach.url, users, proxy)
    proxy.shutdown()
    proxy.server_close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(locale="da-DK", reduced_motion="reduce")
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext, site: Site) -> Page:
    page = context.new_page()
    page.goto(site.address)
    return page


def log_in(page: Page, name: str, password: str = PASSWORD) -> None:
    page.get_by_label("Brugernavn").fill(name)
    page.get_by_label("Adgangskode", exact=True).fill(password)
    page.keyboard.press("Enter")


def test_whole_task_goes_behind_a_proxy_below_a_path(page: Page, site: Site) -> None:
    log_in(page, "Mette")
    mark = open_citation(ask(page, WHEN), 1)
    expect(mark).to_have_text("forventer KL’s bestyrelse at behandle forslaget igen i maj 2015")
    assert page.url.startswith(f"{site.address}#dokument=")
    assert set(site.proxy.outside) <= {"/favicon.ico"}  # which a browser asks every host for
    expect(page.locator(".facts")).to_contain_text(ON_A_SERVER["fact_local"])
    drawn = page.locator(".brand-sign use").evaluate("use => use.getBoundingClientRect().width")
    assert drawn > 0


def test_login_page_can_be_used_by_everyone(page: Page) -> None:
    expect(page).to_have_title(LOGIN["title"])
    expect(page.get_by_label("Brugernavn")).to_be_focused()
    assert violations(page) == []
    stops = []
    for _ in range(4):
        stops.append(page.evaluate("document.activeElement.id || document.activeElement.type"))
        page.keyboard.press("Tab")
    assert stops[:3] == ["name", "password", "submit"]
    assert stops[3] not in stops[:3] or stops[3] == "name"  # no trap: on to the browser, and round


def test_login_page_has_the_colours_of_the_chat(page: Page) -> None:
    accent = "rgb(11, 85, 99)"
    expect(page.get_by_role("button", name="Log ind")).to_have_css("background-color", accent)
    log_in(page, "Mette")
    expect(page.get_by_role("button", name="Spørg", exact=True)).to_have_css("background-color", accent)


def test_wrong_password_is_said_where_a_screen_reader_hears_it(page: Page) -> None:
    log_in(page, "Bo", "forkert adgangskode")
    expect(page.get_by_role("alert")).to_have_text(LOGIN["wrong"])
    expect(page).to_have_title(LOGIN["failed_title"])
    name = page.get_by_label("Brugernavn")
    expect(name).to_be_focused()
    expect(name).to_have_value("Bo")
    expect(name).to_have_accessible_description(LOGIN["wrong"])
    expect(page.get_by_label("Adgangskode", exact=True)).to_have_value("")
    assert violations(page) == []


@pytest.mark.parametrize("settings", [{"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 500}}])
def test_login_page_fits_dark_and_narrow_screens(
    browser: Browser, site: Site, settings: dict[str, object]
) -> None:
    page = browser.new_page(**settings)  # type: ignore[arg-type]
    page.goto(site.address)
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_login_page_works_without_scripts(browser: Browser, site: Site) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.address)
    log_in(page, "Mette")
    page.wait_for_url(site.address)
    assert [cookie["name"] for cookie in context.cookies()] == ["kildesvar"]
    context.close()


def test_link_opens_its_document_after_logging_in(page: Page, context: BrowserContext, site: Site) -> None:
    log_in(page, "Mette")
    open_citation(ask(page, WHEN), 1)
    link = page.url
    context.clear_cookies()
    page.goto("about:blank")
    page.goto(link)
    log_in(page, "Bo")
    expect(page.locator("mark.current")).to_contain_text("maj 2015")


def test_link_from_another_site_opens_at_once_for_one_who_is_logged_in(
    page: Page, context: BrowserContext, site: Site
) -> None:
    log_in(page, "Mette")
    open_citation(ask(page, WHEN), 1)
    other = context.new_page()
    foreign = f"http://localhost:{free_port()}/"
    other.route(
        foreign, lambda route: route.fulfill(body=f'<a href="{page.url}">x</a>', content_type="text/html")
    )
    other.goto(foreign)
    other.get_by_text("x").click()
    expect(other.locator("mark.current")).to_contain_text("maj 2015")


def test_logging_out_leaves_nothing_for_the_next_one(page: Page, site: Site) -> None:
    log_in(page, "Mette")
    ask(page, WHEN)
    page.get_by_role("button", name="Log ud").click()
    expect(page).to_have_title(LOGIN["title"])
    assert page.evaluate("sessionStorage.length") == 0
    page.go_back()
    expect(page).to_have_title(LOGIN["title"])
    log_in(page, "Bo")
    page.get_by_label("Dit spørgsmål").wait_for()
    expect(page.locator(".turn")).to_have_count(0)


def test_visitor_whose_session_is_over_is_led_to_log_in_and_the_next_one_sees_nothing(
    page: Page, site: Site
) -> None:
    log_in(page, "Ib")
    ask(page, WHEN)
    site.users.remove("Ib")
    page.get_by_label("Dit spørgsmål").fill(WHEN)
    page.keyboard.press("Enter")
    expect(page).to_have_title(LOGIN["title"])
    log_in(page, "Bo")
    page.get_by_label("Dit spørgsmål").wait_for()
    expect(page.locator(".turn")).to_have_count(0)
    site.users.add("Ib", PASSWORD)


def test_page_on_ones_own_machine_has_nothing_to_log_out_of(open_page: object) -> None:
    page = open_page()  # type: ignore[operator]
    expect(page.locator("[data-do=log-out]")).to_be_hidden()
