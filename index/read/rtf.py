"""Reads RTF documents; libraries for it give bare text, here headings, lists, tables and notes are kept."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.facts import Facts, finish
from index.read.rtf_blocks import NO_OUTLINE, BlockWriter
from index.read.rtf_tokens import Bytes, Close, Open, Token, Word, read_tokens
from index.types import Document

_SKIPPED = {"colortbl", "pict", "object", "header", "headerl", "headerr", "headerf", "footer", "footerl"}
_SKIPPED |= {"footerr", "footerf", "ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "xe", "tc"}
_SKIPPED |= {"tcn", "rxe", "txe", "shprslt", "background", "filetbl", "annotation", "atnid", "atnauthor"}
_SKIPPED |= {"template", "nextfile", "private", "falt", "panose", "nonshppict", "revtim", "operator"}

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

_CODE_PAGES = {77: "mac-roman", 161: "cp1253", 162: "cp1254", 186: "cp1257", 204: "cp1251", 238: "cp1250"}
_SYMBOL_CHARSET = 2
_HEADING_NAME = re.compile(r"^(?:heading|overskrift)\s*([1-9])$", re.I)
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
        self._writer = BlockWriter(self.builder)
        self._looks = _Looks()
        self._groups: list[_Looks] = []
        self._code_page = "cp1252"
        self._fonts: dict[int, int] = {}
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
        self._writer.end_paragraph()
        self._writer.end_table()

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
            self._writer.paragraph.notes[-1] = self._writer.paragraph.notes[-1].strip()
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
            self._writer.paragraph.text += text
            self._writer.paragraph.bold = self._writer.paragraph.bold and (
                self._looks.bold or not text.strip()
            )
        elif into == "label":
            self._writer.paragraph.label += text
        elif into == "note":
            self._writer.paragraph.notes[-1] += text
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
        if self._looks.into == "skipped" or (self._looks.into == "shape" and name != "shptxt"):
            return
        into = _DESTINATIONS.get(name, "skipped")
        if starred and name != "shpinst":
            into = "skipped"
        if into == "info":
            into = "info" if name in ("info", "creatim") else f"info {name}"
        if into == "note":
            self._writer.paragraph.notes.append("")
        self._looks = replace(self._looks, into=into)

    def _definition_word(self, name: str, number: int | None) -> None:
        if name == "fcharset":
            self._fonts[self._looks.font] = number or 0
        elif name == "s":
            self._writer.paragraph.style = number or 0
        elif name == "outlinelevel" and number is not None and number < NO_OUTLINE:
            self._writer.levels[self._writer.paragraph.style] = min(number + 1, 6)

    def _name_style(self, name: str) -> None:
        match = _HEADING_NAME.match(name.strip())
        if match:
            self._writer.levels.setdefault(self._writer.paragraph.style, min(int(match[1]), 6))
        elif name.strip().casefold() in ("title", "titel"):
            self._writer.levels.setdefault(self._writer.paragraph.style, 1)
        self._writer.paragraph.style = 0

    def _set_code_page(self, number: int) -> None:
        try:
            "".encode(f"cp{number}")
        except LookupError:
            return
        self._code_page = f"cp{number}"

    def _layout_word(self, name: str, number: int) -> None:
        paragraph = self._writer.paragraph
        if name in ("par", "sect", "page"):
            self._writer.end_paragraph()
        elif name == "pard":
            self._writer.reset_paragraph()
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
            self._writer.table_word(name)


_DESTINATIONS = {"fonttbl": "fonttbl", "stylesheet": "stylesheet", "info": "info", "title": "info"}
_DESTINATIONS |= {
    "author": "info",
    "creatim": "info",
    "footnote": "note",
    "listtext": "label",
    "pntext": "label",
}
_DESTINATIONS |= {"shpinst": "shape", "shptxt": "text", "fldrslt": "text"}

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
