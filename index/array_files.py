"""Arrays in files: written portion by portion, read where they lie."""

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

_HEADER_BYTES = 128


class ArrayWriter:
    """Writes a .npy file of rows whose number is known at the end; raises `OSError` if it cannot."""

    def __init__(self, path: Path, dtype: DTypeLike) -> None:
        self._dtype = np.dtype(dtype)
        self._file = path.open("wb")
        self._file.write(bytes(_HEADER_BYTES))
        self._rows = 0
        self._row_shape: tuple[int, ...] = ()

    def append(self, rows: NDArray[Any]) -> None:
        """Write some rows; all must have the same shape but for their number."""
        self._rows += len(rows)
        self._row_shape = rows.shape[1:]
        self._file.write(np.ascontiguousarray(rows, dtype=self._dtype).tobytes())

    def close(self) -> None:
        """Put the header in front, now that the size is known, and close the file."""
        with self._file:
            self._file.seek(0)
            self._file.write(_header(self._dtype, (self._rows, *self._row_shape)))


def open_array(path: Path) -> NDArray[Any]:
    """Return an array where it lies; raises `OSError` if it cannot be read.

    As a plain array: a memmap adds its own weight to each look at the same pages.
    """
    try:
        return np.asarray(np.load(path, mmap_mode="r", allow_pickle=False))
    except (EOFError, ValueError) as error:
        raise OSError(f"{path.name}: {error}") from error


def _header(dtype: "np.dtype[Any]", shape: tuple[int, ...]) -> bytes:
    """Return the beginning of a .npy file, filled up to `_HEADER_BYTES`."""
    described = f"{{'descr': {dtype.str!r}, 'fortran_order': False, 'shape': {shape}, }}"
    magic = b"\x93NUMPY\x01\x00" + (_HEADER_BYTES - 10).to_bytes(2, "little")
    return magic + described.ljust(_HEADER_BYTES - 11).encode() + b"\n"
