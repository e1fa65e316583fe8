"""Passages: what is joined, what is divided, what stays together, and the promises about offsets."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.read.builder import DocumentBuilder
from index.read.text import read
from index.split import MAX_PASSAGE_CHARS, split_passages
from index.types import BlockKind, Document, Passage
from index.units import MAX_INTRODUCTION_CHARS

HEADING, PARAGRAPH, ITEM, HEAD, ROW = (
    BlockKind.HEADING,
    BlockKind.PARAGRAPH,
    BlockKind.LIST_ITEM,
    BlockKind.TABLE_HEAD,
    BlockKind.TABLE_ROW,
)
SEEDS = Path(__file__).parents[2] / "seeds"


def document(*blocks: tuple[BlockKind, str, int] | tuple[BlockKind, str]) -> Document:
    builder = DocumentBuilder("a.md")
    for kind, text, *level in blocks:
        builder.add(kind, text, level=level[0] if level else 0)
    return builder.build(title="Titlen")


def words(length: int, letter: str = "a") -> str:
    """Return a sentence of `length` characters."""
    return letter * (length - 1) + "."


def texts(document: Document) -> list[str]:
    return [document.text[p.start : p.end] for p in split_passages(document)]


def sentences(document: Document, passage: Passage) -> list[str]:
    return [document.text[s.start : s.end] for s in passage.sentences]


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


def test_the_heading_path_follows_the_levels_and_leaves_out_the_title() -> None:
    passages = split_passages(
        document(
            (HEADING, "Titlen", 1),
            (HEADING, "Gebyrer", 2),
            (HEADING, "Voksne", 3),
            (PARAGRAPH, "230 kr."),
            (HEADING, "Kontakt", 2),
            (PARAGRAPH, "Ring."),
        )
    )
    assert [p.headings for p in passages] == [("Gebyrer", "Voksne"), ("Kontakt",)]


def test_a_heading_with_nothing_under_it_can_still_be_found_under_its_parents() -> None:
    made = document(
        (HEADING, "Kontakt", 2),
        (HEADING, "Telefon: 12345678", 3),
        (HEADING, "Mail: a@b.dk", 3),
        (HEADING, "Åbningstid", 2),
        (PARAGRAPH, "Ti til tre."),
    )
    assert [(p.headings, sentences(made, p)) for p in split_passages(made)] == [
        (("Kontakt",), ["Telefon: 12345678", "Mail: a@b.dk"]),
        (("Åbningstid",), ["Ti til tre."]),
    ]


def test_a_heading_whose_words_the_next_one_repeats_is_no_passage() -> None:
    made = document((HEADING, "Læs mere", 2), (HEADING, "Læs mere om hallen", 2), (PARAGRAPH, "Den er ny."))
    assert texts(made) == ["Den er ny."]


def test_a_document_of_headings_alone_is_found_by_them() -> None:
    assert texts(document((HEADING, "Titlen", 1), (HEADING, "Kontakt", 1))) == ["Titlen\n\nKontakt"]


def test_list_items_stay_with_the_line_that_introduces_them() -> None:
    above = words(350, "a")
    made = document((PARAGRAPH, above), (PARAGRAPH, "Du skal medbringe:"), (ITEM, "pas" + "s" * 60, 1))
    assert texts(made) == [above, "Du skal medbringe:\n\npas" + "s" * 60]


def test_later_parts_of_a_list_know_the_line_that_introduces_it() -> None:
    items = [words(150, letter) for letter in "abcd"]
    made = document((PARAGRAPH, "Gebyrerne er:"), *((ITEM, item, 1) for item in items))
    passages = split_passages(made)
    assert [p.introduction for p in passages] == ["", "Gebyrerne er:"]
    assert sentences(made, passages[1]) == items[2:]


def test_nested_items_know_the_item_above_them() -> None:
    made = document(
        (PARAGRAPH, "Gebyrerne er:"),
        (ITEM, "Voksne", 1),
        (ITEM, words(350, "a"), 2),
        (ITEM, words(350, "b"), 2),
    )
    assert [p.introduction for p in split_passages(made)] == ["", "Gebyrerne er: Voksne"]


def test_a_whole_sentence_above_a_list_is_no_introduction() -> None:
    made = document(
        (PARAGRAPH, "Kommunen har to haller."), (ITEM, words(390, "a"), 1), (ITEM, words(390, "b"), 1)
    )
    assert [p.introduction for p in split_passages(made)] == ["", ""]


def test_a_list_does_not_take_its_introduction_from_another_section() -> None:
    made = document((PARAGRAPH, "Husk:"), (ITEM, "pas", 1), (HEADING, "Pris", 2), (ITEM, "ti kroner", 1))
    assert [p.introduction for p in split_passages(made)] == ["", ""]


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


def test_a_law_is_divided_at_its_sections_and_each_part_knows_its_number() -> None:
    made = document(
        (PARAGRAPH, "§ 3. Kommunen skal svare. " + words(200)),
        (PARAGRAPH, "Stk. 2. Fristen er fire uger. " + words(200)),
        (PARAGRAPH, "Stk. 3. Der ses bort fra:"),
        (ITEM, words(390), 1),
        (PARAGRAPH, "§ 4. Loven gælder fra den 1. juli 2020. " + words(200)),
    )
    assert [(p.introduction, made.text[p.start :][:6]) for p in split_passages(made)] == [
        ("", "§ 3. K"),
        ("§ 3", "Stk. 2"),
        ("§ 3", "Stk. 3"),
        ("", "§ 4. L"),
    ]


def test_table_rows_know_the_heads_of_their_columns_and_no_others() -> None:
    made = document(
        (PARAGRAPH, "Gebyrer:"),
        (HEAD, "Dage | Pris"),
        (ROW, "8 | 40 kr. Voksne betaler dobbelt."),
        (HEAD, "Hal | Adresse"),
        (ROW, "Nord | Vej 1"),
        (PARAGRAPH, "Ring."),
    )
    assert [(p.columns, sentences(made, p)) for p in split_passages(made)] == [
        (("Dage", "Pris"), ["Gebyrer:", "8 | 40 kr. Voksne betaler dobbelt."]),
        (("Hal", "Adresse"), ["Nord | Vej 1", "Ring."]),
    ]


def test_column_heads_without_rows_are_a_text_like_any_other() -> None:
    assert texts(document((HEAD, "Dage | Pris"), (PARAGRAPH, "Ring."))) == ["Dage | Pris\n\nRing."]


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


def test_paragraphs_are_numbered_without_the_headings() -> None:
    made = document(
        (PARAGRAPH, words(400)), (HEADING, "Pris", 2), (PARAGRAPH, words(400)), (PARAGRAPH, words(400))
    )
    assert [p.paragraph for p in split_passages(made)] == [1, 2, 3]


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


def test_the_headings_of_the_second_press_release_lead_to_their_text() -> None:
    made = read((SEEDS / "004_760fde4818b1cf2b.txt").read_bytes(), "004_760fde4818b1cf2b.txt")
    paths = [p.headings for p in split_passages(made)]
    assert paths[:4] == [()] * 4
    assert () not in paths[4:]
    assert ("Alle skal kunne være med",) in paths
    assert paths[-1] == ("Læs mere Det kommunale digitaliseringsprogram 2021-2025",)


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
