"""The paragraphs and tables of an RTF document while they are read, and the blocks they end as."""

import re
from dataclasses import dataclass, field

from index.read.builder import DocumentBuilder
from index.read.headings import looks_like_heading
from index.read.rows import row_blocks
from index.types import BlockKind

NO_OUTLINE = 9
"""The outline level of body text."""

_BULLETS = re.compile(r"^[\W_]*$|^o$")


@dataclass(slots=True)
class Paragraph:
    """The paragraph that is being read."""

    style: int = 0
    outline: int | None = None
    in_table: bool = False
    list_id: int = 0
    list_level: int = 0
    text: str = ""
    label: str = ""
    bold: bool = True
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Cell:
    text: str
    bold: bool


@dataclass(slots=True)
class _Table:
    """The table that is being read, and how the cells of its row are merged."""

    rows: list[list[_Cell]] = field(default_factory=list)
    row: list[_Cell] = field(default_factory=list)
    merges: list[str] = field(default_factory=list)
    merge: str = ""
    has_header: bool = False


class BlockWriter:
    """Holds what is open, a paragraph and perhaps a table, and adds it to the builder when it ends."""

    def __init__(self, builder: DocumentBuilder) -> None:
        self.builder = builder
        self.paragraph = Paragraph()
        self.levels: dict[int, int] = {}
        self._table = _Table()
        self._deepest_style = 1

    def reset_paragraph(self) -> None:
        """Forget how the paragraph is set, but not its words."""
        old = self.paragraph
        self.paragraph = Paragraph(text=old.text, label=old.label, notes=old.notes, bold=old.bold)

    def table_word(self, name: str) -> None:
        """Take a control word about tables."""
        table = self._table
        if name == "trowd":
            table.merges = []
        elif name == "trhdr":
            table.has_header = table.has_header or not table.rows
        elif name in ("clvmrg", "clmrg"):
            table.merge = name
        elif name == "cellx":
            table.merges.append(table.merge)
            table.merge = ""
        elif name == "cell":
            self._end_cell()
        elif name == "row":
            table.rows.append(table.row)
            table.row = []

    def _end_cell(self) -> None:
        paragraph, table = self.paragraph, self._table
        place = len(table.row)
        merge = table.merges[place] if place < len(table.merges) else ""
        cell = _Cell(paragraph.text.strip(), paragraph.bold)
        if merge == "clmrg" and table.row:
            cell = table.row[-1]
        elif merge == "clvmrg" and table.rows and place < len(table.rows[-1]):
            cell = table.rows[-1][place]
        table.row.append(cell)
        self.paragraph = Paragraph(in_table=True, notes=paragraph.notes)

    def end_paragraph(self) -> None:
        """Add the paragraph with its footnotes; one in a table goes on in its cell."""
        paragraph = self.paragraph
        if paragraph.in_table:
            paragraph.text += " " if paragraph.text.strip() else ""
            return
        if paragraph.text.strip():
            self.end_table()
            self._add_paragraph(paragraph)
        for note in paragraph.notes:
            self.builder.add(BlockKind.FOOTNOTE, note)
        paragraph.text = paragraph.label = ""
        paragraph.notes = []
        paragraph.bold = True

    def _add_paragraph(self, paragraph: Paragraph) -> None:
        text, label = paragraph.text.strip(), paragraph.label.strip()
        shown = f"{label} {text}" if label and not _BULLETS.match(label) else text
        level = self._heading_level(paragraph)
        if level:
            self._deepest_style = max(self._deepest_style, level)
            self.builder.add(BlockKind.HEADING, " ".join(shown.split()), level=level)
        elif label or paragraph.list_id > 0:
            self.builder.add(BlockKind.LIST_ITEM, shown, level=min(max(paragraph.list_level, 0) + 1, 9))
        elif paragraph.bold and looks_like_heading(text):
            self.builder.add(BlockKind.HEADING, text, level=min(self._deepest_style + 1, 6))
        else:
            self.builder.add(BlockKind.PARAGRAPH, text)

    def _heading_level(self, paragraph: Paragraph) -> int:
        if paragraph.outline is not None:
            return min(paragraph.outline + 1, 6) if 0 <= paragraph.outline < NO_OUTLINE else 0
        return self.levels.get(paragraph.style, 0)

    def end_table(self) -> None:
        """Add the rows of the table."""
        rows, has_header = self._table.rows, self._table.has_header
        self._table = _Table()
        if not rows:
            return
        if all(len(row) <= 1 for row in rows):
            for row in rows:
                self.builder.add(BlockKind.PARAGRAPH, row[0].text if row else "")
            return
        bold = all(c.bold for c in rows[0]) and not all(c.bold for row in rows[1:] for c in row)
        for kind, text in row_blocks([[c.text for c in row] for row in rows], has_header=has_header or bold):
            self.builder.add(kind, text)
