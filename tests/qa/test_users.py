"""The users of a server: kept, found however a name is typed, and gone when removed."""

import stat
from pathlib import Path

import pytest

from index.errors import LibraryError, SettingError
from qa.users import Account, Users

PASSWORD = "en lang adgangskode"


@pytest.fixture
def users(home: Path) -> Users:
    users = Users(home)
    users.add("Søren Å", PASSWORD)
    return users


def test_right_password_gives_the_account_and_a_wrong_one_nothing(users: Users) -> None:
    account = users.check("Søren Å", PASSWORD)
    assert isinstance(account, Account)
    assert account.name == "Søren Å"
    assert users.check("Søren Å", PASSWORD + "!") is None
    assert users.check("Mette", PASSWORD) is None


@pytest.mark.parametrize("typed", ["søren å", " SØREN Å ", "Søren A\u030a"])
def test_name_is_known_however_it_is_typed(users: Users, typed: str) -> None:
    assert users.find(typed) == users.find("Søren Å") is not None


def test_adding_one_who_is_there_gives_a_new_password(users: Users) -> None:
    before = users.find("Søren Å")
    assert users.add("SØREN Å", "en anden adgangskode") is False
    assert users.names() == ("SØREN Å",)
    assert users.find("Søren Å") != before
    assert users.check("Søren Å", PASSWORD) is None
    assert users.check("Søren Å", "en anden adgangskode")


def test_removed_user_is_gone(users: Users) -> None:
    assert users.add("Bo", PASSWORD) is True
    assert users.remove("søren å") is True
    assert users.remove("søren å") is False
    assert users.names() == ("Bo",)


def test_looking_leaves_nothing_behind_where_there_are_no_users(home: Path) -> None:
    users = Users(home)
    assert (users.names(), users.find("Bo"), users.check("Bo", PASSWORD), users.remove("Bo")) == (
        (), None, None, False,
    )  # fmt: skip
    assert list(home.iterdir()) == []


def test_only_the_owner_can_read_them(users: Users, home: Path) -> None:
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in (home / "users").rglob("*")}
    assert set(modes.values()) == {0o600}
    assert stat.S_IMODE((home / "users").stat().st_mode) == 0o700


def test_password_stands_nowhere_on_disk(users: Users, home: Path) -> None:
    assert not [path for path in home.rglob("*") if path.is_file() and PASSWORD.encode() in path.read_bytes()]


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "a" * 65, "\x1b[31m", "\u202eret"])
def test_name_that_cannot_be_shown_is_refused(users: Users, name: str) -> None:
    with pytest.raises(SettingError, match="kan ikke bruges som brugernavn"):
        users.add(name, PASSWORD)


@pytest.mark.parametrize(("password", "seen"), [("elleve tegn", 11), ("x" * 1025, 1025), ("", 0)])
def test_password_that_is_too_short_or_too_long_is_refused(users: Users, password: str, seen: int) -> None:
    with pytest.raises(SettingError, match=f"^Adgangskoden er på {seen} tegn; vælg en på mindst 12"):
        users.add("Bo", password)


def test_damaged_file_is_said_in_one_danish_line(users: Users, home: Path) -> None:
    (home / "users" / "users.sqlite").write_bytes(b"x" * 5000)
    with pytest.raises(LibraryError, match="med brugere kan ikke bruges"):
        users.names()
