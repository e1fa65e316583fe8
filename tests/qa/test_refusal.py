"""What a refusal says, by libraries and questions that a person can check."""

from pathlib import Path

import pytest

from qa.find import State
from qa.refusal import refusal_text
from qa.terms import weigh_terms
from tests.qa.making import reading

TEXTS = {
    "a.txt": "Børnehaven lukker klokken 17. Hunde skal føres i snor.",
    "b.txt": "Fristen for høringssvar er den 1. maj 2015.",
}


def refused(question: str, state: State) -> str:
    """Return what is said of a question that is not answered."""
    terms = weigh_terms(question, state.index.lexical, len(state.index.vectors))
    return refusal_text(question, terms, state)


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Hvornår lukker børnehaven?", "Jeg fandt ikke svar på det i 2 dokumenter."),
        ("hvornår lukker BOERNEHAVERNE", "Jeg fandt ikke svar på det i 2 dokumenter."),
        ("Hvad hedder den?", "Jeg fandt ikke svar på det i 2 dokumenter."),
        ("Hvad skal de?", "Jeg fandt ikke svar på det i 2 dokumenter."),
        (
            "Hvad koster det?",
            "Jeg fandt ikke svar på det i 2 dokumenter. Ordet »koster« står ingen steder i dokumenterne.",
        ),
        (
            "Hvem er Anna Holm?",
            "Jeg fandt ikke svar på det i 2 dokumenter. "
            "Ordene »Anna« og »Holm« står ingen steder i dokumenterne.",
        ),
        (
            "Hvad er Kameler, elefanter, giraffer og zebraer?",
            "Jeg fandt ikke svar på det i 2 dokumenter. "
            "Ordene »Kameler«, »elefanter« og »giraffer« står ingen steder i dokumenterne.",
        ),
        (
            "Hvad er friste for hæringssvar?",
            "Jeg fandt ikke svar på det i 2 dokumenter. Mente du »høringssvar«?",
        ),
        (
            "kamel Kamel KAMEL",
            "Jeg fandt ikke svar på det i 2 dokumenter. Ordet »KAMEL« står ingen steder i dokumenterne.",
        ),
    ],
)  # fmt: skip
def test_a_refusal_tells_what_was_searched_what_is_unknown_and_what_was_maybe_meant(
    tmp_path: Path, question: str, text: str
) -> None:
    with reading(tmp_path, TEXTS) as state:
        assert refused(question, state) == text


def test_a_question_in_another_language_is_asked_for_in_danish_instead(tmp_path: Path) -> None:
    with reading(tmp_path, TEXTS) as state:
        assert refused("What is the deadline?", state) == (
            "Jeg fandt ikke svar på det i 2 dokumenter. "
            "Spørgsmålet ser ikke ud til at være på dansk. Prøv at stille det på dansk."
        )


def test_one_document_is_counted_as_one(tmp_path: Path) -> None:
    with reading(tmp_path, {"a.txt": TEXTS["a.txt"]}) as state:
        assert refused("Hunde?", state) == "Jeg fandt ikke svar på det i 1 dokument."


def test_a_long_word_that_stands_in_a_document_is_not_called_unknown(tmp_path: Path) -> None:
    word = "speciallægepraksisplanlægningsstabiliseringsperiodeforlængelsesudvalgsformand"
    with reading(tmp_path, {"a.txt": f"Her står {word}."}) as state:
        assert refused(f"Hvad er {word}?", state) == "Jeg fandt ikke svar på det i 1 dokument."


def test_an_empty_library_refuses_too(tmp_path: Path) -> None:
    with reading(tmp_path, {}) as state:
        assert refused("Hunde?", state) == (
            "Jeg fandt ikke svar på det i 0 dokumenter. Ordet »Hunde« står ingen steder i dokumenterne."
        )
