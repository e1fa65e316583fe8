"""The lines of a plain text to paragraphs: which line breaks are the writer's, which only wrap the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from index.types import Span

LIST_MARK = re.compile(
    r"(?P<bullet>[•‣◦▪·●○*–—-])\s+(?=\S)|(?P<number>\(?(?:\d{1,3}|[a-zæøå]|[ivx]{2,4})[.)])\s+(?=\S)"
)
RULE = re.compile(r"([=\-_*~#])\1{2,}")

_MIN_WRAP_WIDTH = 40
_MAX_WRAP_WIDTH = 160
_MIN_WRAPPED_SHARE = 0.25
"""Of the line ends inside paragraphs, how many must be followed by a small letter in a wrapped text."""

_END_MARKS = ".:;!?…"
_FULL_LINE_SHARE = 0.7
"""A line at least this full was broken by the wrapping; fonts of unequal letters leave ragged ends."""

_MAX_SMALL_WORD_CHARS = 3
"""No heading ends with "og", "af" or "til"."""

_INDENT_OF_A_NEW_PARAGRAPH = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line without the white space around it; `blanks_before` counts the empty lines above it."""

    text: str
    start: int
    indent: int
    blanks_before: int

    @property
    def end(self) -> int:
        """Return where the line's last visible character ends."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One or more lines that belong together; `text` is its first line."""

    first: Line
    end: int
    lines: int

    @property
    def span(self) -> Span:
        """Return the paragraph's range in the text."""
        return Span(self.first.start, self.end)


def split_lines(text: str) -> list[Line]:
    """Return the lines of `text` that hold something to read."""
    lines: list[Line] = []
    position = blanks = 0
    for raw in text.split("\n"):
        content = raw.strip()
        if content:
            indent = len(raw) - len(raw.lstrip())
            lines.append(Line(content, position + indent, indent, blanks if lines else 0))
            blanks = 0
        else:
            blanks += 1
        position += len(raw) + 1
    return lines


def join_lines(lines: list[Line]) -> list[Paragraph]:
    """Put wrapped lines together again, decided by the width that the whole text keeps."""
    width = wrap_width(lines)
    paragraphs: list[Paragraph] = []
    for group in _groups(lines, width):
        paragraphs.append(Paragraph(group[0], group[-1].end, len(group)))
    return paragraphs


def wrap_width(lines: list[Line]) -> int | None:
    """Return the width in characters at which the text is wrapped by hand, or None when it is not."""
    pairs = [(above, line) for above, line in pairwise(lines) if not line.blanks_before]
    wrapped = sorted(len(above.text) for above, line in pairs if line.text[0].islower())
    if not wrapped or len(wrapped) < _MIN_WRAPPED_SHARE * len(pairs):
        return None
    median = wrapped[len(wrapped) // 2]
    if not _MIN_WRAP_WIDTH <= median <= _MAX_WRAP_WIDTH:
        return None
    return min(wrapped[-1], median * 5 // 4)


def _groups(lines: list[Line], width: int | None) -> Iterator[list[Line]]:
    group: list[Line] = []
    for line in lines:
        if group and not _continues(group, line, width):
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _continues(group: list[Line], line: Line, width: int | None) -> bool:
    above = group[-1]
    if RULE.fullmatch(line.text) or RULE.fullmatch(above.text) or LIST_MARK.match(line.text):
        return False
    if line.blanks_before:
        return width is not None and line.blanks_before == 1 and _runs_on(above, line, width)
    if line.text[0].islower():
        return True
    if width is None or (line.indent >= above.indent + _INDENT_OF_A_NEW_PARAGRAPH and len(group) > 1):
        return False
    if above.text[-1] not in _END_MARKS and len(above.text) > _FULL_LINE_SHARE * width:
        return True
    return len(above.text) + 1 + len(line.text.split(None, 1)[0]) > width


def _runs_on(above: Line, line: Line, width: int) -> bool:
    """Tell a paragraph that a page break tore apart: a full line without an end, then the rest of it."""
    if above.text[-1] in _END_MARKS or len(above.text) < _FULL_LINE_SHARE * width:
        return False
    last_word = above.text.rsplit(None, 1)[-1]
    return line.text[0].islower() or (len(last_word) <= _MAX_SMALL_WORD_CHARS and last_word.islower())
