"""Markdown's marks to blocks of plain text, by way of markdown-it's tokens."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import unescape

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.read.rows import row_blocks
from index.types import BlockKind

_MAX_NESTING = 60
"""The parser passes over what lies deeper, and recurses once a level."""

_PARSER = MarkdownIt("commonmark", {"maxNesting": _MAX_NESTING}).enable(["table", "strikethrough"])

_UNSEEN_HTML = re.compile(r"<(script|style)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.IGNORECASE | re.DOTALL)
_UNSEEN_TAG = re.compile(r"<(/?)(?:script|style)\b", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]*>|<[!?][^<>]*>")
_BREAKING_TAG = re.compile(r"<(?:br|hr|/p|/div|/li|/tr|/td|/h[1-6]|/summary)\b[^<>]*>", re.IGNORECASE)

_TEMPLATE_TAG = re.compile(r"\{%[^{}]*%\}")
_CAPTION = re.compile(r"(?:caption|alt)=\"([^\"]*)\"")
_ATTRIBUTES = re.compile(r"\{:[^{}\n]{0,200}\}|\{#[\w-]{1,100}\}")
_DEEP_MARKS = re.compile(r"^[^\S\n]*+(?:>[^\S\n]*+|[*+-][^\S\n]++){17,}", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class MarkdownBlock:
    """One block before it has a place in a document; `level` as in `Block`."""

    kind: BlockKind
    text: str
    level: int = 0


@dataclass(slots=True)
class _Walk:
    """Where in the tokens we are: how deep in lists, in which table, under which item number."""

    blocks: list[MarkdownBlock] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    number: str = ""
    heading: int = 0
    rows: list[list[str]] | None = None

    def add(self, text: str) -> None:
        text = self.number + text.strip()
        self.number = ""
        if self.heading:
            self.blocks.append(MarkdownBlock(BlockKind.HEADING, text, self.heading))
        elif self.lists:
            self.blocks.append(MarkdownBlock(BlockKind.LIST_ITEM, text, len(self.lists)))
        else:
            self.blocks.append(MarkdownBlock(BlockKind.PARAGRAPH, text))


def read_blocks(text: str) -> list[MarkdownBlock]:
    """Return the blocks of a Markdown text in reading order, none of them empty.

    A further paragraph of a list item is a list item too. The cells of a row are joined with " | ".
    """
    walk = _Walk()
    for token in _PARSER.parse(_without_templates(text)):
        _take(walk, token)
    return [block for block in walk.blocks if block.text.strip()]


def _without_templates(text: str) -> str:
    """Drop the tags of site generators, but keep a figure's caption: {% include … caption="…" %}."""

    def caption(match: re.Match[str]) -> str:
        captions = dict.fromkeys(_CAPTION.findall(match.group()))
        return " ".join(captions)

    return _ATTRIBUTES.sub("", _TEMPLATE_TAG.sub(caption, _DEEP_MARKS.sub("- ", text)))


def _take(walk: _Walk, token: Token) -> None:
    kind = token.type
    if kind == "heading_open":
        walk.heading = int(token.tag[1:])
    elif kind == "heading_close":
        walk.heading = 0
    elif kind in ("bullet_list_open", "ordered_list_open"):
        walk.lists.append(kind)
    elif kind in ("bullet_list_close", "ordered_list_close"):
        walk.lists.pop()
    elif kind == "list_item_open":
        walk.number = f"{token.info}{token.markup} " if walk.lists[-1].startswith("ordered") else ""
    elif kind in ("code_block", "fence"):
        walk.add(token.content)
    elif kind == "html_block":
        walk.add(html_text(token.content))
    else:
        _take_cell(walk, token)


def _take_cell(walk: _Walk, token: Token) -> None:
    if token.type == "table_open":
        walk.rows = []
    elif token.type == "tr_open" and walk.rows is not None:
        walk.rows.append([])
    elif token.type == "table_close" and walk.rows is not None:
        _take_table(walk, walk.rows)
        walk.rows = None
    elif token.type == "inline":
        text = _inline_text(token.children or ())
        if walk.rows is None:
            walk.add(text)
        else:
            walk.rows[-1].append(text)


def _take_table(walk: _Walk, rows: Sequence[Sequence[str]]) -> None:
    for kind, text in row_blocks(rows, has_header=any(rows[0])):
        walk.blocks.append(MarkdownBlock(kind, text))


def _inline_text(tokens: Sequence[Token]) -> str:
    parts: list[str] = []
    unseen = False
    for token in tokens:
        if token.type == "html_inline":
            unseen = _opens_unseen(token.content, unseen)
            parts.append(html_text(token.content))
        elif token.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif token.type == "image":
            parts.append(_inline_text(token.children or ()))
        elif token.type in ("text", "code_inline") and not unseen:
            parts.append(token.content)
    return "".join(parts)


def _opens_unseen(tag: str, before: bool) -> bool:
    """Follow `<script>` and `<style>` inside a line: what stands between them is not for readers."""
    match = _UNSEEN_TAG.match(tag)
    return before if match is None else not match.group(1)


def html_text(html: str) -> str:
    """Return the words of raw HTML, without its tags, scripts, styles and comments."""
    seen = _BREAKING_TAG.sub("\n", _UNSEEN_HTML.sub("", html))
    return unescape(_TAG.sub("", seen))
