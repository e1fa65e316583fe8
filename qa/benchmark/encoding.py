"""How fast texts are embedded: beside sentence-transformers as it comes, and beside the machine's limit."""

import time
from collections.abc import Callable, Sequence

from index.bert.embedder import TOKENS_PER_BATCH, BertEmbedder
from index.bert.linear import measure_multiplying
from index.sentence_transformer import load_plainly

_TIMES = 3
"""Each is measured so often, by turns, and the fastest counts: other work on the machine only slows."""

_MULTIPLYING_SECONDS = 1.0


def measure_encoding(embedder: BertEmbedder, texts: Sequence[str], plain_texts: int) -> dict[str, object]:
    """Return sentences and tokens a second, plainly too (the first `plain_texts`), and the limit's share.

    The limit is what the same multiplications take when nothing else is done.
    """
    plainly, few = load_plainly(embedder.folder), texts[:plain_texts]
    tokens, few_tokens = embedder.count_tokens(texts), embedder.count_tokens(few)
    own, plain, rate = 0.0, 0.0, 0.0
    for _ in range(_TIMES):
        rate = max(
            rate,
            measure_multiplying(embedder.multiplied, TOKENS_PER_BATCH, embedder.dtype, _MULTIPLYING_SECONDS),
        )
        own = max(own, tokens / _seconds(embedder.embed_passages, texts))
        plain = max(plain, few_tokens / _seconds(plainly, few))
    limit = rate / sum(outputs * inputs for outputs, inputs in embedder.multiplied)
    return {
        "dtype": embedder.dtype,
        "tokens_per_text": round(tokens / len(texts), 1),
        "tokens_per_second": round(own),
        "sentences_per_second": round(own * len(texts) / tokens, 1),
        "plain_tokens_per_second": round(plain),
        "times_plain": round(own / plain, 2),
        "limit_tokens_per_second": round(limit),
        "share_of_limit": round(own / limit, 3),
    }


def _seconds(embed: Callable[[Sequence[str]], object], texts: Sequence[str]) -> float:
    started = time.perf_counter()
    embed(texts)
    return time.perf_counter() - started
