"""Attention between the tokens of each text: torch's own, and one that is quicker for many short texts."""

import torch
import torch.nn.functional as F  # noqa: N812 - its usual name
from torch import Tensor

_SHORT_TOKENS = 100
"""Up to this length the scores of all pairs of tokens stay in the processor's cache."""

_FARTHEST_SCORE = 80.0
"""e to a higher power, or to one as far below 0, is beyond bfloat16 and float32 (from 88.7)."""


def attend(projected: Tensor, heads: int, shape: tuple[int, int], mask: Tensor | None) -> Tensor:
    """Return softmax(Q K' / sqrt(d)) V, joined over the heads, of shape (texts x tokens, hidden).

    `projected` holds queries, keys and values side by side, of shape (texts x tokens, 3 x hidden); `shape`
    is (texts, tokens); `mask` is true for real tokens, of shape (texts, 1, 1, tokens), or None if all are.
    """
    texts, tokens = shape
    parts = projected.view(texts, tokens, 3, heads, -1).permute(2, 0, 3, 1, 4)
    attended = _attend_short(parts, mask) if texts > 1 and tokens <= _SHORT_TOKENS else _attend(parts, mask)
    return attended.transpose(1, 2).reshape(texts * tokens, -1)


def _attend(parts: Tensor, mask: Tensor | None) -> Tensor:
    """Return attention of shape (texts, heads, tokens, head), as torch has it."""
    return F.scaled_dot_product_attention(parts[0], parts[1], parts[2], attn_mask=mask)


def _attend_short(parts: Tensor, mask: Tensor | None) -> Tensor:
    """Do the same in few passes over all texts at once: divide by the sums after the product, not before.

    The highest score is not taken from the others first, as softmax does lest e to it overflow, or e to all
    of them be 0: they are held within bounds instead, which no text tried came to (highest scores -42 to 73).
    """
    _, texts, heads, tokens, size = parts.shape
    queries, keys, values = parts.contiguous().view(3, texts * heads, tokens, size)
    hidden = _hidden_scores(mask, heads, parts) if mask is not None else parts.new_zeros(())
    scores = torch.baddbmm(hidden, queries, keys.transpose(1, 2), alpha=size**-0.5)
    weights = scores.clamp_(-_FARTHEST_SCORE, _FARTHEST_SCORE).exp_()
    summed = torch.bmm(weights, values) / weights.sum(dim=-1, keepdim=True)
    return summed.view(texts, heads, tokens, size)


def _hidden_scores(mask: Tensor, heads: int, like: Tensor) -> Tensor:
    """Return what is added to the scores: minus infinity for padding, else 0; (texts x heads, 1, tokens)."""
    texts, tokens = mask.shape[0], mask.shape[-1]
    hidden = like.new_zeros(mask.shape).masked_fill_(~mask, -torch.inf)
    return hidden.expand(texts, heads, 1, tokens).reshape(texts * heads, 1, tokens)
