"""Read multilingual-e5-small from the one file that carries it: vocabulary, sizes and 4-bit tensors.

Layout of `e5-small-q4.bin`, little endian:

    4s, u32      magic b"E5S1", version 1
    7 x i32      hidden, layers, heads, feed-forward, vocabulary, positions, token types
    f32, i32     layer-norm epsilon, weights in a quantisation block (32)
    5 x i32      pieces, then the ids of <s>, </s>, <pad>, <unk>
    u64          bytes of the piece text, then u32[pieces + 1] offsets into it, f32[pieces] scores, the text
    i32, u32     entries and bytes of a normalisation table, then the table (not needed: see `convert.py`)
    i32          tensors, then of each: u16 and name, u8 type, u32 values, u64 offset, u64 bytes

A tensor is float32, or blocks of 18 bytes: a float16 scale, then 16 bytes of which byte j holds weight j
in its low half and weight j + 16 in its high half; a weight is (half - 8) * scale.

Every length is checked before it is used, so a damaged file gives `DamagedWeights` and nothing else.
"""

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK_WEIGHTS = 32
_BLOCK = np.dtype([("scale", "<f2"), ("halves", "u1", _BLOCK_WEIGHTS // 2)])
_BLOCKS_AT_ONCE = 1 << 15
_LARGEST_SIZE = 1_000_000
"""No size in the header of a model of this family comes near it."""


class DamagedWeights(ValueError):  # noqa: N818 - reads as what it says; translated into a ModelError at once
    """The bytes are not a whole weights file; the message says in English where it broke."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """The sizes of the encoder, in the order of the file."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int


@dataclass(frozen=True, slots=True)
class Pieces:
    """The unigram vocabulary: texts and log probabilities by id, and the ids with a meaning of their own."""

    texts: tuple[str, ...]
    scores: NDArray[np.float32]
    begin: int
    end: int
    padding: int
    unknown: int


@dataclass(frozen=True, slots=True)
class StoredTensor:
    """One tensor as it lies in the file; `values` makes floats of it."""

    data: memoryview
    count: int
    quantised: bool

    def values(self) -> NDArray[np.float32]:
        """Return the weights, shape (count,)."""
        return self._decode(self.data)

    def parts(self) -> Iterator[NDArray[np.float32]]:
        """Yield the weights in order, a few megabytes at a time."""
        step = _BLOCKS_AT_ONCE * (_BLOCK.itemsize if self.quantised else 4 * _BLOCK_WEIGHTS)
        for start in range(0, len(self.data), step):
            yield self._decode(self.data[start : start + step])

    def _decode(self, data: memoryview) -> NDArray[np.float32]:
        if not self.quantised:
            return np.frombuffer(data, "<f4")
        blocks = np.frombuffer(data, _BLOCK)
        weights = np.empty((len(blocks), _BLOCK_WEIGHTS), dtype=np.float32)
        weights[:, : _BLOCK_WEIGHTS // 2] = blocks["halves"] & 15
        weights[:, _BLOCK_WEIGHTS // 2 :] = blocks["halves"] >> 4
        weights -= 8
        with np.errstate(invalid="ignore"):  # a damaged scale may be infinite, which the checksum tells
            weights *= blocks["scale"].astype(np.float32)[:, None]
        return weights.reshape(-1)


def zeros(count: int) -> StoredTensor:
    """Return a tensor of `count` zeros."""
    return StoredTensor(memoryview(bytes(4 * count)), count, quantised=False)


@dataclass(frozen=True, slots=True)
class Weights:
    """All that the file holds of the model; `tensors` are named as in the file (``l0.q.w``)."""

    sizes: Sizes
    layer_norm_epsilon: float
    pieces: Pieces
    tensors: Mapping[str, StoredTensor]


class _Reader:
    """A cursor over bytes that never reads past their end."""

    def __init__(self, data: memoryview) -> None:
        self._data = data
        self._at = 0

    def take(self, length: int) -> memoryview:
        taken = self.slice(self._at, length)
        self._at += length
        return taken

    def slice(self, start: int, length: int) -> memoryview:
        if length < 0 or start < 0 or start + length > len(self._data):
            raise DamagedWeights(f"{length} bytes at {start} lie outside the file of {len(self._data)}")
        return self._data[start : start + length]

    def unpack(self, layout: str) -> tuple[int, ...]:
        layout = "<" + layout
        return struct.unpack(layout, self.take(struct.calcsize(layout)))


def parse_weights(data: bytes | memoryview) -> Weights:
    """Read a whole weights file. Raises `DamagedWeights` where it is cut short or does not add up."""
    reader = _Reader(memoryview(data))
    if bytes(reader.take(4)) != _MAGIC or reader.unpack("I") != (_VERSION,):
        raise DamagedWeights("not a weights file of version 1")
    sizes = Sizes(*_positive(reader.unpack("7i")))
    (epsilon,) = struct.unpack("<f", reader.take(4))
    if reader.unpack("i") != (_BLOCK_WEIGHTS,):
        raise DamagedWeights("unknown size of a quantisation block")
    pieces = _parse_pieces(reader)
    _entries, table_bytes = reader.unpack("iI")
    reader.take(table_bytes)
    return Weights(sizes, epsilon, pieces, _parse_tensors(reader))


def _positive(sizes: tuple[int, ...]) -> tuple[int, ...]:
    if not all(0 < size <= _LARGEST_SIZE for size in sizes):
        raise DamagedWeights(f"impossible sizes {sizes}")
    return sizes


def _parse_pieces(reader: _Reader) -> Pieces:
    (count,) = _positive(reader.unpack("i"))
    begin, end, padding, unknown = ids = reader.unpack("4i")
    if not all(0 <= piece < count for piece in ids):
        raise DamagedWeights(f"special pieces {ids} lie outside the {count} pieces")
    (text_bytes,) = reader.unpack("Q")
    offsets = np.frombuffer(reader.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(reader.take(4 * count), "<f4")
    text = bytes(reader.take(text_bytes))
    if offsets != sorted(offsets) or offsets[-1] > text_bytes:
        raise DamagedWeights("the offsets of the pieces do not rise within their text")
    texts = tuple(text[start:stop].decode("utf-8", "replace") for start, stop in pairwise(offsets))
    return Pieces(texts, scores, begin, end, padding, unknown)


def _parse_tensors(reader: _Reader) -> dict[str, StoredTensor]:
    (count,) = _positive(reader.unpack("i"))
    tensors = {}
    for _ in range(count):
        (name_bytes,) = reader.unpack("H")
        name = bytes(reader.take(name_bytes)).decode("utf-8", "replace")
        kind, values, offset, length = reader.unpack("BIQQ")
        tensors[name] = _stored(name, kind, values, reader.slice(offset, length))
    return tensors


def _stored(name: str, kind: int, count: int, data: memoryview) -> StoredTensor:
    quantised = len(data) != 4 * count
    if quantised and (
        kind == 0 or count % _BLOCK_WEIGHTS or len(data) * _BLOCK_WEIGHTS != count * _BLOCK.itemsize
    ):
        raise DamagedWeights(f"tensor {name!r} of {count} values cannot have {len(data)} bytes")
    return StoredTensor(data, count, quantised)
