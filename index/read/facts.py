"""What a document says about itself - title, date, author - from its metadata or its first lines."""

import re
from dataclasses import dataclass
from itertools import islice

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder, clean_text
from index.read.dates import find_date, find_document_date, is_date_line
from index.read.headings import looks_like_heading
from index.read.naming import title_from_path
from index.types import Block, BlockKind, Document

MAX_TITLE_CHARS = 150
_OPENING_CHARS = 1_000
_OPENING_BLOCKS = 40
_DATED_BLOCKS = 8
"""How far down the date of a document may stand."""
_WORTHLESS_TITLE = re.compile(
    r"^(microsoft (word|powerpoint|excel) - .*|untitled.*|uden titel.*|ikke.navngivet.*|do[ck]ument ?\d*"
    r"|(powerpoint|excel)-?(præsentation|presentation|projektmappe)|(presentation|præsentation) ?\d*"
    r"|skabelon|template|(lysbillede|slide|dias|ark|sheet) ?\d+|title|titel"
    r"|.*\.(docx?|odt|rtf|pdf|pptx?|xlsx?|html?|indd|qxd|pub|txt))$",
    re.I,
)
_NUMBERED = re.compile(r"^(\d+(\.\d+)*\.?\s|§|kapitel\b|afsnit\b|bilag\b)", re.I)
_ISO_DATE = re.compile(r"^(\d{4})-?(\d{2})-?(\d{2})")
_WORTHLESS_AUTHOR = re.compile(
    r"^(user|bruger|administrator|admin|owner|ejer|unknown|ukendt|anonymous|pc|test)\d*$", re.I
)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the metadata of a file claims; each may be None, wrong or worthless."""

    title: str | None = None
    date: str | None = None
    author: str | None = None
    title_is_sure: bool = False
    """True where users write the title themselves, as the subject of a mail."""
    date_is_sure: bool = False
    """True where a machine writes when the document was made, as the date of a mail."""


NO_FACTS = Facts()


def finish(
    builder: DocumentBuilder, path: str, facts: Facts = NO_FACTS, partly_read: str | None = None
) -> Document:
    """Return the document with the best title, date and author; raise `UnreadableFile` if it has no text."""
    if not any(char.isalnum() for _, text in builder.parts() for char in text):
        raise UnreadableFile("filen indeholder ingen tekst")
    return builder.build(
        title=_choose_title(builder, path, facts),
        date=facts.date if facts.date_is_sure else _choose_date(builder, path, facts.date),
        author=_choose_author(facts.author),
        partly_read=partly_read,
    )


def _choose_title(builder: DocumentBuilder, path: str, facts: Facts) -> str:
    claimed = " ".join(clean_text(facts.title or "").split())
    is_useful = bool(claimed) and not _WORTHLESS_TITLE.match(claimed)
    if is_useful and (facts.title_is_sure or _is_confirmed(claimed, _opening(builder))):
        return _shortened(claimed)
    title = _told_title(list(islice(builder.parts(), _OPENING_BLOCKS)))
    return _shortened(" ".join(title.split()) or title_from_path(path))


def _told_title(opening: list[tuple[Block, str]]) -> str:
    """Return the first heading, or a short first line when there is none or it is numbered as a chapter."""
    heading = _highest_heading(opening)
    if heading and not _NUMBERED.match(heading):
        return heading
    block, first = opening[0]
    is_title = block.kind is BlockKind.PARAGRAPH and looks_like_heading(first) and not is_date_line(first)
    return first if is_title else heading


def _highest_heading(opening: list[tuple[Block, str]]) -> str:
    headings = [
        (block.level, text)
        for block, text in opening
        if block.kind is BlockKind.HEADING and not _WORTHLESS_TITLE.match(text)
    ]
    return min(headings, key=lambda heading: heading[0])[1] if headings else ""


def _opening(builder: DocumentBuilder) -> str:
    opening = ""
    for _, text in builder.parts():
        if len(opening) >= _OPENING_CHARS:
            break
        opening += text[:_OPENING_CHARS] + "\n"
    return opening


def _is_confirmed(title: str, opening: str) -> bool:
    """Templates leave the title of another document behind; a true one shares its words with the text."""
    words = set(re.findall(r"\w{3,}", title.casefold()))
    told = set(re.findall(r"\w{3,}", opening.casefold()))
    return bool(words) and len(words & told) * 2 >= len(words)


def _shortened(title: str) -> str:
    if len(title) <= MAX_TITLE_CHARS:
        return title
    return title[: MAX_TITLE_CHARS - 1].rsplit(" ", 1)[0] + "…"


def _choose_date(builder: DocumentBuilder, path: str, claimed: str | None) -> str | None:
    lines = [text for _, text in islice(builder.parts(), _DATED_BLOCKS) if "\n" not in text]
    _, told = find_document_date(lines, path)
    match = _ISO_DATE.match(claimed or "")
    return told or (find_date("-".join(match.groups())) if match else None)


def _choose_author(claimed: str | None) -> str | None:
    author = " ".join(clean_text(claimed or "").split())[:MAX_TITLE_CHARS]
    return author if author and not _WORTHLESS_AUTHOR.match(author) else None
