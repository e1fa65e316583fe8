"""What a passage and a sentence are embedded and indexed as: their words with title and headings.

A table row or a list item means little without what stands above it, so the context goes in front, and
each cell of a row gets the head of its column: "Kolonne: værdi".
"""

from collections.abc import Sequence

from index.read.rows import CELL_SEPARATOR
from index.types import Passage, StoredPassage

SHORT_CHARS = 60
"""A shorter sentence is mostly an item of a list, a row of a table or a line with a number: nothing alone."""

_SHORT_INTRODUCTION_CHARS = 120
"""A longer introduction would be most of what a short sentence is embedded as."""


def passage_text(title: str, passage: Passage | StoredPassage, words: str) -> str:
    """Return the text embedded and indexed for a passage: title and heading path, introduction, `words`.

    `words` is the passage's own text. The introduction is left out where it stands in the words anyway.
    """
    return "\n".join(passage_parts(title, passage, words))


def passage_parts(title: str, passage: Passage | StoredPassage, words: str) -> tuple[str, ...]:
    """Return the lines of `passage_text`; the last one is the words, each cell with its column's head."""
    introduction = _one_line(passage.introduction)
    heading_line = " · ".join(dict.fromkeys((title, *passage.headings)))
    words = " ".join(_labelled(row, passage.columns) for row in words.split("\n\n"))
    lines = (heading_line, "" if introduction in words else introduction, words)
    return tuple(line for line in lines if line)


def sentence_text(title: str, passage: Passage | StoredPassage, words: str) -> str:
    """Return the text embedded for one sentence or table row of a passage: the title, then its words.

    Before a short one goes what it stands under too: the last heading and the line that introduces it.
    """
    text, above = _labelled(words, passage.columns), [title]
    if len(words) < SHORT_CHARS:
        introduction = _one_line(passage.introduction).removesuffix(":")
        above += passage.headings[-1:]
        above += (introduction,) if 0 < len(introduction) < _SHORT_INTRODUCTION_CHARS else ()
    context = dict.fromkeys(line for line in above if line is title or line != text.removesuffix(":"))
    return f"{' · '.join(context)}: {text}"


def _labelled(words: str, columns: Sequence[str]) -> str:
    """Put each cell's column head before it; what is not a row of this table stays as it is."""
    cells = [_one_line(cell) for cell in words.split(CELL_SEPARATOR)]
    if not columns or len(cells) != len(columns):
        return _one_line(words)
    pairs = zip(columns, cells, strict=True)
    return "; ".join(f"{head}: {cell}" if head and head != cell else cell for head, cell in pairs if cell)


def _one_line(text: str) -> str:
    return " ".join(text.split())
