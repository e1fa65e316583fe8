"""Reads RTF documents; libraries for it give bare text, here headings, lists, tables and notes are kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import Facts, finish
from index.read.headings import looks_like_heading
from index.read.rows import row_blocks
from index.read.rtf_tokens import Bytes, Close, Open, Token, Word, read_tokens
from index.types import BlockKind, Document

_SKIPPED = {"colortbl", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl"}
_SKIPPED |= {
    "footerr",
    "footerf",
    "ftnsep",
    "ftnsepc",
    "ftncn",
    "aftnsep",
    "aftnsepc",
    "aftncn",
    "nonshppict",
}
_SKIPPED |= {
    "xe",
    "tc",
    "tcn",
    "rxe",
    "txe",
    "shprslt",
    "background",
    "filetbl",
    "annotation",
    "atnid",
    "atnauthor",
}
_SKIPPED |= {"template", "nextfile", "private", "falt", "panose"}

_CHARS = {"tab": "\t", "line": "\n", "lbr": "\n", "emdash": "—", "endash": "–", "bullet": "•", "lquote": "‘"}
_CHARS |= {
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "~": "\xa0",
    "_": "-",
    "emspace": " ",
    "enspace": " ",
}
_CHARS |= {"qmspace": " ", "nestcell": " ", "{": "{", "}": "}", "\\": "\\", "\n": "\n", "\r": "\n"}

_CODE_PAGES = {
    0: "cp1252",
    77: "mac-roman",
    161: "cp1253",
    162: "cp1254",
    186: "cp1257",
    204: "cp1251",
    238: "cp1250",
}
_SYMBOL_CHARSET = 2
_BULLETS = re.compile(r"^[\W_]*$|^o$")
_HEADING_NAME = re.compile(r"^(?:heading|overskrift)\s*([1-9])$", re.I)
_BODY_LEVEL = 9
_MAX_GROUPS = 500


@dataclass(frozen=True, slots=True)
class _Looks:
    """What a group inherits and gives back at its end; `into` is where its characters go."""

    into: str = "text"
    bold: bool = False
    hidden: bool = False
    deleted: bool = False
    font: int = 0
    skip_after_unicode: int = 1


@dataclass(slots=True)
class _Paragraph:
    """The paragraph that is being read."""

    style: int = 0
    outline: int | None = None
    in_table: bool = False
    list_id: int = 0
    list_level: int = 0
    text: str = ""
    label: str = ""
    bold: bool = True
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    bold: bool


@dataclass(slots=True)
class _Table:
    """The table that is being read, and how the cells of its row are merged."""

    rows: list[list[_Cell]] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    merge: str = ""
    has_header: bool = False


def read(data: bytes, path: str) -> Document:
    """Return the document in an RTF file; raise `UnreadableFile` when it cannot be read."""
    reader = _Reader(path)
    for token in read_tokens(data):
        reader.take(token)
    reader.end()
    return finish(reader.builder, path, reader.facts())


class _Reader:
    """Takes one token after the other and adds the blocks they make."""

    def __init__(self, path: str) -> None:
        self.builder = DocumentBuilder(path)
        self._looks = _Looks()
        self._groups: list[_Looks] = []
        self._paragraph = _Paragraph()
        self._table = _Table()
        self._code_page = "cp1252"
        self._fonts: dict[int, int] = {}
        self._levels: dict[int, int] = {}
        self._deepest_style = 1
        self._style_name = ""
        self._info: dict[str, str] = {}
        self._to_skip = 0
        self._starred = False

    def take(self, token: Token) -> None:
        """Take the next token of the file."""
        match token:
            case Open():
                self._open()
            case Close():
                self._close()
            case Bytes(data):
                self._add(self._decode(data))
            case Word(name, number):
                self._word(name, number)

    def end(self) -> None:
        """Add what is still open at the end of the file."""
        self._end_paragraph()
        self._end_table()

    def facts(self) -> Facts:
        """Return what the file's own information says."""
        day = "-".join(self._info.get(part, "").zfill(2) for part in ("yr", "mo", "dy"))
        return Facts(self._info.get("title"), day, self._info.get("author"))

    def _open(self) -> None:
        if len(self._groups) >= _MAX_GROUPS:
            raise UnreadableFile("filen er indlejret for dybt")
        self._groups.append(self._looks)
        self._starred = False

    def _close(self) -> None:
        if self._looks.into == "stylesheet" and self._style_name:
            self._name_style(self._style_name.rstrip(";"))
            self._style_name = ""
        if self._looks.into == "note" and (not self._groups or self._groups[-1].into != "note"):
            self._paragraph.notes[-1] = self._paragraph.notes[-1].strip()
        if self._groups:
            self._looks = self._groups.pop()
        self._to_skip = 0

    def _decode(self, data: bytes) -> str:
        charset = self._fonts.get(self._looks.font, 0)
        if charset == _SYMBOL_CHARSET:
            return "•" * len(data) if data.strip() in (b"\xb7", b"\xa7", b"o") else data.decode("latin-1")
        return data.decode(
            _CODE_PAGES.get(charset, self._code_page) if charset else self._code_page, "replace"
        )

    def _add(self, text: str) -> None:
        if self._to_skip:  # what stands for a Unicode character in programs that do not know it
            skipped = min(self._to_skip, len(text))
            self._to_skip -= skipped
            text = text[skipped:]
        into = self._looks.into
        if not text or self._looks.hidden or self._looks.deleted:
            return
        if into == "text":
            self._paragraph.text += text
            self._paragraph.bold = self._paragraph.bold and (self._looks.bold or not text.strip())
        elif into == "label":
            self._paragraph.label += text
        elif into == "note":
            self._paragraph.notes[-1] += text
        elif into == "stylesheet":
            self._style_name += text
        elif into.startswith("info "):
            name = into.removeprefix("info ")
            self._info[name] = self._info.get(name, "") + text

    def _word(self, name: str, number: int | None) -> None:
        if name == "*":
            self._starred = True
            return
        starred, self._starred = self._starred, False
        if name in _DESTINATIONS or name in _SKIPPED or starred:
            self._enter(name, starred=starred)
        elif name in _CHARS:
            self._add(_CHARS[name])
        elif name == "u" and number is not None:
            self._add(_unicode_char(number))
            self._to_skip = self._looks.skip_after_unicode
        elif name in _LOOK_WORDS:
            self._looks = _LOOK_WORDS[name](self._looks, number)
        elif self._looks.into == "info":
            self._info.setdefault(name, str(number))
        elif self._looks.into in ("fonttbl", "stylesheet"):
            self._definition_word(name, number)
        elif self._looks.into == "text":
            self._layout_word(name, number or 0)
        elif self._looks.into == "note" and name == "par":
            self._add("\n")
        elif name == "ansicpg" and number:
            self._set_code_page(number)

    def _enter(self, name: str, *, starred: bool) -> None:
        """Begin to collect the characters of a group for what they are, or to pass over them."""
        if self._looks.into == "skipped" and name != "shptxt":
            return
        into = _DESTINATIONS.get(name)
        if into is None or (starred and name not in ("shptxt", "footnote")):
            into = "skipped"
        if into == "info":
            into = "info" if name in ("info", "creatim") else f"info {name}"
        if into == "note":
            self._paragraph.notes.append("")
        self._looks = replace(self._looks, into=into)

    def _definition_word(self, name: str, number: int | None) -> None:
        if name == "fcharset":
            self._fonts[self._looks.font] = number or 0
        elif name == "s":
            self._paragraph.style = number or 0
        elif name == "outlinelevel" and number is not None and number < _BODY_LEVEL:
            self._levels[self._paragraph.style] = min(number + 1, 6)

    def _name_style(self, name: str) -> None:
        match = _HEADING_NAME.match(name.strip())
        if match:
            self._levels.setdefault(self._paragraph.style, min(int(match[1]), 6))
        elif name.strip().casefold() in ("title", "titel"):
            self._levels.setdefault(self._paragraph.style, 1)
        self._paragraph.style = 0

    def _set_code_page(self, number: int) -> None:
        try:
            "".encode(f"cp{number}")
        except LookupError:
            return
        self._code_page = f"cp{number}"

    def _layout_word(self, name: str, number: int) -> None:
        paragraph = self._paragraph
        if name in ("par", "sect", "page"):
            self._end_paragraph()
        elif name == "pard":
            self._paragraph = _Paragraph(text=paragraph.text, label=paragraph.label, notes=paragraph.notes)
            self._paragraph.bold = paragraph.bold
        elif name == "s":
            paragraph.style = number
        elif name == "outlinelevel":
            paragraph.outline = number
        elif name == "intbl":
            paragraph.in_table = True
        elif name == "ls":
            paragraph.list_id = number
        elif name == "ilvl":
            paragraph.list_level = number
        elif name == "ansicpg":
            self._set_code_page(number)
        else:
            self._table_word(name)

    def _table_word(self, name: str) -> None:
        table = self._table
        if name == "trowd":
            table.merges = []
        elif name == "trhdr":
            table.has_header = table.has_header or not table.rows
        elif name in ("clvmrg", "clmrg"):
            table.merge = name
        elif name == "cellx":
            table.merges.append(table.merge)
            table.merge = ""
        elif name == "cell":
            self._end_cell()
        elif name == "row":
            table.rows.append(table.row)
            table.row = []

    def _end_cell(self) -> None:
        paragraph, table = self._paragraph, self._table
        place = len(table.row)
        merge = table.merges[place] if place < len(table.merges) else ""
        cell = _Cell(paragraph.text.strip(), paragraph.bold)
        if merge == "clmrg" and table.row:
            cell = table.row[-1]
        elif merge == "clvmrg" and table.rows and place < len(table.rows[-1]):
            cell = table.rows[-1][place]
        table.row.append(cell)
        self._paragraph = _Paragraph(in_table=True, notes=paragraph.notes)

    def _end_paragraph(self) -> None:
        paragraph = self._paragraph
        if paragraph.in_table:
            paragraph.text += " " if paragraph.text.strip() else ""
            return
        if paragraph.text.strip():
            self._end_table()
            self._add_paragraph(paragraph)
        for note in paragraph.notes:
            self.builder.add(BlockKind.FOOTNOTE, note)
        paragraph.text = paragraph.label = ""
        paragraph.notes = []
        paragraph.bold = True

    def _add_paragraph(self, paragraph: _Paragraph) -> None:
        text, label = paragraph.text.strip(), paragraph.label.strip()
        shown = f"{label} {text}" if label and not _BULLETS.match(label) else text
        level = self._heading_level(paragraph)
        if level:
            self._deepest_style = max(self._deepest_style, level)
            self.builder.add(BlockKind.HEADING, " ".join(shown.split()), level=level)
        elif label or paragraph.list_id > 0:
            self.builder.add(BlockKind.LIST_ITEM, shown, level=min(max(paragraph.list_level, 0) + 1, 9))
        elif paragraph.bold and looks_like_heading(text):
            self.builder.add(BlockKind.HEADING, text, level=min(self._deepest_style + 1, 6))
        else:
            self.builder.add(BlockKind.PARAGRAPH, text)

    def _heading_level(self, paragraph: _Paragraph) -> int:
        if paragraph.outline is not None:
            return min(paragraph.outline + 1, 6) if 0 <= paragraph.outline < _BODY_LEVEL else 0
        return self._levels.get(paragraph.style, 0)

    def _end_table(self) -> None:
        rows, has_header = self._table.rows, self._table.has_header
        self._table = _Table()
        if not rows:
            return
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                self.builder.add(BlockKind.PARAGRAPH, row[0].text if row else "")
            return
        bold = all(c.bold for c in rows[0]) and not all(c.bold for row in rows[1:] for c in row)
        for kind, text in row_blocks([[c.text for c in row] for row in rows], has_header=has_header or bold):
            self.builder.add(kind, text)


_DESTINATIONS = {"fonttbl": "fonttbl", "stylesheet": "stylesheet", "info": "info", "title": "info"}
_DESTINATIONS |= {
    "author": "info",
    "creatim": "info",
    "footnote": "note",
    "listtext": "label",
    "pntext": "label",
}
_DESTINATIONS |= {"shptxt": "text", "fldrslt": "text", "operator": "skipped", "revtim": "skipped"}

_LookWord = Callable[[_Looks, int | None], _Looks]
_LOOK_WORDS: dict[str, _LookWord] = {
    "b": lambda looks, number: replace(looks, bold=number != 0),
    "v": lambda looks, number: replace(looks, hidden=number != 0),
    "deleted": lambda looks, number: replace(looks, deleted=number != 0),
    "plain": lambda looks, _: replace(looks, bold=False, hidden=False),
    "f": lambda looks, number: replace(looks, font=number or 0),
    "uc": lambda looks, number: replace(looks, skip_after_unicode=number if number is not None else 1),
}


def _unicode_char(number: int) -> str:
    code = number + 65_536 if number < 0 else number
    return chr(code) if 0 <= code < 0xD800 or 0xE000 <= code <= 0xFFFF else "\ufffd"
