"""Mends words that were divided at the end of a line, and leaves real hyphens where they belong."""

import re
from collections.abc import Iterable

DIVIDED = "\u00ad"
"""A soft hyphen: stands at the end of a word that may have been divided there."""

_AT_END = re.compile(r"(?<=\w)[-\u2010\u00ac]$")
_PARTS = re.compile(rf"(\S*){DIVIDED}+ (\S+)")
_HYPHENATED = re.compile(r"\w+(?:-\w+)+")
_JOINING = {"og", "eller", "samt", "til", "og/eller", "hhv.", "henholdsvis", "and", "or"}
"""After one of these the hyphen stands for a word: "børne- og ungepolitik"."""


def mark_division(line: str) -> str:
    """Return `line` with a hyphen at its end marked as one that may only divide a word."""
    return _AT_END.sub(DIVIDED, line)


class Hyphens:
    """Knows which hyphenated words a document writes inside its lines, where no word is divided."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._hyphenated = {word for line in lines for word in _HYPHENATED.findall(line.casefold())}

    def mend(self, text: str) -> str:
        """Return `text` with every word that is marked as divided made whole."""
        while DIVIDED + " " in text:
            text, count = _PARTS.subn(self._join, text)
            if not count:
                break
        return text.replace(DIVIDED, "")

    def _join(self, match: re.Match[str]) -> str:
        left, right = match.groups()
        if right.casefold().rstrip(",") in _JOINING:
            return f"{left}- {right}"
        if not left or not left[-1].islower() or not right[0].islower():
            return f"{left}-{right}"
        both = _HYPHENATED.match(f"{left}-{right}".casefold().lstrip("(»”\"'"))
        return f"{left}-{right}" if both and both[0] in self._hyphenated else left + right
