"""Looks for damage in a library at rest and says what is damaged; it changes nothing."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from itertools import chain
from pathlib import Path

import numpy as np

from index.context import passage_text, sentence_text
from index.database import check_database
from index.derived import derived_is_sound, open_search_index, other_generations
from index.errors import LibraryError
from index.library import Library
from index.local_engine import LOCAL
from index.seal import seal_holds
from index.search_engine import SearchEngine
from index.soundness import contents_fit, embedding_sizes
from index.stage import embedding_key
from index.sync import READING_VERSION
from index.types import StoredPassage

_WORDS_KEPT = 200


class Damage(StrEnum):
    """What can be wrong with a library; the value is what a report in JSON calls it."""

    DATABASE = "database"
    CONTENTS = "contents"
    UNSEALED = "unsealed"
    DOCUMENT = "document"
    EMBEDDING = "embedding"
    DERIVED = "derived"
    COUNTS = "counts"
    LEFTOVER = "leftover"
    ADDED = "added"


REPAIRABLE = (Damage.UNSEALED, Damage.DERIVED, Damage.COUNTS, Damage.LEFTOVER)
"""What is made again from the library itself; of the rest, only reading the folder again helps."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong; `seen` is what shows it: a document's path, or the engine's own words."""

    damage: Damage
    seen: str = ""


def examine(directory: Path, *, thorough: bool = False, engine: SearchEngine = LOCAL) -> tuple[Finding, ...]:
    """Return what is wrong with the library in `directory`, nothing if it is sound.

    Without `thorough`: the seal, the engine's quick check, the counts, and the hash of every derived file;
    a database that has no fitting seal has its contents compared with their signature. With it: also the
    engine's indexes, every text against its key, and every embedding. Raises `LibraryError` if there is
    no library, or it is not finished.
    """
    sealed = seal_holds(directory)
    try:
        with Library(directory) as library, library.snapshot():
            return tuple(_examine_open(library, sealed, thorough, engine))
    except LibraryError as error:
        if error.__cause__ is None:  # not the engine's: there is no library, or an unfinished one
            raise
        return (Finding(Damage.DATABASE, str(error.__cause__)[:_WORDS_KEPT]),)
    except (TypeError, ValueError):  # a list or a number that is no longer one
        return (Finding(Damage.CONTENTS),)


def _examine_open(library: Library, sealed: bool, thorough: bool, engine: SearchEngine) -> Iterator[Finding]:
    broken = check_database(library.connection, thorough=thorough)
    yield from (Finding(Damage.DATABASE, words[:_WORDS_KEPT]) for words in broken[:1])
    if broken:
        return
    if (thorough or not sealed) and not contents_fit(library):
        yield Finding(Damage.CONTENTS)
    elif not sealed:
        yield Finding(Damage.UNSEALED)
    if thorough:
        yield from _examine_texts(library)
        yield from _examine_embeddings(library)
    yield from _examine_derived(library, engine)


def _examine_texts(library: Library) -> Iterator[Finding]:
    """Yield each document whose text is not what its passages, or their embeddings' keys, were made from.

    A library that was read by other rules has keys of other texts: there only the text is compared.
    """
    model = library.setting("model") or ""
    whole = dict(library.connection.execute("SELECT path, text FROM documents WHERE current"))
    has_our_keys = library.setting("reading") == READING_VERSION
    wrong = {
        passage.document
        for passage in library.all_passages()
        if whole[passage.document][passage.start : passage.end] != passage.text
        or (has_our_keys and not _keys_fit(library, passage, model))
    }
    yield from (Finding(Damage.DOCUMENT, path) for path in sorted(wrong))


def _keys_fit(library: Library, passage: StoredPassage, model: str) -> bool:
    own = library.connection.execute("SELECT embedding_key FROM passages WHERE id = ?", (passage.id,))
    rows = library.connection.execute(
        'SELECT start, "end", embedding_key FROM sentences WHERE passage_id = ?', (passage.id,)
    )
    key = embedding_key(model, passage_text(passage.title, passage, passage.text))
    return own.fetchone() == (key,) and all(
        embedding_key(model, sentence_text(passage.title, passage, words)) == key
        for start, end, key in rows
        for words in (passage.text[start - passage.start : end - passage.start],)
    )


def _examine_embeddings(library: Library) -> Iterator[Finding]:
    """Yield one finding where what is current has embeddings of several lengths, or one with no number."""
    sizes = embedding_sizes(library)
    if len(sizes) > 1:
        yield Finding(Damage.EMBEDDING, str(sizes))
        return
    for _, embeddings in chain(library.passage_portions(), library.sentence_portions()):
        if not np.isfinite(embeddings).all():
            yield Finding(Damage.EMBEDDING)
            return


def _examine_derived(library: Library, engine: SearchEngine) -> Iterator[Finding]:
    yield from (Finding(Damage.LEFTOVER, path.name) for path in other_generations(library))
    if not derived_is_sound(library, engine):
        yield Finding(Damage.DERIVED)
        return
    found = -1
    with suppress(LibraryError):
        found = len(open_search_index(library, engine).vectors)
    counts = library.counts()
    embedded = library.count(
        "SELECT COUNT(*) FROM passages p JOIN documents d ON d.id = p.document_id "
        "JOIN embeddings e ON e.key = p.embedding_key WHERE d.current"
    )
    if not found == counts.passages == embedded:
        yield Finding(Damage.COUNTS, f"{counts.passages}/{embedded}/{found}")
