"""Passwords are kept as salted hashes, and checking one tells nothing by its time."""

import hashlib

import pytest

from qa import passwords
from qa.passwords import hash_password, is_password


def test_hash_is_scrypts_with_its_settings_beside_it() -> None:
    algorithm, cost, block_size, parallel, salt, digest = hash_password("en lang adgangskode").split("$")
    assert (algorithm, cost, block_size, parallel) == ("scrypt", "32768", "8", "3")
    made = hashlib.scrypt(
        b"en lang adgangskode", salt=bytes.fromhex(salt), n=32768, r=8, p=3, maxmem=2**26, dklen=32
    )
    assert (len(bytes.fromhex(salt)), digest) == (16, made.hex())


def test_right_password_is_known_and_others_are_not() -> None:
    stored = hash_password("en lang adgangskode")
    assert is_password("en lang adgangskode", stored)
    assert not is_password("en lang adgangskodE", stored)
    assert not is_password("", stored)


def test_same_password_has_another_hash_each_time() -> None:
    assert hash_password("en lang adgangskode") != hash_password("en lang adgangskode")


def test_letters_made_of_two_characters_are_the_same_letters() -> None:
    assert is_password("a\u030abne do\u0308re i a\u030ar", hash_password("åbne döre i år"))


def test_unknown_user_costs_one_hash_with_the_same_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = []

    def scrypt(password: bytes, **settings: object) -> bytes:
        asked.append({name: value for name, value in settings.items() if name != "salt"})
        return bytes(32)

    stored = hash_password("en lang adgangskode")
    monkeypatch.setattr(passwords.hashlib, "scrypt", scrypt)
    assert not is_password("x", stored)
    assert not is_password("x", None)  # although the hash that is made here is the one it is compared with
    assert len(asked) == 2
    assert asked[0] == asked[1]
