"""Reads the text in pictures of pages with Tesseract, when that program and its Danish data are installed."""

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from statistics import mean
from typing import Any

from index.read.hyphens import Hyphens, mark_division

LANGUAGE = "dan"
INSTALL = "installer programmet Tesseract med dansk (tesseract-ocr-dan) for at læse scannede sider"

_DOTS_PER_INCH = 300
_MAX_PIXELS = 5_000
"""The most pixels along a page's longer side."""
_PAGE_SECONDS = 30
_COLUMNS = 12
_LEAST_CERTAINTY = 60
"""Of a paragraph on average, in hundredths: what is less certain is dirt and drawings."""


@dataclass(frozen=True, slots=True)
class _Seen:
    """A word that Tesseract saw, how certain it is (0 to 100), and the number of its line."""

    text: str
    certainty: float
    line: str


@cache
def is_installed() -> bool:
    """Return True when Tesseract can be run and knows Danish."""
    program = shutil.which("tesseract")
    if program is None:
        return False
    try:
        told = subprocess.run(  # noqa: S603 - a program on the user's own path
            [program, "--list-langs"], capture_output=True, timeout=_PAGE_SECONDS, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return False
    return LANGUAGE in told.stdout.decode("utf-8", "replace").split()


def read_page(page: Any) -> list[str]:
    """Return the paragraphs that Tesseract sees on a PDFium page; none when it sees or manages nothing."""
    width, height = page.get_size()
    scale = min(_DOTS_PER_INCH / 72, _MAX_PIXELS / max(width, height, 1))
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        return _paragraphs(_recognise(_to_pgm(bitmap)))
    finally:
        bitmap.close()


def _to_pgm(bitmap: Any) -> bytes:
    """Return a grey bitmap as a portable greymap, whose rows follow each other without padding."""
    data = bytes(bitmap.buffer)
    rows = (data[row * bitmap.stride : row * bitmap.stride + bitmap.width] for row in range(bitmap.height))
    return b"P5 %d %d 255\n" % (bitmap.width, bitmap.height) + b"".join(rows)


def _recognise(picture: bytes) -> str:
    program = shutil.which("tesseract") or "tesseract"
    command = [program, "stdin", "stdout", "-l", LANGUAGE, "tsv"]
    try:
        told = subprocess.run(  # noqa: S603 - a fixed command, the picture on its standard input
            command,
            input=picture,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PAGE_SECONDS,
            check=True,
            env=os.environ | {"OMP_THREAD_LIMIT": "1"},
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return told.stdout.decode("utf-8", "replace")


def _paragraphs(table: str) -> list[str]:
    """Return the paragraphs of Tesseract's table, a word a line, that it is sure enough to have read."""
    paragraphs: dict[tuple[str, ...], list[_Seen]] = {}
    for row in table.splitlines()[1:]:
        cells = row.split("\t")
        if len(cells) == _COLUMNS and cells[-1].strip():
            seen = _Seen(cells[-1].strip(), float(cells[10]), cells[4])
            paragraphs.setdefault((cells[2], cells[3]), []).append(seen)
    sure = [
        words for words in paragraphs.values() if mean(word.certainty for word in words) >= _LEAST_CERTAINTY
    ]
    hyphens = Hyphens(word.text for words in sure for word in words)
    return [hyphens.mend(_join(words)) for words in sure]


def _join(words: Sequence[_Seen]) -> str:
    lines = [" ".join(word.text for word in line) for _, line in groupby(words, key=lambda word: word.line)]
    return " ".join([*(mark_division(line) for line in lines[:-1]), lines[-1]])
