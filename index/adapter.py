"""A low-rank change to the encoder's weights, learned from questions and merged in at conversion.

For some of the encoder's matrices W (out, in) the file holds B (out, rank) and A (rank, in) as float16,
named like the tensor with `.b` and `.a` after it; the merged matrix is W + B A (LoRA: Hu et al. 2021,
arXiv:2106.09685). Merging costs nothing when a question is asked. `finetune.py` makes the file.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load

from index.errors import ModelError
from index.weights import DamagedWeights, StoredTensor, Weights

ADAPTER_PATH = Path(__file__).with_name("adapter.safetensors")
"""The change that comes with the program; `adapter.LICENSE` says what it was learned from."""

_A, _B = ".a", ".b"


@dataclass(frozen=True, slots=True)
class Adapter:
    """Matrices B (out, rank) and A (rank, in) by tensor name, and the hash of the file they came from."""

    changes: Mapping[str, tuple[NDArray[np.float16], NDArray[np.float16]]]
    sha256: str


def read_adapter(path: Path = ADAPTER_PATH) -> Adapter:
    """Read an adapter. Raises `ModelError` if the file is missing, damaged, or holds half a change."""
    try:
        data = path.read_bytes()
        tensors = load(data)
        names = {name.removesuffix(_A).removesuffix(_B) for name in tensors}
        changes = {name: (tensors[name + _B], tensors[name + _A]) for name in sorted(names)}
    except (OSError, SafetensorError, KeyError) as error:
        raise ModelError(
            f"Sprogmodellens tilpasning »{path}« mangler eller er beskadiget; installer programmet igen."
        ) from error
    return Adapter(changes, hashlib.sha256(data).hexdigest())


def merge_adapter(weights: Weights, adapter: Adapter) -> Weights:
    """Return the weights with the adapter's changes added.

    Raises `DamagedWeights` if a change does not fit the tensor that it names.
    """
    merged = {name: _merged(name, weights, b, a) for name, (b, a) in adapter.changes.items()}
    return replace(weights, tensors={**weights.tensors, **merged})


def _merged(name: str, weights: Weights, b: NDArray[np.float16], a: NDArray[np.float16]) -> StoredTensor:
    stored = weights.tensors.get(name)
    if (
        stored is None
        or (a.ndim, b.ndim) != (2, 2)
        or b.shape[1] != a.shape[0]
        or stored.count != b.shape[0] * a.shape[1]
    ):
        raise DamagedWeights(f"a change of shapes {b.shape} and {a.shape} does not fit tensor {name!r}")
    change = b.astype(np.float32) @ a.astype(np.float32)
    values = stored.values() + change.reshape(-1)
    return StoredTensor(memoryview(values.astype("<f4").tobytes()), stored.count, quantised=False)
