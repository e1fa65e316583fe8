"""Danish text to search terms: words, stems that meet, 5-grams, and letters of other keyboards."""

import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.danish import (
    GRAM_CHARS,
    MAX_WORD_CHARS,
    STOP_WORDS,
    content_words,
    find_words,
    fold,
    gram_terms,
    stem,
    stem_terms,
    stems,
)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", []),
        ("😀 ?!", []),
        ("§ 12, stk. 2", ["12", "stk", "2"]),
        ("kr. 40,-", ["kr", "40"]),
        ("ÆRØ Århus", ["ærø", "århus"]),
        ("e-mail: a_b@kl.dk", ["e", "mail", "a", "b", "kl", "dk"]),
        ("Straße", ["strasse"]),
        ("hund hund", ["hund", "hund"]),
    ],
)
def test_words_are_letters_and_digits_in_lower_case(text: str, words: list[str]) -> None:
    assert find_words(text) == words


@given(st.text() | st.text(st.characters(max_codepoint=255)))
def test_a_character_is_in_a_word_wherever_python_calls_it_a_letter_or_number(text: str) -> None:
    lower = text.casefold()
    apart = "".join(letter if letter.isalnum() else " " for letter in lower)
    assert find_words(text) == [word[:MAX_WORD_CHARS] for word in apart.split()]


def test_all_of_latin_1_is_split_as_other_text_is() -> None:
    for letter in map(chr, range(256)):
        assert find_words(f"a{letter}b") == find_words(f"a{letter}b …"), letter


def test_a_word_without_end_is_cut() -> None:
    assert find_words("x" * 100_000) == ["x" * MAX_WORD_CHARS]


def test_stop_words_are_left_out_unless_there_is_nothing_else() -> None:
    assert content_words("Hvornår er fristen for svar?") == ["fristen", "svar"]
    assert content_words("Hvad er det?") == ["hvad", "er", "det"]


def test_stop_words_are_words_as_they_are_found() -> None:
    assert {word for word in STOP_WORDS if find_words(word) != [word]} == set()


@pytest.mark.parametrize(
    ("words", "one_stem"),
    [
        ("kommune kommunen kommuner kommunernes", "kommun"),
        ("børnehave børnehaven børnehaverne boernehave", "boernehav"),
        ("frist fristen frister", "frist"),
        ("idé ideer idéer idéen", "ide"),
        ("2015", "2015"),
    ],
)
def test_the_forms_of_a_word_meet_in_one_stem(words: str, one_stem: str) -> None:
    assert {stem(word) for word in words.split()} == {one_stem}


def test_danish_letters_are_written_with_the_letters_of_other_keyboards() -> None:
    assert fold("æøåäöüéè") == "aeoeaaaeoeuee"


def test_stems_come_in_order_with_repetitions() -> None:
    assert stems("Kommunens frist og kommunernes svar") == ["kommun", "frist", "kommun", "svar"]


def test_grams_are_every_five_letters_inside_a_word() -> None:
    assert gram_terms("Plejehjem") == ["^plej", "pleje", "lejeh", "ejehj", "jehje", "ehjem"]
    assert gram_terms("børnene") == ["^boer", "boern", "oerne", "ernen", "rnene"]


def test_a_gram_counts_once_however_often_it_stands_there() -> None:
    assert gram_terms("pleje pleje plejes") == ["^plej", "pleje", "lejes"]


def test_stem_terms_are_the_distinct_stems_of_all_words_and_of_neighbours() -> None:
    assert stem_terms("Hund og hunde") == ["hund", "og", "hund_og", "og_hund"]
    assert stem_terms("svar på det") == ["svar", "paa", "det", "svar_paa"]
    assert stem_terms("") == []


def test_a_shorter_word_stands_whole_among_the_grams() -> None:
    assert gram_terms("ny bil til os") == ["^ny", "^bil"]


def test_a_compound_holds_the_grams_of_its_parts() -> None:
    assert set(gram_terms("plejehjem")) < set(gram_terms("plejehjemspladser"))


def test_threads_do_not_share_a_stemmer() -> None:
    stem.cache_clear()
    words = [f"kommune{ending}" for ending in ("", "n", "r", "rne", "rnes")] * 50
    seen: list[set[str]] = []
    threads = [
        threading.Thread(target=lambda: seen.append({stem.__wrapped__(word) for word in words}))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [{"kommun"}] * 4


@given(st.text(max_size=200))
def test_any_text_gives_terms_that_the_engine_takes_as_they_are(text: str) -> None:
    for term in stem_terms(text) + gram_terms(text):
        assert term
        assert term.split() == [term]
    assert all(len(gram) <= GRAM_CHARS for gram in gram_terms(text))
    assert len(stems(text)) == len(content_words(text))
