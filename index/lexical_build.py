"""The lexical index, written from the words of all passages.

Blocks of passages are inverted in memory and joined: what is written in the end depends on the words alone.
Terms are numbers there, and no text is stored, so nothing has to be erased when a document goes.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Final

import numpy as np

from index.array_files import save_array
from index.lexical import AROUND, FACTORS_NAME, PASSAGE_IDS_NAME, LexicalField, length_factors
from index.postings import Postings, find_runs, invert, join, write_postings
from index.term_numbers import MAX_ROWS, Numbers, Places, Tokens, find_tokens, gram_numbers, stem_numbers

AROUND_PASSAGES = 2
"""How many neighbours on each side help a passage to be found by its words."""

_CHARS_AT_ONCE = 4_000_000
"""How much is inverted in memory at a time, but for a longer passage: some tens of bytes a letter."""

_BLOCKS = "blocks"

_MAKERS: Final[Mapping[LexicalField, Callable[[Tokens], Numbers]]] = {
    LexicalField.STEMS: stem_numbers,
    LexicalField.GRAMS: gram_numbers,
}


@dataclass(frozen=True, slots=True)
class LexicalText:
    """What is indexed of one passage; the passages of a document follow each other.

    It comes in parts (a heading line, its words); no pair of words is made across two of them.
    """

    passage_id: int
    document: str
    parts: tuple[str, ...]


def build_lexical(directory: Path, texts: Iterable[LexicalText]) -> None:
    """Write a new index of `texts`, whose ids ascend, into the empty folder `directory`.

    Raises `OSError` if it cannot be written.
    """
    (directory / _BLOCKS).mkdir(mode=0o700)
    blocks: list[Path] = []
    ids: list[int] = []
    documents: list[str] = []
    for batch in _batches(texts):
        blocks.append(directory / _BLOCKS / str(len(blocks)))
        _write_block(blocks[-1], batch, len(ids))
        ids += (text.passage_id for text in batch)
        documents += (text.document for text in batch)
    save_array(directory / PASSAGE_IDS_NAME, np.array(ids, dtype=np.int64))
    windows = _windows(documents)
    for field in _MAKERS:
        _join_blocks(directory, field, blocks, *windows)
    shutil.rmtree(directory / _BLOCKS)


def _batches(texts: Iterable[LexicalText]) -> Iterator[list[LexicalText]]:
    batch: list[LexicalText] = []
    chars = 0
    for text in texts:
        batch.append(text)
        chars += sum(map(len, text.parts))
        if len(batch) == MAX_ROWS or chars >= _CHARS_AT_ONCE:
            yield batch
            batch, chars = [], 0
    if batch:
        yield batch


def _write_block(block: Path, texts: Sequence[LexicalText], first_row: int) -> None:
    block.mkdir(mode=0o700)
    tokens = find_tokens(text.parts for text in texts)
    for field, make in _MAKERS.items():
        with write_postings(block, field.value) as append:
            append(invert(make(tokens), first_row))


def _windows(documents: Sequence[str]) -> tuple[Places, Places]:
    """Return for each passage the first row around it in its document, and the one after the last."""
    rows = np.arange(len(documents))
    changes = (row for row, (one, other) in enumerate(pairwise(documents), 1) if one != other)
    begins = np.array([0, *changes, len(documents)])
    document = np.searchsorted(begins, rows, side="right")
    firsts = np.maximum(rows - AROUND_PASSAGES, begins[document - 1])
    return firsts, np.minimum(rows + AROUND_PASSAGES + 1, begins[document])


def _join_blocks(
    directory: Path, field: LexicalField, blocks: Sequence[Path], firsts: Places, lasts: Places
) -> None:
    """Write the postings of `field` and the runs around, term by term, and the passages' factors of both."""
    around = AROUND[field]
    lengths = np.zeros(len(firsts), dtype=np.int64)
    steps = np.zeros(len(firsts) + 1, dtype=np.int64)
    with write_postings(directory, field.value) as own, write_postings(directory, around.value) as near:
        for postings in join([Postings.open(block, field.value) for block in blocks]):
            own(postings)
            lengths += np.bincount(postings.listed, minlength=len(lengths))
            runs = find_runs(postings, firsts, lasts)
            near(runs)
            begins, ends = (np.bincount(runs.listed[:, side], minlength=len(steps)) for side in (0, 1))
            steps += begins - ends
    for each, counted in ((field, lengths), (around, np.cumsum(steps)[:-1])):
        factors = length_factors(counted, counted.sum() / max(1, len(counted)))
        save_array(directory / FACTORS_NAME.format(each.value), factors)
