"""The screens that are judged: each brings a page there."""

from playwright.sync_api import Page

from tests.qa.chat.acts import ask, open_citation
from tests.qa.chat.small_library import OFF_TOPIC, WHEN, WHO


def empty(page: Page) -> None:
    page.locator(".suggestion").first.wait_for()


def answered(page: Page) -> None:
    ask(page, WHEN)


def refused(page: Page) -> None:
    ask(page, WHO)
    ask(page, OFF_TOPIC)


def giving_an_opinion(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Nej, svaret hjalp ikke").click()


def rejected(page: Page) -> None:
    page.get_by_label("Dit spørgsmål").press("Enter")


def reading(page: Page) -> None:
    open_citation(ask(page, WHEN), 1)
    page.get_by_role("searchbox", name="Søg i dokumentet").fill("KL")


def listing(page: Page) -> None:
    page.get_by_role("button", name="Dokumenter", exact=True).click()
    page.locator("button.document").first.wait_for()


def helping(page: Page) -> None:
    page.get_by_role("button", name="Hjælp").click()


def saving(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Gem samtalen", exact=True).click()


def clearing(page: Page) -> None:
    ask(page, WHEN)
    page.get_by_role("button", name="Ny samtale").click()


def choosing(page: Page) -> None:
    listing(page)
    page.get_by_role("checkbox").first.check()
    page.get_by_role("checkbox").last.check()


def narrowed(page: Page) -> None:
    choosing(page)
    page.get_by_role("button", name="Luk, og stil dit spørgsmål").click()
    ask(page, WHO)
    ask(page, OFF_TOPIC)


SCREENS = [
    empty, answered, giving_an_opinion, refused, rejected, reading,
    listing, choosing, narrowed, helping, saving, clearing,
]  # fmt: skip
