"""axe-core, which judges a page by WCAG 2.2 AA and good practice."""

from pathlib import Path

import axe_playwright_python
from playwright.sync_api import Page

_AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")

_EVERYTHING = {
    "type": "tag",
    "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
_COLOURS = {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}

_RUN = """async (runOnly) => {
    const found = await axe.run(document, { runOnly });
    return found.violations.map(({ id, nodes }) => [id, ...nodes.map(node => node.html)]);
}"""


def violations(page: Page) -> list[list[str]]:
    """Return what axe-core finds wrong, each with the elements it stands at."""
    return _run(page, _EVERYTHING)


def violations_in_both_themes(page: Page) -> list[list[str]]:
    """Return what axe-core finds wrong in light colours, and what the dark ones alone can make wrong."""
    page.emulate_media(color_scheme="light")
    in_light = _run(page, _EVERYTHING)
    page.emulate_media(color_scheme="dark")
    return in_light + _run(page, _COLOURS)


def _run(page: Page, rules: dict[str, object]) -> list[list[str]]:
    if not page.evaluate("'axe' in window"):
        page.evaluate(_AXE)
    found: list[list[str]] = page.evaluate(_RUN, rules)
    return found
