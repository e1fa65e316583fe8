"""What `kildesvar users` does: lists, adds and removes those who may log in on a server."""

import getpass
import sys

from index.errors import SettingError
from qa.passwords import MIN_PASSWORD_CHARS
from qa.users import Users, require_name
from qa.wording.access import (
    NO_TERMINAL,
    NO_USERS,
    PASSWORDS_DIFFER,
    PROMPT,
    PROMPT_AGAIN,
    USER_ADDED,
    USER_CHANGED,
    USER_REMOVED,
    USER_UNKNOWN,
)


def list_users(users: Users) -> list[str]:
    """Return the names, a line each, or how to add the first."""
    return list(users.names()) or [NO_USERS]


def add_user(users: Users, name: str, *, password_from_stdin: bool) -> list[str]:
    """Keep a user with the password that is typed, and say so; raises `SettingError` and `LibraryError`."""
    shown = require_name(name)
    is_new = users.add(shown, _read_stdin() if password_from_stdin else _ask_twice(shown))
    return [(USER_ADDED if is_new else USER_CHANGED).format(name=shown)]


def remove_user(users: Users, name: str) -> list[str]:
    """Forget a user and say so; raises `SettingError` where there is none, `LibraryError`."""
    if not users.remove(name):
        raise SettingError(USER_UNKNOWN.format(name=name))
    return [USER_REMOVED.format(name=name)]


def _read_stdin() -> str:
    """Return the first line of what is sent in, without its end."""
    return sys.stdin.readline().rstrip("\r\n")


def _ask_twice(name: str) -> str:
    """Ask for a password on the terminal, where it is not shown."""
    if not sys.stdin.isatty():
        raise SettingError(NO_TERMINAL)
    password = getpass.getpass(PROMPT.format(name=name, chars=MIN_PASSWORD_CHARS))
    if password != getpass.getpass(PROMPT_AGAIN):
        raise SettingError(PASSWORDS_DIFFER)
    return password
