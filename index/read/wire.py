"""A document as one line of JSON, the only thing that comes back from the process that reads files."""

import json
from typing import Any

from index.errors import UnreadableFile, UnreadNow
from index.types import Block, BlockKind, Document

_PLAIN_FIELDS = ("path", "title", "date", "author", "text", "partly_read")


def encode_answer(answer: Document | UnreadableFile) -> bytes:
    """Return the line for a document, or for the reason why there is none; it ends with a line feed."""
    told: dict[str, Any]
    if isinstance(answer, UnreadableFile):
        told = {"reason": str(answer), "again": isinstance(answer, UnreadNow)}
    else:
        told = {name: getattr(answer, name) for name in _PLAIN_FIELDS}
        told["blocks"] = [[b.kind.value, b.start, b.end, b.level, b.page] for b in answer.blocks]
    return json.dumps(told, ensure_ascii=False, check_circular=False).encode("utf-8", "replace") + b"\n"


def decode_answer(line: bytes) -> Document:
    """Return the document of a line.

    Raises:
        UnreadableFile: with the reason that the line gives.
        ValueError: when the line is no answer, or a block lies outside its document's text.
    """
    try:
        told = json.loads(line)
        if "reason" in told:
            raise (UnreadNow if told["again"] else UnreadableFile)(str(told["reason"]))
        blocks = tuple(Block(BlockKind(kind), *numbers) for kind, *numbers in told.pop("blocks"))
        document = Document(blocks=blocks, **told)
    except (KeyError, TypeError) as error:
        raise ValueError(f"not an answer: {error}") from error
    _check(document)
    return document


def _check(document: Document) -> None:
    end = 0
    for block in document.blocks:
        if not end <= block.start <= block.end <= len(document.text):
            raise ValueError("a block lies outside the text, or over another")
        end = block.end
