"""Passages: what is joined, what is divided, what stays together, and the promises about offsets."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.builder import DocumentBuilder
from index.read.text import read
from index.split import MAX_PASSAGE_CHARS, split_passages
from index.types import BlockKind, Document
from index.units import MAX_INTRODUCTION_CHARS
from tests.index.documents import HEADING, ITEM, PARAGRAPH, ROW, document, sentences, texts, words

SEEDS = Path(__file__).parents[2] / "seeds"


def test_a_document_without_blocks_has_no_passages() -> None:
    assert split_passages(document()) == ()


def test_short_neighbours_are_joined_up_to_400_characters() -> None:
    a, b, c = words(199, "a"), words(199, "b"), words(199, "c")
    assert texts(document((PARAGRAPH, a), (PARAGRAPH, b), (PARAGRAPH, c))) == [f"{a}\n\n{b}", c]


def test_a_long_paragraph_stands_alone() -> None:
    a, b, c = words(200, "a"), words(500, "b"), words(200, "c")
    assert texts(document((PARAGRAPH, a), (PARAGRAPH, b), (PARAGRAPH, c))) == [a, b, c]


def test_nothing_is_joined_across_a_heading() -> None:
    passages = split_passages(
        document((HEADING, "Pris", 2), (PARAGRAPH, "Ti."), (HEADING, "Pris", 2), (PARAGRAPH, "Ni."))
    )
    assert [(p.headings, p.paragraph) for p in passages] == [(("Pris",), 1), (("Pris",), 2)]


def test_nothing_is_joined_across_a_page() -> None:
    builder = DocumentBuilder("a.pdf")
    builder.add(PARAGRAPH, "Første side.", page=1)
    builder.add(PARAGRAPH, "Anden side.", page=2)
    passages = split_passages(builder.build(title="Titlen"))
    assert [(p.page, p.paragraph) for p in passages] == [(1, 1), (2, 2)]


def test_list_items_stay_with_the_line_that_introduces_them() -> None:
    above = words(350, "a")
    made = document((PARAGRAPH, above), (PARAGRAPH, "Du skal medbringe:"), (ITEM, "pas" + "s" * 60, 1))
    assert texts(made) == [above, "Du skal medbringe:\n\npas" + "s" * 60]


def test_a_label_moves_on_to_what_it_belongs_to() -> None:
    above, below = words(380, "a"), words(390, "b")
    assert texts(document((PARAGRAPH, above), (PARAGRAPH, "Konsekvenser"), (PARAGRAPH, below))) == [
        above,
        f"Konsekvenser\n\n{below}",
    ]


def test_a_line_that_says_too_little_alone_stays_with_the_text_above() -> None:
    above, below = words(390, "a"), words(500, "b")
    made = document((PARAGRAPH, above), (PARAGRAPH, "Telefon: 12345678"), (PARAGRAPH, below))
    assert texts(made) == [f"{above}\n\nTelefon: 12345678", below]


def test_each_list_item_and_table_row_is_its_own_sentence() -> None:
    made = document((ROW, "Bog: 8 dage; Pris: 40 kr."), (ROW, "Film: 3 dage"), (ITEM, "uden punktum", 1))
    (passage,) = split_passages(made)
    assert sentences(made, passage) == ["Bog: 8 dage; Pris: 40 kr.", "Film: 3 dage", "uden punktum"]


def test_a_paragraph_too_long_for_the_model_is_divided_evenly_at_sentence_ends() -> None:
    made = document((PARAGRAPH, " ".join("A" + words(299) for _ in range(5))))
    passages = split_passages(made)
    assert [(p.start, p.end, len(p.sentences), p.paragraph) for p in passages] == [
        (0, 902, 3, 1),
        (903, 1504, 2, 1),
    ]


def test_the_later_part_of_a_long_text_knows_the_label_above_it() -> None:
    made = document((PARAGRAPH, "Regler:"), (PARAGRAPH, " ".join("A" + words(299) for _ in range(5))))
    assert [p.introduction for p in split_passages(made)] == ["", "Regler:"]


def test_the_press_release_keeps_its_quotations_whole() -> None:
    made = read((SEEDS / "000_ddb52c230368933a.txt").read_bytes(), "000_ddb52c230368933a.txt")
    passages = split_passages(made)
    found = [s for p in passages for s in sentences(made, p)]
    assert [s[:24] for s in found if "Martin Damm" in s] == [
        "Derfor har kommunerne nu",
        "Det tætte partnerskab me",
    ]
    assert any(s.startswith("På baggrund af") and s.endswith("vedtage strategien endeligt.") for s in found)
    assert passages[-1].headings == ("YDERLIGERE MATERIALE",)
    assert [p.paragraph for p in passages] == [1, 3, 4, 5, 6, 7, 8, 9]


BLOCK = st.tuples(
    st.sampled_from(list(BlockKind)),
    st.one_of(
        st.text(st.sampled_from("aæ. :;\nÅ1-?”"), min_size=1, max_size=40),
        st.integers(1, 60).map(lambda n: "Kommunen svarer inden fire uger. " * n),
        st.integers(1, 3000).map(lambda n: "x" * n),
    ),
    st.integers(1, 4),
    st.sampled_from([None, 1, 2]),
)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    builder = DocumentBuilder("a.md")
    for kind, text, level, page in draw(st.lists(BLOCK, max_size=25)):
        builder.add(kind, text, level=level, page=page)
    return builder.build(title=draw(st.sampled_from(["Titlen", "aa"])))


@given(documents())
def test_passages_are_in_order_and_cover_every_block_that_is_no_heading(made: Document) -> None:
    passages = split_passages(made)
    assert all(above.end <= below.start for above, below in pairwise(passages))
    covered = {i for p in passages for s in p.sentences for i in range(s.start, s.end)}
    for block in made.blocks:
        if block.kind not in (HEADING, BlockKind.TABLE_HEAD):
            assert all(i in covered or made.text[i].isspace() for i in range(block.start, block.end))


@given(documents())
def test_sentences_lie_inside_their_passage_and_never_cross_two_blocks(made: Document) -> None:
    for passage in split_passages(made):
        assert passage.sentences
        assert passage.start == passage.sentences[0].start
        assert passage.end == passage.sentences[-1].end
        for sentence in passage.sentences:
            assert any(b.start <= sentence.start < sentence.end <= b.end for b in made.blocks)


@given(documents())
def test_passages_fit_the_model_and_stay_on_their_page(made: Document) -> None:
    for passage in split_passages(made):
        assert passage.end - passage.start <= MAX_PASSAGE_CHARS
        assert len(passage.introduction) <= MAX_INTRODUCTION_CHARS
        pages = {b.page for b in made.blocks for s in passage.sentences if b.start <= s.start < b.end}
        assert pages == {passage.page}


@pytest.mark.parametrize("count", [1, 5000])
def test_many_short_lines_are_joined_and_all_kept(count: int) -> None:
    made = document(*((PARAGRAPH, f"ord{number}") for number in range(count)))
    assert " ".join(" ".join(texts(made)).split()) == " ".join(f"ord{number}" for number in range(count))
    assert all(len(text) > 80 or count == 1 for text in texts(made))
