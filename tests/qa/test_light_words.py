"""Light words: those of any question, not those that say what it is about."""

import pytest

from index.danish import fold, is_stop_word
from qa.light_words import LIGHT_WORDS, is_light


@pytest.mark.parametrize("word", ["hedder", "sker", "gælder", "gaelder", "måde", "maade", "størst", "tit"])
def test_a_word_that_any_question_may_hold_is_light(word: str) -> None:
    assert is_light(word)


@pytest.mark.parametrize("word", ["koster", "ansatte", "folkeskolen", "lukker", "frist", "hed-", "strategi"])
def test_a_word_that_says_what_is_asked_for_is_not(word: str) -> None:
    assert not is_light(word)


def test_no_stop_word_is_among_them_as_those_are_left_out_already() -> None:
    assert not [word for word in LIGHT_WORDS if is_stop_word(word)]


def test_they_are_written_as_they_are_compared() -> None:
    assert all(word == fold(word) == word.lower() for word in LIGHT_WORDS)
