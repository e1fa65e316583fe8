"""Text that repeats over documents: the same sentence elsewhere, and the boilerplate of a passage.

A sentence is known again by its words in lower case, so case, punctuation and line breaks do not matter.
Boilerplate is a sentence that stands in many documents which are otherwise different: a document that
mostly repeats others is a copy or another version, and no witness, so copies alone make no boilerplate.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from index.array_files import load_arrays
from index.term_numbers import Numbers, Places, Tokens, distinct, find_tokens, text_numbers

REPEATS_NAME = "repeats.npz"

MIN_WORDS = 4
"""A shorter sentence ("Det blev vedtaget.") stands in many documents by chance."""

MIN_DOCUMENTS = 5
"""Boilerplate stands in at least so many documents,"""
MIN_SHARE_OF_DOCUMENTS = 0.01
"""and in at least this share of the library's."""

MAX_REPEATED_IN_WITNESS = 0.75
"""A document of which a greater share of the letters stands elsewhere too is no witness."""

_NO_KEYS, _NO_IDS = np.zeros(0, dtype=np.uint64), np.zeros(0, dtype=np.int64)


@dataclass(frozen=True, slots=True)
class PlacedSentences:
    """Some sentences by what they are known again by, with the ids of their documents and passages.

    Each of shape (sentences,): a number for their words, how many words they have, and how many letters.
    """

    keys: Numbers
    document_ids: Places
    passage_ids: Places
    words: Places
    letters: Places

    @classmethod
    def of(cls, tokens: Tokens, document_ids: Sequence[int], passage_ids: Sequence[int]) -> Self:
        """Return the sentences whose words are `tokens`."""
        count = len(document_ids)
        lengths = np.fromiter(map(len, tokens.words), dtype=np.int64, count=len(tokens.words))
        return cls(
            text_numbers(tokens, count),
            np.array(document_ids, dtype=np.int64),
            np.array(passage_ids, dtype=np.int64),
            np.bincount(tokens.rows, minlength=count),
            np.bincount(tokens.rows, lengths[tokens.ids], count).astype(np.int64),
        )


def build_repeats(directory: Path, sentences: Sequence[PlacedSentences]) -> None:
    """Write what repeats among all `sentences` into `directory`; raises `OSError` if it cannot be written."""
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
        names = ("keys", "places", "passages", "shares")
        self._keys, self._places, self._passages, self._shares = load_arrays(directory / REPEATS_NAME, *names)
        self._holders = distinct(self._places)

    def boilerplate(self, passage_ids: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return the share of each passage's letters that is boilerplate, 0 to 1, shape (passages,)."""
        if not len(self._passages):
            return np.zeros(len(passage_ids))
        places = np.searchsorted(self._passages, passage_ids)
        return np.where(
            self._passages.take(places, mode="clip") == passage_ids,
            self._shares.take(places, mode="clip"),
            0.0,
        )

    def repeats_in(self, passage_id: int) -> bool:
        """Tell whether a sentence of this passage stands in another document too."""
        place = np.searchsorted(self._holders, passage_id)
        return bool(place < len(self._holders) and self._holders[place] == passage_id)

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
    def of(cls, sentences: Sequence[PlacedSentences]) -> Self:
        keys = np.concatenate([_NO_KEYS, *(some.keys for some in sentences)])
        documents, document_rows = np.unique(
            np.concatenate([_NO_IDS, *(some.document_ids for some in sentences)]), return_inverse=True
        )
        return cls(
            keys=keys,
            rows=np.unique(keys, return_inverse=True)[1],
            passage_ids=np.concatenate([_NO_IDS, *(some.passage_ids for some in sentences)]),
            document_rows=document_rows,
            document_count=len(documents),
            letters=np.concatenate([_NO_IDS, *(some.letters for some in sentences)]),
            is_long=np.concatenate([_NO_IDS, *(some.words for some in sentences)]) >= MIN_WORDS,
        )

    def in_documents(self, counted: NDArray[np.bool_]) -> NDArray[np.int64]:
        """Return for each sentence in how many of the `counted` documents its words stand."""
        pairs = distinct(self.rows * max(1, self.document_count) + self.document_rows)
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
