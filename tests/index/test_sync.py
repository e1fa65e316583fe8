"""Making a library equal to its source: what is read, embedded and published, and what a stop leaves."""

import shutil
from contextlib import suppress
from pathlib import Path
from tempfile import mkdtemp
from typing import NoReturn

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import sync
from index.derived import open_search_index
from index.errors import LibraryError, UnreadableFile, UnreadNow
from index.lexical import LexicalField
from index.library import Library
from index.sync import SyncReport, SyncStage, sync_library
from index.types import LibraryCounts, Notice, Rename, SkippedFile
from tests.fakes import LONG_AGO_NS, CountingEmbedder, FakeSource, WordEmbedder

DOGS = "Hunde skal føres i snor."
CATS = "Katte må gå frit."
HORSES = "Heste skal holdes på fold."


@pytest.fixture
def source() -> FakeSource:
    return FakeSource({"a.txt": DOGS, "b.txt": CATS})


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "home" / "libraries" / "prøve"


def texts_in(directory: Path) -> dict[str, str]:
    """Return every document that a reader sees, by path."""
    with Library(directory) as library, library.snapshot():
        documents = (library.document(entry.path) for entry in library.entries())
        return {document.path: document.text for document in documents if document}


def found(directory: Path, query: str) -> list[str]:
    """Return the documents that the stems of `query` find, through the whole line from disk."""
    with Library(directory) as library, library.snapshot():
        hits = open_search_index(library).lexical.search(LexicalField.STEMS, query, 10)
        passages = library.passages([passage_id for passage_id, _ in hits])
        return [passages[passage_id].document for passage_id, _ in hits]


def generation(directory: Path) -> int:
    with Library(directory) as library, library.snapshot() as number:
        return number


def lists(report: SyncReport) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...], int]:
    return report.added, report.changed, report.removed, report.unchanged


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
        assert index.lexical.search(LexicalField.STEMS, "hunde", 5) == []
        assert index.vectors.search(embedder.embed_queries(["hunde"]), 5) == []
        assert library.counts() == LibraryCounts(0, 0, 0)


def test_the_last_document_may_go(source: FakeSource, directory: Path) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts.clear()
    assert lists(sync_library(source, directory, CountingEmbedder())) == ((), (), ("a.txt", "b.txt"), 0)
    assert (texts_in(directory), found(directory, "hunde")) == ({}, [])


# What cannot be read


def test_a_broken_file_is_skipped_with_its_reason_and_not_read_again(
    source: FakeSource, directory: Path
) -> None:
    source.broken.add("a.txt")
    report = sync_library(source, directory, CountingEmbedder())
    assert (lists(report), report.skipped) == (
        (("b.txt",), (), (), 0),
        (Notice("a.txt", "filen er beskadiget"),),
    )
    source.opened.clear()
    again = sync_library(source, directory, CountingEmbedder())
    assert (source.opened, again.skipped) == ([], report.skipped)


def test_a_broken_file_is_read_again_once_it_changes(source: FakeSource, directory: Path) -> None:
    source.broken.add("a.txt")
    sync_library(source, directory, CountingEmbedder())
    source.broken.clear()
    source.texts["a.txt"] = HORSES
    report = sync_library(source, directory, CountingEmbedder())
    assert (lists(report), report.skipped) == ((("a.txt",), (), (), 1), ())


def test_a_file_that_could_not_be_opened_is_tried_again_though_it_looks_the_same(
    source: FakeSource, directory: Path
) -> None:
    source.closed.add("a.txt")
    report = sync_library(source, directory, CountingEmbedder())
    assert report.skipped == (Notice("a.txt", "filen kan ikke åbnes"),)
    source.closed.clear()
    assert lists(sync_library(source, directory, CountingEmbedder())) == (("a.txt",), (), (), 1)


def test_a_file_left_out_is_read_once_it_is_listed_though_it_looks_the_same(
    source: FakeSource, directory: Path
) -> None:
    size, time_ns = len(HORSES.encode()), LONG_AGO_NS
    source.left_out.append(SkippedFile("c.txt", size, time_ns, "der er ikke adgang til filen"))
    report = sync_library(source, directory, CountingEmbedder())
    assert report.skipped == (Notice("c.txt", "der er ikke adgang til filen"),)
    source.left_out.clear()
    source.texts["c.txt"], source.times["c.txt"] = HORSES, time_ns
    report = sync_library(source, directory, CountingEmbedder())
    assert (lists(report), report.skipped) == ((("c.txt",), (), (), 2), ())


def test_a_file_without_text_is_skipped(source: FakeSource, directory: Path) -> None:
    source.texts["c.txt"] = " \n\n "
    report = sync_library(source, directory, CountingEmbedder())
    assert report.skipped == (Notice("c.txt", "filen har ingen tekst"),)
    assert report.documents == 2


@pytest.mark.parametrize("trouble", ["broken", "closed", "vanished"])
def test_a_file_that_cannot_be_read_any_more_goes(source: FakeSource, directory: Path, trouble: str) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["a.txt"] = HORSES
    getattr(source, trouble).add("a.txt")
    report = sync_library(source, directory, CountingEmbedder())
    assert (report.removed, [notice.document for notice in report.skipped]) == (("a.txt",), ["a.txt"])
    assert (texts_in(directory), found(directory, "hunde")) == ({"b.txt": CATS}, [])


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


def test_other_reading_rules_try_a_broken_file_again(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.broken.add("a.txt")
    sync_library(source, directory, CountingEmbedder())
    source.broken.clear()
    monkeypatch.setattr(sync, "READING_VERSION", "andre regler")
    assert sync_library(source, directory, CountingEmbedder()).skipped == ()


# Stopped in the middle


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


# Gone means gone


def files_with(bytes_sought: bytes, directory: Path) -> list[str]:
    return [
        path.name for path in directory.rglob("*") if path.is_file() and bytes_sought in path.read_bytes()
    ]


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
        assert index.lexical.frequency("kvadratrodsudtrækning") == 0
        assert index.lexical.search(LexicalField.GRAMS, canary, 10) == []
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


# Readers beside a writer


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
    assert embedder.seen == [{"a.txt": DOGS, "b.txt": CATS}]
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
            hits = index.lexical.search(LexicalField.STEMS, "hunde", 5)
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
    assert index.vectors.sentence_scores(query, [1])[1].tolist() == pytest.approx([1.0], abs=1e-3)


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


def test_a_file_that_cannot_be_read_now_is_tried_again_and_another_is_not(tmp_path: Path) -> None:
    source = FakeSource({"a.txt": "Hunde skal føres i snor."})
    source.read = lambda path: raise_reason(UnreadNow("ikke nu"))  # type: ignore[method-assign]
    assert sync_library(source, tmp_path, WordEmbedder()).skipped == (Notice("a.txt", "ikke nu"),)
    source.read = lambda path: raise_reason(UnreadableFile("beskadiget"))  # type: ignore[method-assign]
    assert sync_library(source, tmp_path, WordEmbedder()).skipped == (Notice("a.txt", "beskadiget"),)
    source.read = lambda path: raise_reason(UnreadNow("ikke nu"))  # type: ignore[method-assign]
    assert sync_library(source, tmp_path, WordEmbedder()).skipped == (Notice("a.txt", "beskadiget"),)


def raise_reason(reason: UnreadableFile) -> NoReturn:
    raise reason
