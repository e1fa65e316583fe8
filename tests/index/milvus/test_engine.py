"""A library searched in Milvus: the same as in files, generation by generation, whatever stops it."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from index import derived
from index.bm25 import TermStatistics
from index.derived import ensure_derived, open_search_index
from index.errors import LibraryError
from index.lexical import LexicalField
from index.library import Library
from index.local_engine import LOCAL
from index.milvus import engine as milvus_engine
from index.milvus.connection import MilvusConnection
from index.milvus.engine import MilvusEngine
from index.milvus.search import MilvusTerms, MilvusVectors
from index.search_engine import SearchEngine
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder

lite = pytest.importorskip(
    "milvus_lite.server_manager", reason="not installed: pip install kildesvar[milvus]"
)

OLD = {"a.txt": "Hunde skal føres i snor. Alle.\n\nKatte må gå frit.", "b.txt": "Heste går på fold."}
NEW = {"a.txt": "Katte må gå frit. Det må hunde ikke.", "c.txt": "Høns holdes i bur."}
QUERIES = ["hunde i snor", "må katte gå frit?", "heste", "kamel"]


@pytest.fixture(scope="module")
def milvus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusConnection]:
    """One milvus-lite for all tests here; each has its own library in it."""
    file = tmp_path_factory.mktemp("milvus") / "prøve.db"
    connection = MilvusConnection(f"milvus://{file}")
    yield connection
    connection.close()
    lite.server_manager_instance.release_server(str(file))


@pytest.fixture
def engine(milvus: MilvusConnection) -> MilvusEngine:
    return MilvusEngine(milvus)


@pytest.fixture
def directory(tmp_path: Path, engine: MilvusEngine) -> Path:
    sync_library(FakeSource(dict(OLD)), tmp_path / "bibliotek", WordEmbedder(), engine=engine)
    return tmp_path / "bibliotek"


def found(directory: Path, engine: SearchEngine) -> dict[str, object]:
    """Return all that is found for `QUERIES`, with scores to four digits."""
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library, engine)
        ids = [passage.id for passage in library.all_passages()]
        answers: dict[str, object] = {"passages": len(index.vectors)}
        for query in QUERIES:
            embedding = WordEmbedder().embed_queries([query])
            answers[f"{query} nearest"] = rounded(index.vectors.search(embedding, 10).pairs())
            answers[f"{query} among"] = rounded(index.vectors.search(embedding, 10, ids[1:]).pairs())
            sentences = index.vectors.sentence_scores(embedding, np.array(ids[::-1]))
            answers[f"{query} sentences"] = sentences.cosines.round(3).tolist()
            answers[f"{query} starts"] = sentences.starts.tolist()
            for field in LexicalField:
                answers[f"{query} {field.value}"] = rounded(index.lexical.search(field, query, 10).pairs())
                among = index.lexical.search(field, query, 10, ids[1:]).pairs()
                answers[f"{query} {field.value} among"] = rounded(among)
        return answers


def rounded(scored: list[tuple[int, float]]) -> dict[int, float]:
    return {passage_id: round(score, 4) for passage_id, score in scored}


def collections(milvus: MilvusConnection, directory: Path) -> list[str]:
    """Return the names of the library's collections, without what is the same in all of them."""
    with Library(directory) as library:
        beginning = milvus_engine._beginning(library)
        return sorted(name.removeprefix(beginning) for name in milvus.names(beginning))


def test_the_same_is_found_as_in_files(directory: Path, tmp_path: Path, engine: MilvusEngine) -> None:
    sync_library(FakeSource(dict(OLD)), tmp_path / "andet", WordEmbedder())
    assert found(directory, engine) == found(tmp_path / "andet", LOCAL)


def test_the_collections_are_named_by_generation_and_state(directory: Path, milvus: MilvusConnection) -> None:
    with Library(directory) as library:
        name = f"00000001_{library.state()}"
    assert collections(milvus, directory) == [f"{name}_passages", f"{name}_sentences"]


def test_what_is_deleted_is_gone_with_its_collections(
    directory: Path, milvus: MilvusConnection, engine: MilvusEngine
) -> None:
    sync_library(FakeSource(dict(NEW)), directory, WordEmbedder(), engine=engine)
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library, engine)
        assert index.lexical.search(LexicalField.STEMS, "snor", 5).pairs() == []
        assert index.lexical.frequencies(["snor"]) == [0]
        assert len(index.vectors) == 2
        assert collections(milvus, directory) == [
            f"00000002_{library.state()}_passages",
            f"00000002_{library.state()}_sentences",
        ]


def test_another_librarys_collections_stay(
    directory: Path, tmp_path: Path, milvus: MilvusConnection, engine: MilvusEngine
) -> None:
    sync_library(FakeSource(dict(NEW)), tmp_path / "andet", WordEmbedder(), engine=engine)
    assert len(collections(milvus, directory)) == len(collections(milvus, tmp_path / "andet")) == 2


def stop(*_: object) -> None:
    raise KeyboardInterrupt


STOPS: dict[str, tuple[object, str]] = {
    "before the first row": (MilvusConnection, "insert"),
    "between the collections": (MilvusEngine, "_build_sentences"),
    "when both are there": (derived, "_write_manifest"),
    "before the folder has its name": (derived, "_put_in_place"),
}


@pytest.mark.parametrize("place", STOPS)
def test_a_stop_leaves_the_old_state_and_the_next_run_finishes(
    directory: Path,
    milvus: MilvusConnection,
    engine: MilvusEngine,
    monkeypatch: pytest.MonkeyPatch,
    place: str,
) -> None:
    before = found(directory, engine)
    with monkeypatch.context() as patched:
        patched.setattr(*STOPS[place], stop)
        with pytest.raises(KeyboardInterrupt):
            sync_library(FakeSource(dict(NEW)), directory, WordEmbedder(), engine=engine)
    assert found(directory, engine) == before
    sync_library(FakeSource(dict(NEW)), directory, WordEmbedder(), engine=engine)
    assert found(directory, engine)["passages"] == 2
    assert [name[:8] for name in collections(milvus, directory)] == ["00000002"] * 2


def drop_passages(milvus: MilvusConnection, library: Library) -> None:
    milvus.drop(milvus_engine._passages(library))


def drop_sentences(milvus: MilvusConnection, library: Library) -> None:
    milvus.drop(milvus_engine._sentences(library))


def empty_sentences(milvus: MilvusConnection, library: Library) -> None:
    milvus.create(milvus_engine._sentences(library), 256, "passage_id", milvus_engine.DenseIndex.FLAT)


@pytest.mark.parametrize("damage", [drop_passages, drop_sentences, empty_sentences])
def test_a_collection_that_is_missing_or_short_is_built_again(
    directory: Path,
    milvus: MilvusConnection,
    engine: MilvusEngine,
    damage: Callable[[MilvusConnection, Library], None],
) -> None:
    before = found(directory, engine)
    with Library(directory) as library:
        damage(milvus, library)
    assert found(directory, engine) == before


def test_a_library_that_was_searched_in_files_moves_to_milvus_and_back(
    tmp_path: Path, engine: MilvusEngine
) -> None:
    sync_library(FakeSource(dict(OLD)), tmp_path / "andet", WordEmbedder())
    before = found(tmp_path / "andet", LOCAL)
    assert found(tmp_path / "andet", engine) == before
    assert found(tmp_path / "andet", LOCAL) == before


def test_nothing_is_built_that_is_there(
    directory: Path, engine: MilvusEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "build_derived", stop)
    with Library(directory) as library, library.snapshot():
        ensure_derived(library, engine)


def test_a_library_without_documents_finds_nothing(directory: Path, engine: MilvusEngine) -> None:
    sync_library(FakeSource({}), directory, WordEmbedder(), engine=engine)
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library, engine)
        assert index.vectors.search(WordEmbedder().embed_queries(["hund"]), 5).pairs() == []
        assert index.lexical.search(LexicalField.STEMS, "hund", 5).pairs() == []


def test_nothing_is_asked_for_means_nothing_found(directory: Path, engine: MilvusEngine) -> None:
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library, engine)
        assert index.vectors.search(WordEmbedder().embed_queries(["hund"]), 0).pairs() == []
        assert index.lexical.search(LexicalField.STEMS, "hund", 0).pairs() == []


def test_a_large_library_is_searched_by_a_graph(
    directory: Path, engine: MilvusEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(milvus_engine, "MAX_FLAT_PASSAGES", 1)
    before = found(directory, engine)["hunde i snor nearest"]
    sync_library(FakeSource({**OLD, "c.txt": "En ny."}), directory, WordEmbedder(), engine=engine)
    with Library(directory) as library, library.snapshot():
        nearest = (
            open_search_index(library, engine)
            .vectors.search(WordEmbedder().embed_queries(["hunde i snor"]), 3)
            .pairs()
        )
    assert isinstance(before, dict)
    assert dict(nearest) == pytest.approx({i: before.get(i, 0.0) for i, _ in nearest}, abs=0.01)


def test_a_collection_dropped_under_a_question_is_one_sentence(
    directory: Path, milvus: MilvusConnection, engine: MilvusEngine
) -> None:
    with Library(directory) as library, library.snapshot():
        index = open_search_index(library, engine)
        assert isinstance(index.vectors, MilvusVectors)
        assert isinstance(index.lexical, MilvusTerms)
        drop_passages(milvus, library)
        with pytest.raises(
            LibraryError, match=r"^Milvus på »milvus://.*« kan ikke bruges \(.*\); se efter, at"
        ):
            index.lexical.search(LexicalField.STEMS, "hunde", 5)


def test_the_manifest_names_the_place(directory: Path, milvus: MilvusConnection) -> None:
    folder = directory / "generations" / "00000001"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["engines"][0] == f"{milvus.address} 2"
    assert TermStatistics.load(folder).passages == 2
