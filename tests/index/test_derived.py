"""What is derived from the library: built whole, searched only when sound, built again when not."""

import json
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from index import derived, faiss_files, local_engine
from index.background import Background
from index.derived import build_derived, ensure_derived
from index.errors import LibraryError
from index.library import Library
from tests.index.deriving import answers, damage_file, files_of, generation_folder, published


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with published(tmp_path) as library:
        yield library


@pytest.fixture
def folder(library: Library) -> Path:
    return generation_folder(library)


@pytest.fixture
def builds(monkeypatch: pytest.MonkeyPatch) -> list[Library]:
    """Every building that was asked for; none is done."""
    asked: list[Library] = []
    monkeypatch.setattr(derived, "build_derived", lambda library, _: asked.append(library))
    return asked


def test_the_whole_index_is_there_after_a_sync(library: Library, folder: Path, builds: list[Library]) -> None:
    names = {path.name for path in files_of(folder)}
    expected = {"manifest.json", "passages.faiss", "sentences.npy", "sentence_passages.npy"}
    assert {*expected, "stems.terms.npy", "grams_around.listed.npy"} < names
    assert answers(library) == [[1, 2], [2, 1], [2]]
    assert builds == []


def test_the_background_comes_with_what_is_searched(library: Library) -> None:
    assert derived.open_search_index(library).background == library.background() != Background(0.0)


def test_the_manifest_names_state_engines_and_every_file(library: Library, folder: Path) -> None:
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    assert (manifest["version"], manifest["generation"]) == (derived.DERIVED_VERSION, 1)
    assert (manifest["state"], len(manifest["state"])) == (library.state(), 32)
    assert len(manifest["engines"]) == 2
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


DAMAGES: dict[str, Callable[[Path], object]] = {
    "the folder is gone": shutil.rmtree,
    "the vectors are damaged": damage_file("passages.faiss"),
    "the sentences are damaged": damage_file("sentences.npy"),
    "the terms are damaged": damage_file("stems.terms.npy"),
    "the postings are damaged": damage_file("stems.listed.npy"),
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


def test_a_file_that_was_not_built_is_noticed(library: Library, folder: Path, builds: list[Library]) -> None:
    (folder / "lexical" / "more.lock").touch()
    ensure_derived(library)
    assert len(builds) == 1


@pytest.mark.parametrize(
    ("module", "name", "value"), [(derived, "DERIVED_VERSION", 99), (faiss_files, "ENGINE", "another")]
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
