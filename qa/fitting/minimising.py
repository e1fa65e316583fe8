"""The numerical part: from a loss to the weights where it is lowest."""

from collections.abc import Callable

import torch
from torch import Tensor


def minimise(loss: Callable[[], Tensor], weights: Tensor) -> Tensor:
    """Move `weights` to where `loss` is lowest nearby (L-BFGS), and return them."""
    optimizer = torch.optim.LBFGS([weights], max_iter=200, line_search_fn="strong_wolfe")

    def step() -> float:
        optimizer.zero_grad()
        value = loss()
        value.backward()  # type: ignore[no-untyped-call]  # torch has no types here
        return value.item()

    optimizer.step(step)  # type: ignore[no-untyped-call]  # torch has no types here
    return weights.detach()
