"""A document to passages: what is retrieved and cited, large enough to be found, small enough to be read.

Every block that is not a heading lands in one passage (a long one in several). Under one heading path and on
one page, short neighbours are joined until they reach about `JOIN_CHARS`; a line that introduces what
follows stays with it. A heading with nothing under it is text like any other, under its parents' path:
contact details set as headings must be found too, and must not be put under the wrong heading.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from math import ceil

from index.read.rows import CELL_SEPARATOR
from index.sentences import split_sentences
from index.types import Block, BlockKind, Document, Passage, Span

JOIN_CHARS = 400
"""Short neighbours are joined up to this length: measured on municipal documents, it lifted the hit
rate at 1 from 25 % to 42 % over paragraphs as they stand."""

MAX_PASSAGE_CHARS = 1200
"""A longer block is divided at sentence ends, so that it fits the model's 512 tokens.

Measured with the default model's tokeniser over 27,000 Danish passages divided here, title, headings and
introduction in front: 99 % have at most 380 tokens (4.0 characters a token, 2.8 in the worst 1 %), and three
are longer than 512, all tables of numbers drawn with bars."""

SHORT_LINE_CHARS = 80
"""Up to this length a line says too little alone: it stays with its neighbour."""

MAX_ROW_CHARS = 500
"""A table row up to this length is quoted whole."""

MAX_LEAD_CHARS = 200
"""A line up to this length moves to the passage of what it introduces."""

MAX_LEADS = 3
"""Labels above labels above a text: more of them are a text of their own."""

MAX_INTRODUCTION_CHARS = 300
"""A longer line above a list says more than what the list is about."""

_LISTED = (BlockKind.LIST_ITEM, BlockKind.TABLE_ROW)
_LAW_SECTION = re.compile(r"§\s?\d{1,4}(?:\s?[a-zæøå])?\b(?=\.)")
_SUBSECTION = re.compile(r"Stk\.\s?\d")
_POINTS_BELOW = re.compile(r"\b(?:følgende|nedenstående|nedenfor|herunder)\b", re.IGNORECASE)
_ENDS = (".", "!", "?", "…", ".”", '."', ".)", ";")


@dataclass(frozen=True, slots=True)
class _Unit:
    """A block with its place: what passages are put together from. `section` counts headings above it."""

    block: Block
    text: str
    paragraph: int
    section: int
    headings: tuple[str, ...]
    columns: tuple[str, ...] = ()
    introduction: str = ""


def split_passages(document: Document) -> tuple[Passage, ...]:
    """Return the document's passages in reading order; they do not overlap.

    `document.text[passage.start:passage.end]` is a passage's text. Sentences never cross two blocks.
    """
    passages: list[Passage] = []
    for section in _sections(_introduced(_placed(document))):
        for group in _absorbed(_joined(section)):
            passages.extend(_to_passages(group))
    return tuple(passages)


def _placed(document: Document) -> Iterator[_Unit]:
    """Yield the blocks to be found, each with its paragraph number and heading path.

    The title is known for every passage, so it is left out of the heading path. A row of column heads is
    not found by itself: it goes with each row below it.
    """
    path: list[tuple[int, str]] = []
    columns: tuple[str, ...] = ()
    paragraph, section = 1, 0
    title = document.title
    if_alone = all(block.kind is BlockKind.HEADING for block in document.blocks)
    for number, block in enumerate(document.blocks):
        text = document.text[block.start : block.end]
        if _heads_rows(document.blocks, number):
            columns = tuple(text.split(CELL_SEPARATOR))
            continue
        if block.kind is not BlockKind.TABLE_ROW:
            columns = ()
        if block.kind is BlockKind.HEADING:
            path = [step for step in path if step[0] < block.level]
        unit = _Unit(
            block, text, paragraph, section, tuple(name for _, name in path if name != title), columns
        )
        if block.kind is not BlockKind.HEADING:
            yield unit
            paragraph += 1
            continue
        name = " ".join(text.split())
        path.append((block.level, name))
        if _has_content(document.blocks, number):
            section += 1
        elif if_alone or not (name == title or _is_repeated(document, number, name)):
            yield unit


def _is_repeated(document: Document, number: int, name: str) -> bool:
    """Say whether the next heading holds this one: "Læs mere" above "Læs mere om hallen"."""
    following = document.blocks[number + 1 : number + 2]
    return any(name in " ".join(document.text[block.start : block.end].split()) for block in following)


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


def _introduced(units: Iterable[_Unit]) -> Iterator[_Unit]:
    """Give list items and table rows the line above the list, and nested items the items above them.

    In a law the number of the section goes with all that stands under it: "§ 3" with its "Stk. 2".
    """
    above: _Unit | None = None
    line, law, section = "", "", -1
    parents: list[_Unit] = []
    for unit in units:
        if unit.section != section:
            above, line, law, section, parents = None, "", "", unit.section, []
        if unit.block.kind not in _LISTED:
            above, parents = unit, []
            opening = _LAW_SECTION.match(unit.text)
            law = opening.group() if opening else law
            yield replace(unit, introduction="" if opening or not _SUBSECTION.match(unit.text) else law)
            continue
        if above is not None:
            line = _introducing_line(above)
            above = None
        parents = [parent for parent in parents if parent.block.level < unit.block.level]
        yield replace(unit, introduction=_shortest_tail([law, line, *(parent.text for parent in parents)]))
        parents.append(unit)


def _introducing_line(unit: _Unit) -> str:
    """Return the sentence that a list below this block hangs on, or "" when it only stands above it.

    A whole sentence is no introduction: repeated before every part of a list it would be found there
    instead of where it stands.
    """
    sentences = split_sentences(unit.text)
    last = unit.text[sentences[-1].start : sentences[-1].end] if sentences else ""
    return last if last and (not last.endswith(_ENDS) or _POINTS_BELOW.search(last)) else ""


def _shortest_tail(lines: Sequence[str]) -> str:
    """Join the lines that fit, the nearest first: the item above says more than the line above the list."""
    kept: list[str] = []
    for line in reversed([" ".join(line.split()) for line in lines if line]):
        if sum(map(len, kept)) + len(line) > MAX_INTRODUCTION_CHARS:
            break
        kept.insert(0, line)
    return " ".join(kept)


def _sections(units: Iterable[_Unit]) -> Iterator[list[_Unit]]:
    """Yield the units that may be joined: under one heading, on one page, footnotes by themselves."""
    for _, group in groupby(
        units, lambda u: (u.section, u.headings, u.block.page, u.block.kind is BlockKind.FOOTNOTE)
    ):
        yield list(group)


def _joined(units: Sequence[_Unit]) -> Iterator[list[_Unit]]:
    """Yield the units of each passage: short neighbours together, and a line with what it introduces."""
    group: list[_Unit] = []
    for number, unit in enumerate(units):
        following = units[number + 1] if number + 1 < len(units) else None
        if group and _is_full(group, unit, following):
            body, leads = _without_leads(group, unit)
            if body:
                yield body
            group = leads
        group.append(unit)
    if group:
        yield group


def _is_full(group: Sequence[_Unit], unit: _Unit, following: _Unit | None) -> bool:
    """Say whether `unit` is too much for the passage, or better begins one with what it introduces."""
    if unit.block.end - group[0].block.start > JOIN_CHARS or _of_two_tables([*group, unit]):
        return True
    if _LAW_SECTION.match(unit.text):
        return True
    begins = following is not None and _leads(unit, following) and not _leads(group[-1], unit)
    return begins and _span(group) > JOIN_CHARS // 2


def _of_two_tables(units: Iterable[_Unit]) -> bool:
    """Say whether rows with other column heads meet: a passage can only tell the heads of one table."""
    return len({unit.columns for unit in units if unit.columns}) > 1


def _absorbed(groups: Iterable[list[_Unit]]) -> list[list[_Unit]]:
    """Put what says too little alone together with the passage above, or else the one below."""
    kept: list[list[_Unit]] = []
    for group in groups:
        if kept and _is_better_with(kept[-1], group):
            kept[-1].extend(group)
        else:
            kept.append(group)
    return kept


def _is_better_with(above: Sequence[_Unit], group: Sequence[_Unit]) -> bool:
    both = [*above, *group]
    short = _span(group) <= SHORT_LINE_CHARS or _span(above) <= SHORT_LINE_CHARS
    return short and _span(both) <= MAX_PASSAGE_CHARS and not _of_two_tables(both)


def _without_leads(group: list[_Unit], unit: _Unit) -> tuple[list[_Unit], list[_Unit]]:
    """Divide a full group from the few lines at its end that introduce `unit`."""
    kept = len(group)
    following = unit
    while kept and len(group) - kept < MAX_LEADS and _leads(group[kept - 1], following):
        kept -= 1
        following = group[kept]
    return group[:kept], group[kept:]


def _leads(unit: _Unit, following: _Unit) -> bool:
    """Say whether `unit` means little without `following`: a label, or a list's first line."""
    if len(unit.text) > MAX_LEAD_CHARS:
        return False
    if unit.block.kind in _LISTED and following.block.kind in _LISTED:
        return following.block.level > unit.block.level
    if following.block.kind in _LISTED:
        return _introducing_line(unit) != ""
    return unit.text.endswith(":") or _labels(unit, following)


def _labels(unit: _Unit, following: _Unit) -> bool:
    """Tell a heading that is set as a paragraph: a short line without an end above a longer text."""
    if unit.block.kind is not BlockKind.PARAGRAPH or len(unit.text) > SHORT_LINE_CHARS:
        return False
    says_more = len(following.text) > SHORT_LINE_CHARS or following.text.endswith(":")
    return says_more and ": " not in unit.text and not unit.text.endswith(_ENDS)


def _span(units: Sequence[_Unit]) -> int:
    return units[-1].block.end - units[0].block.start


def _to_passages(group: Sequence[_Unit]) -> Iterator[Passage]:
    """Yield the passage of a group, or several when it is too long for the model."""
    sentences = [
        (unit, Span(unit.block.start + sentence.start, unit.block.start + sentence.end))
        for unit in group
        for sentence in _sentences(unit)
    ]
    lead = group[0].text if len(group[0].text) <= MAX_INTRODUCTION_CHARS else ""
    for number, part in enumerate(_parts(sentences)):
        unit = part[0][0]
        yield Passage(
            start=part[0][1].start,
            end=part[-1][1].end,
            paragraph=unit.paragraph,
            page=unit.block.page,
            headings=unit.headings,
            introduction=unit.introduction or (lead if number and unit is not group[0] else ""),
            sentences=tuple(span for _, span in part),
            columns=next((unit.columns for unit, _ in part if unit.columns), ()),
        )


def _sentences(unit: _Unit) -> tuple[Span, ...]:
    """Return the sentences of a block; a table row stays whole, as its cells say what each other are."""
    if unit.block.kind is BlockKind.TABLE_ROW and len(unit.text) <= MAX_ROW_CHARS:
        return (Span(0, len(unit.text)),)
    return split_sentences(unit.text)


def _parts(sentences: Sequence[tuple[_Unit, Span]]) -> Iterator[list[tuple[_Unit, Span]]]:
    """Divide into parts of about the same length, none above `MAX_PASSAGE_CHARS`, whole sentences each."""
    total = sentences[-1][1].end - sentences[0][1].start if sentences else 0
    target = total / ceil(total / MAX_PASSAGE_CHARS) if total else 0
    part: list[tuple[_Unit, Span]] = []
    for unit, span in sentences:
        start = part[0][1].start if part else span.start
        middle = (span.start + span.end) / 2
        if part and (span.end - start > MAX_PASSAGE_CHARS or middle - start > target):
            yield part
            part = []
        part.append((unit, span))
    if part:
        yield part
