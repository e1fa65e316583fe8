"""Making a library equal to its source: what is read, embedded and published."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import sync
from index.derived import open_search_index
from index.lexical import LexicalField
from index.library import Library
from index.sync import SyncStage, sync_library
from index.types import LibraryCounts, Rename
from tests.fakes import LONG_AGO_NS, CountingEmbedder, FakeSource
from tests.index.syncing import CATS, DOGS, HORSES, found, generation, lists, texts_in


def test_a_first_sync_adds_everything(source: FakeSource, directory: Path) -> None:
    report = sync_library(source, directory, CountingEmbedder())
    assert lists(report) == (("a.txt", "b.txt"), (), (), 0)
    assert (report.documents, report.passages, report.sentences) == (2, 2, 2)
    assert (report.skipped, report.partly_read) == ((), ())
    assert texts_in(directory) == {"a.txt": DOGS, "b.txt": CATS}
    assert found(directory, "hundene") == ["a.txt"]


def test_a_second_sync_of_the_same_reads_embeds_and_publishes_nothing(
    source: FakeSource, directory: Path
) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.opened.clear()
    embedder = CountingEmbedder()
    assert lists(sync_library(source, directory, embedder)) == ((), (), (), 2)
    assert (source.opened, embedder.embedded, generation(directory)) == ([], [], 1)


def test_a_changed_document_replaces_the_old_one(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["a.txt"] = HORSES
    assert lists(sync_library(source, directory, CountingEmbedder())) == ((), ("a.txt",), (), 1)
    assert texts_in(directory) == {"a.txt": HORSES, "b.txt": CATS}
    assert (found(directory, "hunde"), found(directory, "heste")) == ([], ["a.txt"])


def test_a_removed_document_goes(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    del source.texts["a.txt"]
    report = sync_library(source, directory, CountingEmbedder())
    assert lists(report) == ((), (), ("a.txt",), 1)
    assert (report.documents, report.passages, report.sentences) == (1, 1, 1)
    assert (texts_in(directory), found(directory, "hunde")) == ({"b.txt": CATS}, [])


def test_a_renamed_document_is_not_embedded_again(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["c.txt"] = source.texts.pop("a.txt")
    embedder = CountingEmbedder()
    report = sync_library(source, directory, embedder)
    assert lists(report) == (("c.txt",), (), ("a.txt",), 1)
    assert report.renamed == (Rename("a.txt", "c.txt"),)
    assert embedder.embedded == []
    assert found(directory, "hunde") == ["c.txt"]


def test_the_same_text_in_two_documents_is_embedded_once(directory: Path) -> None:
    embedder = CountingEmbedder()
    sync_library(FakeSource({"a.txt": DOGS, "b.txt": DOGS}), directory, embedder)
    assert sorted(embedder.embedded) == sorted({f"Prøve\n{DOGS}", f"Prøve: {DOGS}"})
    assert found(directory, "hunde") == ["a.txt", "b.txt"]


def test_a_touched_document_with_the_same_bytes_is_unchanged(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.times["a.txt"] = LONG_AGO_NS
    source.read_paths.clear()
    assert lists(sync_library(source, directory, CountingEmbedder())) == ((), (), (), 2)
    source.opened.clear()
    sync_library(source, directory, CountingEmbedder())
    assert (source.opened, source.read_paths) == ([], [])


def test_a_document_changed_just_now_is_looked_into_again(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync.time, "time_ns", lambda: LONG_AGO_NS + 1_000_000_000)
    source.times = {"a.txt": LONG_AGO_NS, "b.txt": LONG_AGO_NS - 5_000_000_000}
    sync_library(source, directory, CountingEmbedder())
    source.opened.clear()
    source.texts["a.txt"] = "Hunde skal føres i line."  # as long as it was
    assert lists(sync_library(source, directory, CountingEmbedder())) == ((), ("a.txt",), (), 1)
    assert source.opened == ["a.txt"]


def test_an_empty_source_makes_an_empty_library_that_can_be_searched(directory: Path) -> None:
    embedder = CountingEmbedder()
    report = sync_library(FakeSource(), directory, embedder)
    assert (report.documents, report.passages, report.sentences) == (0, 0, 0)
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library)
        assert index.lexical.search(LexicalField.STEMS, "hunde", 5).pairs() == []
        assert index.vectors.search(embedder.embed_queries(["hunde"]), 5).pairs() == []
        assert library.counts() == LibraryCounts(0, 0, 0)


def test_the_last_document_may_go(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts.clear()
    assert lists(sync_library(source, directory, CountingEmbedder())) == ((), (), ("a.txt", "b.txt"), 0)
    assert (texts_in(directory), found(directory, "hunde")) == ({}, [])


# Other models, other rules


def test_another_model_embeds_everything_again_and_mixes_nothing(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder("model-1"))
    embedder = CountingEmbedder("model-2")
    assert lists(sync_library(source, directory, embedder)) == ((), ("a.txt", "b.txt"), (), 0)
    assert len(embedder.embedded) == 4
    with Library(directory) as library, library.snapshot():
        assert library.setting("model") == "model-2"
        assert library.count("SELECT COUNT(*) FROM embeddings") == 4


def test_models_whose_fingerprints_differ_only_far_out_are_not_mixed(
    source: FakeSource, directory: Path
) -> None:
    sync_library(source, directory, CountingEmbedder("x" * 64 + "1"))
    embedder = CountingEmbedder("x" * 64 + "2")
    sync_library(source, directory, embedder)
    assert len(embedder.embedded) == 4


def test_other_reading_rules_read_everything_again_but_embed_only_what_became_other(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.read_paths.clear()
    monkeypatch.setattr(sync, "READING_VERSION", "andre regler")
    embedder = CountingEmbedder()
    assert lists(sync_library(source, directory, embedder)) == ((), ("a.txt", "b.txt"), (), 0)
    assert (source.read_paths, embedder.embedded) == (["a.txt", "b.txt"], [])


# The report


def test_the_progress_counts_files_then_characters_then_the_build(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sync, "_FILES_AT_A_TIME", 1)
    seen: list[tuple[SyncStage, int, int]] = []
    sync_library(source, directory, CountingEmbedder(), lambda *step: seen.append(step))
    characters = len(DOGS + CATS) * 2 + len("Prøve\n") * 2 + len("Prøve: ") * 2
    assert seen == [
        (SyncStage.READ, 1, 2),
        (SyncStage.READ, 2, 2),
        (SyncStage.EMBED, characters, characters),
        (SyncStage.BUILD, 0, 1),
        (SyncStage.BUILD, 1, 1),
    ]


def test_an_error_of_the_source_is_not_taken_for_one_of_the_library(directory: Path) -> None:
    class Failing(FakeSource):
        def list_files(self) -> tuple[list[object], list[object]]:  # type: ignore[override]
            raise OSError(5, "Input/output error")

    with pytest.raises(OSError, match="Input/output error"):
        sync_library(Failing(), directory, CountingEmbedder())


# Any edits at all

PATHS = st.sampled_from(["a.txt", "b.txt", "mappe/c.md", "æøå.txt"])
WORDS = st.lists(st.sampled_from(["Hunde", "katte.", "f.eks.", "12", "Å", "\n\n", "😀"]), max_size=30)
TEXTS = WORDS.map(" ".join)
STATES = st.lists(st.tuples(st.dictionaries(PATHS, TEXTS), st.booleans()), min_size=1, max_size=4)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(states=STATES)
def test_after_any_edits_the_library_equals_the_source(
    states: list[tuple[dict[str, str], bool]], tmp_path: Path
) -> None:
    directory = Path(mkdtemp(dir=tmp_path))
    for texts, stopped in states:
        source = FakeSource(texts, broken={path for path, text in texts.items() if "12" in text})
        if stopped:
            with suppress(KeyboardInterrupt):  # there may be nothing left to embed
                sync_library(source, directory, CountingEmbedder("ordmodel-2", stop_after=0))
        sync_library(source, directory, CountingEmbedder())
        check_equal(source, directory)
    shutil.rmtree(directory)


def check_equal(source: FakeSource, directory: Path) -> None:
    """The library holds the readable documents, and every offset points at its own text."""
    with Library(directory) as library, library.snapshot():
        expected = {
            path: source.read(path)
            for path, text in source.texts.items()
            if text.split() and path not in source.broken
        }
        assert {entry.path: library.document(entry.path) for entry in library.entries()} == expected
        assert {notice.document for notice in library.skipped()} == source.texts.keys() - expected.keys()
        passages = list(library.all_passages())
        sentences = library.sentences([passage.id for passage in passages])
        for passage in passages:
            assert passage.text == expected[passage.document].text[passage.start : passage.end]
            for span in sentences[passage.id]:
                assert passage.start <= span.start < span.end <= passage.end
        index = open_search_index(library)
        assert len(index.vectors) == len(passages) == library.counts().passages
