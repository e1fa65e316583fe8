"""Foreign text is only text, whichever way it leaves: terminal, JSON, log, spreadsheet and Word file.

The page, and the Markdown that it writes, are tried in a browser (`tests/qa/chat/test_hostile_text.py`).
"""

import csv
import io
import json
import logging
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from xml.etree import ElementTree

import pytest

from index.errors import FolderError
from index.read.builder import clean_text
from index.sync import SyncReport
from index.types import DocumentEntry, Notice
from qa.chat.word_file import Line, SavedTurn, write_word_file
from qa.feedback import Opinion, RefusedTopic, render_feedback, write_csv
from qa.log import WordlessFormatter, keep_error
from qa.output import fail, print_json, print_lines
from qa.status import LibraryStatus, render_report, render_status
from qa.terminal import escape_for_terminal, render_answer
from qa.types import Answer, Citation
from tests.qa.chat.payloads import HOSTILE, TRICKY

STEERING = (
    "\x1b[31mrød\x1b[0m",
    "\x1b]0;ny titel\x07",
    "\x1b]8;;http://evil.example\x1b\\klik\x1b]8;;\x1b\\",
    "\x1b[2J\x1b[H",
    "\x9b31mrød",
    "\x90$q\x9c",
    "\x08\x08\x08slettet",
    "linje\rover",
    "a\x00b",
    "\u202etxt.exe",
    "\u2066skjult\u2069",
    "\x7f",
    "\x1b[6n",
    "\x1b]52;c;ZXZpbA==\x07",
)
"""What would colour, move, rename, copy or hide if a terminal took it for commands."""

FORMULAS = (
    '=HYPERLINK("http://evil.example";"klik")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1+1)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    " =1+1",
    "＝1+1",
    "=1+1;=2+2",
    '";=1+1;"',
)

MARKUP = (
    '</w:t></w:r><w:r><w:fldSimple w:instr="DDEAUTO c:\\\\evil"/>',
    ']]><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;',
    '{ INCLUDEPICTURE "http://evil.example/x.png" }',
    '{HYPERLINK "http://evil.example"}',
    "&#x3c;script&#x3e;",
    "&amp;lt;",
    "<?xml?>",
)

TEXTS = HOSTILE + TRICKY + STEERING + FORMULAS + MARKUP

WORD_ELEMENTS = frozenset(
    "document body p pPr pStyle r rPr rStyle t br footnotes footnote footnoteReference footnoteRef separator "
    "continuationSeparator".split()
)
"""All that a saved conversation is made of: no field, link, picture, object or foreign part."""


def citation_of(text: str) -> Citation:
    return Citation(1, text, text, None, (text,), None, 1, text, 0, len(text), 0.9, text, (text,), (text,))


def answer_of(text: str) -> Answer:
    citation = citation_of(text)
    return Answer(text, text, False, 0.9, text, (citation,), (citation,), {}, text)


def report_of(text: str) -> SyncReport:
    return SyncReport(
        1, 1, 1, added=(text,), changed=(text,), removed=(text,), unchanged=0,
        skipped=(Notice(text, text),), partly_read=(Notice(text, text),), seconds=0.1,
    )  # fmt: skip


def status_of(text: str) -> LibraryStatus:
    entry, notice = DocumentEntry(text, text, None, None, 1, text), Notice(text, text)
    return LibraryStatus(text, text, text, 1, 1, 1, (entry,), (notice,), (notice,), (text,))


def printed(write: Callable[[], None], capsys: pytest.CaptureFixture[str]) -> str:
    write()
    said = capsys.readouterr()
    return said.out + said.err


def put(text: str) -> None:
    sys.stdout.write(text)


TERMINAL: dict[str, Callable[[str], None]] = {
    "answer": lambda text: put(render_answer(answer_of(text))),
    "report": lambda text: print_lines(render_report(report_of(text), (text,))),
    "status": lambda text: print_lines(render_status(status_of(text))),
    "feedback": lambda text: print_lines(render_feedback((), (RefusedTopic(text, 1),))),
    "table": lambda text: put(write_csv([Opinion(True, text, text, text, text)])),
    "error": lambda text: put(str(fail(f"Mappen »{text}« findes ikke."))),
    "json": lambda text: print_json(asdict(answer_of(text))),
}


def steering_in(text: str) -> set[str]:
    """Return the characters that steer a terminal; line ends are how lines end."""
    kinds = {character: unicodedata.bidirectional(character) for character in text}
    isolates = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}
    return {
        c for c, kind in kinds.items() if c != "\n" and (unicodedata.category(c) == "Cc" or kind in isolates)
    }


@pytest.mark.parametrize("way", TERMINAL)
@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_nothing_steers_the_terminal(way: str, number: int, capsys: pytest.CaptureFixture[str]) -> None:
    said = printed(lambda: TERMINAL[way](TEXTS[number]), capsys)
    assert said.strip()
    assert steering_in(said) == set()


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_json_says_the_same_with_escapes(number: int) -> None:
    value = asdict(answer_of(TEXTS[number]))
    assert json.loads(escape_for_terminal(json.dumps(value, ensure_ascii=False))) == json.loads(
        json.dumps(value)
    )


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_no_cell_of_the_table_is_a_formula(number: int) -> None:
    text = TEXTS[number]
    rows = list(csv.reader(io.StringIO(write_csv([Opinion(True, text, text, text, text)])), delimiter=";"))
    assert [len(row) for row in rows] == [6, 6]
    assert [cell for cell in rows[1] if cell.lstrip()[:1] in tuple("=+-@＝＋－＠") and cell.strip()] == []


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_log_lines_steer_nothing_and_stay_one_line(number: int, home: Path) -> None:
    lines = keep_error(home, FolderError(TEXTS[number])).read_text(encoding="utf-8")
    record = logging.LogRecord("prøve", logging.ERROR, "", 1, "%s", (TEXTS[number],), None)
    assert lines.count("\n") == 1
    assert steering_in(lines) | steering_in(WordlessFormatter().format(record)) == set()


@pytest.mark.parametrize("number", range(len(TEXTS)))
def test_word_file_holds_text_and_nothing_that_acts(number: int) -> None:
    text = TEXTS[number]
    file = write_word_file(text, [SavedTurn(text, (Line(text, text), Line(text)))])
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert [name for name, part in parts.items() if "TargetMode" in part] == []
    assert len(parts) == 6
    for name in ("word/document.xml", "word/footnotes.xml"):
        tree = ElementTree.fromstring(parts[name])
        assert {element.tag.partition("}")[2] for element in tree.iter()} <= WORD_ELEMENTS
    shown = ["".join(t.text or "" for t in p.iter() if t.tag.endswith("}t")) for p in _paragraphs(parts)]
    assert shown == [clean_text(text).replace("\n", "")] * 4


def _paragraphs(parts: dict[str, str]) -> list[ElementTree.Element]:
    tree = ElementTree.fromstring(parts["word/document.xml"])
    return [element for element in tree.iter() if element.tag.endswith("}p")]
