"""Draws answers for a terminal: 80 columns of plain text, with nothing in it that steers the terminal."""

import re
import textwrap
import unicodedata
from collections.abc import Sequence
from dataclasses import asdict

from index.read.builder import SEPARATOR
from index.read.rows import CELL_SEPARATOR
from qa.types import Answer, Citation
from qa.wording import terminal as wording
from qa.wording.answers import searched_in_words
from qa.wording.danish import counted, danish_date

WIDTH = 80
MAX_RELATED_CHARS = 240
"""A nearest passage is only a pointer: more than three lines of it would bury the next one."""

MAX_OTHER_PLACES = 10
"""How many of the other places of a quote are named; of the rest there is only the number."""

_DIRECTION_MARKS = frozenset("\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

_STEERING = re.compile(f"[\x7f-\x9f{''.join(sorted(_DIRECTION_MARKS))}]")
"""What JSON may hold as it stands, and a terminal takes for a command or a change of direction."""


def harmless(text: str) -> str:
    """Return `text` with white space as blanks, and control and direction characters as »�«."""
    return "".join(map(_harmless_character, text))


def escape_for_terminal(json: str) -> str:
    """Return JSON that says the same, with what steers a terminal written as escapes."""
    return _STEERING.sub(lambda found: f"\\u{ord(found[0]):04x}", json)


def render_answer(answer: Answer) -> str:
    """Return the quotes with their sources and the remark on them, or the refusal with what is nearest."""
    parts = [_wrap(wording.UNDERSTOOD_AS.format(answer.understood_as))] if answer.understood_as else []
    parts += [_render_quote(citation) for citation in answer.citations] or [_wrap(answer.answer)]
    parts += [_wrap(answer.notice)] if answer.notice else []
    parts += [_wrap(searched_in_words(**asdict(answer.searched)))] if answer.searched else []
    if answer.related:
        parts.append(wording.RELATED)
        parts += [_render_related(citation) for citation in answer.related]
    return "\n\n".join(parts)


def source_line(citation: Citation) -> str:
    """Return where a citation stands: title, date, headings, paragraph, page and file, in one line."""
    facts = [
        citation.title,
        danish_date(citation.date) if citation.date else "",
        wording.UNDER.format(" › ".join(citation.headings)) if citation.headings else "",
        wording.PARAGRAPH.format(citation.paragraph),
        wording.PAGE.format(citation.page) if citation.page else "",
        citation.document,
    ]
    return ", ".join(fact for fact in facts if fact)


def _render_quote(citation: Citation) -> str:
    label = f"[{citation.number}] "
    rows = f"»{citation.quote}«".split(SEPARATOR)  # of a table, or one paragraph and the next
    if citation.columns:
        rows.insert(0, wording.TABLE.format(CELL_SEPARATOR.join(citation.columns)))
    return _under(rows, citation, label)


def _render_related(citation: Citation) -> str:
    return _under([f"»{_shorten(harmless(citation.quote))}«"], citation, "  - ")


def _shorten(text: str) -> str:
    """Cut a long text after a word, or within its first where that is longer than all there is room for."""
    cut = textwrap.shorten(text, MAX_RELATED_CHARS, placeholder=" …")
    return cut if cut.strip(" …") else f"{text.strip()[: MAX_RELATED_CHARS - 2]} …"


def _under(quote: Sequence[str], citation: Citation, label: str) -> str:
    """Return a quote line by line, where it stands, and where else."""
    first, *lines = (*quote, source_line(citation))
    if citation.also_in:
        lines.append(wording.ALSO_IN.format(_name_places(citation.also_in)))
    return "\n".join((_wrap(first, label), *(_wrap(line, " " * len(label)) for line in lines)))


def _name_places(places: Sequence[str]) -> str:
    """Return the first places by name, and how many there are besides."""
    shown = ", ".join(places[:MAX_OTHER_PLACES])
    rest = len(places) - MAX_OTHER_PLACES
    return (
        wording.AND_OTHERS.format(shown, counted(rest, "andet sted", "andre steder")) if rest > 0 else shown
    )


def _wrap(text: str, label: str = "") -> str:
    return textwrap.fill(
        harmless(text),
        WIDTH,
        initial_indent=label,
        subsequent_indent=" " * len(label),
        break_on_hyphens=False,
    )


def _harmless_character(character: str) -> str:
    if character.isspace():
        return " "
    if character in _DIRECTION_MARKS or unicodedata.category(character) in ("Cc", "Cs"):
        return "�"
    return character
