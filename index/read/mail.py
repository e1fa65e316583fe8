"""Reads e-mails (.eml): who wrote to whom and when, the text, and the attachments that can be read."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import default as modern
from email.utils import parseaddr, parsedate_to_datetime

from index.errors import UnreadableFile
from index.read.builder import DocumentBuilder
from index.read.encoding import decode
from index.read.facts import Facts, finish
from index.read.headings import MAX_HEADING_CHARS
from index.read.table import read_bytes
from index.types import BlockKind, Document

_MAX_ATTACHMENTS = 50
_MAX_DEPTH = 3
_SHOWN = {"from": "Fra", "to": "Til", "cc": "Cc"}
_QUOTED = re.compile(r"^(?:>\s?)+", re.M)
_HEADER = re.compile(rb"^[\w-]{2,40}:[ \t]", re.M)


@dataclass(slots=True)
class _Missing:
    """The attachments that were not read, by name, and what is said of those that were not wholly."""

    unread: list[str] = field(default_factory=list)
    partly_read: list[str] = field(default_factory=list)

    def reason(self) -> str | None:
        """Return what a user is told of them, or None where all was read."""
        unread = [f"vedhæftede filer blev ikke læst: {', '.join(self.unread)}"] if self.unread else []
        return "; ".join([*unread, *self.partly_read]) or None


def read(data: bytes, path: str) -> Document:
    """Return a mail with its attachments; raise `UnreadableFile` when it is no mail."""
    return _read_message(_parse(data), path, depth=1)


def _parse(data: bytes) -> EmailMessage:
    message = message_from_bytes(data, policy=modern)
    named = any(name in message for name in ("from", "to", "date", "subject"))
    if not named or not _HEADER.match(data.lstrip(b"\xef\xbb\xbf\r\n")):
        raise UnreadableFile("filen hedder .eml, men indholdet er ikke en e-mail")
    return message


def _read_message(message: EmailMessage, path: str, depth: int) -> Document:
    builder = DocumentBuilder(path)
    subject = _header(message, "subject")
    builder.add(BlockKind.HEADING, subject or "E-mail uden emne", level=1)
    sent = _moment(message)
    told = [f"{shown}: {_header(message, name)}" for name, shown in _SHOWN.items() if _header(message, name)]
    told += [f"Dato: {sent:%d-%m-%Y kl. %H.%M}"] if sent else []
    builder.add(BlockKind.PARAGRAPH, "\n".join(told))
    _add_body(message, builder, path)
    missing = _add_attachments(message, builder, depth)
    name, address = parseaddr(_header(message, "from"))
    day = sent.date().isoformat() if sent else None
    facts = Facts(subject or None, day, name or address, title_is_sure=bool(subject), date_is_sure=bool(day))
    return finish(builder, path, facts, missing.reason())


def _header(message: Message, name: str) -> str:
    try:
        return " ".join(str(message.get(name) or "").split())
    except (ValueError, IndexError, AttributeError, MessageError):  # the library fails on some broken headers
        return ""


def _moment(message: Message) -> datetime | None:
    """Return when a mail was sent, by the sender's clock."""
    try:
        return parsedate_to_datetime(_header(message, "date"))
    except (ValueError, OverflowError, TypeError):
        return None


def _add_body(message: EmailMessage, builder: DocumentBuilder, path: str) -> None:
    body = message.get_body(preferencelist=("plain", "html"))
    data = _payload(body) if body is not None else b""
    if body is None or not data.strip():
        return
    is_page = body.get_content_type() == "text/html"
    if not is_page:
        data = _QUOTED.sub("", _decoded(body, data)).encode()
    try:
        document = read_bytes(data, f"{path}.html" if is_page else f"{path}.txt")
    except UnreadableFile:  # nothing but blanks or a date
        return
    # short lines in a mail are greetings, not headings
    _add_document(document, builder, with_headings=is_page)


def _payload(part: Message) -> bytes:
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _decoded(part: Message, data: bytes) -> str:
    try:
        return data.decode(part.get_content_charset() or "utf-8")
    except (LookupError, ValueError):  # no such encoding, another one, or a name that is none
        return decode(data)


def _add_attachments(message: EmailMessage, builder: DocumentBuilder, depth: int) -> _Missing:
    """Add every attachment that can be read under its name; return what could not be read of them."""
    missing = _Missing()
    for number, part in enumerate(message.iter_attachments()):
        name = " ".join((part.get_filename() or "").split())[:MAX_HEADING_CHARS]
        try:
            _require_few(number)
            document = _read_attachment(part, name, depth)
        except (UnreadableFile, ValueError, LookupError):  # the library fails on some broken parts
            if name and part.get_content_maintype() != "image":  # signatures are full of them
                missing.unread.append(name)
            continue
        builder.add(BlockKind.HEADING, f"Vedhæftet: {name or document.title}", level=1)
        _add_document(document, builder)
        if document.partly_read:
            missing.partly_read.append(f"»{name or document.title}«: {document.partly_read}")
    return missing


def _require_few(number: int) -> None:
    if number >= _MAX_ATTACHMENTS:
        raise UnreadableFile("der er for mange vedhæftede filer")


def _read_attachment(part: Message, name: str, depth: int) -> Document:
    if depth >= _MAX_DEPTH:
        raise UnreadableFile("e-mails er vedhæftet i for mange lag")
    if part.get_content_type() == "message/rfc822":
        inner = part.get_payload(0)
        if not isinstance(inner, EmailMessage):
            raise UnreadableFile("den vedhæftede e-mail er beskadiget")
        return _read_message(inner, name or "e-mail.eml", depth + 1)
    if name.lower().endswith(".eml"):
        return _read_message(_parse(_payload(part)), name, depth + 1)
    return read_bytes(_payload(part), name)


def _add_document(document: Document, builder: DocumentBuilder, *, with_headings: bool = True) -> None:
    for block in document.blocks:
        kind, level = block.kind, block.level
        if kind is BlockKind.HEADING:
            kind, level = (kind, min(level + 1, 6)) if with_headings else (BlockKind.PARAGRAPH, 0)
        builder.add(kind, document.text[block.start : block.end], level=level)
