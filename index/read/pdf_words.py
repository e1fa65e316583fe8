"""From one page of a PDF to its words with their places and looks, by PDFium's text interface.

Each call into PDFium costs about a microsecond, so places and fonts are asked for by the word, not by
the character.
"""

import re
from collections.abc import Iterator
from ctypes import byref, c_int, create_string_buffer
from dataclasses import dataclass
from math import hypot, pi
from typing import Any

import pypdfium2.raw as pdfium

Bounds = tuple[float, float, float, float]

LINE_END_HYPHEN = "\u00ad"
"""Stands at the end of a word that PDFium (U+FFFE) or the writer (soft hyphen) divided there."""

MIN_SIZE = 3.0
"""Words smaller than this, in points, cannot be read by a person: they are hidden."""

_WORD = re.compile(r"[^\s\x00]+")
_DIVIDED = re.compile("(?<=[\ufffe\u0002])")
_BOLD_NAME = re.compile(rb"bold|black|heavy|demi", re.I)
_ITALIC_NAME = re.compile(rb"italic|oblique", re.I)
_BOLD_WEIGHT = 600
_FONT_NAME_BYTES = 128
_MAX_TILT = 0.1
"""How far, in radians, a word may stand from the page's axes; what is tilted more is a stamp."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word on a page, in points from the upper left corner when the page is turned to read it.

    `turn` is by how many quarters the page must be turned: 0 for nearly all words.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    size: float
    bold: bool = False
    italic: bool = False
    turn: int = 0


def read_words(text_page: Any, bounds: Bounds) -> list[Word]:
    """Return the words of a PDFium text page, in the order of the page's content.

    `bounds` are the page's left, bottom, right and top. Words too small to be read and words that stand
    askew are left out.
    """
    words = _PageReader(text_page, bounds).words()
    return [word for word in words if word.size >= MIN_SIZE]


class _PageReader:
    """Asks PDFium about the characters of one page."""

    def __init__(self, text_page: Any, bounds: Bounds) -> None:
        self._page = text_page
        self._bounds = bounds
        self._rect = pdfium.FS_RECTF()
        self._matrix = pdfium.FS_MATRIX()
        self._name = create_string_buffer(_FONT_NAME_BYTES)
        self._flags = c_int()

    def words(self) -> Iterator[Word]:
        """Yield every word, with one that is divided at a line's end as two."""
        for match in _WORD.finditer(self._text()):
            start, text = match.start(), match[0]
            pieces = _DIVIDED.split(text) if "\ufffe" in text or "\u0002" in text else (text,)
            for piece in pieces:
                word = self._word(piece, start) if piece.strip("\ufffe\u0002") else None
                if word is not None:
                    yield word
                start += len(piece)

    def _text(self) -> str:
        """Return the page's text with one character for each of PDFium's, so that places agree."""
        count = pdfium.FPDFText_CountChars(self._page)
        text = self._page.get_text_range() if count > 0 else ""
        if len(text) == count:
            return str(text)
        return "".join(_char(pdfium.FPDFText_GetUnicode(self._page, i)) for i in range(max(count, 0)))

    def _word(self, text: str, start: int) -> Word | None:
        turn = self._turn(start)
        if turn is None:
            return None
        divided = text[-1] in "\ufffe\u0002"
        end = start + len(text) - 1 - divided
        left, top, right, bottom = self._box(start, turn)
        if end > start:
            _, _, right, _ = self._box(end, turn)
        shown = text[:-1] + LINE_END_HYPHEN if divided else text
        size, bold, italic = self._look(start)
        return Word(shown, left, top, max(left, right), bottom, size, bold, italic, turn % 4)

    def _turn(self, index: int) -> int | None:
        """Return by how many quarters a character is turned, or None when it stands askew."""
        turns: float = pdfium.FPDFText_GetCharAngle(self._page, index) / (pi / 2)
        turn = round(turns)
        if abs(turns - turn) * (pi / 2) <= _MAX_TILT:
            return turn
        # letters that are slanted to look italic have an angle, but their line has none
        found = pdfium.FPDFText_GetMatrix(self._page, index, byref(self._matrix))
        return 0 if found and abs(self._matrix.b) < _MAX_TILT * self._matrix.a else None

    def _box(self, index: int, turn: int) -> tuple[float, float, float, float]:
        rect = self._rect
        if not pdfium.FPDFText_GetLooseCharBox(self._page, index, byref(rect)):
            return 0.0, 0.0, 0.0, 0.0
        left, bottom, right, top = self._bounds
        if turn % 4 == 1:  # runs down the page
            return top - rect.top, right - rect.right, top - rect.bottom, right - rect.left
        if turn % 4 == 2:  # upside down
            return right - rect.right, rect.bottom - bottom, right - rect.left, rect.top - bottom
        if turn % 4 == 3:  # runs up the page
            return rect.bottom - bottom, rect.left - left, rect.top - bottom, rect.right - left
        return rect.left - left, top - rect.top, rect.right - left, top - rect.bottom

    def _look(self, index: int) -> tuple[float, bool, bool]:
        """Return the font's size on the page in points, and whether it is bold and italic."""
        size = pdfium.FPDFText_GetFontSize(self._page, index)
        if pdfium.FPDFText_GetMatrix(self._page, index, byref(self._matrix)):
            size *= hypot(self._matrix.c, self._matrix.d)
        length = pdfium.FPDFText_GetFontInfo(
            self._page, index, self._name, _FONT_NAME_BYTES, byref(self._flags)
        )
        name = self._name.raw[: min(length, _FONT_NAME_BYTES)] if length else b""
        return round(size * 2) / 2, self._is_bold(index, name), bool(_ITALIC_NAME.search(name))

    def _is_bold(self, index: int, name: bytes) -> bool:
        if _BOLD_NAME.search(name):
            return True
        return bool(pdfium.FPDFText_GetFontWeight(self._page, index) >= _BOLD_WEIGHT)


def _char(code: int) -> str:
    if 0xD800 <= code <= 0xDFFF or code > 0x10FFFF:
        return "\x00"  # half of a character beyond the basic plane: an emoji, never a word
    return chr(code)
