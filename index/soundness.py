"""Is a library what was written? Its rows are signed at each publish, and compared again where in doubt."""

import hashlib
import json
from collections.abc import Iterator
from typing import Any

from index.database import check_database, damaged
from index.library import Library
from index.seal import seal_holds

_SIGNED_SETTINGS = ("reading", "model", "model_name", "background", "generation", "state")

_OF_CURRENT = "JOIN documents d ON d.id = p.document_id WHERE d.current"
_BLOCKS = "FROM blocks b JOIN documents d ON d.id = b.document_id WHERE d.current"
_PASSAGES = f"FROM passages p {_OF_CURRENT}"
_SENTENCES = f"FROM sentences s JOIN passages p ON p.id = s.passage_id {_OF_CURRENT}"
_SIGNED_ROWS = (
    "SELECT id, path, title, date, author, partly_read, text FROM documents WHERE current ORDER BY id",
    'SELECT b.document_id, b.ordinal, b.kind, b.start, b."end", b.level, b.page '
    f"{_BLOCKS} ORDER BY b.document_id, b.ordinal",
    'SELECT p.id, p.document_id, p.start, p."end", p.paragraph, p.page, p.headings, p.introduction, '
    f"p.columns, p.text, hex(p.embedding_key) {_PASSAGES} ORDER BY p.id",
    f'SELECT s.id, s.passage_id, s.start, s."end", hex(s.embedding_key) {_SENTENCES} ORDER BY s.id',
)
_CURRENT_KEYS = f"SELECT p.embedding_key {_PASSAGES} UNION SELECT s.embedding_key {_SENTENCES}"
"""The keys of the embeddings that readers see; others wait, with the documents that are staged."""

_ROW_ENCODER = json.JSONEncoder(default=repr)
"""A turned bit makes bytes of a text, which have no form in JSON."""

_SIGNED_EMBEDDINGS = (
    "SELECT COALESCE(CAST(key AS BLOB), x''), COALESCE(CAST(embedding AS BLOB), x'') "
    f"FROM embeddings WHERE key IN ({_CURRENT_KEYS}) ORDER BY key"
)


def sign_contents(library: Library) -> None:
    """Remember the signature of all that readers see; the last thing before a publish is committed."""
    library.remember("signature", contents_signature(library))


def contents_signature(library: Library) -> str:
    """Return a SHA-256 over everything that is current: every row that can be cited, found or compared."""
    digest = hashlib.sha256()
    for row in _signed_rows(library):
        digest.update(_ROW_ENCODER.encode(row).encode())
    for key, embedding in library.connection.execute(_SIGNED_EMBEDDINGS):
        digest.update(key)
        digest.update(embedding)
    return digest.hexdigest()


def contents_fit(library: Library) -> bool:
    """Tell whether what is current is what was signed; a library from before there were signatures fits."""
    signed = library.setting("signature")
    return signed is None or signed == contents_signature(library)


def embedding_sizes(library: Library) -> list[int]:
    """Return the lengths in bytes that the embeddings of what is current have; a sound library has one."""
    query = f"SELECT DISTINCT LENGTH(embedding) FROM embeddings WHERE key IN ({_CURRENT_KEYS})"
    return sorted(size for (size,) in library.connection.execute(query))


def require_sound(library: Library) -> bool:
    """Raise `LibraryError` unless the library is what was written; tell whether its seal holds.

    A seal that holds is enough, and costs about a second a gigabyte. Else the engine's own check and the
    signature decide, which costs about ten times as much.
    """
    if seal_holds(library.directory):
        return True
    with library.translated():
        if check_database(library.connection, thorough=True) or not contents_fit(library):
            raise damaged(library.directory, "indholdet er ikke det, der blev skrevet")
    return False


def _signed_rows(library: Library) -> Iterator[Any]:
    yield [library.setting(name) for name in _SIGNED_SETTINGS]
    for query in _SIGNED_ROWS:
        yield from library.connection.execute(query)
