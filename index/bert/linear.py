"""The multiplications of an encoder: as torch has them everywhere, or fused and packed by oneDNN."""

import time
from collections.abc import Sequence
from typing import Any, Protocol

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

_packed: Any = (
    torch.ops.mkldnn
    if torch.backends.mkldnn.is_available()  # type: ignore[no-untyped-call]  # torch has no types here
    else None
)
"""Operations of oneDNN, where torch was built with it (x86)."""


def native_dtype() -> str:
    """Return "bfloat16" where this processor multiplies it natively (AVX-512 BF16 or AMX), else "float32"."""
    capabilities = torch.cpu.get_capabilities()
    native = capabilities.get("avx512_bf16") or capabilities.get("amx_bf16")
    return "bfloat16" if native else "float32"


class Linear(Protocol):
    """x W' + b over rows of tokens."""

    def __call__(self, rows: Tensor) -> Tensor:
        """Multiply."""

    def gelu(self, rows: Tensor) -> Tensor:
        """Multiply, then apply GELU."""

    def plus(self, rows: Tensor, residual: Tensor) -> Tensor:
        """Multiply, then add `residual`."""


class PlainLinear:
    """The operations as torch has them everywhere."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        self._weight, self._bias = weight, bias

    def __call__(self, rows: Tensor) -> Tensor:
        """Multiply."""
        return F.linear(rows, self._weight, self._bias)

    def gelu(self, rows: Tensor) -> Tensor:
        """Multiply, then apply GELU."""
        return F.gelu(self(rows))

    def plus(self, rows: Tensor, residual: Tensor) -> Tensor:
        """Multiply, then add `residual`."""
        return self(rows) + residual


class PackedLinear:
    """The same by oneDNN, with the weights in its own order."""

    def __init__(self, weight: Tensor, bias: Tensor) -> None:
        self._weight = _packed._reorder_linear_weight(weight.contiguous())
        self._bias = bias

    def __call__(self, rows: Tensor) -> Tensor:
        """Multiply."""
        return self._then("none", rows)

    def gelu(self, rows: Tensor) -> Tensor:
        """Multiply, then apply GELU."""
        return self._then("gelu", rows)

    def plus(self, rows: Tensor, residual: Tensor) -> Tensor:
        """Multiply, then add `residual`."""
        total: Tensor = _packed._linear_pointwise.binary(rows, residual, self._weight, self._bias, "add")
        return total

    def _then(self, operation: str, rows: Tensor) -> Tensor:
        result: Tensor = _packed._linear_pointwise(
            rows, self._weight, self._bias, operation, [], "none" if operation == "gelu" else ""
        )
        return result


def best_linear() -> type[PlainLinear] | type[PackedLinear]:
    """Return the quickest way that this build of torch has."""
    return PackedLinear if _packed else PlainLinear


def measure_multiplying(weights: Sequence[tuple[int, int]], rows: int, dtype: str, seconds: float) -> float:
    """Return how many numbers a second this machine multiplies and adds in `rows` x `weights`, nothing else.

    `weights` are shapes (outputs, inputs), taken in turn; it takes about `seconds`.
    """
    make = best_linear()
    kind = getattr(torch, dtype)
    linears = [make(torch.ones(shape, dtype=kind), torch.zeros(shape[0], dtype=kind)) for shape in weights]
    inputs = [torch.ones((rows, shape[1]), dtype=kind) for shape in weights]
    started, done = time.perf_counter(), 0
    with torch.inference_mode():
        while time.perf_counter() - started < seconds:
            for linear, taken in zip(linears, inputs, strict=True):
                linear(taken)
            done += rows * sum(outputs * taken for outputs, taken in weights)
    return done / (time.perf_counter() - started)
