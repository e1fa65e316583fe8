"""What is derived from the library: built whole, searched only when sound, built again when not."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import database, derived, lexical, local_engine
from index.derived import build_derived, ensure_derived, open_search_index, remove_other_generations
from index.errors import LibraryError, OutdatedState
from index.lexical import LexicalField
from index.library import Library
from index.search_engine import SearchEngine
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder

TEXTS = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit. Det må hunde ikke."}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A published library of two documents, open for reading."""
    sync_library(FakeSource(TEXTS), tmp_path / "bibliotek", WordEmbedder())
    with Library(tmp_path / "bibliotek") as library, library.snapshot():
        yield library


@pytest.fixture
def folder(library: Library) -> Path:
    return library.directory / "generations" / "00000001"


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Library]:
    """Every building that was asked for; none is done."""
    asked: list[Library] = []
    monkeypatch.setattr(derived, "build_derived", lambda library, _: asked.append(library))
    return asked


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Writers do not wait for the reader to be done."""
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_SECONDS", 0.01)


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def answers(library: Library) -> list[list[int]]:
    """Return what both engines find for a few questions, by passage id."""
    index = open_search_index(library)
    query = WordEmbedder().embed_queries(["hunde i snor"])
    return [
        [passage_id for passage_id, _ in index.vectors.search(query, 2)],
        [passage_id for passage_id, _ in index.lexical.search(LexicalField.STEMS, "kat og hund", 2)],
        [passage_id for passage_id, _ in index.lexical.search(LexicalField.GRAMS, "kattene", 2)],
    ]


def test_the_whole_index_is_there_after_a_sync(library: Library, folder: Path, builds: list[Library]) -> None:
    names = {path.name for path in files_of(folder)}
    assert {"manifest.json", "passages.faiss", "sentences.npy", "sentence_passages.npy", "meta.json"} < names
    assert answers(library) == [[1, 2], [2, 1], [2]]
    assert builds == []


def test_the_manifest_names_state_engines_and_every_file(library: Library, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["generation"]) == (derived.DERIVED_VERSION, 1)
    assert (manifest["state"], len(manifest["state"])) == (library.state(), 32)
    assert len(manifest["engines"]) == 3
    named = {folder / name for name in manifest["files"]} | {folder / "manifest.json"}
    assert named == set(files_of(folder))


def test_one_flipped_bit_anywhere_is_noticed(library: Library, folder: Path, builds: list[Library]) -> None:
    flips = 0
    for path in files_of(folder):
        whole = path.read_bytes()
        for place in {*range(0, len(whole), max(1, len(whole) // 40)), len(whole) - 1}:
            changed = bytearray(whole)
            changed[place] ^= 1 << (place % 8)
            path.write_bytes(changed)
            ensure_derived(library)
            flips += 1
            assert len(builds) == flips, f"{path.name}: bit {place % 8} of byte {place}"
        path.write_bytes(whole)
    ensure_derived(library)
    assert (len(builds), flips > 300) == (flips, True)


def test_a_file_cut_at_any_length_is_noticed(library: Library, folder: Path, builds: list[Library]) -> None:
    cuts = 0
    for path in files_of(folder):
        whole = path.read_bytes()
        for length in {0, 1, len(whole) // 2, len(whole) - 1} - {len(whole)}:
            path.write_bytes(whole[:length])
            ensure_derived(library)
            cuts += 1
            assert len(builds) == cuts, f"{path.name}: {length} of {len(whole)} bytes"
        path.write_bytes(whole)


def damage_file(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = folder.rglob(name)
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    return damage


DAMAGES: dict[str, Callable[[Path], object]] = {
    "the folder is gone": shutil.rmtree,
    "the vectors are damaged": damage_file("passages.faiss"),
    "the sentences are damaged": damage_file("sentences.npy"),
    "the terms are damaged": damage_file("*.term"),
    "the engine's own list is damaged": damage_file("meta.json"),
    "the manifest is no JSON": damage_file("manifest.json"),
    "the manifest is a list": lambda folder: (folder / "manifest.json").write_text("[]"),
    "the manifest is gone": lambda folder: (folder / "manifest.json").unlink(),
    "a file is gone": lambda folder: (folder / "sentences.npy").unlink(),
    "a file is a link to nowhere": lambda folder: (
        (folder / "sentences.npy").rename(folder.with_name("elsewhere.npy")),
        (folder / "sentences.npy").symlink_to(folder / "nowhere"),
    ),
    "a file is too many": lambda folder: (folder / "more.npy").write_bytes(b"more"),
    "a folder stands where a file was": lambda folder: (
        (folder / "sentences.npy").unlink(),
        (folder / "sentences.npy").mkdir(),
    ),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_built_again_and_answers_as_before(
    library: Library, folder: Path, damage: str
) -> None:
    before = answers(library)
    DAMAGES[damage](folder)
    assert answers(library) == before
    assert not (folder / "more.npy").exists()
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert {folder / name for name in manifest["files"]} == {*files_of(folder)} - {folder / "manifest.json"}


def test_a_lock_file_of_the_engine_is_no_damage(
    library: Library, folder: Path, builds: list[Library]
) -> None:
    (folder / "lexical" / ".tantivy-meta.lock").unlink(missing_ok=True)
    (folder / "lexical" / ".tantivy-writer.lock").touch()
    ensure_derived(library)
    assert builds == []


@pytest.mark.parametrize("name", [".another.lock", ".tantivy-writer.lock"])
def test_a_lock_file_that_holds_text_or_is_not_the_engines_is_noticed(
    library: Library, folder: Path, builds: list[Library], name: str
) -> None:
    (folder / "lexical" / name).write_text("Hunde skal føres i snor.", encoding="utf-8")
    ensure_derived(library)
    assert len(builds) == 1


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


@pytest.mark.parametrize(
    ("module", "name", "value"), [(derived, "DERIVED_VERSION", 99), (lexical, "ENGINE", "another version")]
)
def test_what_was_built_by_other_rules_is_built_again(
    library: Library,
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    module: object,
    name: str,
    value: object,
) -> None:
    written = (folder / "manifest.json").read_text(encoding="utf-8")
    monkeypatch.setattr(module, name, value)
    ensure_derived(library)
    assert (folder / "manifest.json").read_text(encoding="utf-8") != written


def test_a_folder_of_the_same_number_but_another_state_is_not_searched(
    library: Library, folder: Path
) -> None:
    other = library.directory.with_name("andet")
    sync_library(FakeSource({"c.txt": "Heste skal holdes på fold."}), other, WordEmbedder())
    shutil.rmtree(folder)
    shutil.copytree(other / "generations" / "00000001", folder)
    assert open_search_index(library).lexical.frequency("hest") == 0
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


def test_an_unfinished_building_leaves_the_folder_as_it_was(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.read_bytes() for path in files_of(folder)}

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(local_engine, "build_lexical", full)
    with pytest.raises(LibraryError, match=r"^Der er ikke plads på disken .* frigør plads, og prøv igen\.$"):
        build_derived(library)
    assert {path: path.read_bytes() for path in files_of(folder)} == before
    assert list(folder.parent.iterdir()) == [folder]


def test_every_file_is_on_disk_before_the_folder_gets_its_name(
    library: Library, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    events: list[str] = []
    rename, sync = Path.rename, derived.sync_to_disk
    monkeypatch.setattr(derived, "sync_to_disk", lambda path: (events.append(path.name), sync(path)))
    monkeypatch.setattr(Path, "rename", lambda path, target: (events.append("rename"), rename(path, target)))
    build_derived(library)
    names = {path.name for path in files_of(folder)} | {"lexical"}
    before, after = events[: events.index("rename")], events[events.index("rename") + 1 :]
    assert names < set(before)
    assert after == ["generations"]


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
