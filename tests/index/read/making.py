"""Makes small files of every format, byte by byte, so that a test shows what it reads."""

import io
import zipfile
from collections.abc import Mapping, Sequence

from index.types import Document

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE_RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OPEN = (
    'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" '
    'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"'
)


def blocks(document: Document) -> list[tuple[str, int, str]]:
    """Return every block as (kind, level, text)."""
    return [(b.kind.value, b.level, document.text[b.start : b.end]) for b in document.blocks]


def texts(document: Document) -> list[str]:
    """Return the text of every block."""
    return [document.text[b.start : b.end] for b in document.blocks]


def zipped(parts: Mapping[str, str | bytes]) -> bytes:
    """Return a zip package of these parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return data.getvalue()


def relations(targets: Mapping[str, tuple[str, str]]) -> str:
    """Return a part of relations: id to (kind, target)."""
    entries = (
        f'<Relationship Id="{name}" Type="{OFFICE_RELATION}{kind}" Target="{target}"/>'
        for name, (kind, target) in targets.items()
    )
    return f'<Relationships xmlns="{PACKAGE_RELATIONS}">{"".join(entries)}</Relationships>'


def docx(body: str, **parts: str) -> bytes:
    """Return a Word document; `parts` are "styles", "numbering", "footnotes", each without its root."""
    linked = {f"rId{i}": (kind, f"{kind}.xml") for i, kind in enumerate(parts)}
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "_rels/.rels": relations({"rId1": ("officeDocument", "word/document.xml")}),
            "word/document.xml": f"<w:document {WORD}><w:body>{body}</w:body></w:document>",
            "word/_rels/document.xml.rels": relations(linked),
        }
        | {f"word/{kind}.xml": f"<w:{kind} {WORD}>{xml}</w:{kind}>" for kind, xml in parts.items()}
    )


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    """Return a Word paragraph of one run."""
    return (
        f"<w:p><w:pPr>{properties}</w:pPr>"
        f'<w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def table(*rows: Sequence[str], properties: str = "") -> str:
    """Return a Word table of these cells."""
    made = "".join(
        "<w:tr>" + "".join(f"<w:tc>{paragraph(cell)}</w:tc>" for cell in row) + "</w:tr>" for row in rows
    )
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{made}</w:tbl>"


def odt(body: str, styles: str = "", **parts: str) -> bytes:
    """Return an OpenDocument text; `styles` are its automatic styles."""
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {OPEN}><office:automatic-styles>{styles}"
            f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
            "</office:document-content>",
        }
        | {f"{name}.xml": xml for name, xml in parts.items()}
    )


def words(left: float, top: float, text: str, size: float = 12, font: str = "F1") -> str:
    """Return the operators that write a line `top` points from the upper edge of an A4 page."""
    shown = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {left} {842 - top} Tm ({shown}) Tj ET\n"


def rule(left: float, top: float, right: float, bottom: float) -> str:
    """Return the operators that draw a line."""
    return f"{left} {842 - top} m {right} {842 - bottom} l S\n"


def lines(left: float, top: float, *texts: str, step: float = 14, **looks: float | str) -> str:
    """Return the operators that write lines below each other."""
    return "".join(words(left, top + step * i, text, **looks) for i, text in enumerate(texts))  # type: ignore[arg-type]


def pdf(*pages: str, info: str = "", page_extra: str = "") -> bytes:
    """Return a PDF of these pages' operators; fonts F1 to F3 are Helvetica plain, bold and oblique."""
    fonts = "".join(
        f"/F{i} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >> "
        for i, name in enumerate(("Helvetica", "Helvetica-Bold", "Helvetica-Oblique"), start=1)
    )
    kids = " ".join(f"{4 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        f"<< {info} >>".encode("cp1252"),
    ]
    for i, page in enumerate(pages):
        content = page.encode("cp1252")
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {5 + 2 * i} 0 R "
            f"/Resources << /Font << {fonts} >> >> {page_extra} >>".encode("cp1252")
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    return _pdf_file(objects)


def _pdf_file(objects: Sequence[bytes]) -> bytes:
    data, offsets = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, start=1):
        offsets.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table_at = len(data)
    data += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    data += b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return data + trailer % (len(objects) + 1, table_at)
