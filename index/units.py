"""A document's blocks with what a reader would know of each: its headings, the line above its list.

A heading with nothing under it is text like any other, under its parents' path: contact details set as
headings must be found too, and must not be put under the wrong heading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.read.rows import CELL_SEPARATOR
from index.sentences import split_sentences
from index.types import Block, BlockKind, Document

MAX_INTRODUCTION_CHARS = 300
"""A longer line above a list says more than what the list is about."""

LISTED = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
"""What may continue under a line that introduces it."""

SENTENCE_ENDS = (".", "!", "?", "…", ".”", '."', ".)", ";")

LAW_SECTION = re.compile(r"§\s?\d{1,4}(?:\s?[a-zæøå])?\b(?=\.)")
"""How a section of a law begins: "§ 3."."""

_SUBSECTION = re.compile(r"Stk\.\s?\d")
_POINTS_BELOW = re.compile(r"\b(?:følgende|nedenstående|nedenfor|herunder)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Unit:
    """A block with its place: what passages are put together from. `section` counts headings above it."""

    block: Block
    text: str
    paragraph: int
    section: int
    headings: tuple[str, ...]
    columns: tuple[str, ...] = ()
    introduction: str = ""


def to_units(document: Document) -> Iterator[Unit]:
    """Yield the blocks of `document` that can be found, in reading order, with what introduces them."""
    return _introduced(_placed(document))


def _placed(document: Document) -> Iterator[Unit]:
    """Yield the blocks to be found, each with its paragraph number, its heading path and its columns.

    A row of column heads is not found by itself: it goes with each row below it.
    """
    path: list[tuple[int, str]] = []
    columns: tuple[str, ...] = ()
    paragraph, section = 1, 0
    headings_alone = all(block.kind is BlockKind.HEADING for block in document.blocks)
    for number, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        if _heads_rows(document.blocks, number):
            columns = tuple(text.split(CELL_SEPARATOR))
        elif block.kind is BlockKind.HEADING:
            path = [step for step in path if step[0] < block.level]
            if _has_content(document.blocks, number):
                section += 1
            elif headings_alone or not _is_known(document, number):
                yield Unit(block, text, paragraph, section, _names(path, document))
            path.append((block.level, _one_line(text)))
        else:
            columns = columns if block.kind is BlockKind.TABLE_ROW else ()
            yield Unit(block, text, paragraph, section, _names(path, document), columns)
            paragraph += 1


def _names(path: Sequence[tuple[int, str]], document: Document) -> tuple[str, ...]:
    """Return the heading path; the title is known for every passage, so it is left out."""
    return tuple(name for _, name in path if name != document.title)


def _is_known(document: Document, number: int) -> bool:
    """Say whether a heading is found without being a text of its own.

    It is the title, or the next heading holds it: "Læs mere" above "Læs mere om hallen".
    """
    block, *following = document.blocks[number : number + 2]
    name = _one_line(document.text[block.start : block.end])
    return name == document.title or any(
        name in _one_line(document.text[below.start : below.end]) for below in following
    )


def _heads_rows(blocks: Sequence[Block], number: int) -> bool:
    if blocks[number].kind is not BlockKind.TABLE_HEAD or number + 1 == len(blocks):
        return False
    return blocks[number + 1].kind is BlockKind.TABLE_ROW


def _has_content(blocks: Sequence[Block], number: int) -> bool:
    """Say whether anything stands under the heading, be it a heading of a lower level."""
    if number + 1 == len(blocks):
        return False
    following = blocks[number + 1]
    return following.kind is not BlockKind.HEADING or following.level > blocks[number].level


def _introduced(units: Iterable[Unit]) -> Iterator[Unit]:
    """Give list items and table rows the line above the list, and nested items the items above them.

    In a law the number of the section goes with all that stands under it: "§ 3" with its "Stk. 2".
    """
    above: Unit | None = None
    line, law, section = "", "", -1
    parents: list[Unit] = []
    for unit in units:
        if unit.section != section:
            above, line, law, section, parents = None, "", "", unit.section, []
        if unit.block.kind not in LISTED:
            above, parents = unit, []
            opening = LAW_SECTION.match(unit.text)
            law = opening.group() if opening else law
            yield replace(unit, introduction="" if opening or not _SUBSECTION.match(unit.text) else law)
            continue
        if above is not None:
            line = introducing_line(above)
            above = None
        parents = [parent for parent in parents if parent.block.level < unit.block.level]
        yield replace(unit, introduction=_shortest_tail([law, line, *(parent.text for parent in parents)]))
        parents.append(unit)


def introducing_line(unit: Unit) -> str:
    """Return the sentence that a list below this block hangs on, or "" when it only stands above it.

    A whole sentence is no introduction: repeated before every part of a list it would be found there
    instead of where it stands.
    """
    sentences = split_sentences(unit.text)
    last = unit.text[sentences[-1].start : sentences[-1].end] if sentences else ""
    return last if last and (not last.endswith(SENTENCE_ENDS) or _POINTS_BELOW.search(last)) else ""


def _shortest_tail(lines: Sequence[str]) -> str:
    """Join the lines that fit, the nearest first: the item above says more than the line above the list."""
    kept: list[str] = []
    for line in reversed([_one_line(line) for line in lines if line]):
        if sum(map(len, kept)) + len(line) > MAX_INTRODUCTION_CHARS:
            break
        kept.insert(0, line)
    return " ".join(kept)


def _one_line(text: str) -> str:
    return " ".join(text.split())
