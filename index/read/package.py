"""Opens the zip packages of office documents, counting every inflated byte, and parses their XML safely.

A package is input from strangers: the directory may lie about sizes, a few kilobytes may inflate to
gigabytes, and XML may ask for entities or files. The office formats forbid document type declarations,
so one that has such a declaration is refused.
"""

import posixpath
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from lxml import etree

from index.errors import UnreadableFile
from index.read.facts import Facts

Element = Any
"""An lxml element; lxml has no types of its own."""

_DAMAGES = (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
"""What Python's zip reader raises on crafted and damaged packages."""

MAX_PARTS = 5_000
MAX_PART_BYTES = 100_000_000
MAX_PACKAGE_BYTES = 200_000_000
MAX_RATIO = 200
RATIO_FLOOR_BYTES = 10_000_000
"""A part smaller than this may compress as well as it likes."""
_READ_BYTES = 65_536

DAMAGED = "filen er beskadiget og kan ikke pakkes ud"
DAMAGED_XML = "filen er beskadiget: dens XML kan ikke læses"
_DOCTYPE = "filen har en DOCTYPE, som formatet forbyder"
_TOO_LARGE = "filen fylder for meget, når den pakkes ud"
_ENCRYPTED = "filen er beskyttet med adgangskode"


class Package:
    """The parts of one zip package, by name; nothing is ever written to disk."""

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = zipfile.ZipFile(BytesIO(data))
        except _DAMAGES as error:
            raise UnreadableFile(DAMAGED) from error
        if len(self._zip.infolist()) > MAX_PARTS:
            raise UnreadableFile(f"filen har for mange dele ({len(self._zip.infolist())})")
        self._inflated = 0

    def read(self, name: str) -> bytes:
        """Return the bytes of a part, b"" if there is none; raise `UnreadableFile` past a limit."""
        try:
            info = self._zip.getinfo(name)
        except KeyError:
            return b""
        if info.flag_bits & 0x1:
            raise UnreadableFile(_ENCRYPTED)
        self._check_size(info, info.file_size)
        try:
            return b"".join(self._pieces(info))
        except _DAMAGES as error:
            raise UnreadableFile(DAMAGED) from error

    def parse(self, name: str) -> Element | None:
        """Return the root element of an XML part, or None when the package has no such part."""
        data = self.read(name)
        return parse_xml(data) if data else None

    def _pieces(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        size = 0
        with self._zip.open(info) as part:
            while piece := part.read(_READ_BYTES):
                size += len(piece)
                self._inflated += len(piece)
                self._check_size(info, size)
                yield piece

    def _check_size(self, info: zipfile.ZipInfo, size: int) -> None:
        too_dense = size > RATIO_FLOOR_BYTES and size > MAX_RATIO * max(info.compress_size, 1)
        if size > MAX_PART_BYTES or self._inflated > MAX_PACKAGE_BYTES or too_dense:
            raise UnreadableFile(_TOO_LARGE)


def parse_xml(data: bytes) -> Element:
    """Return the root element of XML that may be hostile: no entities, no files, no network, no DOCTYPE."""
    refuse_doctype(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFile(DAMAGED_XML) from error
    if root.getroottree().docinfo.doctype:  # seen only by the parser, as in UTF-16
        raise UnreadableFile(_DOCTYPE)
    return root


def refuse_doctype(data: bytes) -> None:
    """Raise `UnreadableFile` for XML that declares a document type, before any parser sees it."""
    if b"<!DOCTYPE" in data.replace(b"\x00", b"") if b"\x00" in data[:4] else b"<!DOCTYPE" in data:
        raise UnreadableFile(_DOCTYPE)


def local_name(element: Element) -> str:
    """Return an element's name without its namespace, which differs between editions of one format."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def attribute(element: Element, name: str) -> str | None:
    """Return the attribute with this local name, or None."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return str(value)
    return None


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first descendant reached by the local names in `path`, or None."""
    for name in path:
        element = next((c for c in element if local_name(c) == name), None) if element is not None else None
    return element


def descendants(element: Element | None, name: str) -> Iterator[Element]:
    """Yield the descendants with this local name, in document order."""
    if element is not None:
        yield from element.iter("{*}" + name)


def relations(package: Package, part: str) -> dict[str, tuple[str, str]]:
    """Return the relations of a part: id to (last word of the type, name of the part it points at)."""
    folder, name = posixpath.split(part)
    root = package.parse(posixpath.join(folder, "_rels", name + ".rels"))
    found: dict[str, tuple[str, str]] = {}
    for relation in descendants(root, "Relationship"):
        if relation.get("TargetMode") == "External":
            continue
        target = relation.get("Target", "")
        target = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
        kind = relation.get("Type", "").rpartition("/")[2]
        found[relation.get("Id", "")] = (kind, posixpath.normpath(target))
    return found


def related_part(package: Package, part: str, kind: str) -> str | None:
    """Return the name of the first part that `part` points at with a relation of this kind, or None."""
    return next((target for found, target in relations(package, part).values() if found == kind), None)


def office_facts(package: Package) -> Facts:
    """Return the title, date and author that an Office package keeps in its core properties."""
    found = package.parse(related_part(package, "", "core-properties") or "docProps/core.xml")
    told = {local_name(e): "".join(e.itertext()) for e in found} if found is not None else {}
    return Facts(told.get("title"), told.get("modified") or told.get("created"), told.get("creator"))
