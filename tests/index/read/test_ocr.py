"""Reading pictures of pages with Tesseract; a small stand-in for the program, as it may not be installed."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pytest

from index.read import ocr
from tests.index.read.making import pdf, words

PROGRAM = f"""#!{sys.executable}
import sys
if "--list-langs" in sys.argv:
    print("List of available languages (2):\\n{{language}}\\nosd")
else:
    picture = sys.stdin.buffer.read()
    kind, width, height, deepest = picture.split(b" ", 3)[0], *picture.split(b" ", 3)[1:3], 255
    assert kind == b"P5" and len(picture) > int(width) * int(height), "no picture"
    assert sys.argv[1:] == ["stdin", "stdout", "-l", "dan", "tsv"], sys.argv
    print("level\\tpage_num\\tblock_num\\tpar_num\\tline_num\\tword_num\\tleft\\ttop\\twidth\\theight\\tconf\\ttext")
    for block, line, certainty, text in {{words}}:
        print(5, 1, block, 1, line, 1, 0, 0, 9, 9, certainty, text, sep="\\t")
"""
SEEN = [
    (1, 1, 96.5, "Byrådet"),
    (1, 1, 91, "ved-"),
    (1, 2, 90, "tog"),
    (1, 2, 95, "planen."),
    (2, 1, 20, "SELE"),
    (2, 1, 31, "mm"),
    (3, 1, 88, "Frist:"),
    (3, 1, 88, "1. maj."),
]


@pytest.fixture(autouse=True)
def _forget_what_is_installed() -> Iterator[None]:
    ocr.is_installed.cache_clear()
    yield
    ocr.is_installed.cache_clear()


def install(folder: Path, monkeypatch: pytest.MonkeyPatch, language: str = "dan") -> None:
    program = folder / "tesseract"
    program.write_text(PROGRAM.format(language=language, words=SEEN))
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(folder))


def test_without_the_program_nothing_is_recognised(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not ocr.is_installed()


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
@pytest.mark.parametrize(("language", "installed"), [("dan", True), ("eng", False), ("dansk", False)])
def test_the_program_must_know_danish(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, language: str, installed: bool
) -> None:
    install(tmp_path, monkeypatch, language)
    assert ocr.is_installed() is installed


@pytest.mark.skipif(sys.platform == "win32", reason="the stand-in is a script")
def test_paragraphs_are_joined_and_what_is_uncertain_is_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    install(tmp_path, monkeypatch)
    file = pypdfium2.PdfDocument(pdf(words(60, 100, "x")))
    page = file[0]
    assert ocr.read_page(page) == ["Byrådet vedtog planen.", "Frist: 1. maj."]
    page.close()
    file.close()
