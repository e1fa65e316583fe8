"""Arrays in files: written portion by portion, read where they lie."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tokenize import TokenError
from typing import Any
from zipfile import BadZipFile

import numpy as np
from numpy.typing import DTypeLike, NDArray

_HEADER_BYTES = 128

_DAMAGES = (
    BadZipFile,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    TokenError,
    TypeError,
    ValueError,
    zlib.error,
)
"""What reading a .npz file that is in pieces raises."""


@contextmanager
def write_array(path: Path, dtype: DTypeLike) -> Iterator[Callable[[NDArray[Any]], None]]:
    """Write a .npy file of rows that are given one portion after the other; raises `OSError`.

    Gives the function that takes them. The header comes last, when the number of rows is known.
    """
    shape: tuple[int, ...] = (0,)

    def append(rows: NDArray[Any]) -> None:
        nonlocal shape
        shape = (shape[0] + len(rows), *rows.shape[1:])
        file.write(np.asarray(rows, dtype=dtype).tobytes())

    with path.open("wb") as file:
        file.write(bytes(_HEADER_BYTES))
        yield append
        file.seek(0)
        file.write(_header(np.dtype(dtype), shape))


def save_array(path: Path, rows: NDArray[Any]) -> None:
    """Write a .npy file of `rows`; raises `OSError`.

    `np.save` says nothing where the disk becomes full within the last four kilobytes.
    """
    with write_array(path, rows.dtype.newbyteorder("<")) as append:
        append(rows)


def open_array(path: Path) -> NDArray[Any]:
    """Return an array where it lies; raises `OSError` if it cannot be read.

    As a plain array: a memmap adds its own weight to each look at the same pages.
    """
    try:
        return np.asarray(np.lib.format.open_memmap(path, mode="r"))
    except (TokenError, ValueError) as error:  # a header in pieces
        raise OSError(f"{path.name}: {error}") from error


def load_arrays(path: Path, *names: str) -> list[NDArray[Any]]:
    """Return the arrays of these names in a .npz file; raises `OSError` if they cannot be read."""
    try:
        with path.open("rb") as file, np.load(file, allow_pickle=False) as stored:
            return [stored[name] for name in names]
    except _DAMAGES as error:
        raise OSError(f"{path.name}: {error}") from error


def _header(dtype: "np.dtype[Any]", shape: tuple[int, ...]) -> bytes:
    """Return the beginning of a .npy file, filled up to `_HEADER_BYTES`."""
    described = f"{{'descr': {dtype.str!r}, 'fortran_order': False, 'shape': {shape}, }}"
    magic = b"\x93NUMPY\x01\x00" + (_HEADER_BYTES - 10).to_bytes(2, "little")
    return magic + described.ljust(_HEADER_BYTES - 11).encode() + b"\n"
