"""Reads PDF files with PDFium, the reader in Chrome: fast, fuzzed day and night, and C++.

Its memory errors and its memory use are why every file is read in a guarded process; see `guard.py`.
"""

import time
from collections.abc import Sequence
from contextlib import closing
from ctypes import create_string_buffer
from dataclasses import dataclass, field
from typing import Any

import pypdfium2
import pypdfium2.raw as pdfium

from index.errors import UnreadableFile
from index.read import ocr
from index.read.builder import DocumentBuilder
from index.read.facts import Facts, finish
from index.read.pdf_furniture import remove_furniture
from index.read.pdf_layout import LaidBlock, lay_out
from index.read.pdf_lines import read_lines
from index.read.pdf_paragraphs import Item
from index.read.pdf_tables import Grid, fill_grid, read_grids
from index.read.pdf_words import Bounds, Word, read_words
from index.types import BlockKind, Document

_FIELD_BYTES = 4_000
_MAX_FIELDS = 2_000
_OCR_SECONDS = 45
"""When no further page is begun with Tesseract, well within the time that one file may take."""


@dataclass(slots=True)
class _Pages:
    """What was found on the pages of one file."""

    items: list[list[Item]] = field(default_factory=list)
    heights: list[float] = field(default_factory=list)
    blocks: list[LaidBlock] = field(default_factory=list)
    """What is not set in words on the page: filled fields of forms, and what was recognised in pictures."""
    recognised: list[int] = field(default_factory=list)
    without_text: list[int] = field(default_factory=list)
    damaged: list[int] = field(default_factory=list)


def read(data: bytes, path: str) -> Document:
    """Return the document in a PDF; raise `UnreadableFile` when it is locked, damaged or has no text."""
    with closing(_open(data)) as file:
        if len(file) == 0:
            raise UnreadableFile("filen har ingen sider")
        file.init_forms()
        pages = _read_pages(file)
        _recognise(file, pages)
        laid = lay_out(remove_furniture(pages.items, pages.heights), pages.heights)
        builder = DocumentBuilder(path)
        for block in sorted([*laid, *pages.blocks], key=lambda block: block.page):
            builder.add(block.kind, block.text, level=block.level, page=block.page)
        if builder.is_empty():
            raise UnreadableFile(_no_text_reason(pages, len(file)))
        return finish(builder, path, _read_facts(file), _partly_read(pages))


def _open(data: bytes) -> Any:
    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == pdfium.FPDF_ERR_PASSWORD:
            raise UnreadableFile("filen er beskyttet med adgangskode") from error
        raise UnreadableFile("filen er beskadiget og kan ikke åbnes") from error


def _read_facts(file: Any) -> Facts:
    told = file.get_metadata_dict(skip_empty=True)
    date = told.get("CreationDate") or told.get("ModDate") or ""
    return Facts(told.get("Title"), date.removeprefix("D:")[:8], told.get("Author"))


def _read_pages(file: Any) -> _Pages:
    pages = _Pages()
    for index in range(len(file)):
        try:
            page = file[index]
        except pypdfium2.PdfiumError:
            pages.items.append([])
            pages.heights.append(1.0)
            pages.damaged.append(index + 1)
            continue
        with closing(page):
            _read_page(page, index + 1, file.formenv, pages)
    return pages


def _read_page(page: Any, number: int, forms: Any, pages: _Pages) -> None:
    bounds: Bounds = page.get_bbox()
    with closing(page.get_textpage()) as text_page:
        words = read_words(text_page, bounds)
    pages.items.append(_read_items(page, words, bounds, number))
    pages.heights.append(bounds[3] - bounds[1])
    fields = _read_fields(page, forms) if forms is not None else []
    pages.blocks.extend(LaidBlock(BlockKind.PARAGRAPH, text, number) for text in fields)
    if not words and not fields and pdfium.FPDFPage_CountObjects(page) > 0:
        pages.without_text.append(number)


def _read_items(page: Any, words: Sequence[Word], bounds: Bounds, number: int) -> list[Item]:
    """Return a page's lines and tables; a table stands where its first word does."""
    tables = [(grid, fill_grid(grid, words, number)) for grid in read_grids(page, bounds)]
    filled = [(grid, table) for grid, table in tables if table is not None]
    items: list[Item] = []
    run: list[Word] = []
    used: set[int] = set()
    for word in words:
        place = _find_grid(word, [grid for grid, _ in filled])
        if place is None:
            run.append(word)
        elif place not in used:
            used.add(place)
            items.extend(read_lines(run, number))
            run = []
            items.append(filled[place][1])
    return items + list(read_lines(run, number))


def _find_grid(word: Word, grids: Sequence[Grid]) -> int | None:
    if word.turn:
        return None
    return next((i for i, grid in enumerate(grids) if grid.cell(word) is not None), None)


def _read_fields(page: Any, forms: Any) -> list[str]:
    """Return the filled fields of a form on this page as "navn: værdi"."""
    texts = []
    for index in range(min(pdfium.FPDFPage_GetAnnotCount(page), _MAX_FIELDS)):
        mark = pdfium.FPDFPage_GetAnnot(page, index)
        if pdfium.FPDFAnnot_GetSubtype(mark) == pdfium.FPDF_ANNOT_WIDGET:
            value = _field_text(pdfium.FPDFAnnot_GetFormFieldValue, forms, mark)
            name = _field_text(pdfium.FPDFAnnot_GetFormFieldAlternateName, forms, mark)
            if value and value != "Off":
                texts.append(f"{name}: {value}" if name else value)
        pdfium.FPDFPage_CloseAnnot(mark)
    return texts


def _field_text(ask: Any, forms: Any, mark: Any) -> str:
    buffer = create_string_buffer(_FIELD_BYTES)
    wide = pdfium.FPDF_WCHAR
    size = ask(forms, mark, pdfium.cast(buffer, pdfium.POINTER(wide)), _FIELD_BYTES)
    return buffer.raw[: max(min(size, _FIELD_BYTES) - 2, 0)].decode("utf-16-le", "ignore").strip()


def _recognise(file: Any, pages: _Pages) -> None:
    """Read the pages that are only pictures with Tesseract, if it is there, as far as the time allows."""
    if not pages.without_text or not ocr.is_installed():
        return
    last_start = time.monotonic() + _OCR_SECONDS
    for number in list(pages.without_text):
        if time.monotonic() > last_start:
            return
        with closing(file[number - 1]) as page:
            paragraphs = ocr.read_page(page)
        if paragraphs:
            pages.blocks.extend(LaidBlock(BlockKind.PARAGRAPH, text, number) for text in paragraphs)
            pages.without_text.remove(number)
            pages.recognised.append(number)


def _no_text_reason(pages: _Pages, count: int) -> str:
    if pages.damaged:
        return "filen er beskadiget: dens sider kan ikke læses"
    if not pages.without_text:
        return "filen indeholder ingen tekst"
    subject = f"filens {count} sider har" if count > 1 else "filen har"
    return f"{subject} ingen tekst, sandsynligvis scannet{_hint()}"


def _partly_read(pages: _Pages) -> str | None:
    reasons = []
    if pages.damaged:
        reasons.append(f"side {format_pages(pages.damaged)} er beskadiget")
    if pages.recognised:
        numbers = format_pages(pages.recognised)
        reasons.append(f"side {numbers} er scannet og læst med tekstgenkendelse, som kan tage fejl")
    if pages.without_text:
        numbers = format_pages(pages.without_text)
        reasons.append(f"side {numbers} har ingen tekst, sandsynligvis scannet{_hint()}")
    return "; ".join(reasons) or None


def _hint() -> str:
    return "" if ocr.is_installed() else f"; {ocr.INSTALL}"


def format_pages(numbers: Sequence[int]) -> str:
    """Return ascending page numbers for people: 1, 2, 3 and 7 as "1-3 og 7"."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    texts = [str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs]
    return texts[0] if len(texts) == 1 else f"{', '.join(texts[:-1])} og {texts[-1]}"
