"""A document as the page draws it: blocks of text, cut where a quoted sentence begins and ends."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from index.read.rows import CELL_SEPARATOR
from index.types import Block, BlockKind, Document

Segment = tuple[str, int]
"""A piece of text and the number of the citation that quotes it, 0 for none."""


_TABLE = (BlockKind.TABLE_HEAD, BlockKind.TABLE_ROW)


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


def find_cells(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where each cell of the table row `text[start:end]` begins and ends."""
    while (cell_end := text.find(CELL_SEPARATOR, start, end)) >= 0:
        yield start, cell_end
        start = cell_end + len(CELL_SEPARATOR)
    yield start, end


def _draw_block(text: str, block: Block, marks: tuple[Mark, ...]) -> dict[str, Any]:
    drawn = {"kind": block.kind.value, "level": block.level, "page": block.page}
    if block.kind in _TABLE:
        cells = find_cells(text, block.start, block.end)
        return {**drawn, "cells": [list(cut_segments(text, *cell, marks)) for cell in cells]}
    return {**drawn, "segments": list(cut_segments(text, block.start, block.end, marks))}


def _without_overlap(marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """Return the marks in order; one that begins inside an earlier one starts where that ends."""
    ordered: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, mark.end)):
        start = max(mark.start, ordered[-1].end if ordered else 0)
        if start < mark.end:
            ordered.append(Mark(mark.number, start, mark.end))
    return tuple(ordered)
