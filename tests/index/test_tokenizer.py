import unicodedata

import pytest

from index.tokenizer import build_tokenizer, special_texts
from index.weights import parse_weights
from tests.index.tiny_model import weights_file

PIECES = parse_weights(weights_file()).pieces
TOKENIZER = build_tokenizer(PIECES)


def tokens(text: str) -> list[str]:
    return TOKENIZER.encode(text).tokens


def test_a_text_begins_and_ends_with_the_special_tokens():
    assert tokens("kat hund") == ["<s>", "▁kat", "▁hund", "</s>"]


def test_no_text_is_two_special_tokens():
    assert tokens("") == ["<s>", "</s>"]


def test_the_likeliest_pieces_are_chosen():
    assert tokens("kathund") == ["<s>", "▁kat", "h", "u", "n", "d", "</s>"]


def test_what_the_vocabulary_lacks_is_unknown():
    assert TOKENIZER.encode("漢").ids == [0, 4, 3, 2]


@pytest.mark.parametrize(
    "text",
    [
        " kat  hund ",
        "kat\nhund",
        "kat\u00a0hund",
        "kat\u200bhund",
        "\ufeffkat\thund",
        "k\u00adat hu\u00adnd",
        "kat \0hund\x7f",
    ],
)
def test_blanks_are_one_and_invisible_characters_are_none(text):
    assert tokens(text) == tokens("kat hund")


def test_composed_and_decomposed_letters_are_the_same():
    assert tokens(unicodedata.normalize("NFD", "bål")) == tokens("bål") == ["<s>", "▁", "b", "å", "l", "</s>"]


def test_every_role_of_a_special_token_is_named():
    assert special_texts(PIECES) == {
        "bos_token": "<s>",
        "cls_token": "<s>",
        "eos_token": "</s>",
        "sep_token": "</s>",
        "pad_token": "<pad>",
        "unk_token": "<unk>",
    }
