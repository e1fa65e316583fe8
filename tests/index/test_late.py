"""A model that is loaded only when there is something to embed, and known again without."""

import os
from pathlib import Path

import pytest

from index import late
from index.errors import ModelError
from index.late import late_embedder
from index.sync import sync_library
from tests.fakes import CountingEmbedder, FakeSource, WordEmbedder


class Loads:
    """Counts how often the model is loaded."""

    def __init__(self, fingerprint: str = "ordmodel-1") -> None:
        self.count = 0
        self._fingerprint = fingerprint

    def __call__(self) -> WordEmbedder:
        self.count += 1
        return CountingEmbedder(self._fingerprint)


@pytest.fixture
def model(tmp_path: Path) -> Path:
    folder = tmp_path / "model"
    folder.mkdir()
    (folder / "modules.json").write_text("[]", encoding="utf-8")
    return folder


def test_a_folder_that_is_as_it_was_needs_no_model(home: Path, tmp_path: Path) -> None:
    source = FakeSource({"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit."})
    loads = Loads()
    for expected in (1, 1):
        sync_library(source, tmp_path / "library", late_embedder(home, None, loads))
        assert loads.count == expected
    source.texts["c.txt"] = "Fugle kan flyve."
    report = sync_library(source, tmp_path / "library", late_embedder(home, None, loads))
    assert (report.added, report.unchanged, loads.count) == (("c.txt",), 2, 2)


def test_what_it_is_known_by_is_that_of_the_model_itself(home: Path) -> None:
    for embedder in (late_embedder(home, None, Loads()), late_embedder(home, None, Loads())):
        assert (embedder.name, embedder.fingerprint) == ("ordmodel", "ordmodel-1")
        assert embedder.dimensions == WordEmbedder.dimensions
        assert (embedder.embed_queries(["hund"]) == WordEmbedder().embed_queries(["hund"])).all()


def test_a_model_whose_files_have_changed_is_loaded_again(home: Path, model: Path) -> None:
    late_embedder(home, str(model), Loads("gammel"))
    assert late_embedder(home, str(model), Loads("ny")).fingerprint == "gammel"
    (model / "modules.json").write_text("[{}]", encoding="utf-8")
    assert late_embedder(home, str(model), Loads("ny")).fingerprint == "ny"


def test_other_bytes_of_the_same_size_and_time_are_another_model(home: Path, model: Path) -> None:
    late_embedder(home, str(model), Loads("gammel"))
    file = model / "modules.json"
    before = file.stat()
    other = model.with_name("other.json")
    other.write_text("{}", encoding="utf-8")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(file)
    assert late_embedder(home, str(model), Loads("ny")).fingerprint == "ny"


@pytest.mark.parametrize("written", ["5", "{}", "null", "[1]", "["])
def test_what_is_no_fingerprint_is_taken_for_none(home: Path, written: str) -> None:
    late_embedder(home, None, Loads("gammel"))
    [kept] = (home / "model").glob("known-*.json")
    kept.write_text(written, encoding="utf-8")
    assert late_embedder(home, None, Loads("ny")).fingerprint == "ny"


@pytest.mark.parametrize("changed", ["_processor", "_default_files"])
def test_another_machine_or_another_version_loads_again(
    home: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    late_embedder(home, None, Loads("gammel"))
    monkeypatch.setattr(late, changed, lambda: "en anden")
    assert late_embedder(home, None, Loads("ny")).fingerprint == "ny"


def test_a_model_by_name_is_loaded_at_once(home: Path) -> None:
    loads = Loads()
    assert late_embedder(home, "navn/på-nettet", loads).fingerprint == "ordmodel-1"
    assert late_embedder(home, "navn/på-nettet", loads).fingerprint == "ordmodel-1"
    assert loads.count == 2


def test_a_model_that_was_taken_for_another_embeds_nothing_and_is_right_the_next_time(home: Path) -> None:
    late_embedder(home, None, Loads("gammel"))
    with pytest.raises(ModelError, match="er en anden end sidste gang; prøv igen"):
        late_embedder(home, None, Loads("ny")).embed_passages(["hund"])
    assert late_embedder(home, None, Loads("ny")).fingerprint == "ny"


def test_a_damaged_note_is_written_anew(home: Path) -> None:
    late_embedder(home, None, Loads())
    [kept] = (home / "model").iterdir()
    kept.write_text("{", encoding="utf-8")
    assert late_embedder(home, None, Loads("ny")).fingerprint == "ny"
