"""The library's words, and what a misspelled one was meant to be."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.spelling import MIN_WORD_CHARS, VOCABULARY_NAME, Vocabulary, build_vocabulary, count_words, suggest
from index.term_numbers import find_tokens

TEXTS = ["Børnehaven lukker, og børnehaven åbner i 2015.", "Frister: fristen, frist og fristet. Kat."]


def build(directory: Path, texts: list[str]) -> None:
    build_vocabulary(directory, count_words(find_tokens((text,) for text in texts)))


@pytest.fixture
def vocabulary(tmp_path: Path) -> Vocabulary:
    build(tmp_path, TEXTS)
    return Vocabulary(tmp_path)


def test_words_are_counted_in_lower_case_over_all_texts_without_numbers(tmp_path: Path) -> None:
    build(tmp_path, ["Hund og HUND, 2015.", "En hund på 5."])
    written = json.loads((tmp_path / VOCABULARY_NAME).read_text(encoding="utf-8"))
    assert written == {"hund": 3, "og": 1, "en": 1, "på": 1}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("børnehavn", "børnehaven"),
        ("børnehavenn", "børnehaven"),
        ("bårnehaven", "børnehaven"),
        ("børnehavne", "børnehaven"),
        ("BØRNHAVEN", "børnehaven"),
        ("børnhavn", None),
        ("xyzzy", None),
    ],
)
def test_a_word_one_edit_away_is_suggested(vocabulary: Vocabulary, word: str, meant: str | None) -> None:
    assert vocabulary.suggest(word) == meant


@pytest.mark.parametrize("word", ["lukker", "LUKKER", "Åbner"])
def test_a_word_that_is_there_needs_no_other(vocabulary: Vocabulary, word: str) -> None:
    assert vocabulary.suggest(word) is None


def test_a_short_word_is_not_guessed_at(vocabulary: Vocabulary) -> None:
    assert len("frisd") < MIN_WORD_CHARS
    assert vocabulary.suggest("frisd") is None
    assert vocabulary.suggest("fristn") == "fristen"


def test_the_most_frequent_of_the_near_words_is_suggested_then_the_last_by_letter(tmp_path: Path) -> None:
    build(tmp_path, ["fristen fristen frister fristes"])
    assert Vocabulary(tmp_path).suggest("fristex") == "fristen"
    build(tmp_path, ["frister fristen fristes"])
    assert Vocabulary(tmp_path).suggest("fristex") == "fristes"


def test_an_empty_library_suggests_nothing(tmp_path: Path) -> None:
    build(tmp_path, [])
    assert Vocabulary(tmp_path).suggest("børnehave") is None


@pytest.mark.parametrize("text", ["[", ""])
def test_a_damaged_file_is_no_vocabulary(tmp_path: Path, text: str) -> None:
    (tmp_path / VOCABULARY_NAME).write_text(text)
    with pytest.raises(ValueError, match="Expecting value"):
        Vocabulary(tmp_path)


LETTERS = st.sampled_from("abcdefghijklmnopqrstuvwxyzæøå")


@given(
    word=st.text(LETTERS, min_size=MIN_WORD_CHARS + 1, max_size=12),
    edit=st.sampled_from(["drop", "add", "change", "swap"]),
    place=st.integers(0, 20),
    letter=LETTERS,
)
def test_any_one_edit_is_undone(word: str, edit: str, place: int, letter: str) -> None:
    place %= len(word) - 1
    before, after = word[:place], word[place:]
    edited = {
        "drop": before + after[1:],
        "add": before + letter + after,
        "change": before + letter + after[1:],
        "swap": before + after[1] + after[0] + after[2:],
    }[edit]
    assert suggest({word: 1}, edited) == (None if edited == word else word)
