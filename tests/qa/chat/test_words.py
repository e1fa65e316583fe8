"""The words of the chat are plain: short sentences, short words, and none that only its makers use."""

import re
from pathlib import Path

import pytest

from qa.wording.access import LOGIN, ON_A_SERVER
from qa.wording.adding import ADDING
from qa.wording.page import CHAT

DOCS = Path(__file__).parents[3] / "docs"

MAX_LIX = 35
JARGON = (
    "indeks", "embedding", "vektor", "query", "chunk", "token", "prompt", "retrieval", "semantisk",
    "database", "server", "cache", "session", "generation", "score", "applikation", "funktionalitet",
    "såfremt", "ovenstående",
)  # fmt: skip


def lix(text: str) -> float:
    """Return the readability of a text: words a sentence, and words of more than six letters in a hundred.

    C. H. Björnsson, Läsbarhet, 1968. Up to 35 is easy to read; newspapers have about 45.
    """
    words = re.findall(r"[^\W_]+", text)
    sentences = len(re.findall(r"[.!?:]+(?:\s|$)", text)) or 1
    return len(words) / sentences + 100 * sum(len(word) > 6 for word in words) / len(words)


def test_lix_is_what_its_author_meant() -> None:
    assert lix("Katten sover. Hunden gør ad postbuddet.") == pytest.approx(6 / 2 + 100 * 1 / 6)


def test_all_texts_together_are_easy_to_read() -> None:
    sentences = [text if text.endswith((".", "!", "?", ":")) else f"{text}." for text in CHAT.values()]
    assert lix(" ".join(sentences)) <= MAX_LIX


@pytest.mark.parametrize("name", [name for name, text in CHAT.items() if len(text.split()) >= 12])
def test_every_longer_text_is_easy_to_read(name: str) -> None:
    assert lix(CHAT[name]) <= MAX_LIX, CHAT[name]


@pytest.mark.parametrize("word", JARGON)
def test_makers_words_are_not_for_visitors(word: str) -> None:
    assert [text for text in CHAT.values() if word in text.casefold()] == []


def test_no_sentence_is_long() -> None:
    sentences = [sentence for text in CHAT.values() for sentence in re.split(r"(?<=[.!?:])\s", text)]
    assert [sentence for sentence in sentences if len(sentence.split()) > 18] == []


@pytest.mark.parametrize("text", [*LOGIN.values(), *ON_A_SERVER.values()])
def test_words_of_a_server_are_as_easy_to_read(text: str) -> None:
    assert len(text.split()) < 12 or lix(text) <= MAX_LIX


def test_on_a_server_nothing_is_said_of_the_machine_of_one_user() -> None:
    assert ON_A_SERVER.keys() <= CHAT.keys()
    words = {name: text for name, text in (CHAT | ON_A_SERVER).items() if name not in ADDING}
    assert {name: text for name, text in words.items() if "computer" in text.casefold()} == {}


def test_guide_is_easy_to_read_and_its_pictures_are_there() -> None:
    guide = (DOCS / "brugervejledning.md").read_text(encoding="utf-8")
    pictures = re.findall(r"!\[.*?\]\((.*?)\)", guide)
    assert len(pictures) == 10
    assert [picture for picture in pictures if not (DOCS / picture).is_file()] == []
    prose = re.sub(r"!\[.*?\]\(.*?\)|`[^`]*`|^#.*$", "", guide, flags=re.MULTILINE)
    assert lix(prose) <= MAX_LIX


def test_guide_names_what_stands_on_the_page() -> None:
    guide = (DOCS / "brugervejledning.md").read_text(encoding="utf-8")
    words = {text.rstrip(":") for text in CHAT.values()} | {"Usikkert", "gåseøjne", "Bemærk", "ae", "æ"}
    named = set(re.findall(r"»([^»«]+)«", guide)) - {"og hvem bestemmer det?"}
    assert named <= words
