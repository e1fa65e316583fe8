import struct

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.weights import DamagedWeights, StoredTensor, parse_weights, zeros
from tests.index import tiny_model
from tests.index.tiny_model import weights_file

WHOLE = weights_file()
TABLE_END = len(WHOLE) - sum(len(tensor.data) for tensor in parse_weights(WHOLE).tensors.values())
CUTS = [*range(TABLE_END), *range(TABLE_END, len(WHOLE), 487), len(WHOLE) - 1]


def test_a_block_holds_a_scale_and_two_weights_in_each_byte():
    halves = bytes([0x98, 0x07] + [0x88] * 14)  # weights 0 and 16 are 8 and 9, weights 1 and 17 are 7 and 0
    tensor = StoredTensor(memoryview(struct.pack("<e", 0.5) + halves), 32, quantised=True)
    expected = [0.0] * 32
    expected[16], expected[1], expected[17] = 0.5, -0.5, -4.0
    assert tensor.values().tolist() == expected


@pytest.mark.parametrize("quantised", [True, False])
def test_the_parts_of_a_tensor_are_its_values(quantised):
    blocks = np.arange((1 << 15) + 3, dtype="<u4")
    data = (
        b"".join(struct.pack("<eI12x", 1.0, block) for block in blocks)
        if quantised
        else np.repeat(blocks, 32)
    )
    tensor = StoredTensor(memoryview(bytes(data)), 32 * len(blocks), quantised)
    parts = list(tensor.parts())
    assert [len(part) for part in parts] == [1 << 20, 96]
    assert np.array_equal(np.concatenate(parts), tensor.values())


def test_zeros_are_stored_like_any_tensor():
    assert zeros(3).values().tolist() == [0.0, 0.0, 0.0]


def test_sizes_vocabulary_and_tensors_are_read():
    weights = parse_weights(WHOLE)
    assert (weights.sizes.hidden, weights.sizes.layers, weights.sizes.heads) == (32, 2, 2)
    assert (weights.sizes.feed_forward, weights.sizes.vocabulary, weights.sizes.positions) == (64, 42, 24)
    assert weights.layer_norm_epsilon == tiny_model.EPSILON
    assert weights.pieces.texts == tiny_model.PIECES
    assert (weights.pieces.begin, weights.pieces.end, weights.pieces.padding, weights.pieces.unknown) == (
        0,
        2,
        1,
        3,
    )
    assert weights.pieces.scores[:6].tolist() == [0, 0, 0, 0, -8, -5]
    assert weights.tensors["l1.fo.w"].quantised
    assert weights.tensors["l1.fo.w"].values().shape == (32 * 64,)
    assert not weights.tensors["l1.fo.b"].quantised


def test_a_file_cut_anywhere_is_damaged():
    for length in CUTS:
        with pytest.raises(DamagedWeights):
            parse_weights(WHOLE[:length])


@pytest.mark.parametrize("data", [b"", b"E5S2" + WHOLE[4:], weights_file(version=2), bytes(1000)])
def test_another_kind_of_file_is_refused(data):
    with pytest.raises(DamagedWeights):
        parse_weights(data)


@given(at=st.integers(0, TABLE_END - 1), value=st.integers(0, 255))
def test_a_wrong_byte_in_the_header_is_never_more_than_damage(at, value):
    data = bytearray(WHOLE)
    data[at] = value
    try:
        tensors = parse_weights(bytes(data)).tensors
    except DamagedWeights:
        return
    assert all(len(tensor.values()) == tensor.count for tensor in tensors.values())


@given(st.binary(max_size=200))
def test_noise_after_a_good_start_is_damage(noise):
    with pytest.raises(DamagedWeights):
        parse_weights(WHOLE[:8] + noise)
