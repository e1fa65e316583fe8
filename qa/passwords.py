"""Passwords as they are kept: salted scrypt hashes, slow to guess, compared in constant time."""

import hashlib
import hmac
import os
import unicodedata

MIN_PASSWORD_CHARS = 12

MAX_PASSWORD_CHARS = 1024
"""Nobody types more, and hashing what is sent should cost no more than that."""

_COST, _BLOCK_SIZE, _PARALLEL = 2**15, 8, 3
"""scrypt's N, r and p: one of the settings of OWASP's Password Storage Cheat Sheet; 32 MiB a hash."""

_MAX_MEMORY_BYTES = 64 * 2**20
_SALT_BYTES = 16
_HASH_BYTES = 32
_ALGORITHM = "scrypt"


def hash_password(password: str) -> str:
    """Return a salted hash as text, with the settings that it was made by."""
    salt = os.urandom(_SALT_BYTES)
    digest = _hash(password, salt, _COST, _BLOCK_SIZE, _PARALLEL)
    return f"{_ALGORITHM}${_COST}${_BLOCK_SIZE}${_PARALLEL}${salt.hex()}${digest.hex()}"


def is_password(password: str, stored: str | None) -> bool:
    """Tell whether `stored` is a hash of the password. Without one it takes as long, and the answer is no."""
    _, cost, block_size, parallel, salt, digest = (stored or _NOBODYS).split("$")
    made = _hash(password, bytes.fromhex(salt), int(cost), int(block_size), int(parallel))
    return hmac.compare_digest(made, bytes.fromhex(digest)) and stored is not None


def _hash(password: str, salt: bytes, cost: int, block_size: int, parallel: int) -> bytes:
    typed = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(
        typed, salt=salt, n=cost, r=block_size, p=parallel, maxmem=_MAX_MEMORY_BYTES, dklen=_HASH_BYTES
    )


_NOBODYS = f"{_ALGORITHM}${_COST}${_BLOCK_SIZE}${_PARALLEL}${'00' * _SALT_BYTES}${'00' * _HASH_BYTES}"
"""What a password is compared with where there is no such user: in the same form, so in the same time."""
