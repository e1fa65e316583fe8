"""Tells headings that are only written as headings: short lines in bold, and numbered ones."""

MAX_HEADING_CHARS = 100
"""A line that is set apart is a heading when it is no longer than this."""


def looks_like_heading(text: str) -> bool:
    """Return True for a short line without the end of a sentence: bold alone then makes it a heading."""
    one_line = "\n" not in text and 0 < len(text) <= MAX_HEADING_CHARS
    return one_line and text[-1] not in ".,;:!" and any(char.isalpha() for char in text)
