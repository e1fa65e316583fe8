"""What is known of a block by its place: its headings, the line above its list, the heads of its columns."""

from pathlib import Path

from index.read.text import read
from index.split import split_passages
from tests.index.documents import HEAD, HEADING, ITEM, PARAGRAPH, ROW, document, sentences, texts, words

SEEDS = Path(__file__).parents[2] / "seeds"


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


def test_paragraphs_are_numbered_without_the_headings() -> None:
    made = document(
        (PARAGRAPH, words(400)), (HEADING, "Pris", 2), (PARAGRAPH, words(400)), (PARAGRAPH, words(400))
    )
    assert [p.paragraph for p in split_passages(made)] == [1, 2, 3]


def test_the_headings_of_the_second_press_release_lead_to_their_text() -> None:
    made = read((SEEDS / "004_760fde4818b1cf2b.txt").read_bytes(), "004_760fde4818b1cf2b.txt")
    paths = [p.headings for p in split_passages(made)]
    assert paths[:4] == [()] * 4
    assert () not in paths[4:]
    assert ("Alle skal kunne være med",) in paths
    assert paths[-1] == ("Læs mere Det kommunale digitaliseringsprogram 2021-2025",)
