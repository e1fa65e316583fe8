"""A document as the page draws it: blocks of text, cut where a quoted sentence begins and ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from index.types import Block, Document

Segment = tuple[str, int]
"""A piece of text and the number of the citation that quotes it, 0 for none."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The range of a document's text that citation `number` quotes, in code points."""

    number: int
    start: int
    end: int


def draw_document(document: Document, marks: Iterable[Mark]) -> dict[str, Any]:
    """Return what the page needs to draw `document`, ready for JSON."""
    ordered = _without_overlap(marks)
    return {
        "file": document.path,
        "title": document.title,
        "date": document.date,
        "author": document.author,
        "partly_read": document.partly_read,
        "blocks": [_draw_block(document.text, block, ordered) for block in document.blocks],
    }


def cut_segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    """Yield `text[start:end]` in order, cut by `marks` (ordered, without overlap)."""
    position = start
    for mark in marks:
        mark_start, mark_end = max(mark.start, start), min(mark.end, end)
        if mark_start < mark_end:
            if position < mark_start:
                yield text[position:mark_start], 0
            yield text[mark_start:mark_end], mark.number
            position = mark_end
    if position < end:
        yield text[position:end], 0


def _draw_block(text: str, block: Block, marks: tuple[Mark, ...]) -> dict[str, Any]:
    return {
        "kind": block.kind.value,
        "level": block.level,
        "page": block.page,
        "segments": list(cut_segments(text, block.start, block.end, marks)),
    }


def _without_overlap(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks in order; one that begins inside an earlier one starts where that ends."""
    ordered: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start = max(mark.start, ordered[-1].end if ordered else 0)
        if start < mark.end:
            ordered.append(Mark(mark.number, start, mark.end))
    return tuple(ordered)
