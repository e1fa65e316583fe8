"""The one file that speaks to SQLite: opening, creating, transactions, and its errors in plain Danish."""

import errno
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from importlib.resources import files
from pathlib import Path

from index.errors import LibraryError
from index.os_errors import describe_os_error

Connection = sqlite3.Connection
"""What the engine calls an open database."""

_PRAGMAS = (
    "journal_mode = WAL",  # readers go on while one writes
    "synchronous = FULL",  # a commit is on disk when it returns
    "foreign_keys = ON",
    "secure_delete = ON",  # deleted text is overwritten
)
_BUSY_TIMEOUT_SECONDS = 30.0
_BETWEEN_TRIES_SECONDS = 0.005

_FULL_DISK = "Der er ikke plads på disken til biblioteket i »{directory}«; frigør plads, og prøv igen."
_BUSY = "Biblioteket i »{directory}« er optaget af et andet program; vent lidt, og prøv igen."
_NO_ACCESS = (
    "Biblioteket i »{directory}« kan ikke læses eller skrives ({error}); "
    "ret mappens rettigheder, eller vælg en anden mappe med --home."
)
_DAMAGED = (
    "Biblioteket i »{directory}« er beskadiget ({error}); "
    "slet mappen, og kør »kildesvar index MAPPE« for at bygge det igen."
)
_BY_RESULT_CODE = {
    sqlite3.SQLITE_FULL: _FULL_DISK,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
    sqlite3.SQLITE_PERM: _NO_ACCESS,
    sqlite3.SQLITE_READONLY: _NO_ACCESS,
    sqlite3.SQLITE_CANTOPEN: _NO_ACCESS,
    sqlite3.SQLITE_IOERR: _NO_ACCESS,
}
"""What the user is told of an error of the engine; of any other, that the library is damaged."""

_BY_ERROR_NUMBER = {errno.ENOSPC: _FULL_DISK, errno.EDQUOT: _FULL_DISK}
"""What the user is told of an error of the operating system; of any other, that there is no access."""

_PRIMARY_CODE = 0xFF
"""The bits of a result code that name the kind of error; the others tell where it arose."""


def connect(path: Path) -> Connection:
    """Open the database at `path`; it may be used by several threads, one at a time."""
    connection = sqlite3.connect(
        path, timeout=_BUSY_TIMEOUT_SECONDS, isolation_level=None, check_same_thread=False
    )
    with closed_on_error(connection):
        for pragma in _PRAGMAS:
            _set(connection, pragma)
    return connection


def _set(connection: Connection, pragma: str) -> None:
    """Set a pragma; where two connections begin a log at once, the engine refuses one without waiting."""
    until = time.monotonic() + _BUSY_TIMEOUT_SECONDS
    while True:
        try:
            connection.execute(f"PRAGMA {pragma}")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & _PRIMARY_CODE != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_BETWEEN_TRIES_SECONDS)


def create_database(path: Path) -> Connection:
    """Open the database at `path`, or make an empty one; only its owner can read it."""
    _make_private_file(path)
    connection = connect(path)
    with closed_on_error(connection):
        if not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone():
            schema = files("index").joinpath("schema.sql").read_text(encoding="utf-8")
            connection.executescript(f"BEGIN IMMEDIATE; {schema} COMMIT;")
    return connection


@contextmanager
def small_database(path: Path, schema: str, unusable: str, *, make: bool) -> Iterator[Connection]:
    """Give a database beside the libraries for as long as the block lasts; only its owner can read it.

    One that is not there is made where `make` says so, else it is an empty one in memory: looking leaves
    nothing behind. Raises `LibraryError` with the sentence `unusable`, of which `path` is a part.
    """
    try:
        with closing(_open_small(path, make=make)) as database:
            database.executescript(schema)
            yield database
    except (sqlite3.Error, OSError) as error:
        raise LibraryError(unusable.format(path=path)) from error


def _open_small(path: Path, *, make: bool) -> Connection:
    if path.exists():
        return connect(path)
    if not make:
        return connect(Path(":memory:"))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _make_private_file(path)
    return connect(path)


def _make_private_file(path: Path) -> None:
    path.touch(mode=0o600)  # before the engine does, which makes the files beside it in its likeness
    path.chmod(0o600)


def rewrite(connection: Connection) -> None:
    """Write the whole database anew, so that no page holds anything but what it must."""
    connection.execute("VACUUM")


def truncate_log(connection: Connection) -> bool:
    """Put what the log holds into the database and empty it; tell whether no reader still needs it."""
    return not connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]


def check_database(connection: Connection, *, thorough: bool) -> list[str]:
    """Return what the engine finds wrong with its own pages, in its own words.

    With `thorough` also with its indexes. A damage that stops the search is found too.
    """
    check = "integrity_check" if thorough else "quick_check"
    try:
        told = [str(row[0]) for row in connection.execute(f"PRAGMA {check}")]
    except sqlite3.DatabaseError as error:
        return [str(error)]
    return [] if told == ["ok"] else told


@contextmanager
def transaction(connection: Connection, kind: str) -> Iterator[None]:
    """Commit what is done inside the block, or undo it all if the block or the commit fails."""
    connection.execute(f"BEGIN {kind}")
    try:
        yield
        connection.execute("COMMIT")
    finally:
        if connection.in_transaction:
            connection.execute("ROLLBACK")


@contextmanager
def closed_on_error(connection: Connection) -> Iterator[None]:
    """Close the connection if the block fails, as nobody else will."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def damaged(directory: Path, seen: str) -> LibraryError:
    """Return what a user is told of a library that is not what was written; `seen` says how that shows."""
    return LibraryError(_DAMAGED.format(directory=directory, error=seen))


@contextmanager
def database_errors_translated(directory: Path) -> Iterator[None]:
    """Turn errors of the engine into `LibraryError`."""
    try:
        yield
    except sqlite3.Error as error:
        code = getattr(error, "sqlite_errorcode", 0) & _PRIMARY_CODE
        raise LibraryError(
            _BY_RESULT_CODE.get(code, _DAMAGED).format(directory=directory, error=f"SQLite-fejl {code}")
        ) from error


@contextmanager
def file_errors_translated(directory: Path) -> Iterator[None]:
    """Turn errors of the operating system into `LibraryError`; for blocks that touch only the library."""
    try:
        yield
    except OSError as error:
        message = _BY_ERROR_NUMBER.get(error.errno or 0, _NO_ACCESS)
        seen = describe_os_error(error)
        raise LibraryError(message.format(directory=directory, error=seen)) from error
