import json
import os
import shutil

import numpy as np
import pytest

from index import model
from index.convert import write_model
from index.errors import ModelError
from index.model import load_embedder
from index.weights import parse_weights
from tests.index.tiny_model import weights_file

PAIRS = (
    ("Hvornår holder biblioteket åbent?", "Biblioteket er åbent mandag til fredag fra klokken 9 til 17."),
    ("Hvem betaler for kørslen?", "Kommunen afholder udgifterne til befordring af eleverne."),
    ("Hvad koster en byggetilladelse?", "Gebyret for at få lov til at bygge er 1.200 kr."),
    ("Må man have hund i lejligheden?", "Husdyr er tilladt efter aftale med bestyrelsen."),
)
"""Questions and answers with few words in common."""


@pytest.fixture
def folder(tmp_path):
    """A sentence-transformers folder of a few kilobytes."""
    path = tmp_path / "min model"
    path.mkdir()
    write_model(parse_weights(weights_file()), path, "float32")
    return path


def change_json(path, **values) -> None:
    path.write_text(json.dumps(json.loads(path.read_text()) | values))


def test_a_folder_is_loaded_under_the_name_it_was_given(home, folder):
    embedder = load_embedder(home, str(folder))
    assert (embedder.name, embedder.dimensions) == (str(folder), 32)
    assert embedder.embed_queries(["kat"]).shape == (1, 32)
    assert list(home.iterdir()) == []


def test_the_same_folder_elsewhere_has_the_same_fingerprint(home, folder, tmp_path):
    shutil.copytree(folder, tmp_path / "kopi")
    copy = load_embedder(home, str(tmp_path / "kopi"))
    assert copy.fingerprint == load_embedder(home, str(folder)).fingerprint


def other_weights(folder) -> None:
    shutil.rmtree(folder)
    folder.mkdir()
    write_model(parse_weights(weights_file(seed=2)), folder, "float32")


CHANGES = {
    "weights": other_weights,
    "prompts": lambda f: change_json(f / "config_sentence_transformers.json", prompts={"query": "kat: "}),
    "longest text": lambda f: change_json(f / "sentence_bert_config.json", max_seq_length=6),
    "pooling": lambda f: change_json(f / "1_Pooling" / "config.json", pooling_mode="cls"),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_another_embedding_has_another_fingerprint(home, folder, change):
    before = load_embedder(home, str(folder))
    change(folder)
    after = load_embedder(home, str(folder))
    question = ["en hund og en kat"]
    assert np.abs(after.embed_queries(question) - before.embed_queries(question)).max() > 1e-4
    assert after.fingerprint != before.fingerprint


def test_the_number_type_is_a_part_of_the_fingerprint(home, folder, monkeypatch):
    prints = set()
    for dtype in ("float32", "bfloat16"):
        monkeypatch.setattr("index.bert.linear.native_dtype", lambda dtype=dtype: dtype)
        prints.add(load_embedder(home, str(folder)).fingerprint)
    assert len(prints) == 2


@pytest.mark.parametrize("name", ["intfloat/multilingual-e5-small", "~nobody-of-that-name/x", "x" * 5000])
def test_a_name_on_the_hub_is_refused_with_how_to_allow_it(home, name):
    with pytest.raises(ModelError, match=r"er ikke en mappe på denne maskine; .* --allow-download"):
        load_embedder(home, name)


def test_a_download_that_fails_is_one_sentence(home, monkeypatch):
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda *_, **__: 1 / 0)
    with pytest.raises(ModelError, match=r"»a/b« kunne ikke hentes \(division by zero\)"):
        load_embedder(home, "a/b", allow_download=True)


def test_a_downloaded_model_is_loaded_like_a_folder(home, folder, monkeypatch):
    monkeypatch.setattr("huggingface_hub.snapshot_download", lambda *_, **__: str(folder))
    downloaded = load_embedder(home, "a/b", allow_download=True)
    assert downloaded.name == "a/b"
    assert downloaded.fingerprint == load_embedder(home, str(folder)).fingerprint


def test_a_folder_or_file_that_is_no_model_is_refused(home, tmp_path):
    (tmp_path / "brev.txt").touch()
    for path in (tmp_path, tmp_path / "brev.txt"):
        with pytest.raises(ModelError, match=r"er ikke en mappe med en model \(der er ingen modules\.json\)"):
            load_embedder(home, str(path))


@pytest.mark.parametrize("name", ["config.json", "modules.json", "model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("data", [b"", b"{}", b"\xff\0" * 50])
def test_a_damaged_folder_is_one_sentence_or_loads(home, folder, name, data):
    (folder / name).write_bytes(data)
    message = "kan ikke indlæses"
    try:
        load_embedder(home, str(folder))
    except ModelError as error:
        message = str(error)
    assert "kan ikke indlæses" in message
    assert "\n" not in message


@pytest.mark.parametrize("allow", [True, False])
def test_the_libraries_are_told_to_stay_offline_unless_a_download_is_allowed(home, monkeypatch, allow):
    for name in model._OFFLINE:
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(ModelError):
        load_embedder(home, str(home), allow_download=allow)
    assert all((name in os.environ) is not allow for name in model._OFFLINE)


def test_threads_sleep_and_few_kernels_are_kept_unless_the_user_says_otherwise(home, monkeypatch):
    monkeypatch.delenv("OMP_WAIT_POLICY", raising=False)
    monkeypatch.setenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY", "7")
    with pytest.raises(ModelError):
        load_embedder(home, "findes/ikke")
    assert (os.environ["OMP_WAIT_POLICY"], os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"]) == ("PASSIVE", "7")
    monkeypatch.delenv("ONEDNN_PRIMITIVE_CACHE_CAPACITY")
    with pytest.raises(ModelError):
        load_embedder(home, "findes/ikke")
    assert os.environ["ONEDNN_PRIMITIVE_CACHE_CAPACITY"] == "256"


@pytest.mark.model
def test_an_answer_is_nearest_to_its_own_question(real_embedder):
    questions = real_embedder.embed_queries([question for question, _ in PAIRS])
    answers = real_embedder.embed_passages([answer for _, answer in PAIRS])
    assert (questions @ answers.T).argmax(axis=1).tolist() == [0, 1, 2, 3]


@pytest.mark.model
def test_an_embedding_does_not_depend_on_its_company(real_embedder):
    texts = [text for pair in PAIRS for text in pair] + ["", "Nej.", "Bestyrelsen mødes. " * 100]
    alone = np.concatenate([real_embedder.embed_passages([text]) for text in texts])
    together = real_embedder.embed_passages(texts)
    assert (alone * together).sum(axis=1).min() >= 0.999
    assert np.abs(np.linalg.norm(together, axis=1) - 1).max() < 1e-5


@pytest.mark.model
def test_the_default_model_is_what_sentence_transformers_makes_of_its_folder(real_embedder, model_home):
    folder = next((model_home / "model").glob("multilingual-e5-small-*"))
    other = load_embedder(model_home, str(folder))
    texts = [text for pair in PAIRS for text in pair]
    assert (real_embedder.embed_passages(texts) * other.embed_passages(texts)).sum(axis=1).min() >= 0.999
    assert (real_embedder.embed_queries(texts) * other.embed_queries(texts)).sum(axis=1).min() >= 0.999


@pytest.mark.model
@pytest.mark.parametrize(
    "text", ["a" * 1_000_000, "\ufdfa" * 100_000, "\0" * 1000, " " * 10_000, "\U0001f600" * 9999]
)
def test_a_monstrous_text_is_cut_and_embedded(real_embedder, text):
    assert abs(np.linalg.norm(real_embedder.embed_passages([text])) - 1) < 1e-5


@pytest.mark.model
def test_the_default_model_says_what_it_is(real_embedder):
    assert (real_embedder.name, real_embedder.dimensions) == ("multilingual-e5-small", 384)
    assert real_embedder.max_tokens == 512
