"""What a passage and a sentence are embedded and indexed as: their words with title and headings.

A table row or a list item means little without the heading above it, so the context goes in front.
"""

from collections.abc import Sequence


def passage_text(title: str, headings: Sequence[str], introduction: str, words: str) -> str:
    """Return the text embedded and indexed for a passage: title and heading path, introduction, words.

    `introduction` is left out where the passage already begins with it.
    """
    words = _one_line(words)
    introduction = _one_line(introduction)
    heading_line = " · ".join(dict.fromkeys((title, *headings)))
    lines = (heading_line, "" if introduction in words else introduction, words)
    return "\n".join(line for line in lines if line)


def sentence_text(title: str, words: str) -> str:
    """Return the text embedded for one sentence: its document's title, then its words."""
    return f"{title}: {_one_line(words)}"


def _one_line(text: str) -> str:
    return " ".join(text.split())
