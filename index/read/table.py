"""Which reader reads which file: by what the bytes are, and by the name only where bytes cannot tell.

Importing this file loads no parser; a reader's module is imported when the first file needs it.
"""

import zipfile
from dataclasses import dataclass
from importlib import import_module
from io import BytesIO
from pathlib import PurePosixPath

from index.errors import UnreadableFile
from index.types import Document


@dataclass(frozen=True, slots=True)
class Format:
    """One kind of file: its Danish name, the module whose `read` reads it, and the suffixes it goes by."""

    name: str
    module: str
    suffixes: tuple[str, ...]
    is_text: bool = False
    """True where only the name tells the kind: plain text and what is written in it."""


PDF = Format("en PDF", "index.read.pdf", (".pdf",))
WORD = Format("et Word-dokument", "index.read.word", (".docx", ".docm", ".dotx"))
OPENDOCUMENT = Format("et OpenDocument-dokument", "index.read.opendocument", (".odt", ".ott"))
SPREADSHEET = Format("et Excel-regneark", "index.read.spreadsheet", (".xlsx", ".xlsm"))
SLIDES = Format("en PowerPoint-præsentation", "index.read.slides", (".pptx", ".ppsx", ".pptm"))
RTF = Format("et RTF-dokument", "index.read.rtf", (".rtf",))
HTML = Format("en webside", "index.read.html", (".html", ".htm", ".xhtml"), is_text=True)
MARKDOWN = Format("Markdown", "index.read.markdown", (".md", ".markdown"), is_text=True)
CSV = Format("en CSV-tabel", "index.read.delimited", (".csv", ".tsv"), is_text=True)
MAIL = Format("en e-mail", "index.read.mail", (".eml",), is_text=True)
TEXT = Format("ren tekst", "index.read.text", (".txt", ".text"), is_text=True)

FORMATS = (PDF, WORD, OPENDOCUMENT, SPREADSHEET, SLIDES, RTF, HTML, MARKDOWN, CSV, MAIL, TEXT)
BY_SUFFIX = {suffix: form for form in FORMATS for suffix in form.suffixes}

_LEGACY = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAX_SUFFIX_CHARS = 9
_PDF_HEAD_BYTES = 1_024
"""How far into the file a PDF's mark may stand: bytes before it are common and harmless."""

_MIMETYPES = {
    b"application/vnd.oasis.opendocument.text": OPENDOCUMENT,
    b"application/vnd.oasis.opendocument.text-template": OPENDOCUMENT,
}
_FOLDERS = {"word/": WORD, "xl/": SPREADSHEET, "ppt/": SLIDES}


def suffix_of(path: str) -> str:
    """Return the suffix of a file name in small letters, with its dot; "" when it has none."""
    suffix = PurePosixPath(path).suffix.lower()
    return suffix if suffix[1:].isalnum() and len(suffix) <= _MAX_SUFFIX_CHARS else ""


def read_bytes(data: bytes, path: str) -> Document:
    """Return the document that `data` holds; `path` names it, and tells kinds of text apart.

    Raises:
        UnreadableFile: with a Danish reason, when the bytes are of no known kind or cannot be read.
    """
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf"):
        raise UnreadableFile("filen er tom")
    document: Document = import_module(find_format(data, path).module).read(data, path)
    return document


def find_format(data: bytes, path: str) -> Format:
    """Return the format of a file, by its content first; raise `UnreadableFile` when there is none."""
    named = BY_SUFFIX.get(suffix_of(path))
    if data.startswith(b"PK\x03\x04"):
        return _zip_format(data, named)
    if data.startswith(_LEGACY):
        raise UnreadableFile("filen er i et gammelt Office-format eller beskyttet med adgangskode")
    if data.startswith(b"{\\rtf"):
        return RTF
    if data.startswith(b"%PDF-") or (named is PDF and b"%PDF-" in data[:_PDF_HEAD_BYTES]):
        return PDF
    if named is None:
        raise UnreadableFile("filtypen kendes ikke")
    if not named.is_text:
        raise UnreadableFile(f"filen hedder {suffix_of(path)}, men indholdet er ikke {named.name}")
    return named


def _zip_format(data: bytes, named: Format | None) -> Format:
    try:
        with zipfile.ZipFile(BytesIO(data)) as package:
            names = package.namelist()
            mimetype = _read_mimetype(package) if "mimetype" in names else b""
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile("filen er beskadiget og kan ikke pakkes ud") from error
    if mimetype in _MIMETYPES:
        return _MIMETYPES[mimetype]
    if "[Content_Types].xml" in names:
        for folder, form in _FOLDERS.items():
            if any(name.startswith(folder) for name in names):
                return form
        if named in _FOLDERS.values():
            raise UnreadableFile("filen er beskadiget: dokumentets indhold mangler")
    raise UnreadableFile("filen er et zip-arkiv og ikke et dokument, der kan læses")


def _read_mimetype(package: zipfile.ZipFile) -> bytes:
    with package.open("mimetype") as part:
        return part.read(200).strip()
