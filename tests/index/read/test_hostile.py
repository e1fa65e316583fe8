"""A folder of files that fight back: each is read or left out with a reason, and none stops the next."""

import sys
import zlib
from collections.abc import Mapping
from pathlib import Path

import pytest

from index.errors import UnreadableFile
from index.read.folder import list_files
from index.read.guard import GuardedReader
from index.types import Document
from tests.index.read.making import WORD, docx, lines, odt, paragraph, pdf, relations, words, zipped

GOOD = "Gebyret for et nyt sygesikringskort er 215 kroner."

Outcome = Document | str
"""The document, or the reason why there is none."""

_LAUGHS = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))


def _word_parts(document: str, **more: str | bytes) -> bytes:
    main = {"rId1": ("officeDocument", "word/document.xml")}
    parts: dict[str, str | bytes] = {"[Content_Types].xml": "<Types/>", "_rels/.rels": relations(main)}
    return zipped(parts | {"word/document.xml": document} | more)


def _body(xml: str, before: str = "") -> str:
    return f"{before}<w:document {WORD}><w:body>{xml}</w:body></w:document>"


def _lying_zip() -> bytes:
    data = bytearray(_word_parts(_body(paragraph("a" * 30_000_000))))
    name = data.rindex(b"word/document.xml", 0, data.index(b"PK\x01\x02"))
    data[name - 8 : name - 4] = (4_000).to_bytes(4, "little")
    entry = data.rindex(b"PK\x01\x02")
    data[entry + 24 : entry + 28] = (4_000).to_bytes(4, "little")
    return bytes(data)


def _ring_of_pages() -> bytes:
    return pdf(words(60, 100, GOOD)).replace(b"/Kids [4 0 R]", b"/Kids [2 0 R]")


READ: Mapping[str, bytes] = {
    "nul.txt": f"\x00{GOOD}\x00\x00".encode(),
    "cp1252.txt": f"{GOOD} Rødgrød på Ærø – ”fløde”".encode("cp1252"),
    "utf16.txt": GOOD.encode("utf-16"),
    "usynlig.txt": GOOD.replace("nyt", "ny\u200bt").replace("215", "\u202e215").encode(),
    "ansi.txt": f"\x1b[2J\x1b[31m{GOOD}\x1b[0m".encode(),
    "et_ord.txt": f"{GOOD}\n\n{'kommune' * 100_000}".encode(),
    "linjer.txt": ("\n" * 500_000 + GOOD).encode(),
    "html_kaldt.txt": f"<script>x</script><p>{GOOD}</p>".encode(),
    "dyb.html": (b"<div>" * 10_000 + GOOD.encode()),
    "skjult.html": f"<p hidden>skjult-i-siden</p><script>skjult()</script><p>{GOOD}</p>".encode(),
    "dyb.md": (b"> " * 3_000 + GOOD.encode()),
    "klammer.md": (GOOD.encode() + b"\n\n" + b"[" * 20_000),
    "makro.docx": _word_parts(_body(paragraph(GOOD)), **{"word/vbaProject.bin": b"\xd0\xcf\x11\xe0"}),
    "slip.docx": _word_parts(_body(paragraph(GOOD)), **{"../../slap_ud.txt": "skjult-udenfor"}),
    "dde.docx": docx(f"<w:p><w:r><w:instrText>DDEAUTO skjult</w:instrText></w:r></w:p>{paragraph(GOOD)}"),
    "byttet.docx": odt(f"<text:p>{GOOD}</text:p>"),
    "javascript.pdf": pdf(words(60, 100, GOOD), info="/Title (<script>skjult</script>)"),
    "affald.pdf": b"skrald foran\n" + pdf(words(60, 100, GOOD)),
    "stak.pdf": pdf("q " * 50_000 + words(60, 100, GOOD)),
    "uden_endelse": pdf(words(60, 100, GOOD)),
    "æøå [x](javascript:y).md": f"# Overskrift\n\n{GOOD}".encode(),
    "formler.csv": f"Navn;Tekst\nA;{GOOD}\nB;=HYPERLINK(1)\n".encode(),
}

LEFT_OUT: Mapping[str, tuple[bytes, str]] = {
    "tom.docx": (b"", "filen er tom"),
    "mellemrum.txt": (" \t\n\u00a0\u200b\r\n".encode(), "tom"),
    "billede.txt": (b"\x89PNG\r\n\x1a\n" + bytes(99), "et billede"),
    "program.md": (b"\x7fELF\x02\x01" + bytes(range(256)), "et program"),
    "pakket.html": (b"\x78\x9c" + bytes(range(256)) * 4, "ikke tekst"),
    "arkiv.pdf": (zipped({"a.txt": "a"}), "zip-arkiv"),
    "gammel.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(999), "gammelt Office-format"),
    "tekst.docx": (b"bare tekst", "ikke et Word-dokument"),
    "afkortet.docx": (docx(paragraph(GOOD))[:300], "beskadiget"),
    "uden_hoveddel.docx": (zipped({"[Content_Types].xml": "", "word/a.xml": ""}), "beskadiget"),
    "daarlig_xml.docx": (_word_parts("<w:document><w:body>"), "XML"),
    "dyb.docx": (_word_parts(_body("<w:tbl><w:tr><w:tc>" * 500 + "</w:tc></w:tr></w:tbl>" * 500)), "XML"),
    "xxe.docx": (
        _word_parts(_body("&x;", '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>')),
        "DOCTYPE",
    ),
    "grin.docx": (_word_parts(_body("&e9;", f'<!DOCTYPE a [<!ENTITY e0 "ha">{_LAUGHS}]>')), "DOCTYPE"),
    "bombe.docx": (_word_parts(_body(paragraph(" " * 110_000_000))), "fylder for meget"),
    "løgn.docx": (_lying_zip(), "beskadiget"),
    "dele.docx": (
        zipped({f"{n}": "" for n in range(5_001)} | {"[Content_Types].xml": "", "word/x": ""}),
        "for mange dele",
    ),
    "krypteret.odt": (odt("x", **{"META-INF/manifest": "<encryption-data/>"}), "adgangskode"),
    "afkortet.pdf": (pdf(words(60, 100, GOOD))[:400], "beskadiget"),
    "ring.pdf": (_ring_of_pages(), "beskadiget: dens sider kan ikke læses"),
    "lås.pdf": (b"%PDF-1.4\n", "beskadiget"),
    "dyb.rtf": (b"{\\rtf1 " + b"{" * 5_000 + b"x", "for dybt"),
    "brev.eml": (b"ikke en mail", "ikke en e-mail"),
    "data.json": (b"{}", "filtypen .json læses ikke"),
    "~$lås.docx": (b"x", "låsefil"),
    ".skjult.txt": (b"x", "skjult fil"),
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """Every file of the folder with its document or its reason, read one after the other."""
    if sys.platform == "win32":
        pytest.skip("some of the names cannot be written there")
    folder = tmp_path_factory.mktemp("fjendtlig")
    for name, data in (READ | {name: data for name, (data, _) in LEFT_OUT.items()}).items():
        (folder / name).write_bytes(data)
    found, skipped = list_files(folder)
    told: dict[str, Outcome] = {file.path: file.reason for file in skipped}
    with GuardedReader(folder) as reader:
        for file in found:
            try:
                told[file.path] = reader.read(file.path)
            except UnreadableFile as reason:
                told[file.path] = str(reason)
    return told


def test_every_file_is_accounted_for(outcomes: dict[str, Outcome]) -> None:
    assert sorted(outcomes) == sorted([*READ, *LEFT_OUT])


@pytest.mark.parametrize("name", READ)
def test_what_can_be_read_gives_its_sentence_and_nothing_hidden(
    outcomes: dict[str, Outcome], name: str
) -> None:
    document = outcomes[name]
    assert isinstance(document, Document), document
    assert GOOD in document.text
    assert "skjult" not in document.text + document.title
    assert not set("\x00\x1b\u200b\u202e") & set(document.text)


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_cannot_be_read_is_left_out_with_its_reason(outcomes: dict[str, Outcome], name: str) -> None:
    reason = outcomes[name]
    assert isinstance(reason, str)
    assert LEFT_OUT[name][1] in reason


def test_a_bomb_in_a_pdf_is_stopped_by_its_memory(tmp_path: Path) -> None:
    packer = zlib.compressobj(9)
    packed = b"".join(packer.compress(b"0 0 m\n" * 1_000_000) for _ in range(60)) + packer.flush()
    operators = zlib.compress(packed, 9)
    head = b"<< /Filter [/FlateDecode /FlateDecode] /Length %d >>\nstream\n" % len(operators)
    plain = pdf(lines(60, 100, GOOD))
    start = plain.index(b"5 0 obj")
    end = plain.index(b"endobj", start)
    (tmp_path / "bombe.pdf").write_bytes(
        plain[:start] + b"5 0 obj\n" + head + operators + b"\nendstream\n" + plain[end:]
    )
    (tmp_path / "god.txt").write_text(GOOD)
    with GuardedReader(tmp_path) as reader:
        with pytest.raises(UnreadableFile, match="hukommelse"):
            reader.read("bombe.pdf")
        assert reader.read("god.txt").text == GOOD
