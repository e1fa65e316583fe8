"""Text that repeats over documents: the same sentence elsewhere, and the boilerplate of a passage.

A sentence is known again by its words in lower case, so case, punctuation and line breaks do not matter.
Boilerplate is a sentence that stands in many documents which are otherwise different: a document that
mostly repeats others is a copy or another version, and no witness, so copies alone make no boilerplate.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.batches import batches
from index.term_numbers import Numbers, Places, find_tokens, text_numbers

REPEATS_NAME = "repeats.npz"

MIN_WORDS = 4
"""A shorter sentence ("Det blev vedtaget.") stands in many documents by chance."""

MIN_DOCUMENTS = 5
"""Boilerplate stands in at least so many documents,"""
MIN_SHARE_OF_DOCUMENTS = 0.01
"""and in at least this share of the library's."""

MAX_REPEATED_IN_WITNESS = 0.75
"""A document of which a greater share of the letters stands elsewhere too is no witness."""

_SENTENCES_AT_ONCE = 65_536

Columns = tuple[Numbers, Places, Places, Places, Places]
_NOTHING: Columns = (np.zeros(0, dtype=np.uint64), *(np.zeros((4, 0), dtype=np.int64)))


@dataclass(frozen=True, slots=True)
class PlacedSentence:
    """A sentence's text with the ids of its document and its passage."""

    document_id: int
    passage_id: int
    text: str


def build_repeats(directory: Path, sentences: Iterable[PlacedSentence]) -> None:
    """Write what repeats among `sentences` into `directory`; raises `OSError` if it cannot be written."""
    table = _Table.of(sentences)
    repeated = table.in_documents(np.ones(table.document_count, dtype=bool)) >= 2
    boilerplate = table.in_documents(table.witnesses(repeated)) >= max(
        MIN_DOCUMENTS, MIN_SHARE_OF_DOCUMENTS * table.document_count
    )
    passage_ids, shares = table.shares(boilerplate & table.is_long)
    kept = np.flatnonzero(repeated & table.is_long)
    kept = kept[np.lexsort((table.passage_ids[kept], table.keys[kept]))]
    np.savez(
        directory / REPEATS_NAME,
        keys=table.keys[kept],
        places=table.passage_ids[kept],
        passages=passage_ids[shares > 0],
        shares=shares[shares > 0],
    )


class Repeats:
    """What `build_repeats` found, opened for looking up; safe to use from several threads."""

    def __init__(self, directory: Path) -> None:
        """Read it from `directory`; raises `OSError` if it cannot be read."""
        with np.load(directory / REPEATS_NAME, allow_pickle=False) as stored:
            self._keys, self._places = stored["keys"], stored["places"]
            self._shares = dict(zip(stored["passages"].tolist(), stored["shares"].tolist(), strict=True))

    def boilerplate(self, passage_id: int) -> float:
        """Return the share of a passage's letters that is boilerplate, 0 to 1."""
        return float(self._shares.get(passage_id, 0.0))

    def passages_with(self, sentences: Sequence[str]) -> list[list[int]]:
        """Return for each sentence the ids, ascending, of its passages, where several documents hold it."""
        keys = text_numbers(find_tokens((sentence,) for sentence in sentences), len(sentences))
        first, last = (np.searchsorted(self._keys, keys, side) for side in ("left", "right"))
        found = (self._places[start:end] for start, end in zip(first, last, strict=True))
        return [list(dict.fromkeys(places.tolist())) for places in found]


@dataclass(frozen=True, slots=True)
class _Table:
    """A row a sentence; `rows` numbers the distinct keys, `document_rows` the documents, from 0."""

    keys: NDArray[np.uint64]
    rows: NDArray[np.int64]
    passage_ids: NDArray[np.int64]
    document_rows: NDArray[np.int64]
    document_count: int
    letters: NDArray[np.int64]
    is_long: NDArray[np.bool_]

    @classmethod
    def of(cls, sentences: Iterable[PlacedSentence]) -> "_Table":
        portions = [_NOTHING, *map(_columns, batches(sentences, _SENTENCES_AT_ONCE))]
        keys, documents, passages, letters, words = map(np.concatenate, zip(*portions, strict=True))
        distinct_documents, document_rows = np.unique(documents, return_inverse=True)
        return cls(
            keys=keys,
            rows=np.unique(keys, return_inverse=True)[1],
            passage_ids=passages,
            document_rows=document_rows,
            document_count=len(distinct_documents),
            letters=letters,
            is_long=words >= MIN_WORDS,
        )

    def in_documents(self, counted: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each sentence in how many of the `counted` documents its words stand."""
        pairs = np.unique(self.rows * max(1, self.document_count) + self.document_rows)
        rows, documents = np.divmod(pairs, max(1, self.document_count))
        return np.bincount(rows[counted[documents]], minlength=len(self.keys))[self.rows]

    def witnesses(self, repeated: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Tell for each document whether enough of it is its own."""
        share = _share(self.document_rows, self.letters, repeated, self.document_count)
        return share <= MAX_REPEATED_IN_WITNESS

    def shares(self, chosen: NDArray[np.bool_]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
        """Return every passage's id and the share of its letters that the chosen sentences are."""
        ids, rows = np.unique(self.passage_ids, return_inverse=True)
        return ids, _share(rows, self.letters, chosen, len(ids))


def _share(
    rows: NDArray[np.int64], letters: NDArray[np.int64], chosen: NDArray[np.bool_], count: int
) -> NDArray[np.float64]:
    """Return for each of `count` groups (`rows` tells each sentence's) the chosen share of its letters."""
    whole = np.bincount(rows, weights=letters, minlength=count)
    return np.bincount(rows, weights=letters * chosen, minlength=count) / np.maximum(whole, 1)


def _columns(sentences: Sequence[PlacedSentence]) -> Columns:
    """Return of each sentence: key, document's id, passage's id, number of letters, number of words."""
    tokens = find_tokens((sentence.text,) for sentence in sentences)
    letters = np.fromiter(map(len, tokens.words), dtype=np.int64, count=len(tokens.words))[tokens.ids]
    count = len(sentences)
    return (
        text_numbers(tokens, count),
        np.array([sentence.document_id for sentence in sentences], dtype=np.int64),
        np.array([sentence.passage_id for sentence in sentences], dtype=np.int64),
        np.bincount(tokens.rows, letters, count).astype(np.int64),
        np.bincount(tokens.rows, minlength=count),
    )
