"""A conversation as a Word file (Office Open XML), with its sources as real footnotes.

Written by hand, since the few parts that are needed are short, and footnotes are more than what the usual
libraries write. Part names and elements are those of ECMA-376, part 1, section 11.
"""

import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from index.read.builder import clean_text

_MAIN = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

_MADE = (2020, 1, 1, 0, 0, 0)
"""The time of every part: the same conversation gives the same bytes."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph of a saved answer, with the source that is its footnote, if any."""

    text: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class SavedTurn:
    """One question and what was answered."""

    question: str
    lines: tuple[Line, ...]


def write_word_file(title: str, turns: Sequence[SavedTurn]) -> bytes:
    """Return the bytes of a .docx file with the title, and each question as a heading over its answer."""
    sources = [line.source for turn in turns for line in turn.lines if line.source]
    parts = {
        "[Content_Types].xml": _CONTENT_TYPES,
        "_rels/.rels": _relations({"officeDocument": "word/document.xml"}),
        "word/_rels/document.xml.rels": _relations({"styles": "styles.xml", "footnotes": "footnotes.xml"}),
        "word/styles.xml": _STYLES,
        "word/footnotes.xml": _footnotes(sources),
        "word/document.xml": _document(title, turns),
    }
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _MADE), _HEAD + part, zipfile.ZIP_DEFLATED)
    return file.getvalue()


def _document(title: str, turns: Iterable[SavedTurn]) -> str:
    numbers = iter(range(1, 1_000_000))
    paragraphs = [_paragraph("Title", _run(title))]
    for turn in turns:
        paragraphs.append(_paragraph("Heading1", _run(turn.question)))
        paragraphs += [_answer_line(line, numbers) for line in turn.lines]
    return f'<w:document xmlns:w="{_MAIN}"><w:body>{"".join(paragraphs)}</w:body></w:document>'


def _answer_line(line: Line, numbers: Iterator[int]) -> str:
    if line.source is None:
        return _paragraph("Normal", _run(line.text))
    reference = f'<w:footnoteReference w:id="{next(numbers)}"/>'
    return _paragraph("Quote", _run(line.text) + _styled_run("FootnoteReference", reference))


def _footnotes(sources: Sequence[str]) -> str:
    """Return the footnotes part; -1 and 0 are the lines that Word draws between text and notes."""
    notes = [_separator(-1, "separator"), _separator(0, "continuationSeparator")]
    for number, source in enumerate(sources, start=1):
        mark = _styled_run("FootnoteReference", "<w:footnoteRef/>")
        text = _paragraph("FootnoteText", mark + _run(f" {source}"))
        notes.append(f'<w:footnote w:id="{number}">{text}</w:footnote>')
    return f'<w:footnotes xmlns:w="{_MAIN}">{"".join(notes)}</w:footnotes>'


def _separator(number: int, kind: str) -> str:
    line = f"<w:p><w:r><w:{kind}/></w:r></w:p>"
    return f'<w:footnote w:type="{kind}" w:id="{number}">{line}</w:footnote>'


def _paragraph(style: str, runs: str) -> str:
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{runs}</w:p>'


def _styled_run(style: str, content: str) -> str:
    return f'<w:r><w:rPr><w:rStyle w:val="{style}"/></w:rPr>{content}</w:r>'


def _run(text: str) -> str:
    """Return a run of text; a line break in it is one in the file."""
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in clean_text(text).split("\n"))
    return f"<w:r>{'<w:br/>'.join(lines)}</w:r>"


def _relations(targets: dict[str, str]) -> str:
    relations = (
        f'<Relationship Id="r{number}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets.items(), start=1)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(relations)}</Relationships>'


def _style(kind: str, name: str, shown_as: str, properties: str) -> str:
    default = ' w:default="1"' if name == "Normal" else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{name}"{default}><w:name w:val="{shown_as}"/>'
        f"{properties}</w:style>"
    )


_STYLES = (
    f'<w:styles xmlns:w="{_MAIN}"><w:docDefaults><w:rPrDefault><w:rPr>'
    '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri"/><w:sz w:val="22"/>'
    '<w:lang w:val="da-DK"/></w:rPr></w:rPrDefault>'
    '<w:pPrDefault><w:pPr><w:spacing w:after="120"/></w:pPr></w:pPrDefault></w:docDefaults>'
    + _style("paragraph", "Normal", "Normal", "")
    + _style("paragraph", "Title", "Title", '<w:rPr><w:b/><w:sz w:val="36"/></w:rPr>')
    + _style(
        "paragraph",
        "Heading1",
        "heading 1",
        '<w:pPr><w:keepNext/><w:spacing w:before="360"/><w:outlineLvl w:val="0"/></w:pPr>'
        '<w:rPr><w:b/><w:sz w:val="26"/></w:rPr>',
    )
    + _style("paragraph", "Quote", "Quote", '<w:pPr><w:ind w:left="567"/></w:pPr>')
    + _style("paragraph", "FootnoteText", "footnote text", '<w:rPr><w:sz w:val="18"/></w:rPr>')
    + _style(
        "character",
        "FootnoteReference",
        "footnote reference",
        '<w:rPr><w:vertAlign w:val="superscript"/></w:rPr>',
    )
    + "</w:styles>"
)

_CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{_WORD_TYPE}.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{_WORD_TYPE}.styles+xml"/>'
    f'<Override PartName="/word/footnotes.xml" ContentType="{_WORD_TYPE}.footnotes+xml"/>'
    "</Types>"
)
