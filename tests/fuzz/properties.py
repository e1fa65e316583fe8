"""Properties of splitting, dates, terms and readers; each raises `AssertionError` where one does not hold."""

import re
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date

from index.danish import find_words, gram_terms, stem_terms
from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.dates import find_date
from index.read.encoding import decode
from index.read.table import read_bytes
from index.split import split_passages
from index.types import BlockKind, Document
from qa.expected import KINDS
from qa.values import find_values

_SUFFIXES = (".txt", ".md", ".html", ".csv", ".rtf", ".eml")
"""Readers of text; those of packages and PDF are tried with crafted files (`test_hostile.py`)."""


def check_split(text: str) -> None:
    """Passages and sentences lie inside the text, in order, without overlap; each quote is a substring."""
    builder = DocumentBuilder("a.txt")
    for number, part in enumerate(re.split(r"\n\n", text)):
        builder.add(tuple(BlockKind)[number % len(BlockKind)], part)
    check_document(builder.build(title="Prøve", date=None, author=None))


def check_document(document: Document) -> None:
    """Blocks, passages and sentences of a document lie where they must."""
    end = 0
    for block in document.blocks:
        assert end <= block.start <= block.end <= len(document.text)
        end = block.end
    for passage in split_passages(document):
        assert 0 <= passage.start < passage.end <= len(document.text)
        at = passage.start
        for sentence in passage.sentences:
            assert at <= sentence.start < sentence.end <= passage.end
            assert document.text[sentence.start : sentence.end].strip()
            at = sentence.end


def check_dates(text: str) -> None:
    """A date that is found exists; values are found without an error."""
    found = find_date(text)
    assert found is None or date.fromisoformat(found).isoformat() == found
    find_values(text, KINDS)


def check_terms(text: str) -> None:
    """Terms are words without blanks; the same text gives the same ones, and upper case no others."""
    terms = stem_terms(text)
    assert all(term and not term.isspace() and " " not in term for term in (*terms, *gram_terms(text)))
    assert stem_terms(text) == terms
    find_words(text)


def check_decoding(data: bytes) -> None:
    """Bytes become text, or are refused with a reason; UTF-8 becomes what it says."""
    with suppress(UnreadableFile):
        assert isinstance(decode(data), str)


def check_readers(data: bytes) -> None:
    """A file is read into a document whose quotes are substrings, or left out with a reason."""
    path = f"fil{_SUFFIXES[data[0] % len(_SUFFIXES)] if data else '.txt'}"
    with suppress(UnreadableFile):
        check_document(read_bytes(data[1:], path))


TEXT_PROPERTIES: Mapping[str, Callable[[str], None]] = {
    "split": check_split,
    "dates": check_dates,
    "terms": check_terms,
}
BYTES_PROPERTIES: Mapping[str, Callable[[bytes], None]] = {
    "decoding": check_decoding,
    "readers": check_readers,
}
