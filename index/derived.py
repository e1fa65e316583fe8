"""What is derived from the library: the lexical index and the vectors of one generation, in one folder.

A folder is built whole under another name, synced to disk, and renamed; its manifest holds the SHA-256
of every file. A folder that is missing, damaged or of another generation is never searched: it is
built again from the library, which needs no embedding.
"""

import hashlib
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from index.context import passage_text
from index.lexical import LexicalIndex, build_lexical
from index.library import Library
from index.vectors import VectorIndex, build_vectors

DERIVED_VERSION = 1
"""Raised whenever what is derived, or how its terms are made, changes."""

_GENERATIONS = "generations"
_LEXICAL = "lexical"
_MANIFEST = "manifest.json"


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Everything that is searched, of one generation of the library."""

    generation: int
    lexical: LexicalIndex
    vectors: VectorIndex


def open_search_index(library: Library) -> SearchIndex:
    """Open what is derived from the library's present generation, building it where that is needed.

    Call inside `library.snapshot()`, so that the generation cannot change meanwhile.
    """
    generation = library.generation()
    directory = _directory(library, generation)
    if not _is_sound(directory, generation):
        build_derived(library, generation)
    return SearchIndex(generation, LexicalIndex(directory / _LEXICAL), VectorIndex(directory))


def build_derived(library: Library, generation: int) -> None:
    """Build the folder of one generation from what `library` sees now, and put it in its place."""
    final = _directory(library, generation)
    building = final.with_name(f"{final.name}.{os.getpid()}.building")
    shutil.rmtree(building, ignore_errors=True)
    (building / _LEXICAL).mkdir(parents=True, mode=0o700)
    passage_ids, passages = library.passage_embeddings()
    build_vectors(building, passage_ids, passages, *library.sentence_embeddings())
    build_lexical(building / _LEXICAL, _lexical_texts(library))
    _write_manifest(building, generation)
    _put_in_place(building, final, generation)


def remove_other_generations(library: Library) -> None:
    """Remove every folder but that of the present generation; readers that still hold one keep it open."""
    keep = _directory(library, library.generation())
    for directory in keep.parent.glob("*"):
        if directory != keep:
            shutil.rmtree(directory, ignore_errors=True)


def _put_in_place(building: Path, final: Path, generation: int) -> None:
    """Rename the finished folder to its own name, unless another process was first."""
    shutil.rmtree(final, ignore_errors=True)
    try:
        building.rename(final)
    except OSError:
        shutil.rmtree(building, ignore_errors=True)
        if not _is_sound(final, generation):
            raise
    _sync_to_disk(final.parent)


def _directory(library: Library, generation: int) -> Path:
    return library.directory / _GENERATIONS / f"{generation:08d}"


def _lexical_texts(library: Library) -> Iterator[tuple[int, str]]:
    for passage in library.all_passages():
        yield passage.id, passage_text(passage.title, passage.headings, passage.introduction, passage.text)


def _write_manifest(directory: Path, generation: int) -> None:
    files = {name: _hash_file(directory / name) for name in _file_names(directory)}
    (directory / _MANIFEST).write_text(json.dumps(_manifest(generation, files), indent=1), encoding="utf-8")
    for path in (*directory.rglob("*"), directory):
        path.chmod(0o700 if path.is_dir() else 0o600)
        _sync_to_disk(path)


def _manifest(generation: int, files: dict[str, str]) -> dict[str, object]:
    return {"version": DERIVED_VERSION, "generation": generation, "files": files}


def _is_sound(directory: Path, generation: int) -> bool:
    """Tell whether the folder is whole, of this generation, and byte for byte what was written."""
    try:
        manifest = json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))
        files = {name: _hash_file(directory / name) for name in manifest["files"]}
        sound: bool = manifest == _manifest(generation, files)
        return sound
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return False


def _file_names(directory: Path) -> list[str]:
    """List the files that count, as names relative to the folder; lock files of the engine do not."""
    paths = (path for path in directory.rglob("*") if path.is_file() and not path.name.endswith(".lock"))
    return sorted(path.relative_to(directory).as_posix() for path in paths)


def _hash_file(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
