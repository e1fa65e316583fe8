"""The lines between `---` at the top of a Markdown file: three of its fields are read, none is shown."""

import re
from dataclasses import dataclass

_FENCE = re.compile(r"\s*---[^\S\n]*\n")
_END = re.compile(r"^(?:---|\.\.\.)[^\S\n]*$", re.MULTILINE)
_FIELD = re.compile(r"^(?P<name>[A-Za-zæøåÆØÅ_]+):[^\S\n]+(?P<value>\S.*)$", re.MULTILINE)
_MAX_CHARS = 20_000


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What a Markdown file says of itself; "" where it says nothing. `date` is as it was written."""

    title: str = ""
    date: str = ""
    author: str = ""


def split_front_matter(text: str) -> tuple[FrontMatter, str]:
    """Return the front matter of `text` and the text below it. Anything but plain values is passed over."""
    fence = _FENCE.match(text)
    end = _END.search(text, fence.end(), fence.end() + _MAX_CHARS) if fence else None
    if fence is None or end is None:
        return FrontMatter(), text
    fields: dict[str, str] = {}
    for field in _FIELD.finditer(text, fence.end(), end.start()):
        fields.setdefault(field.group("name").lower(), _plain(field.group("value")))
    found = FrontMatter(
        title=fields.get("title") or fields.get("titel") or "",
        date=fields.get("date") or fields.get("dato") or "",
        author=fields.get("author") or fields.get("forfatter") or "",
    )
    return found, text[end.end() :]


def _plain(value: str) -> str:
    """Return a scalar without its quotation marks; "" for what is no scalar (lists, objects, tags)."""
    value = value.strip()
    if len(value) > 1 and value[0] in "\"'" and value[-1] == value[0]:
        return value[1:-1].strip()
    return "" if value[0] in "[{!&*|>" else value.split(" #", 1)[0].strip()
