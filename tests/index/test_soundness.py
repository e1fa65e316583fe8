"""The signature of what readers see: it changes with every row that counts, and with nothing else."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from index.database import connect
from index.errors import LibraryError
from index.library import DATABASE_NAME
from index.seal import SEAL_NAME
from index.soundness import contents_fit, contents_signature, require_sound
from index.sync import sync_library
from index.writing import WritableLibrary
from tests.fakes import FakeSource, WordEmbedder

TEXTS = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit."}

CHANGES = (
    "UPDATE documents SET text = text || '.' WHERE id = 1",
    "UPDATE documents SET title = 'Andet' WHERE id = 1",
    "UPDATE documents SET date = '2016-03-05' WHERE id = 1",
    "UPDATE documents SET path = 'c.txt' WHERE id = 1",
    "UPDATE blocks SET page = 7 WHERE document_id = 1",
    "UPDATE passages SET text = text || '.' WHERE id = 1",
    "UPDATE passages SET headings = '[\"Andet\"]' WHERE id = 1",
    "UPDATE passages SET embedding_key = x'00' WHERE id = 1",
    'UPDATE sentences SET "end" = "end" - 1 WHERE id = 1',
    "UPDATE embeddings SET embedding = zeroblob(512) WHERE rowid = 1",
    "DELETE FROM embeddings WHERE rowid = 1",
    "UPDATE settings SET value = '7' WHERE name = 'generation'",
    "UPDATE settings SET value = '{}' WHERE name = 'background'",
)


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    sync_library(FakeSource(TEXTS), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


@pytest.mark.parametrize("change", CHANGES)
def test_any_row_that_counts_changes_the_signature(directory: Path, change: str) -> None:
    with WritableLibrary(directory) as library:
        assert contents_fit(library)
        assert library.connection.execute(change).rowcount == 1
        assert not contents_fit(library)


def test_what_is_staged_and_how_files_are_known_again_is_not_signed(directory: Path) -> None:
    with WritableLibrary(directory) as library:
        before = contents_signature(library)
        library.connection.execute("UPDATE documents SET modified_ns = 1")
        library.connection.execute("INSERT INTO skipped VALUES ('x', 1, 1, 'fordi')")
        library.remember("staged_under", "andet")
        assert contents_signature(library) == before


def test_a_library_from_before_there_were_signatures_fits(directory: Path) -> None:
    with WritableLibrary(directory) as library:
        library.connection.execute("DELETE FROM settings WHERE name = 'signature'")
        assert contents_fit(library)


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE documents SET text = CAST(text AS BLOB) WHERE id = 1",
        "UPDATE embeddings SET key = CAST('x' AS TEXT) WHERE rowid = 1",
        "UPDATE embeddings SET embedding = 7 WHERE rowid = 1",
    ],
)
def test_a_value_of_another_kind_does_not_fit_and_stops_nothing(directory: Path, change: str) -> None:
    with WritableLibrary(directory) as library:
        library.connection.execute(change)
        assert not contents_fit(library)


def damage(directory: Path, *statements: str) -> None:
    connection = connect(directory / DATABASE_NAME)
    for statement in statements:
        connection.execute(statement)
    connection.close()


def test_a_seal_that_holds_is_enough_and_one_that_does_not_lets_the_contents_decide(directory: Path) -> None:
    with WritableLibrary(directory) as library:
        assert require_sound(library)
        (directory / SEAL_NAME).unlink()
        assert not require_sound(library)


@pytest.mark.parametrize(
    "statements",
    [
        ("UPDATE passages SET text = 'Hunde må gå frit.' WHERE id = 1",),
        (
            "PRAGMA writable_schema = ON",  # an index whose page is another's, though every row is as it was
            "UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema "
            "WHERE name = 'passages_of_document') WHERE name = 'pending_by_length'",
        ),
    ],
)
def test_rows_or_pages_that_are_others_are_refused(directory: Path, statements: Sequence[str]) -> None:
    damage(directory, *statements)
    with WritableLibrary(directory) as library, pytest.raises(LibraryError, match="er beskadiget"):
        require_sound(library)
