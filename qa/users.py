"""Who may use the chat of a server: names and hashed passwords, in a small database in the home folder."""

import unicodedata
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path

from index.database import Connection, small_database, transaction
from index.errors import SettingError
from qa.passwords import MAX_PASSWORD_CHARS, MIN_PASSWORD_CHARS, hash_password, is_password
from qa.wording.access import USERS_UNUSABLE

MAX_NAME_CHARS = 64

_SCHEMA = """
CREATE TABLE IF NOT EXISTS users (
    known_as TEXT PRIMARY KEY,  -- the name without regard to case: what is looked up
    name     TEXT NOT NULL,
    password TEXT NOT NULL      -- a salted hash
) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class Account:
    """A user as kept; with another password it is another account, and what the old one opened ends."""

    name: str
    password_hash: str


class Users:
    """The users of one home folder; a connection a call, so any thread may use it."""

    def __init__(self, home: Path) -> None:
        self._path = home / "users" / "users.sqlite"

    def add(self, name: str, password: str) -> bool:
        """Keep a user, or a new password of one who is there; tell whether the user is new.

        Raises `SettingError` for a name or a password that cannot be used, `LibraryError` where it cannot
        be written.
        """
        shown = require_name(name)
        row = (known_as(shown), shown, hash_password(require_password(password)))
        with self._open(make=True) as database, transaction(database, "IMMEDIATE"):
            is_new = self._find(database, shown) is None
            database.execute("INSERT OR REPLACE INTO users VALUES (?, ?, ?)", row)
        return is_new

    def remove(self, name: str) -> bool:
        """Forget a user; tell whether there was one."""
        with self._open() as database, transaction(database, "IMMEDIATE"):
            return database.execute("DELETE FROM users WHERE known_as = ?", (known_as(name),)).rowcount > 0

    def names(self) -> tuple[str, ...]:
        """Return the names in order."""
        with self._open() as database:
            rows = database.execute("SELECT name FROM users ORDER BY known_as").fetchall()
        return tuple(name for (name,) in rows)

    def find(self, name: str) -> Account | None:
        """Return the account of a name, however its letters are written."""
        with self._open() as database:
            return self._find(database, name)

    def check(self, name: str, password: str) -> Account | None:
        """Return the account whose password this is; an unknown name takes as long as a wrong password."""
        account = self.find(name)
        is_right = is_password(password[:MAX_PASSWORD_CHARS], account.password_hash if account else None)
        return account if is_right else None

    def _find(self, database: Connection, name: str) -> Account | None:
        row = database.execute(
            "SELECT name, password FROM users WHERE known_as = ?", (known_as(name),)
        ).fetchone()
        return Account(*row) if row else None

    def _open(self, *, make: bool = False) -> AbstractContextManager[Connection]:
        return small_database(self._path, _SCHEMA, USERS_UNUSABLE, make=make)


def known_as(name: str) -> str:
    """Return what a name is looked up by: case, blanks around it, and how å is made do not matter."""
    return unicodedata.normalize("NFC", name.strip()).casefold().encode("utf-8", "replace").decode("utf-8")


def require_name(name: str) -> str:
    """Return the name as it is kept; raises `SettingError` if it is empty, too long, or not to be printed."""
    shown = unicodedata.normalize("NFC", name.strip())
    if not shown or len(shown) > MAX_NAME_CHARS or not shown.isprintable():
        raise SettingError(
            f"»{name}« kan ikke bruges som brugernavn; vælg et på 1 til {MAX_NAME_CHARS} almindelige tegn."
        )
    return shown


def require_password(password: str) -> str:
    """Return the password; raises `SettingError` if it is too short or too long."""
    if not MIN_PASSWORD_CHARS <= len(password) <= MAX_PASSWORD_CHARS:
        raise SettingError(
            f"Adgangskoden er på {len(password)} tegn; vælg en på mindst {MIN_PASSWORD_CHARS} "
            f"og højst {MAX_PASSWORD_CHARS}."
        )
    return password
