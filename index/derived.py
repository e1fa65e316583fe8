"""What is derived from the library: the lexical index and the vectors of one generation, in one folder.

A folder is built whole under another name, synced to disk, and renamed. Its manifest says which state of
the library it was built from, with which engines, and holds the SHA-256 of every file. A folder that is
missing, damaged, or of anything else is never searched: it is built again, which needs no embedding.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp

from index import danish
from index.background import Background
from index.batches import batches
from index.context import passage_parts
from index.crash import crash_point
from index.database import file_errors_translated
from index.durable import hash_file, sync_to_disk
from index.errors import OutdatedState
from index.lexical_build import LexicalText
from index.library import Library
from index.local_engine import LOCAL
from index.lock import make_private_folder
from index.repeats import PlacedSentences, Repeats, build_repeats
from index.search_engine import DenseSearch, LexicalSearch, SearchEngine
from index.spelling import Vocabulary, build_vocabulary, count_words
from index.term_numbers import find_tokens

DERIVED_VERSION = 17
"""Raised whenever what is derived, or how its terms are made, changes."""

_MANIFEST = "manifest.json"
_HASHING_THREADS = 2
_SENTENCES_AT_ONCE = 65_536


@dataclass(frozen=True, slots=True)
class SearchIndex:
    """Everything that is searched, of one generation of the library, with its documents and background."""

    state: str
    documents: int
    background: Background
    lexical: LexicalSearch
    vectors: DenseSearch
    vocabulary: Vocabulary
    repeats: Repeats


def open_search_index(library: Library, engine: SearchEngine = LOCAL) -> SearchIndex:
    """Open what is derived from the library's present generation, building it where that is needed.

    Call inside `library.snapshot()`, so that the generation cannot change meanwhile. Raises
    `LibraryError` if it can be neither read nor built: `OutdatedState` if a newer one has been published.
    """
    ensure_derived(library, engine)
    try:
        return _open(library, engine)
    except OSError:  # a writer has removed it since: its files came from an older generation
        build_derived(library, engine)
    with file_errors_translated(library.directory):
        return _open(library, engine)


def ensure_derived(library: Library, engine: SearchEngine = LOCAL) -> None:
    """Build what is derived from the library's present generation, unless it is there and sound."""
    if not derived_is_sound(library, engine):
        build_derived(library, engine)


def derived_is_sound(library: Library, engine: SearchEngine = LOCAL) -> bool:
    """Tell whether what is derived from the present generation is there, byte for byte as it was built."""
    return _is_sound(library.generation_directory(), _identity(library, engine)) and engine.is_whole(library)


def build_derived(library: Library, engine: SearchEngine = LOCAL) -> None:
    """Build the folder of the present generation from what `library` sees now, and put it in its place.

    Raises `LibraryError` if it cannot be written, and `OutdatedState` where a newer generation has been
    published; the folders of other generations are left as they are.
    """
    _require_present(library)
    final = library.generation_directory()
    with file_errors_translated(library.directory):
        make_private_folder(final.parent)
        building = Path(mkdtemp(prefix=f"{final.name}.", suffix=".building", dir=final.parent))
        try:
            _build(library, building, engine)
            _require_present(library)
            _put_in_place(building, final, _identity(library, engine))
        except OSError:
            if not _is_done_without(building, library, engine):
                raise
        finally:
            shutil.rmtree(building, ignore_errors=True)


def remove_other_generations(library: Library, engine: SearchEngine = LOCAL) -> None:
    """Remove all but the present generation; readers that still hold an older folder keep it open."""
    for path in other_generations(library):
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path, ignore_errors=True)
        else:
            with suppress(OSError):
                path.unlink()
    engine.remove_other_generations(library)


def other_generations(library: Library) -> list[Path]:
    """List what lies among the generations' folders and is not that of the present one."""
    keep = library.generation_directory()
    return sorted(path for path in keep.parent.glob("*") if path != keep)


def _require_present(library: Library) -> None:
    """Refuse to build what a writer may just have removed, such as the words of a forgotten document."""
    with Library(library.directory) as newest:
        if newest.generation() > library.generation():
            raise OutdatedState(f"Biblioteket i »{library.directory}« er blevet opdateret imens; prøv igen.")


def _is_done_without(building: Path, library: Library, engine: SearchEngine) -> bool:
    """Tell whether a writer has removed the folder that was being built, and built the same itself.

    Raises `OutdatedState` where the writer has published a newer generation.
    """
    if building.exists():
        return False
    _require_present(library)
    return derived_is_sound(library, engine)


def _open(library: Library, engine: SearchEngine) -> SearchIndex:
    directory = library.generation_directory()
    vectors, lexical = engine.open(library, directory)
    state, documents, background = library.state(), library.document_count(), library.background()
    words, repeats = Vocabulary(directory), Repeats(directory)
    return SearchIndex(state, documents, background, lexical, vectors, words, repeats)


def _build(library: Library, directory: Path, engine: SearchEngine) -> None:
    engine.build(library, directory, lambda: _lexical_texts(library))
    crash_point("search built")
    _build_from_sentences(library, directory)
    _write_manifest(directory, _identity(library, engine))


def _build_from_sentences(library: Library, directory: Path) -> None:
    """Write the vocabulary and the repeats; finding the words is most of the work, and done once for both."""
    counts: Counter[str] = Counter()
    placed: list[PlacedSentences] = []
    for some in batches(library.sentence_texts(), _SENTENCES_AT_ONCE):
        document_ids, passage_ids, texts = zip(*some, strict=True)
        tokens = find_tokens((text,) for text in texts)
        counts.update(count_words(tokens))
        placed.append(PlacedSentences.of(tokens, document_ids, passage_ids))
    build_vocabulary(directory, counts)
    build_repeats(directory, placed)


def _put_in_place(building: Path, final: Path, identity: Mapping[str, object]) -> None:
    """Rename the finished folder to its own name, unless another reader built the same just before."""
    crash_point("derived built")
    shutil.rmtree(final, ignore_errors=True)
    crash_point("place cleared")
    try:
        building.rename(final)
        crash_point("derived renamed")
    except OSError:
        if not _is_sound(final, identity):
            raise
    sync_to_disk(final.parent)


def _lexical_texts(library: Library) -> Iterator[LexicalText]:
    for passage in library.all_passages():
        parts = passage_parts(passage.title, passage, passage.text)
        yield LexicalText(passage.id, passage.document, parts)


def _identity(library: Library, engine: SearchEngine) -> dict[str, object]:
    """Return what a folder must have been built from and with to be searched."""
    return {
        "version": DERIVED_VERSION,
        "generation": library.generation(),
        "state": library.state(),
        "engines": [*engine.versions, danish.ENGINE],
    }


def _write_manifest(directory: Path, identity: Mapping[str, object]) -> None:
    manifest = {**identity, "files": _hash_files(directory)}
    (directory / _MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    crash_point("manifest written")
    for path in (*directory.rglob("*"), directory):
        path.chmod(0o700 if path.is_dir() else 0o600)
        sync_to_disk(path)


def _is_sound(directory: Path, identity: Mapping[str, object]) -> bool:
    """Tell whether the folder has this identity, and is byte for byte and file for file what was built."""
    try:
        manifest = json.loads((directory / _MANIFEST).read_text(encoding="utf-8"))
        return bool(manifest == {**identity, "files": _hash_files(directory)})
    except (OSError, ValueError):
        return False


def _hash_files(directory: Path) -> dict[str, str]:
    """Return the SHA-256 of every file that counts, by its name relative to the folder."""
    names = _file_names(directory)
    with ThreadPoolExecutor(_HASHING_THREADS) as pool:
        return dict(zip(names, pool.map(hash_file, (directory / name for name in names)), strict=True))


def _file_names(directory: Path) -> list[str]:
    """List the files that count: all but the manifest."""
    paths = (path for path in directory.rglob("*") if not path.is_dir())
    names = (path.relative_to(directory).as_posix() for path in paths)
    return sorted(name for name in names if name != _MANIFEST)
