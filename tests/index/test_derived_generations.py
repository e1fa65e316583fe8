"""The derived index among generations: a writer and other readers build, publish and remove meanwhile."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import database, derived
from index.derived import build_derived, open_search_index, remove_other_generations
from index.errors import LibraryError, OutdatedState
from index.library import Library
from index.search_engine import SearchEngine
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder
from tests.index.deriving import TEXTS, answers, damage_file, generation_folder, published


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with published(tmp_path) as library:
        yield library


@pytest.fixture
def folder(library: Library) -> Path:
    return generation_folder(library)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers do not wait for the reader to be done."""
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_SECONDS", 0.01)


@pytest.fixture
def syncs_meanwhile(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[dict[str, str]], None]:
    """Have a writer sync other documents while the reader builds, and take away what the reader began."""
    build = derived._build

    def prepare(texts: dict[str, str]) -> None:
        def sync_first(reader: Library, building: Path, engine: SearchEngine) -> None:
            monkeypatch.setattr(derived, "_build", build)
            sync_library(FakeSource(texts), library.directory, WordEmbedder())
            assert not building.exists()
            build(reader, building, engine)

        shutil.rmtree(folder)
        monkeypatch.setattr(derived, "_build", sync_first)

    return prepare


@pytest.mark.usefixtures("impatient")
def test_what_a_newer_generation_took_the_place_of_is_not_built_again(library: Library, folder: Path) -> None:
    sync_library(FakeSource({"b.txt": TEXTS["b.txt"]}), library.directory, WordEmbedder())
    assert not folder.exists()
    with pytest.raises(OutdatedState, match="er blevet opdateret imens; prøv igen"):
        open_search_index(library)
    assert [path.name for path in folder.parent.iterdir()] == ["00000002"]


@pytest.mark.usefixtures("impatient")
def test_what_is_outdated_when_it_is_built_does_not_get_its_place(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def publish(*_: object) -> None:
        monkeypatch.setattr(derived, "_build", build)
        sync_library(FakeSource({"b.txt": TEXTS["b.txt"]}), library.directory, WordEmbedder())

    build = derived._build
    shutil.rmtree(folder)
    monkeypatch.setattr(derived, "_build", publish)
    with pytest.raises(OutdatedState):
        open_search_index(library)
    assert [path.name for path in folder.parent.iterdir()] == ["00000002"]


@pytest.mark.usefixtures("impatient")
def test_a_building_that_a_newer_generation_took_away_is_told_as_outdated(
    library: Library, syncs_meanwhile: Callable[[dict[str, str]], None]
) -> None:
    syncs_meanwhile({"b.txt": TEXTS["b.txt"]})
    with pytest.raises(OutdatedState):
        open_search_index(library)


@pytest.mark.usefixtures("impatient")
def test_a_building_that_was_taken_away_is_not_missed_where_the_writer_built_the_same(
    library: Library, syncs_meanwhile: Callable[[dict[str, str]], None]
) -> None:
    syncs_meanwhile(TEXTS)
    assert answers(library) == [[1, 2], [2, 1], [2]]


def test_a_folder_of_the_same_number_but_another_state_is_not_searched(
    library: Library, folder: Path
) -> None:
    other = library.directory.with_name("andet")
    sync_library(FakeSource({"c.txt": "Heste skal holdes på fold."}), other, WordEmbedder())
    shutil.rmtree(folder)
    shutil.copytree(other / "generations" / "00000001", folder)
    assert open_search_index(library).lexical.frequencies(["hest"]) == [0]
    assert answers(library) == [[1, 2], [2, 1], [2]]


def test_a_folder_removed_between_the_look_and_the_opening_is_built_again(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived, "ensure_derived", lambda *_: shutil.rmtree(folder, ignore_errors=True))
    assert answers(library) == [[1, 2], [2, 1], [2]]


def test_only_the_present_generation_is_kept(library: Library, folder: Path) -> None:
    for name in ("00000000", "00000002", "00000001.abc.building"):
        (folder.with_name(name) / "lexical").mkdir(parents=True)
    folder.with_name("rest.lock").write_text("Hunde skal føres i snor.", encoding="utf-8")
    remove_other_generations(library)
    assert list(folder.parent.iterdir()) == [folder]


def test_another_readers_folder_is_taken_when_it_came_first(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived.shutil, "rmtree", lambda *_, **__: None)  # it comes just after the removal
    written = (folder / "manifest.json").stat().st_ino
    build_derived(library)
    assert (folder / "manifest.json").stat().st_ino == written


def test_another_folder_that_is_not_sound_is_not_taken(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(derived.shutil, "rmtree", lambda *_, **__: None)
    damage_file("passages.faiss")(folder)
    with pytest.raises(LibraryError, match="kan ikke læses eller skrives"):
        build_derived(library)
