"""Terms as numbers, made for many passages at once: the terms of `index.danish`, hundreds of them a passage.

A term's number is a polynomial of its letters modulo 2**64 (Karp and Rabin, 1987), mixed so that all bits
count. The polynomial of two strings in a row follows from theirs, so a pair of words needs no string of its
own. The last bits of a term's number are 0, so that one number can hold the term and the row it stands in. Of
ten million terms two share a number in one library of twenty; each then finds the other's passages too.
"""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import count, cycle
from operator import mul
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from index.danish import (
    GRAM_CHARS,
    MAX_WORD_CHARS,
    PAIR_SIGN,
    WORD_BEGINS,
    find_words,
    fold,
    is_stop_word,
    stem,
)

Numbers = NDArray[np.uint64]
Places = NDArray[np.int64]
Whole = TypeVar("Whole", np.int64, np.uint64)

MAX_ROWS = 2**14
"""How many passages are numbered at a time."""
ROW_MASK = np.uint64(MAX_ROWS - 1)
"""The bits of a number that hold the row."""

_TERMS_KEPT = 20_000
"""Some four megabytes of the terms that questions asked for last."""

_BASE = 0x2545F4914F6CDD1D
"""An odd number without pattern; its powers are what the letters are multiplied by."""

_MOST_CHARS = 4 * MAX_WORD_CHARS + 1
"""As long as two stems with a sign between: folding writes one letter as two. Then the powers begin again."""

_POWERS_OF_BASE = [pow(_BASE, power, 2**64) for power in range(_MOST_CHARS)]
_POWERS = np.array(_POWERS_OF_BASE, dtype=np.uint64)
_MIXING, _LAST_SHIFT = ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)), 31
_PAIR_SIGN = np.uint64(ord(PAIR_SIGN))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of some passages, one after the other, as places in `words`, which are distinct.

    `ids`, `parts` and `rows` have the shape (tokens,): the word, and which part of which passage it is in.
    """

    words: list[str]
    ids: Places
    parts: Places
    rows: Places


def number_terms(terms: Sequence[str]) -> Numbers:
    """Return the number of each term, shape (terms,); no term holds a NUL, which would count for nothing."""
    return _number(_polynomials(terms)[0])


@lru_cache(maxsize=_TERMS_KEPT)
def number_term(term: str) -> int:
    """Return the number of one term, kept for the next question: for few terms faster than `number_terms`."""
    number: int = sum(map(mul, map(ord, term), cycle(_POWERS_OF_BASE))) % 2**64
    for shift, factor in _MIXING:
        number = (number ^ number >> shift) * factor % 2**64
    return (number ^ number >> _LAST_SHIFT) // MAX_ROWS * MAX_ROWS


def find_tokens(passages: Iterable[Sequence[str]]) -> Tokens:
    """Return the words of passages that come in parts; passages are numbered from 0."""
    known: defaultdict[str, int] = defaultdict(count().__next__)
    ids, part_sizes, passage_sizes = array("q"), array("q"), array("q")
    for parts in passages:
        for part in parts:
            words = find_words(part)
            ids.extend(map(known.__getitem__, words))
            part_sizes.append(len(words))
        passage_sizes.append(len(parts))
    parts_of_tokens = np.repeat(np.arange(len(part_sizes)), part_sizes)
    rows_of_parts = np.repeat(np.arange(len(passage_sizes)), passage_sizes)
    return Tokens(list(known), np.array(ids, dtype=np.int64), parts_of_tokens, rows_of_parts[parts_of_tokens])


def stem_numbers(tokens: Tokens) -> Numbers:
    """Return what `danish.stem_terms` finds in each part, stems and pairs of neighbours, with its row.

    In no order and with repetitions, shape (terms,); there may be `MAX_ROWS` passages.
    """
    polynomials, lengths = _polynomials([stem(word) for word in tokens.words])
    is_stop = _are_stop_words(tokens.words)[tokens.ids]
    first, second = tokens.ids[:-1], tokens.ids[1:]
    paired = (tokens.parts[:-1] == tokens.parts[1:]) & ~(is_stop[:-1] & is_stop[1:])
    first, second = first[paired], second[paired]
    chars = lengths[first]
    pairs = (
        polynomials[first] + _POWERS[chars] * _PAIR_SIGN + _POWERS[chars + 1] * polynomials[second]
    )  # of "first_second"
    rows = tokens.rows.astype(np.uint64)
    return np.concatenate((_number(polynomials)[tokens.ids] | rows, _number(pairs) | rows[:-1][paired]))


def gram_numbers(tokens: Tokens) -> Numbers:
    """Return what `danish.gram_terms` finds in each part, 5-grams of words that carry meaning, with its row.

    In no order and with repetitions, shape (terms,); there may be `MAX_ROWS` passages.
    """
    carries = ~_are_stop_words(tokens.words)[tokens.ids]
    only_stop_words = np.bincount(tokens.parts, weights=carries) == 0
    chosen = carries | only_stop_words[tokens.parts]
    words = max(1, len(tokens.words))
    rows, ids = np.divmod(distinct(tokens.rows[chosen] * words + tokens.ids[chosen]), words)
    grams, sizes = _grams(tokens.words)
    places = spans((np.cumsum(sizes) - sizes)[ids], sizes[ids])
    return np.asarray(grams[places] | np.repeat(rows.astype(np.uint64), sizes[ids]))


def text_numbers(tokens: Tokens, texts: int) -> Numbers:
    """Return a number for the words of each of so many texts, in their order, shape (texts,)."""
    sizes = np.bincount(tokens.rows, minlength=texts)
    return _mix(_sum_up(number_terms(tokens.words)[tokens.ids], sizes))


def distinct(values: NDArray[Whole]) -> NDArray[Whole]:
    """Return the distinct values, ascending; ten times as fast as `np.unique` of numpy 2.3 and later."""
    ordered = np.sort(values)
    return ordered[np.concatenate(([True], ordered[1:] != ordered[:-1]))] if len(ordered) else ordered


def spans(starts: Places, sizes: Places) -> Places:
    """Return the places from each of `starts` on, so many as its size says, all in a row."""
    ends = np.cumsum(sizes)
    return np.asarray(np.arange(sizes.sum()) + np.repeat(starts - (ends - sizes), sizes))


def _are_stop_words(words: Sequence[str]) -> NDArray[np.bool_]:
    return np.fromiter(map(is_stop_word, words), dtype=bool, count=len(words))


def _grams(words: Sequence[str]) -> tuple[Numbers, Places]:
    """Return the numbers of the grams of one word after the other, and how many each word has."""
    letters, lengths = _letters([WORD_BEGINS + fold(word) for word in words])
    sizes = np.maximum(1, lengths - (GRAM_CHARS - 1))
    ends = np.cumsum(lengths)
    places = spans(ends - lengths, sizes)
    left = np.repeat(ends, sizes) - places
    padded = np.concatenate((letters, np.zeros(GRAM_CHARS, dtype=np.uint64)))
    numbers = np.zeros(len(places), dtype=np.uint64)
    for i in range(GRAM_CHARS):
        numbers += np.where(left > i, padded[places + i], np.uint64(0)) * _POWERS[i]
    return _number(numbers), sizes


def _polynomials(strings: Sequence[str]) -> tuple[Numbers, Places]:
    """Return the polynomial of each string's letters, and how long the string is."""
    letters, lengths = _letters(strings)
    return _sum_up(letters, lengths), lengths


def _sum_up(values: Numbers, sizes: Places) -> Numbers:
    """Return for each stretch of so many values the sum of each times a power of the base."""
    ends = np.cumsum(sizes)
    places = np.arange(len(values)) - np.repeat(ends - sizes, sizes)
    sums = np.cumsum(values * _POWERS[places % _MOST_CHARS], dtype=np.uint64)
    sums = np.concatenate((np.zeros(1, dtype=np.uint64), sums))
    return np.asarray(sums[ends] - sums[ends - sizes])


def _letters(strings: Sequence[str]) -> tuple[Numbers, Places]:
    """Return the code points of all strings in a row, and how long each string is."""
    lengths = np.fromiter(map(len, strings), dtype=np.int64, count=len(strings))
    points = np.frombuffer("".join(strings).encode("utf-32-le", "surrogatepass"), dtype="<u4")
    return points.astype(np.uint64), lengths


def _number(polynomials: Numbers) -> Numbers:
    return np.asarray(_mix(polynomials) & ~ROW_MASK)


def _mix(numbers: Numbers) -> Numbers:
    """Spread what differs over all bits (the finaliser of splitmix64, Steele et al. 2014)."""
    for shift, factor in _MIXING:
        numbers = (numbers ^ (numbers >> np.uint64(shift))) * np.uint64(factor)
    return np.asarray(numbers ^ (numbers >> np.uint64(_LAST_SHIFT)))
