"""The old state and the new one: what readers see of them, and what stays of the old one on disk."""

from pathlib import Path

import numpy as np
import pytest

from index.derived import open_search_index
from index.lexical import LexicalField
from index.library import Library
from index.sync import sync_library
from tests.fakes import CountingEmbedder, FakeSource
from tests.index.syncing import CATS, DOGS, HORSES, files_with, found, texts_in


def test_deleted_text_leaves_no_byte_and_no_term(source: FakeSource, directory: Path) -> None:
    canary = "kvadratrodsudtrækning"
    source.texts["c.txt"] = f"Her står {canary} midt i teksten."
    sync_library(source, directory, CountingEmbedder())
    assert sorted(files_with(canary.encode(), directory)) == ["library.sqlite", "vocabulary.json"]
    assert found(directory, canary) == ["c.txt"]
    source.texts.pop("c.txt")
    sync_library(source, directory, CountingEmbedder())
    assert files_with(canary.encode(), directory) == []
    assert files_with(b"c.txt", directory) == []
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library)
        assert index.lexical.frequencies(["kvadratrodsudtrækning"]) == [0]
        assert index.lexical.search(LexicalField.GRAMS, canary, 10).pairs() == []
        assert len(index.vectors) == library.count("SELECT COUNT(*) FROM passages") == 2
        assert library.count("SELECT COUNT(*) FROM embeddings") == 4


def test_deleted_text_leaves_no_byte_though_a_reader_is_connected(
    source: FakeSource, directory: Path
) -> None:
    sync_library(source, directory, CountingEmbedder())
    with Library(directory) as reader:
        assert reader.counts().documents == 2
        del source.texts["a.txt"]
        sync_library(source, directory, CountingEmbedder())
        assert files_with(b"Hunde", directory) == []


def test_only_the_present_generation_stays_on_disk(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["a.txt"] = HORSES
    sync_library(source, directory, CountingEmbedder())
    assert [path.name for path in (directory / "generations").iterdir()] == ["00000002"]


def test_only_the_owner_can_look_into_the_library(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    with Library(directory) as library, library.snapshot():
        open_search_index(library)
        paths = [directory.parent.parent, directory.parent, directory, *directory.rglob("*")]
        modes = {path.name: oct(path.stat().st_mode & 0o777) for path in paths}
        folders = {path.name for path in paths if path.is_dir()}
    assert modes == {name: "0o700" if name in folders else "0o600" for name in modes}
    assert {"library.sqlite", "library.sqlite-wal", "library.lock", "manifest.json"} < modes.keys()


class _LookingEmbedder(CountingEmbedder):
    """Looks into the library from another connection while it embeds."""

    def __init__(self, directory: Path) -> None:
        super().__init__()
        self._directory = directory
        self.seen: list[dict[str, str]] = []

    def embed_passages(self, texts: list[str]) -> object:  # type: ignore[override]
        self.seen.append(texts_in(self._directory))
        return super().embed_passages(texts)


def test_readers_see_the_old_state_while_the_new_one_is_made(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["a.txt"] = HORSES
    embedder = _LookingEmbedder(directory)
    sync_library(source, directory, embedder)
    assert embedder.seen == [{"a.txt": DOGS, "b.txt": CATS}] * 2  # for the text, and for the background
    assert texts_in(directory) == {"a.txt": HORSES, "b.txt": CATS}


def test_a_snapshot_stays_whole_while_another_state_is_published(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._BUSY_TIMEOUT_SECONDS", 0.0)  # do not wait for this very reader
    sync_library(source, directory, CountingEmbedder())
    with Library(directory) as library:
        with library.snapshot() as number:
            index = open_search_index(library)
            source.texts = {"c.txt": HORSES}
            sync_library(source, directory, CountingEmbedder())
            hits = index.lexical.search(LexicalField.STEMS, "hunde", 5).pairs()
            passages = library.passages([passage_id for passage_id, _ in hits])
            assert [entry.path for entry in library.entries()] == ["a.txt", "b.txt"]
            assert [passage.text for passage in passages.values()] == [DOGS]
            assert (number, index.state) == (1, library.state())
        with library.snapshot() as number:
            assert [entry.path for entry in library.entries()] == ["c.txt"]
            assert number == 2


def test_an_open_search_index_goes_on_after_its_files_are_removed(
    source: FakeSource, directory: Path
) -> None:
    sync_library(source, directory, CountingEmbedder())
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library)
    source.texts["a.txt"] = HORSES
    sync_library(source, directory, CountingEmbedder())
    assert len(index.lexical.search(LexicalField.STEMS, "hunde", 5)) == 1
    query = CountingEmbedder().embed_queries([f"Prøve: {DOGS}"])
    assert index.vectors.sentence_scores(query, np.array([1])).of(0) == pytest.approx([1.0], abs=1e-3)
