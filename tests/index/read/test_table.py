"""Which reader reads which file."""

import subprocess
import sys
from importlib import import_module

import pytest

from index.errors import UnreadableFile
from index.read import table
from index.read.table import FORMATS, find_format, read_bytes, suffix_of
from tests.index.read.making import docx, odt, paragraph, pdf, texts, words, zipped


@pytest.mark.parametrize("form", FORMATS, ids=lambda form: form.suffixes[0])
def test_every_format_names_a_module_with_a_reader(form: table.Format) -> None:
    assert callable(import_module(form.module).read)


@pytest.mark.parametrize(
    ("data", "path", "found"),
    [
        (pdf(words(60, 100, "x")), "a.txt", table.PDF),
        (b"skrald\n%PDF-1.4", "a.pdf", table.PDF),
        (docx(""), "a.pdf", table.WORD),
        (odt(""), "a.docx", table.OPENDOCUMENT),
        (zipped({"[Content_Types].xml": "", "xl/workbook.xml": ""}), "a", table.SPREADSHEET),
        (zipped({"[Content_Types].xml": "", "ppt/presentation.xml": ""}), "a", table.SLIDES),
        (b"{\\rtf1 x}", "a.doc", table.RTF),
        (b"<p>x</p>", "a.HTM", table.HTML),
        (b"<p>x</p>", "a.txt", table.TEXT),
        (b"# x", "a.md", table.MARKDOWN),
        (b"x;y", "a.csv", table.CSV),
        (b"From: x", "a.eml", table.MAIL),
    ],
)
def test_the_content_decides_and_the_name_only_among_texts(
    data: bytes, path: str, found: table.Format
) -> None:
    assert find_format(data, path) is found


@pytest.mark.parametrize(
    ("data", "path", "reason"),
    [
        (zipped({"liste.txt": "x"}), "a.pdf", "filen er et zip-arkiv og ikke et dokument"),
        (zipped({"[Content_Types].xml": ""}), "a.docx", "beskadiget: dokumentets indhold mangler"),
        (b"PK\x03\x04", "a.docx", "beskadiget og kan ikke pakkes ud"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.docx", "gammelt Office-format eller beskyttet"),
        (b"bare tekst", "a.docx", "filen hedder .docx, men indholdet er ikke et Word-dokument"),
        (b"bare tekst", "a.pdf", "filen hedder .pdf, men indholdet er ikke en PDF"),
        (b"bare tekst", "LICENSE", "filtypen kendes ikke"),
        (b"{}", "a.json", "filtypen kendes ikke"),
        (b"\x00\n \xef\xbb\xbf", "a.txt", "filen er tom"),
        (b"\x89PNG\r\n\x1a\n", "a.md", "et billede"),
        (b"\x7fELF\x02\x01", "a.html", "et program"),
    ],
)
def test_what_is_not_what_it_says_is_refused_with_a_reason(data: bytes, path: str, reason: str) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        read_bytes(data, path)


def test_a_file_is_read_by_the_reader_of_its_content() -> None:
    assert texts(read_bytes(docx(paragraph("Fra Word.")), "a.txt")) == ["Fra Word."]


@pytest.mark.parametrize(
    ("path", "suffix"),
    [("A.PDF", ".pdf"), ("a.b.txt", ".txt"), ("1. maj referat", ""), ("uden", ""), ("a/.b", "")],
)
def test_the_suffix_is_told_in_small_letters(path: str, suffix: str) -> None:
    assert suffix_of(path) == suffix


def test_importing_the_table_loads_no_parser() -> None:
    loaded = "import sys, index.read.guard, index.read.folder; print(*sys.modules)"
    told = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    parsers = {"lxml", "pypdfium2", "selectolax", "markdown_it", "csv", "email.message"}
    assert "index.read.guard" in told.stdout.split()
    assert not parsers & set(told.stdout.split())
