"""What a document says about itself - title, date, author - from its metadata or its first lines."""

import re
from dataclasses import dataclass
from itertools import islice

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder, clean_text
from index.read.dates import find_date, is_date_line
from index.read.naming import title_from_path
from index.types import BlockKind, Document

MAX_TITLE_CHARS = 150
_OPENING_CHARS = 1_000
_OPENING_BLOCKS = 40
_WORTHLESS_TITLE = re.compile(
    r"^(microsoft (word|powerpoint|excel) - .*|untitled.*|uden titel.*|ikke.navngivet.*|dokument ?\d*|document ?\d*"
    r"|(powerpoint|excel)-?(præsentation|presentation|projektmappe)|presentation ?\d*|præsentation ?\d*|skabelon|template"
    r"|lysbillede ?\d+|slide ?\d+|title|titel|.*\.(docx?|odt|rtf|pdf|pptx?|xlsx?|html?|indd|qxd|pub|txt))$",
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


NO_FACTS = Facts()


def finish(
    builder: DocumentBuilder, path: str, facts: Facts = NO_FACTS, partly_read: str | None = None
) -> Document:
    """Return the document with the best title, date and author; raise `UnreadableFile` if it has no text."""
    if not any(char.isalnum() for _, text in builder.parts() for char in text):
        raise UnreadableFile("filen indeholder ingen tekst")
    return builder.build(
        title=_choose_title(builder, path, facts.title),
        date=_choose_date(builder, facts.date),
        author=_choose_author(facts.author),
        partly_read=partly_read,
    )


def _choose_title(builder: DocumentBuilder, path: str, claimed: str | None) -> str:
    claimed = " ".join(clean_text(claimed or "").split())
    if claimed and not _WORTHLESS_TITLE.match(claimed) and _is_confirmed(claimed, _opening(builder)):
        return _shortened(claimed)
    title = _told_title(list(islice(builder.parts(), _OPENING_BLOCKS)))
    return _shortened(" ".join(title.split()) or title_from_path(path))


def _told_title(opening: list[tuple[BlockKind, str]]) -> str:
    """Return the first heading, or a short first line when there is none or it is numbered as a chapter."""
    heading = next((text for kind, text in opening if kind is BlockKind.HEADING), "")
    if heading and not _NUMBERED.match(heading):
        return heading
    first = opening[0][1] if opening else ""
    is_line = len(first) <= MAX_TITLE_CHARS and "\n" not in first and not is_date_line(first)
    return first if is_line and any(char.isalpha() for char in first) else heading


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


def _choose_date(builder: DocumentBuilder, claimed: str | None) -> str | None:
    told = find_date(_opening(builder)[:_OPENING_CHARS])
    match = _ISO_DATE.match(claimed or "")
    return told or (find_date("-".join(match.groups())) if match else None)


def _choose_author(claimed: str | None) -> str | None:
    author = " ".join(clean_text(claimed or "").split())[:MAX_TITLE_CHARS]
    return author if author and not _WORTHLESS_AUTHOR.match(author) else None
