"""Answers as a terminal shows them."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qa.terminal import MAX_RELATED_CHARS, WIDTH, harmless, render_answer, source_line
from qa.types import Answer, Citation, Searched

QUOTE = Citation(
    1, "regler.txt", "Regler", "2015-03-05", ("Høring", "Frister"), 2, 9, "Fristen er i maj.", 0, 17, 0.9
)


def answer(
    *,
    citations: tuple[Citation, ...] = (),
    related: tuple[Citation, ...] = (),
    understood_as: str | None = None,
) -> Answer:
    return Answer("Hvornår?", understood_as, not citations, 0.9, "Det står der ikke.", citations, related, {})


def test_a_quote_stands_above_the_place_it_comes_from() -> None:
    assert render_answer(answer(citations=(QUOTE,))) == (
        "[1] »Fristen er i maj.«\n"
        "    Regler, 5. marts 2015, under »Høring › Frister«, afsnit 9, side 2,\n"
        "    regler.txt"
    )


def test_the_other_places_of_a_quote_stand_below_its_own() -> None:
    also = replace(QUOTE, also_in=("kopi.txt", "mappe/gammel.txt"))
    for drawn in (render_answer(answer(citations=(also,))), render_answer(answer(related=(also,)))):
        assert drawn.endswith("    regler.txt\n    Står også i: kopi.txt, mappe/gammel.txt")


def test_rows_of_a_table_stand_under_their_heads_one_line_a_row() -> None:
    rows = replace(
        QUOTE, quote="1 - 7 dage | kr. 20,-\n\n8 - 14 dage | kr. 40,-", columns=("Varighed", "Pris")
    )
    assert render_answer(answer(citations=(rows,))).splitlines()[:3] == [
        "[1] Tabel: Varighed | Pris",
        "    »1 - 7 dage | kr. 20,-",
        "    8 - 14 dage | kr. 40,-«",
    ]


def test_a_search_in_some_documents_says_how_many() -> None:
    narrowed = replace(answer(citations=(QUOTE,)), searched=Searched(3, 12))
    assert render_answer(narrowed).endswith("regler.txt\n\nSøgt i 3 af 12 dokumenter.")


def test_what_a_source_lacks_is_left_out() -> None:
    bare = Citation(1, "a.txt", "A", None, (), None, 3, "q", 0, 1, 0.5)
    assert source_line(bare) == "A, afsnit 3, a.txt"


def test_a_refusal_shows_its_sentence_and_what_is_nearest() -> None:
    near = Citation(1, "a.txt", "A", None, (), None, 3, "Noget andet.", 0, 12, 0.5)
    assert render_answer(answer(related=(near,))) == (
        "Det står der ikke.\n\nMåske relateret:\n\n  - »Noget andet.«\n    A, afsnit 3, a.txt"
    )


def test_a_follow_up_says_how_it_was_understood() -> None:
    assert render_answer(answer(understood_as="Hvornår er fristen?")).startswith(
        "Læst sammen med det, du spurgte om før: Hvornår er fristen?\n\n"
    )


def test_a_long_passage_that_is_only_related_is_cut() -> None:
    near = Citation(1, "a.txt", "A", None, (), None, 3, "ord " * 500, 0, 2000, 0.5)
    assert len(render_answer(answer(related=(near,)))) < 400


def test_a_word_longer_than_a_related_passage_may_be_is_cut_within() -> None:
    near = Citation(1, "a.md", "A", None, (), None, 3, "x" * 500, 0, 500, 0.5)
    drawn = render_answer(answer(related=(near,)))
    assert drawn.count("x") == MAX_RELATED_CHARS - len(" …")
    assert "x …«" in drawn


def test_escape_sequences_in_a_document_cannot_steer_the_terminal() -> None:
    assert harmless("\x1b[2Jrød\x07\x9b31m") == "�[2Jrød��31m"


def test_direction_marks_cannot_turn_the_text_around() -> None:
    assert harmless("gem\u202etxt.exe") == "gem�txt.exe"


def test_danish_letters_and_emoji_stay() -> None:
    assert harmless("æøå ÆØÅ 👩‍👧 é") == "æøå ÆØÅ 👩‍👧 é"


@given(st.text(max_size=400), st.text(max_size=60))
def test_no_line_is_wider_than_the_terminal_and_none_holds_a_control_character(
    quote: str, title: str
) -> None:
    citation = Citation(1, "a.txt", title, None, (title,), None, 1, quote, 0, len(quote), 0.5)
    drawn = render_answer(answer(citations=(citation,), related=(citation,)))
    for line in drawn.split("\n"):
        assert len(line) <= WIDTH
        assert line == harmless(line)


def test_a_remark_on_the_quotes_stands_below_them() -> None:
    differing = replace(answer(citations=(QUOTE,)), notice="Dokumenterne siger ikke det samme.")
    assert render_answer(differing).endswith("regler.txt\n\nDokumenterne siger ikke det samme.")


def test_of_many_other_places_the_first_are_named_and_the_rest_counted() -> None:
    for count, end in ((10, "nr9.txt"), (11, "nr9.txt og 1 andet sted"), (59, "nr9.txt og 49 andre steder")):
        also = replace(QUOTE, also_in=tuple(f"nr{number}.txt" for number in range(count)))
        drawn = " ".join(render_answer(answer(citations=(also,))).split())
        assert drawn.endswith(end)
