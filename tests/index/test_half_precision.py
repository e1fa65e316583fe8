"""Products with 16-bit vectors, bit for bit those of their conversion to 32 bits."""

from unittest.mock import patch

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index import half_precision
from index.half_precision import inner_products


@given(
    arrays(np.float16, (5, 8), elements=st.floats(-1, 1, width=16)),
    st.lists(st.integers(0, 4)),
    st.sampled_from([1, 2, 256]),
    st.sampled_from([2, 3, 600]),
)
def test_the_products_are_those_in_32_bits(
    vectors: np.ndarray, rows: list[int], at_once: int, worth_a_thread: int
) -> None:
    query, chosen = np.linspace(-1, 1, 8, dtype=np.float32), np.array(rows, dtype=np.intp)
    with patch.multiple(half_precision, _ROWS_AT_ONCE=at_once, _WORTH_A_THREAD=worth_a_thread):
        products = inner_products(vectors, chosen, query)
    assert np.allclose(products, np.vecdot(vectors[chosen].astype(np.float32), query), rtol=1e-6)
