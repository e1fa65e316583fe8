"""Dot products with vectors that are kept in 16 bits."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

_EXTRA_MANTISSA_BITS = 23 - 10
_ROWS_AT_ONCE = 512
"""So few that they stay in the core's own cache between one step and the next."""

_WORTH_A_THREAD = 600
"""From so many rows another core takes half of them."""

_beside = ThreadPoolExecutor(thread_name_prefix="products")

_SIGN_AND_NUMBER = -0x70000001  # all bits but the three between, where moving left copies of the sign


def inner_products(
    vectors: NDArray[np.float16], rows: NDArray[np.intp], query: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Return the product of `query` with each of these rows of `vectors`, as exact as in float32.

    A float16 whose bits are moved to their places in a float32 is that number divided by 2 ** 112, so the
    query makes up for it: numpy's own conversion takes three times as long. `vecdot` shares nothing among
    threads, which would wait for each other longer than this takes.
    """
    products = np.empty(len(rows), dtype=np.float32)
    half = len(rows) // 2 if len(rows) >= _WORTH_A_THREAD else 0
    beside = _beside.submit(_multiply, vectors, rows[:half], query, products[:half]) if half else None
    _multiply(vectors, rows[half:], query, products[half:])
    if beside:
        beside.result()
    return products


def _multiply(
    vectors: NDArray[np.float16],
    rows: NDArray[np.intp],
    query: NDArray[np.float32],
    products: NDArray[np.float32],
) -> None:
    enlarged = query * np.float32(2.0**112)
    for start in range(0, len(rows), _ROWS_AT_ONCE):
        some = rows[start : start + _ROWS_AT_ONCE]
        bits = vectors.take(some, axis=0).view(np.int16).astype(np.int32)
        bits <<= _EXTRA_MANTISSA_BITS
        bits &= _SIGN_AND_NUMBER
        np.vecdot(bits.view(np.float32), enlarged, out=products[start : start + _ROWS_AT_ONCE])
