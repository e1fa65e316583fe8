"""The tokens of RTF: control words with their numbers, groups, and characters in any code page."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,9})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)|\\"
)
_MAX_DEPTH = 1_000


@dataclass(frozen=True, slots=True)
class Word:
    r"""A control word such as ``\b0``: its name and its number, None when it has none."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Bytes:
    """Characters in the code page of the font."""

    data: bytes


@dataclass(frozen=True, slots=True)
class Open:
    """The beginning of a group."""


@dataclass(frozen=True, slots=True)
class Close:
    """The end of a group."""


Token = Word | Bytes | Open | Close


def read_tokens(data: bytes) -> Iterator[Token]:
    """Yield the tokens of an RTF file; bytes that are no RTF are passed over."""
    position = 0
    while position < len(data):
        match = _TOKEN.match(data, position)
        if match is None:
            position += 1
            continue
        position = match.end()
        name, number, code, symbol, brace, text = match.groups()
        if name is not None:
            if name == b"bin":  # raw bytes follow, which may hold anything
                position += max(int(number or 0), 0)
                continue
            yield Word(name.decode("ascii"), int(number) if number is not None else None)
        elif code is not None:
            yield Bytes(bytes([int(code, 16)]))
        elif symbol is not None:
            yield Word(symbol.decode("latin-1"), None)
        elif brace is not None:
            yield Open() if brace == b"{" else Close()
        elif text is not None:
            yield Bytes(text)
