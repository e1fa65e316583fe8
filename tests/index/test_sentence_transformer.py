import json

import numpy as np
import pytest

from index.bert.embedder import BertEmbedder
from index.convert import write_model
from index.sentence_transformer import SentenceTransformerEmbedder
from index.weights import parse_weights
from tests.index.tiny_model import weights_file

TEXTS = ["kat", "", "hund hund kat", "a" * 500]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A sentence-transformers folder of a few kilobytes."""
    path = tmp_path_factory.mktemp("tiny")
    write_model(parse_weights(weights_file()), path, "float32")
    return path


def load(folder, dtype="float32") -> SentenceTransformerEmbedder:
    return SentenceTransformerEmbedder(folder, "min model", "digest", dtype)


def test_it_embeds_as_the_default_embedder_does_with_the_same_folder(folder):
    default = BertEmbedder(folder, "", "", "float32", ("query: ", "passage: "))
    model = load(folder)
    assert np.abs(model.embed_passages(TEXTS) - default.embed_passages(TEXTS)).max() < 1e-5
    assert np.abs(model.embed_queries(TEXTS) - default.embed_queries(TEXTS)).max() < 1e-5


def test_bfloat16_is_pooled_in_float32(folder):
    exact, rough = load(folder).embed_passages(TEXTS), load(folder, "bfloat16").embed_passages(TEXTS)
    assert rough.dtype == np.float32
    assert (exact * rough).sum(axis=1).min() > 0.999
    assert np.abs(np.linalg.norm(rough, axis=1) - 1).max() < 1e-6


def test_no_texts_have_no_rows(folder):
    assert load(folder).embed_queries([]).shape == (0, 32)


def test_it_says_what_it_is(folder):
    model = load(folder)
    assert (model.name, model.dimensions, model.max_tokens) == ("min model", 32, 24)


def test_a_model_without_prompts_gets_none(folder):
    settings = folder / "config_sentence_transformers.json"
    before = settings.read_text()
    model = load(folder)
    settings.write_text(json.dumps(json.loads(before) | {"prompts": {}}))
    try:
        bare = load(folder)
    finally:
        settings.write_text(before)
    assert np.array_equal(bare.embed_queries(["kat"]), bare.embed_passages(["kat"]))
    assert np.abs(bare.embed_queries(["query: kat"]) - model.embed_queries(["kat"])).max() < 1e-6
    assert bare.fingerprint != model.fingerprint
