"""Transactions that hold or vanish whole, and the engine's errors in one Danish line that helps."""

import errno
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from index import database
from index.database import (
    Connection,
    connect,
    create_database,
    database_errors_translated,
    file_errors_translated,
    small_database,
    transaction,
)
from index.errors import LibraryError

HERE = Path("/bibliotek")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[Connection]:
    connection = create_database(tmp_path / "library.sqlite")
    yield connection
    connection.close()


def settings(connection: Connection) -> list[tuple[str, str]]:
    return connection.execute("SELECT * FROM settings").fetchall()


def put(connection: Connection, name: str) -> None:
    connection.execute("INSERT INTO settings VALUES (?, 'x')", (name,))


def put_and_stop(connection: Connection, name: str) -> None:
    put(connection, name)
    raise KeyboardInterrupt


def test_a_new_database_knows_its_format(connection: Connection) -> None:
    assert settings(connection) == [("format", "1")]


def test_an_existing_database_is_opened_as_it_is(tmp_path: Path, connection: Connection) -> None:
    put(connection, "mit")
    again = create_database(tmp_path / "library.sqlite")
    assert settings(again) == [("format", "1"), ("mit", "x")]
    again.close()


def test_commits_are_synced_and_deleted_text_is_overwritten(connection: Connection) -> None:
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete")
    values = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in names]
    assert values == ["wal", 2, 1, 1]


def test_only_the_owner_can_read_the_database_and_the_files_beside_it(
    tmp_path: Path, connection: Connection
) -> None:
    put(connection, "mit")
    modes = {path.name: oct(path.stat().st_mode & 0o777) for path in tmp_path.iterdir()}
    assert modes == {f"library.sqlite{end}": "0o600" for end in ("", "-wal", "-shm")}


def test_a_transaction_holds_when_its_block_ends(connection: Connection) -> None:
    with transaction(connection, "IMMEDIATE"):
        put(connection, "mit")
    assert ("mit", "x") in settings(connection)


def test_a_transaction_vanishes_with_its_block(connection: Connection) -> None:
    with pytest.raises(KeyboardInterrupt), transaction(connection, "IMMEDIATE"):
        put_and_stop(connection, "mit")
    assert (settings(connection), connection.in_transaction) == ([("format", "1")], False)


def test_a_transaction_that_the_engine_has_undone_keeps_its_own_error(connection: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="UNIQUE"), transaction(connection, "IMMEDIATE"):
        connection.execute("INSERT OR ROLLBACK INTO settings VALUES ('format', '2')")
    assert not connection.in_transaction


def test_a_commit_that_fails_is_undone(connection: Connection) -> None:
    connection.execute("PRAGMA defer_foreign_keys = ON")
    connection.execute("CREATE TABLE later (id INTEGER REFERENCES documents DEFERRABLE INITIALLY DEFERRED)")
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"), transaction(connection, "IMMEDIATE"):
        connection.execute("INSERT INTO later VALUES (7)")
    assert not connection.in_transaction
    assert connection.execute("SELECT COUNT(*) FROM later").fetchone() == (0,)


NOTES = "CREATE TABLE IF NOT EXISTS notes (text TEXT)"


def test_a_small_database_is_made_only_when_that_is_asked_for(tmp_path: Path) -> None:
    path = tmp_path / "noter" / "noter.sqlite"
    with small_database(path, NOTES, "{path}", make=False) as notes:
        assert notes.execute("SELECT * FROM notes").fetchall() == []
    assert not path.parent.exists()
    with small_database(path, NOTES, "{path}", make=True) as notes:
        notes.execute("INSERT INTO notes VALUES ('mit')")
        modes = {kept.stat().st_mode & 0o777 for kept in path.parent.iterdir()}
    assert (modes, path.parent.stat().st_mode & 0o777) == ({0o600}, 0o700)
    with small_database(path, NOTES, "{path}", make=False) as notes:
        assert notes.execute("SELECT * FROM notes").fetchall() == [("mit",)]


@pytest.mark.parametrize("make", [True, False])
def test_a_small_database_that_cannot_be_used_is_told_in_its_own_words(tmp_path: Path, make: bool) -> None:
    path = tmp_path / "noter.sqlite"
    path.mkdir()
    told = small_database(path, NOTES, "»{path}« duer ikke.", make=make)
    with pytest.raises(LibraryError, match=f"^»{path}« duer ikke.$"), told:
        pass


def sqlite_error(code: int, text: str) -> sqlite3.Error:
    error = sqlite3.OperationalError(text)
    error.sqlite_errorcode = code
    return error


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (
            sqlite_error(sqlite3.SQLITE_FULL, "database or disk is full"),
            "Der er ikke plads på disken til biblioteket i »/bibliotek«; frigør plads, og prøv igen.",
        ),
        (
            sqlite_error(sqlite3.SQLITE_BUSY_SNAPSHOT, "database is locked"),
            "Biblioteket i »/bibliotek« er optaget af et andet program; vent lidt, og prøv igen.",
        ),
        (
            sqlite_error(sqlite3.SQLITE_IOERR_WRITE, "disk I/O error"),
            "Biblioteket i »/bibliotek« kan ikke læses eller skrives (SQLite-fejl 10); "
            "ret mappens rettigheder, eller vælg en anden mappe med --home.",
        ),
        (
            sqlite_error(sqlite3.SQLITE_CORRUPT, "database disk image is malformed"),
            "Biblioteket i »/bibliotek« er beskadiget (SQLite-fejl 11); "
            "slet mappen, og kør »kildesvar index MAPPE« for at bygge det igen.",
        ),
    ],
    ids=["full", "busy", "no access", "damaged"],
)
def test_errors_of_the_engine_say_what_to_do(error: sqlite3.Error, told: str) -> None:
    with pytest.raises(LibraryError) as caught, database_errors_translated(HERE):
        raise error
    assert str(caught.value) == told
    assert caught.value.__cause__ is error


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (
            errno.EDQUOT,
            "Der er ikke plads på disken til biblioteket i »/bibliotek«; frigør plads, og prøv igen.",
        ),
        (
            errno.EACCES,
            "Biblioteket i »/bibliotek« kan ikke læses eller skrives (der er ikke adgang); "
            "ret mappens rettigheder, eller vælg en anden mappe med --home.",
        ),
    ],
)
def test_errors_of_the_system_say_what_to_do(number: int, told: str) -> None:
    with pytest.raises(LibraryError) as caught, file_errors_translated(HERE):
        raise OSError(number, "nej")
    assert str(caught.value) == told


def test_other_errors_pass_as_they_are() -> None:
    with pytest.raises(ZeroDivisionError), database_errors_translated(HERE), file_errors_translated(HERE):
        _ = 1 / 0


def test_a_file_that_is_no_database_is_not_left_open(tmp_path: Path) -> None:
    path = tmp_path / "library.sqlite"
    path.write_bytes(b"ikke en database" * 500)
    with pytest.raises(sqlite3.DatabaseError, match="not a database"):
        connect(path)


class _RefusingConnection:
    """Refuses what it is told first, as the engine does with this result code; keeps what it took."""

    def __init__(self, code: int) -> None:
        self.refusals, self.taken = [code], list[str]()

    def execute(self, statement: str) -> None:
        if self.refusals:
            error = sqlite3.OperationalError("refused")
            error.sqlite_errorcode = self.refusals.pop()
            raise error
        self.taken.append(statement)


def test_a_log_that_another_connection_begins_at_once_is_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "_BETWEEN_TRIES_SECONDS", 0.0)
    connection = _RefusingConnection(sqlite3.SQLITE_BUSY)
    database._set(connection, "journal_mode = WAL")  # type: ignore[arg-type] - a stand-in
    assert connection.taken == ["PRAGMA journal_mode = WAL"]


@pytest.mark.parametrize(("code", "seconds"), [(sqlite3.SQLITE_FULL, 30.0), (sqlite3.SQLITE_BUSY, -1.0)])
def test_another_refusal_or_one_that_lasts_is_told(
    monkeypatch: pytest.MonkeyPatch, code: int, seconds: float
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_SECONDS", seconds)
    connection = _RefusingConnection(code)
    with pytest.raises(sqlite3.OperationalError, match="refused"):
        database._set(connection, "journal_mode = WAL")  # type: ignore[arg-type] - a stand-in
    assert connection.taken == []
