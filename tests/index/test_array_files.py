"""Arrays written portion by portion, and files that are none."""

from pathlib import Path

import numpy as np
import pytest

from index.array_files import load_arrays, open_array, save_array, write_array
from tests.full_disk import files_no_larger_than


def test_portions_are_read_as_one_array(tmp_path: Path) -> None:
    with write_array(tmp_path / "tal.npy", "<u4") as append:
        append(np.array([[1, 2], [3, 4]]))
        append(np.array([[5, 6]]))
    read = open_array(tmp_path / "tal.npy")
    assert (read.dtype, read.tolist()) == (np.dtype("<u4"), [[1, 2], [3, 4], [5, 6]])
    assert np.array_equal(np.load(tmp_path / "tal.npy"), read)


def test_no_portions_are_an_empty_array(tmp_path: Path) -> None:
    with write_array(tmp_path / "tal.npy", "<f2"):
        pass
    assert open_array(tmp_path / "tal.npy").shape == (0,)


def test_what_was_given_up_in_between_is_no_array(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), write_array(tmp_path / "tal.npy", "<f2") as append:
        append(np.array([1 / 0]))
    with pytest.raises(OSError, match=r"tal\.npy"):
        open_array(tmp_path / "tal.npy")


def test_an_array_is_saved_whole_and_little_endian(tmp_path: Path) -> None:
    save_array(tmp_path / "tal.npy", np.array([1.5, -2.0], dtype=">f8"))
    read = open_array(tmp_path / "tal.npy")
    assert (read.dtype, read.tolist()) == (np.dtype("<f8"), [1.5, -2.0])


@pytest.mark.parametrize("missing", [1, 60, 79])
def test_a_disk_that_becomes_full_at_the_end_is_an_os_error(tmp_path: Path, missing: int) -> None:
    with files_no_larger_than(128 + 80 - missing), pytest.raises(OSError, match="File too large"):
        save_array(tmp_path / "tal.npy", np.arange(10.0))


@pytest.mark.parametrize("content", [b"", b"hund", b"\x93NUMPY\x01\x00", b"PK\x03\x04" + bytes(200)])
def test_what_is_no_array_is_an_os_error_that_names_the_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "tal.npy").write_bytes(content)
    with pytest.raises(OSError, match=r"tal\.npy"):
        open_array(tmp_path / "tal.npy")


def test_an_array_that_was_cut_short_is_an_os_error(tmp_path: Path) -> None:
    np.save(tmp_path / "tal.npy", np.arange(100))
    content = (tmp_path / "tal.npy").read_bytes()
    (tmp_path / "tal.npy").write_bytes(content[:-1])
    with pytest.raises(OSError, match=r"tal\.npy"):
        open_array(tmp_path / "tal.npy")


def test_an_array_whose_header_is_damaged_is_an_os_error(tmp_path: Path) -> None:
    save_array(tmp_path / "tal.npy", np.arange(10.0))
    content = (tmp_path / "tal.npy").read_bytes()
    (tmp_path / "tal.npy").write_bytes(content.replace(b"}", b" ", 1))
    with pytest.raises(OSError, match=r"tal\.npy"):
        open_array(tmp_path / "tal.npy")


def test_arrays_of_one_file_are_loaded_by_name(tmp_path: Path) -> None:
    np.savez(tmp_path / "tal.npz", ti=np.array([10]), en=np.array(1))
    assert [array.tolist() for array in load_arrays(tmp_path / "tal.npz", "en", "ti")] == [1, [10]]


def test_a_file_of_arrays_with_any_damage_is_an_os_error_or_the_same(tmp_path: Path) -> None:
    path = tmp_path / "tal.npz"
    np.savez(path, en=np.array([1]))
    whole = path.read_bytes()
    damaged = [whole[:place] + bytes([whole[place] ^ 64]) + whole[place + 1 :] for place in range(len(whole))]
    raised = 0
    for content in [b"", b"\x93NUMPY", whole[:-1], *damaged]:
        path.write_bytes(content)
        try:
            assert load_arrays(path, "en")[0].tolist() == [1]
        except OSError:
            raised += 1
    assert raised > len(damaged) // 2
