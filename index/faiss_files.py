"""FAISS's indexes to files and back, with no more trust in a file than it deserves."""

import threading
from pathlib import Path
from typing import TypeVar

import faiss

ENGINE = f"faiss {faiss.__version__}"
"""Named in what is derived from the library, as another version may not read its files."""

_Index = TypeVar("_Index", bound=faiss.Index)

_reading = threading.Lock()
"""Held while FAISS reads a file, as its limits are the whole process's."""


def write_index(index: faiss.Index, path: Path) -> None:
    """Write an index; raises `OSError`.

    Python writes the file, as FAISS's own writer does not see that the disk became full at the end.
    """
    with path.open("wb") as file:
        faiss.write_index(index, faiss.PyCallbackIOWriter(file.write))  # type: ignore[attr-defined]  # not in its stubs


def read_index(path: Path, kind: type[_Index]) -> _Index:
    """Read what `write_index` wrote of an index of this kind; raises `OSError` for anything else.

    FAISS trusts the lengths that a file states (up to a terabyte, by its default), so none may be longer
    than the file itself.
    """
    with _reading:
        faiss.set_deserialization_vector_byte_limit(path.stat().st_size)
        faiss.set_deserialization_loop_limit(path.stat().st_size)
        try:
            index = faiss.read_index(str(path))
        except RuntimeError as error:
            raise OSError(f"{path.name}: {error}") from error
    if not isinstance(index, kind):
        raise OSError(f"{path.name}: {type(index).__name__}")
    return index
