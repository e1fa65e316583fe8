"""A document cut where it is quoted: nothing is lost, and every mark holds its own words."""

from hypothesis import given
from hypothesis import strategies as st

from index.read.builder import DocumentBuilder
from index.read.rows import CELL_SEPARATOR
from index.types import BlockKind
from qa.chat.segments import Mark, cut_segments, draw_document, find_cells

DOCUMENT = DocumentBuilder("a.txt")
DOCUMENT.add(BlockKind.HEADING, "Frist", level=1)
DOCUMENT.add(BlockKind.PARAGRAPH, "Fristen er 1. maj. Svar sendes til kommunen.", page=2)
READ = DOCUMENT.build(title="Høring", date="2025-05-01")  # the paragraph begins at 7


def test_quoted_sentence_becomes_a_segment_of_its_own() -> None:
    drawn = draw_document(READ, [Mark(1, 7, 25)])
    assert drawn["blocks"][0] == {"kind": "heading", "level": 1, "page": None, "segments": [("Frist", 0)]}
    assert drawn["blocks"][1]["segments"] == [("Fristen er 1. maj.", 1), (" Svar sendes til kommunen.", 0)]
    assert (drawn["title"], drawn["date"], drawn["file"]) == ("Høring", "2025-05-01", "a.txt")


def test_mark_over_two_blocks_is_cut_at_the_border() -> None:
    drawn = draw_document(READ, [Mark(3, 2, 14)])
    assert drawn["blocks"][0]["segments"] == [("Fr", 0), ("ist", 3)]
    assert drawn["blocks"][1]["segments"][0] == ("Fristen", 3)


def test_overlapping_marks_share_the_text_without_repeating_it() -> None:
    drawn = draw_document(READ, [Mark(2, 15, 25), Mark(1, 7, 18), Mark(3, 8, 12)])
    assert drawn["blocks"][1]["segments"] == [
        ("Fristen er ", 1),
        ("1. maj.", 2),
        (" Svar sendes til kommunen.", 0),
    ]


def test_marks_outside_the_text_mark_nothing() -> None:
    drawn = draw_document(READ, [Mark(1, -9, -2), Mark(2, 10**9, 10**9 + 5), Mark(3, 20, 10)])
    assert all(number == 0 for block in drawn["blocks"] for _, number in block["segments"])


@given(
    st.text(min_size=1),
    st.lists(st.tuples(st.integers(-5, 60), st.integers(-5, 60)), max_size=6),
)
def test_segments_put_together_are_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(number, start, end) for number, (start, end) in enumerate(sorted(spans), start=1)]
    builder = DocumentBuilder("b.txt")
    builder.add(BlockKind.PARAGRAPH, text)
    document = builder.build(title="x")
    for drawn, block in zip(draw_document(document, marks)["blocks"], document.blocks, strict=True):
        assert "".join(piece for piece, _ in drawn["segments"]) == document.text[block.start : block.end]
        assert all(piece for piece, _ in drawn["segments"])


def test_unmarked_text_is_one_segment() -> None:
    assert list(cut_segments("abc", 0, 3, ())) == [("abc", 0)]


def test_row_of_a_table_is_cut_into_cells_and_marks_stay_in_place() -> None:
    builder = DocumentBuilder("c.txt")
    builder.add(BlockKind.TABLE_ROW, " | kr. 40,- |  | kun a|b | ")
    [row] = draw_document(builder.build(title="x"), [Mark(1, 3, 14)])["blocks"]
    assert row["cells"] == [[], [("kr. 40,-", 1)], [], [("kun a|b", 0)], []]
    assert "segments" not in row


@given(st.lists(st.text(), min_size=1))
def test_cells_put_together_are_the_row(texts: list[str]) -> None:
    row = CELL_SEPARATOR.join(texts)
    cells = list(find_cells(row, 0, len(row)))
    assert CELL_SEPARATOR.join(row[start:end] for start, end in cells) == row
