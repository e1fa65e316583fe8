"""A sync that is stopped in the middle: readers keep the old state, and the next run wastes nothing."""

from pathlib import Path

import pytest

from index import sync
from index.errors import LibraryError
from index.library import Library
from index.sync import sync_library
from tests.fakes import CountingEmbedder, FakeSource
from tests.index.syncing import CATS, DOGS, HORSES, files_with, found, generation, lists, texts_in


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """One text a batch, so that a stop falls between them."""
    monkeypatch.setattr(sync, "EMBEDDED_AT_A_TIME", 1)


@pytest.mark.usefixtures("small_batches")
def test_a_stopped_sync_goes_on_where_it_stopped(source: FakeSource, directory: Path) -> None:
    first, second = CountingEmbedder(stop_after=3), CountingEmbedder()
    with pytest.raises(KeyboardInterrupt):
        sync_library(source, directory, first)
    source.read_paths.clear()
    assert lists(sync_library(source, directory, second)) == (("a.txt", "b.txt"), (), (), 0)
    assert (len(first.embedded), len(second.embedded), source.read_paths) == (3, 1, [])
    assert not set(first.embedded) & set(second.embedded)
    assert found(directory, "katte") == ["b.txt"]


@pytest.mark.usefixtures("small_batches")
def test_a_stop_before_publishing_leaves_readers_the_old_state(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts = {"a.txt": HORSES}
    with pytest.raises(KeyboardInterrupt):
        sync_library(source, directory, CountingEmbedder(stop_after=1))
    assert texts_in(directory) == {"a.txt": DOGS, "b.txt": CATS}
    assert (generation(directory), found(directory, "hunde")) == (1, ["a.txt"])


@pytest.mark.usefixtures("small_batches")
def test_a_library_never_published_says_so(source: FakeSource, directory: Path) -> None:
    with pytest.raises(KeyboardInterrupt):
        sync_library(source, directory, CountingEmbedder(stop_after=1))
    with Library(directory) as library, pytest.raises(LibraryError, match="er ikke bygget færdigt"):
        library.snapshot().__enter__()


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("ending", ["removed", "changed back"])
def test_nothing_stays_of_what_a_stopped_sync_read_and_the_next_does_not_find(
    source: FakeSource, directory: Path, ending: str
) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["a.txt" if ending == "changed back" else "c.txt"] = "Kanariefuglen synger."
    with pytest.raises(KeyboardInterrupt):
        sync_library(source, directory, CountingEmbedder(stop_after=1))
    source.texts = {"a.txt": DOGS, "b.txt": CATS}
    embedder = CountingEmbedder()
    assert lists(sync_library(source, directory, embedder)) == ((), (), (), 2)
    assert embedder.embedded == []
    with Library(directory) as library, library.snapshot():
        assert library.count("SELECT COUNT(*) FROM documents") == 2
        assert library.count("SELECT COUNT(*) FROM embeddings") == 4
        assert library.count("SELECT COUNT(*) FROM pending") == 0
    assert files_with(b"Kanariefuglen", directory) == []


@pytest.mark.usefixtures("small_batches")
def test_a_stop_under_another_model_leaves_no_embedding_of_it(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder("model-1"))
    with pytest.raises(KeyboardInterrupt):
        sync_library(source, directory, CountingEmbedder("model-2", stop_after=2))
    embedder = CountingEmbedder("model-1")
    assert lists(sync_library(source, directory, embedder)) == ((), (), (), 2)
    assert embedder.embedded == []
    with Library(directory) as library, library.snapshot():
        assert library.count("SELECT COUNT(*) FROM embeddings") == 4
