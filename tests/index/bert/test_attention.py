import pytest
import torch
import torch.nn.functional as F  # noqa: N812 - its usual name

from index.bert import attention
from index.bert.attention import attend

HEADS, SIZE = 3, 4


def _plain(projected, shape, real):
    """Attention text by text and head by head, over the real tokens alone, in float32."""
    rows = []
    for text, count in zip(projected.float().view(*shape, 3, HEADS, SIZE), real, strict=True):
        queries, keys, values = text.unbind(1)
        heads = [
            F.softmax(queries[:, h] @ keys[:count, h].T / SIZE**0.5, dim=-1) @ values[:count, h]
            for h in range(HEADS)
        ]
        rows.append(torch.cat(heads, dim=-1))
    return torch.cat(rows)


def _projected(texts, tokens, scale=1.0):
    generator = torch.Generator().manual_seed(1)
    return scale * torch.randn(texts * tokens, 3 * HEADS * SIZE, generator=generator)


def _mask(tokens, real):
    return (torch.arange(tokens) < torch.tensor(real)[:, None])[:, None, None, :]


@pytest.mark.parametrize("tokens", [1, 7, attention._SHORT_TOKENS, attention._SHORT_TOKENS + 1])
@pytest.mark.parametrize("texts", [1, 4])
def test_it_is_attention_whichever_way(texts, tokens):
    projected = _projected(texts, tokens)
    attended = attend(projected, HEADS, (texts, tokens), None)
    assert torch.allclose(attended, _plain(projected, (texts, tokens), [tokens] * texts), atol=1e-5)


@pytest.mark.parametrize("tokens", [7, attention._SHORT_TOKENS + 1])
def test_padding_is_not_attended_to(tokens):
    real, shape = [tokens, 1, 5], (3, tokens)
    projected = _projected(*shape)
    attended = attend(projected, HEADS, shape, _mask(tokens, real))
    assert torch.allclose(attended, _plain(projected, shape, real), atol=1e-5)


@pytest.mark.parametrize("masked", [False, True])
@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_scores_that_are_all_far_below_nothing_still_come_out_as_numbers(dtype, masked):
    shape, width = (2, 5), HEADS * SIZE
    projected = torch.cat([torch.full((10, width), factor) for factor in (30.0, -30.0, 1.0)], dim=1).to(dtype)
    attended = attend(projected, HEADS, shape, _mask(5, [5, 3]) if masked else None)
    assert torch.equal(attended, torch.ones_like(attended))  # all values are 1, and so is their mean


@pytest.mark.parametrize("dtype", [torch.float32, torch.bfloat16])
def test_scores_that_no_model_gives_still_come_out_as_numbers(dtype):
    projected = _projected(2, 5, scale=100.0).to(dtype)
    assert torch.isfinite(attend(projected, HEADS, (2, 5), None)).all()
