import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bert import embedder as embedder_module
from index.bert.embedder import BertEmbedder, batches_by_tokens
from index.convert import write_model
from index.weights import parse_weights
from tests.index.tiny_model import weights_file

TEXTS = ["kat", "", "hund hund kat", "en hund og en kat", "kat", "漢字", "a" * 500]


@pytest.fixture(scope="module")
def embedder(tmp_path_factory) -> BertEmbedder:
    """The tiny model, with the prompts of the real one."""
    folder = tmp_path_factory.mktemp("tiny")
    write_model(parse_weights(weights_file()), folder, "float32")
    return BertEmbedder(folder, "lille", "digest", "float32", ("query: ", "passage: "))


def test_batches_are_longest_first_and_fit_the_budget():
    batches = list(batches_by_tokens([3, 9, 4, 30, 3, 8], budget=18))
    assert [batch.tolist() for batch in batches] == [[3], [1, 5], [2, 0, 4]]


@given(st.lists(st.integers(1, 512), max_size=200), st.integers(1, 4096))
def test_every_text_is_in_one_batch_and_no_batch_costs_more_than_the_budget(lengths, budget):
    batches = [batch.tolist() for batch in batches_by_tokens(lengths, budget)]
    assert sorted(row for batch in batches for row in batch) == list(range(len(lengths)))
    for batch in batches:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= budget


def test_no_texts_have_no_rows(embedder):
    assert embedder.embed_passages([]).shape == embedder.embed_queries([]).shape == (0, 32)


def test_rows_come_in_the_order_asked_whatever_the_batches(embedder, monkeypatch):
    alone = np.concatenate([embedder.embed_passages([text]) for text in TEXTS])
    monkeypatch.setattr(embedder_module, "TOKENS_PER_BATCH", 20)
    monkeypatch.setattr(embedder_module, "TEXTS_PER_WINDOW", 3)
    together = embedder.embed_passages(TEXTS)
    assert together.dtype == np.float32
    assert np.abs(together - alone).max() < 1e-6
    assert np.abs(np.linalg.norm(together, axis=1) - 1).max() < 1e-6


def test_queries_and_passages_have_prompts_of_their_own(embedder):
    query, passage = embedder.embed_queries(["kat"]), embedder.embed_passages(["kat"])
    assert np.abs(query - passage).max() > 0.01
    assert np.abs(embedder.embed_queries([""]) - embedder.embed_passages([""])).max() > 0.01


def test_what_lies_beyond_the_last_token_does_not_count(embedder):
    assert embedder.max_tokens == 24
    longest, longer = embedder.embed_passages(["kat " * 21, "kat " * 21 + "hund"])  # and prompt, <s>, </s>
    shorter = embedder.embed_passages(["kat " * 20])
    assert np.array_equal(longest, longer)
    assert np.abs(shorter - longest).max() > 1e-4


def test_a_special_token_in_a_document_is_text(embedder):
    plain, special = embedder.embed_passages(["kat s hund", "kat </s> hund"])
    assert embedder._tokenizer.encode("</s>").ids[1:-1] != [2]
    assert np.abs(plain - special).max() > 1e-4


def test_the_fingerprint_knows_the_prompts(embedder, tmp_path):
    write_model(parse_weights(weights_file()), tmp_path, "float32")
    other = BertEmbedder(tmp_path, "lille", "digest", "float32", ("spørgsmål: ", "passage: "))
    assert other.fingerprint != embedder.fingerprint
    assert (embedder.name, embedder.dimensions) == ("lille", 32)
