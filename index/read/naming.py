"""What a file's name tells when its text does not: a title to show."""

import re
from pathlib import PurePosixPath

from index.read.builder import clean_text

_SEPARATORS = re.compile(r"[\s_]+")
_CODE = re.compile(r"\d+|(?=\w*\d)[0-9a-f-]{8,}")
"""A number, or what a program calls a file: it says nothing to a reader."""

_LONE_HYPHENS = re.compile(r"(?<=\w)-(?=[^\W\d])")


def title_from_path(path: str) -> str:
    """Return the file's name without its suffix, made readable: "blanket_til-ansøgning.md" reads as a title.

    Hyphens become blanks only in names without any blank; dates such as 2023-01-11 keep theirs. A name of
    nothing but codes is no title, and stands behind words that say so.
    """
    name = clean_text(PurePosixPath(path).stem)
    words = _SEPARATORS.sub(" ", name).strip()
    if words and all(map(_CODE.fullmatch, words.split())):
        return f"Uden titel ({name.strip()})"
    if " " not in name.strip():
        words = _LONE_HYPHENS.sub(" ", words)
    return words[:1].upper() + words[1:] if words else clean_text(path).strip() or "Uden titel"
