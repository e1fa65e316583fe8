"""Plain text (.txt): the document's text is the file's own, and its blocks are ranges of it."""

import re

from index.errors import UnreadableFile
from index.read.builder import clean_text
from index.read.dates import find_document_date
from index.read.encoding import decode
from index.read.lines import LIST_MARK, RULE, Paragraph, join_lines, split_lines
from index.read.naming import title_from_path
from index.sentences import split_sentences
from index.types import Block, BlockKind, Document

MAX_HEADING_CHARS = 100

_FIRST_PARAGRAPHS = 8
"""How far down a date or a title may stand."""

_MIN_CHARS_UNDER_A_HEADING = 40
_TITLE_LEVEL = 1
_SECTION_LEVEL = 4
_LOWEST_LEVEL = 6

_CHAPTER = re.compile(r"(?:kapitel|afsnit|del|bilag)\s+(?:\d{1,3}|[IVX]{1,5}|[A-Z])\b.*", re.IGNORECASE)
_BARE_SECTION = re.compile(r"§\s?\d{1,4}(?:\s?[a-zæøå])?\.?")
_SECTION = re.compile(rf"{_BARE_SECTION.pattern}\s+[^\W\d_].*")
_NUMBERED = re.compile(r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+[A-ZÆØÅ0-9].*")
_MARKED = re.compile(r"(?P<marks>#{1,6})\s+\S.*")
_FIELD = re.compile(r"[^:]{1,40}:\s*\S")
_NOT_A_HEADING = re.compile(r"https?://|www\.|@|^[\W\d]*$")


def read(data: bytes, path: str) -> Document:
    """Read a plain text file.

    Args:
        data: the file's bytes, in any encoding that `decode` knows.
        path: the file's path relative to the library's folder.

    Raises:
        UnreadableFile: when the file is empty or is no text.
    """
    text = clean_text(decode(data))
    paragraphs = join_lines(split_lines(text))
    if not paragraphs:
        raise UnreadableFile("filen er tom")
    date_line, date = _find_date(paragraphs, path)
    blocks = _to_blocks([paragraph for paragraph in paragraphs if paragraph is not date_line], text)
    if not blocks:
        raise UnreadableFile("filen indeholder kun en dato")
    blocks, title = _set_title(blocks, text, path)
    partly_read = "nogle tegn kunne ikke læses" if "\ufffd" in text else None
    return Document(path, title, date, None, text, tuple(blocks), partly_read)


def _find_date(paragraphs: list[Paragraph], path: str) -> tuple[Paragraph | None, str | None]:
    """Return the line that is only a date, if there is one, and the document's date."""
    top = [paragraph for paragraph in paragraphs[:_FIRST_PARAGRAPHS] if paragraph.lines == 1]
    number, date = find_document_date([paragraph.first.text for paragraph in top], path)
    return (None if number is None else top[number]), date


def _to_blocks(paragraphs: list[Paragraph], text: str) -> list[Block]:
    """Give every paragraph its kind, from the last to the first: a heading needs something under it."""
    blocks: list[Block] = []
    indents = sorted({p.first.indent for p in paragraphs if LIST_MARK.match(p.first.text)})
    for number in range(len(paragraphs) - 1, -1, -1):
        paragraph = paragraphs[number]
        if RULE.fullmatch(paragraph.first.text):
            continue
        underlined = number + 1 < len(paragraphs) and _underlines(paragraphs[number + 1], paragraph)
        following = blocks[-1] if blocks else None
        blocks.append(_to_block(paragraph, following, text, indents, underlined))
    return blocks[::-1]


def _underlines(rule: Paragraph, paragraph: Paragraph) -> bool:
    return bool(RULE.fullmatch(rule.first.text)) and not rule.first.blanks_before and paragraph.lines == 1


def _to_block(
    paragraph: Paragraph, following: Block | None, text: str, indents: list[int], underlined: bool
) -> Block:
    start, end, line = paragraph.first.start, paragraph.end, paragraph.first.text
    level = 2 if underlined and len(line) <= MAX_HEADING_CHARS else _heading_level(paragraph, following, text)
    if level:
        marks = _MARKED.fullmatch(line)
        return Block(BlockKind.HEADING, start + (marks.end("marks") + 1 if marks else 0), end, level)
    mark = LIST_MARK.match(line)
    if mark:
        skipped = mark.end() if mark.group("bullet") else 0
        return Block(BlockKind.LIST_ITEM, start + skipped, end, indents.index(paragraph.first.indent) + 1)
    return Block(BlockKind.PARAGRAPH, start, end)


def _heading_level(paragraph: Paragraph, following: Block | None, text: str) -> int:
    """Return the level of a heading, or 0: a short line without a final mark, above longer text."""
    line = paragraph.first.text
    if paragraph.lines > 1 or len(line) > MAX_HEADING_CHARS or following is None:
        return 0
    marked = _MARKED.fullmatch(line)
    if marked:
        return len(marked.group("marks"))
    if LIST_MARK.match(line) and not _NUMBERED.fullmatch(line):
        return 0
    if _BARE_SECTION.fullmatch(line):
        return _SECTION_LEVEL
    if line[-1] in ".,;:!?…" or _NOT_A_HEADING.search(line):
        return 0
    return _named_level(line, following) or _plain_level(line, following, text)


def _named_level(line: str, following: Block) -> int:
    if _CHAPTER.fullmatch(line):
        return 2
    if _SECTION.fullmatch(line):
        return _SECTION_LEVEL
    numbered = _NUMBERED.fullmatch(line)
    if numbered and (following.kind is not BlockKind.LIST_ITEM or "." in numbered.group("number")):
        return min(2 + numbered.group("number").count("."), 5)
    letters = [character for character in line if character.isalpha()]
    return 3 if len(letters) > 3 and line.isupper() else 0


def _plain_level(line: str, following: Block, text: str) -> int:
    if (not line[0].isupper() and not line[0].isdigit()) or LIST_MARK.match(line) or _FIELD.match(line):
        return 0
    if len(split_sentences(line)) > 1:
        return 0
    below = text[following.start : following.end]
    longer = len(below) > max(len(line), _MIN_CHARS_UNDER_A_HEADING) or below[-1] in ".!?"
    carries = following.kind in (BlockKind.HEADING, BlockKind.LIST_ITEM) or longer
    return _LOWEST_LEVEL if carries else 0


def _set_title(blocks: list[Block], text: str, path: str) -> tuple[list[Block], str]:
    """Return the blocks with the title as their highest heading, and the title."""
    for number, block in enumerate(blocks[:_FIRST_PARAGRAPHS]):
        if block.kind is BlockKind.HEADING:
            title = Block(BlockKind.HEADING, block.start, block.end, _TITLE_LEVEL)
            lines = text[block.start : block.end].split("\n")
            return [*blocks[:number], title, *blocks[number + 1 :]], " ".join(lines)
        if block.end - block.start > MAX_HEADING_CHARS:
            break
    return blocks, title_from_path(path)
