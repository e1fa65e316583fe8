"""A saved conversation opens as a Word file, and its footnotes stand at their quotes."""

import io
import zipfile
from xml.etree import ElementTree

from qa.chat.word_file import Line, SavedTurn, write_word_file

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

TURNS = [
    SavedTurn("Hvornår?", (Line("»I maj.«", "Strategi, side 2"), Line("»I juni & juli.«", "Plan <ny>"))),
    SavedTurn("Hvem?\nOg hvor?", (Line("Det fandt jeg ikke."),)),
]


def parts_of(file: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(io.BytesIO(file)) as archive:
        return {name: ElementTree.fromstring(archive.read(name)) for name in archive.namelist()}


def text_of(element: ElementTree.Element) -> str:
    return "".join("\n" if part.tag == f"{W}br" else part.text or "" for part in element.iter())


def test_questions_are_headings_over_their_answers() -> None:
    body = parts_of(write_word_file("Samtale", TURNS))["word/document.xml"]
    styles = [paragraph.find(f".//{W}pStyle").get(f"{W}val") for paragraph in body.iter(f"{W}p")]  # type: ignore[union-attr]
    assert styles == ["Title", "Heading1", "Quote", "Quote", "Heading1", "Normal"]
    assert [text_of(paragraph) for paragraph in body.iter(f"{W}p")] == [
        "Samtale", "Hvornår?", "»I maj.«", "»I juni & juli.«", "Hvem?\nOg hvor?", "Det fandt jeg ikke.",
    ]  # fmt: skip


def test_each_quote_points_at_the_footnote_of_its_source() -> None:
    parts = parts_of(write_word_file("Samtale", TURNS))
    references = [mark.get(f"{W}id") for mark in parts["word/document.xml"].iter(f"{W}footnoteReference")]
    notes = {note.get(f"{W}id"): text_of(note) for note in parts["word/footnotes.xml"].iter(f"{W}footnote")}
    assert [notes[number].strip() for number in references] == ["Strategi, side 2", "Plan <ny>"]


def test_every_part_is_named_in_the_content_types() -> None:
    parts = parts_of(write_word_file("Samtale", []))
    named = {part.get("PartName") for part in parts["[Content_Types].xml"]}
    assert named - {None} == {
        f"/{name}" for name in parts if name.startswith("word/") and name.endswith(".xml")
    }


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    body = parts_of(write_word_file("a\x00b\x1fc", [SavedTurn("\u202ed", ())]))["word/document.xml"]
    assert [text_of(paragraph) for paragraph in body.iter(f"{W}p")] == ["abc", "d"]


def test_same_conversation_gives_the_same_file() -> None:
    assert write_word_file("Samtale", TURNS) == write_word_file("Samtale", TURNS)
