"""Questions as they are typed."""

import pytest

from index.errors import QuestionError
from qa.question import MAX_QUESTION_CHARS, clean_question


def test_white_space_and_invisible_characters_are_taken_out() -> None:
    assert clean_question("  Hvornår\n er\tfristen\u200b?\x00 ") == "Hvornår er fristen?"


def test_both_unicode_forms_of_a_danish_letter_give_the_same_question() -> None:
    assert clean_question("Må a\u030aret skifte?") == clean_question("Må året skifte?")


@pytest.mark.parametrize("text", ["", "   ", "\n\t", "\u200b\x00"])
def test_an_empty_question_says_what_to_do(text: str) -> None:
    with pytest.raises(QuestionError, match="skriv et spørgsmål"):
        clean_question(text)


@pytest.mark.parametrize("text", ["???", "😀 🎉", "— … »«"])
def test_a_question_without_words_says_what_was_seen(text: str) -> None:
    with pytest.raises(QuestionError, match=r"Der er ingen ord i ».+«"):
        clean_question(text)


def test_a_number_or_a_paragraph_can_be_looked_up() -> None:
    assert clean_question("87 65 43 21") == "87 65 43 21"
    assert clean_question("§ 5") == "§ 5"


def test_a_question_that_is_too_long_says_how_long_it_is() -> None:
    assert clean_question("a" * MAX_QUESTION_CHARS) == "a" * MAX_QUESTION_CHARS
    with pytest.raises(QuestionError, match="5000 tegn, højst 2000"):
        clean_question("å" * 5_000)
