"""Products with 16-bit vectors, bit for bit those of their conversion to 32 bits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from index.half_precision import inner_products


@given(arrays(np.float16, (5, 8), elements=st.floats(-1, 1, width=16)))
def test_the_products_are_those_in_32_bits(rows: np.ndarray) -> None:
    query = np.linspace(-1, 1, 8, dtype=np.float32)
    assert np.allclose(inner_products(rows, query), np.vecdot(rows.astype(np.float32), query), rtol=1e-6)
