"""Takes away what stands on every page and says nothing: headers, footers, page numbers, contents."""

import re
from collections.abc import Sequence

from index.read.pdf_lines import Line, Table

_MARGIN = 0.12
"""The share of a page's height, above and below, where page numbers stand."""
_WIDE_MARGIN = 0.2
_EDGE_LINES = 4
"""A header or footer stands in the wide margin and among so many lines from the page's edge."""
_MIN_REPEATS = 3

_PAGE_NUMBER = re.compile(r"^\W*(?:(?:side|page|s\.)\s*)?\d{1,4}(?:\s*(?:af|of|/|-)\s*\d{1,4})?\W*$", re.I)
_CONTENTS_LINE = re.compile(r"(?:[.·_]\s?|…\s?){4,}\s*\d{1,4}$")
_CONTENTS_TITLE = re.compile(r"^(?:indholdsfortegnelse|indhold|table of contents|contents)\W*$", re.I)
_MAX_CONTENTS_PAGE = 10
_MIN_CONTENTS_ROWS = 4

Item = Line | Table


def remove_furniture(pages: Sequence[Sequence[Item]], heights: Sequence[float]) -> list[list[Item]]:
    """Return the pages without page numbers, contents, and lines that repeat at their edges.

    A repeated line is kept where it stands for the first time, if that is above the text: it may name the
    case or the sender.
    """
    edges = [_edge_lines(page, height) for page, height in zip(pages, heights, strict=True)]
    repeated = _repeated_shapes(edges)
    seen: set[str] = set()
    cleaned: list[list[Item]] = []
    for page, height, edge in zip(pages, heights, edges, strict=True):
        found = [line for line in edge if _shape(line) in repeated]
        dropped = {id(line) for line in found if _shape(line) in seen or line.top > height / 2}
        dropped.update(id(line) for line in edge if _is_page_number(line, height))
        seen.update(_shape(line) for line in found)
        cleaned.append(_without_contents([item for item in page if id(item) not in dropped]))
    return cleaned


def _repeated_shapes(edges: Sequence[Sequence[Line]]) -> set[str]:
    groups: dict[str, list[Line]] = {}
    for edge in edges:
        for shape, line in {_shape(line): line for line in edge}.items():
            groups.setdefault(shape, []).append(line)
    least = min(_MIN_REPEATS, max(2, len(edges)))
    return {shape for shape, lines in groups.items() if len(lines) >= least and _counts_pages(lines)}


def _counts_pages(lines: Sequence[Line]) -> bool:
    """Return True for lines that are the same but for a number that grows with the page.

    "Kapitel 1" and "Kapitel 2", each at the top of its page, are no headers.
    """
    numbers = [[int(number) for number in re.findall(r"\d{1,9}", line.text)] for line in lines]
    places = zip(*numbers, strict=False)
    return all(
        len(set(place)) == 1 or len({n - line.page for n, line in zip(place, lines, strict=True)}) == 1
        for place in places
    )


def _edge_lines(page: Sequence[Item], height: float) -> list[Line]:
    """Return the uppermost and lowest lines of a page, where headers and footers stand."""
    lines = sorted(
        (item for item in page if isinstance(item, Line) and not item.words[0].turn),
        key=lambda line: line.top,
    )
    upper = [line for line in lines[:_EDGE_LINES] if line.bottom < _WIDE_MARGIN * height]
    lower = [line for line in lines[-_EDGE_LINES:] if line.top > (1 - _WIDE_MARGIN) * height]
    return upper + lower


def _is_page_number(line: Line, height: float) -> bool:
    at_edge = line.bottom < _MARGIN * height or line.top > (1 - _MARGIN) * height
    return at_edge and bool(_PAGE_NUMBER.match(line.text))


def _shape(line: Line) -> str:
    return re.sub(r"\d+", "#", line.text.casefold())


def _without_contents(page: list[Item]) -> list[Item]:
    """Leave out a table of contents: it repeats the headings and leads nowhere."""
    kept = [item for item in page if not _is_contents(item)]
    if len(kept) == len(page):
        return page
    return [item for item in kept if not (isinstance(item, Line) and _CONTENTS_TITLE.match(item.text))]


def _is_contents(item: Item) -> bool:
    if isinstance(item, Line):
        return bool(_CONTENTS_LINE.search(item.text))
    if item.page > _MAX_CONTENTS_PAGE or len(item.rows) < _MIN_CONTENTS_ROWS:
        return False
    numbers = [row[-1].strip("._ …") for row in item.rows]
    if not all(number.isdecimal() and len(number) < 5 for number in numbers):
        return False
    pages = [int(number) for number in numbers]
    return pages == sorted(pages) and pages[-1] > pages[0]
