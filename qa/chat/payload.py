"""Reads what the page sent. It may be anything, and what is not as it should be is left out."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qa.chat.documents import Filter
from qa.chat.segments import Mark
from qa.chat.word_file import Line, SavedTurn
from qa.feedback import Opinion

Payload = Mapping[str, Any]

MAX_KEPT_CHARS = 2000
"""Of each text that is kept with what a visitor said of an answer."""


def read_text(payload: Payload, key: str) -> str:
    """Return the text under `key`, or "" when there is none; half characters become question marks."""
    value = payload.get(key)
    return value.encode("utf-8", "replace").decode("utf-8") if isinstance(value, str) else ""


def read_flag(payload: Payload, key: str) -> bool:
    """Return whether `key` is set, and nothing but true is."""
    return payload.get(key) is True


def read_texts(payload: Payload, key: str) -> list[str]:
    """Return the texts in the list under `key`."""
    return [read_text({key: value}, key) for value in _items(payload, key) if isinstance(value, str)]


def read_marks(payload: Payload) -> list[Mark]:
    """Return the marks in the list under `marks`."""
    return [
        Mark(number, start, end)
        for mark in read_objects(payload, "marks")
        if isinstance(number := mark.get("number"), int)
        and isinstance(start := mark.get("start"), int)
        and isinstance(end := mark.get("end"), int)
    ]


def read_turns(payload: Payload) -> list[SavedTurn]:
    """Return the turns of a conversation to save, in the list under `turns`."""
    return [
        SavedTurn(read_text(turn, "question"), tuple(map(_read_line, read_objects(turn, "lines"))))
        for turn in read_objects(payload, "turns")
    ]


def read_filter(payload: Payload) -> Filter:
    """Return which documents are asked for."""
    return Filter(read_text(payload, "filter"), read_text(payload, "folder"), read_text(payload, "year"))


def read_scope(payload: Payload) -> Filter:
    """Return which documents a question is asked of, under `scope`."""
    scope = payload.get("scope")
    if not isinstance(scope, Mapping):
        return Filter()
    return replace(read_filter(scope), paths=frozenset(read_texts(scope, "documents")))


def read_opinion(payload: Payload) -> Opinion | None:
    """Return what a visitor said of an answer, each text cut to what is kept; None if it says nothing."""
    helped = payload.get("helped")
    texts = (read_text(payload, key) for key in ("question", "document", "quote", "comment"))
    return Opinion(helped, *(text[:MAX_KEPT_CHARS] for text in texts)) if isinstance(helped, bool) else None


def read_objects(payload: Payload, key: str) -> list[Payload]:
    """Return the objects in the list under `key`."""
    return [value for value in _items(payload, key) if isinstance(value, dict)]


def _read_line(line: Payload) -> Line:
    return Line(read_text(line, "text"), read_text(line, "source") or None)


def _items(payload: Payload, key: str) -> list[Any]:
    value = payload.get(key)
    return value if isinstance(value, list) else []
