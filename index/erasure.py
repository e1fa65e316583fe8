"""Erases one document from a library, and tells what has to be gone afterwards.

What is removed is overwritten by SQLite, the database is written anew, and what is derived is built from
the rest; so nothing is left by construction. `qa/forget.py` has every byte under the home folder searched.
"""

import hashlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np

from index.context import passage_parts
from index.danish import stem_terms
from index.database import rewrite
from index.derived import build_derived, open_search_index, remove_other_generations
from index.durable import sync_to_disk
from index.errors import FolderError, LibraryError
from index.library import Library
from index.local_engine import LOCAL
from index.lock import locked
from index.os_errors import describe_os_error
from index.seal import leave_at_rest
from index.search_engine import SearchEngine
from index.soundness import require_sound, sign_contents
from index.traces import Needles
from index.types import Document, StoredPassage
from index.writing import WritableLibrary

_ROWS_AT_A_TIME = 4096


@dataclass(frozen=True, slots=True)
class Erased:
    """What was removed; `needles` are its texts and vectors that stand nowhere else in the library.

    `file_hash` and `text_hash` are SHA-256 of the file as it was read and of its extracted text. `terms` is
    how many of its words are no longer searched for; `terms_left` how many still are and should not.
    """

    document: str
    title: str
    file_hash: str
    text_hash: str
    passages: int
    sentences: int
    embeddings: int
    terms: int
    terms_left: int
    needles: Needles


@dataclass(frozen=True, slots=True)
class _Contents:
    """All that a library holds of one document."""

    document: Document
    file_hash: str
    passages: int
    sentences: tuple[str, ...]
    embeddings: tuple[bytes, ...]
    terms: frozenset[str]


def erase_document(
    directory: Path, path: str, file: Path | None = None, engine: SearchEngine = LOCAL
) -> Erased:
    """Erase the document of this path, and delete `file` if it is given.

    Raises `LibraryError` if there is no such document, or the library cannot be written or is damaged, and
    `FolderError` if the file cannot be deleted: then nothing is erased.
    """
    with locked(directory), WritableLibrary(directory) as library, library.translated():
        sealed = require_sound(library)
        contents = _read_contents(library, path)
        if file:
            remove_file(file)
        with library.writing():
            library.forget(path)
            sign_contents(library)
            build_derived(library, engine)
        remove_other_generations(library, engine)
        rewrite(library.connection)
        leave_at_rest(library, sealed)
        remove_other_generations(library, engine)  # again: a reader may have built one until it was done
        with library.snapshot():
            return _describe(library, contents, engine)


def erase_remains(directory: Path, needles: Needles, engine: SearchEngine = LOCAL) -> Needles:
    """Remove what readers kept of documents erased before, and return the needles that must be gone.

    Raises `LibraryError` as `erase_document` does.
    """
    with locked(directory), WritableLibrary(directory) as library, library.translated():
        require_sound(library)
        rewrite(library.connection)
        leave_at_rest(library, sealed=False)
        remove_other_generations(library, engine)
        with library.snapshot():
            return needles.without(_remaining(library))


def remove_file(file: Path) -> None:
    """Delete a document's own file, if it is there; raises `FolderError` if it cannot be deleted."""
    try:
        file.unlink(missing_ok=True)
    except OSError as error:
        raise FolderError(
            f"»{file}« kan ikke slettes ({describe_os_error(error)}); ret det, og prøv igen."
        ) from error
    with suppress(OSError):  # not every network drive can promise it; the file is gone all the same
        sync_to_disk(file.parent)


def not_in_library(path: str) -> LibraryError:
    """Return what a user is told of a document that a library does not hold."""
    return LibraryError(
        f"»{path}« er ikke i biblioteket; skriv dokumentets navn, som »kildesvar status« viser det."
    )


def _read_contents(library: Library, path: str) -> _Contents:
    document = library.document(path)
    if document is None:
        raise not_in_library(path)
    ids = library.passage_ids([path])
    spans = [span for sentences in library.sentences(ids).values() for span in sentences]
    rows = library.connection.execute(_EMBEDDINGS_OF, (path, path)).fetchall()
    return _Contents(
        document,
        library.stamps()[path].content_hash,
        len(ids),
        sentences=tuple(document.text[span.start : span.end] for span in spans),
        embeddings=tuple(row[0] for row in rows),
        terms=frozenset(chain.from_iterable(map(_terms_of, library.passages(ids).values()))),
    )


_EMBEDDINGS_OF = (
    "SELECT e.embedding FROM embeddings e WHERE e.key IN ("
    "SELECT p.embedding_key FROM passages p JOIN documents d ON d.id = p.document_id WHERE d.path = ? "
    "UNION SELECT s.embedding_key FROM sentences s JOIN passages p ON p.id = s.passage_id "
    "JOIN documents d ON d.id = p.document_id WHERE d.path = ?)"
)


def _describe(library: Library, contents: _Contents, engine: SearchEngine) -> Erased:
    """Tell what was removed, now that the library is without it."""
    document = contents.document
    texts = (document.path, document.title, *contents.sentences, *document.text.split("\n"))
    needles = Needles([*_forms_of_texts(texts), *_forms_of_vectors(contents.embeddings)])
    terms, left = _count_terms(library, contents.terms, engine)
    return Erased(
        document=document.path,
        title=document.title,
        file_hash=contents.file_hash,
        text_hash=hashlib.sha256(document.text.encode()).hexdigest(),
        passages=contents.passages,
        sentences=len(contents.sentences),
        embeddings=len(contents.embeddings),
        terms=terms,
        terms_left=left,
        needles=needles.without(_remaining(library)),
    )


def _remaining(library: Library) -> Iterator[bytes]:
    """Go through all texts and vectors that the library holds now."""
    for row in library.connection.execute("SELECT path, title, text FROM documents"):
        yield "\n".join(_forms("\n".join(row))).encode()
    rows = library.connection.execute("SELECT embedding FROM embeddings")
    while batch := rows.fetchmany(_ROWS_AT_A_TIME):
        yield b"".join(_forms_of_vectors([row[0] for row in batch]))


def _count_terms(library: Library, erased: frozenset[str], engine: SearchEngine) -> tuple[int, int]:
    """Return how many of these terms stood in that document alone, and how many the index still has."""
    terms = {*erased}
    for passage in library.all_passages():
        terms.difference_update(_terms_of(passage))
    search = open_search_index(library, engine).lexical
    return len(terms), sum(count > 0 for count in search.frequencies([*terms]))


def _terms_of(passage: StoredPassage) -> list[str]:
    """Return the stems and pairs of stems that a passage is found by."""
    return [term for part in passage_parts(passage.title, passage, passage.text) for term in stem_terms(part)]


def _forms_of_texts(texts: Iterable[str]) -> Iterator[bytes]:
    for text in texts:
        yield from (form.encode("utf-8", "surrogatepass") for form in _forms(text))


def _forms(text: str) -> tuple[str, str]:
    """Return a text as it stands, and on one line, as it is embedded."""
    return text, " ".join(text.split())


def _forms_of_vectors(embeddings: Iterable[bytes]) -> Iterator[bytes]:
    """Return vectors as SQLite and the array of sentences hold them, and as FAISS does."""
    for embedding in embeddings:
        yield embedding
        yield np.frombuffer(embedding, "<f2").astype("<f4").tobytes()
