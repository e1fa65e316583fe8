"""Bytes of a text file to characters, whatever Danish text was saved as in the last forty years."""

import codecs
import re

from index.errors import UnreadableFile

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_SIGNATURES = {
    b"%PDF-": "en PDF",
    b"PK\x03\x04": "et zip-arkiv eller et Office-dokument",
    b"\x89PNG": "et billede",
    b"\xff\xd8\xff": "et billede",
    b"GIF8": "et billede",
    b"\x7fELF": "et program",
    b"\xd0\xcf\x11\xe0": "et gammelt Office-dokument",
    b"\x1f\x8b\x08": "et pakket arkiv",
    b"{\\rtf": "et RTF-dokument",
}

_SAMPLE_BYTES = 8192
_MAX_CONTROL_SHARE = 0.01
"""Random bytes hold about 10 % control characters, text with a few stray ones far less."""

_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_LETTER = re.compile(rb"[\xc3-\xc5][\x80-\xbf]|\xe2\x80[\x90-\xbf]")
_LONE_HIGH_BYTE = re.compile(rb"(?<![\x80-\xff])[\x80-\xff](?![\x80-\xff])")


def decode(data: bytes) -> str:
    """Return the text of a plain text file.

    Tried in order: a byte order mark (UTF-8, UTF-16, UTF-32), UTF-16 without one, UTF-8, UTF-8 with
    single bytes of cp1252 among it, cp1252. Bytes that mean nothing become U+FFFD.

    Raises:
        UnreadableFile: when the bytes are no text (a picture, a program, a PDF under another name).
    """
    for mark, name in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(name, "replace")
    _refuse_signatures(data)
    wide = _wide_encoding(data)
    if wide is not None:
        return data.decode(wide, "replace")
    _refuse_binary(data)
    return _decode_bytes(data)


def _refuse_signatures(data: bytes) -> None:
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise UnreadableFile(f"indholdet er {kind}, selv om navnet siger tekst")


def _wide_encoding(data: bytes) -> str | None:
    """Tell UTF-16 without a mark: in Danish text nearly every second byte is zero."""
    sample = data[:_SAMPLE_BYTES]
    pairs = len(sample) // 2
    even, odd = sample[: 2 * pairs : 2].count(0), sample[1 : 2 * pairs : 2].count(0)
    if pairs and odd > 0.6 * pairs and even < 0.1 * pairs:
        return "utf-16-le"
    if pairs and even > 0.6 * pairs and odd < 0.1 * pairs:
        return "utf-16-be"
    return None


def _refuse_binary(data: bytes) -> None:
    sample = data[:_SAMPLE_BYTES].replace(b"\x00", b"")
    if len(_CONTROL.findall(sample)) > max(1, _MAX_CONTROL_SHARE * len(sample)):
        raise UnreadableFile("indholdet er ikke tekst")


def _decode_bytes(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # A capital Å and a closing quote in cp1252 look like one letter of UTF-8, so mixed reading is
        # only right where UTF-8 letters are the rule and the rest the exception.
        mixed = len(_UTF8_LETTER.findall(data)) >= len(_LONE_HIGH_BYTE.findall(data))
        return data.decode("utf-8", "cp1252-bytes") if mixed else data.decode("cp1252", "replace")


def _read_as_cp1252(error: UnicodeError) -> tuple[str, int]:
    """Serve `bytes.decode` as error handler: the bytes that are not UTF-8 are read as cp1252."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return error.object[error.start : error.end].decode("cp1252", "replace"), error.end


codecs.register_error("cp1252-bytes", _read_as_cp1252)
