"""Questions made from the documents, and kept only when the documents answer them."""

import pytest

from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document
from qa.chat.suggestions import MAX_TRIED, Suggestion, Suggestions, find_candidates
from tests.qa.chat.small_library import WHEN, WHO, SmallLibrary

MADE = (
    Suggestion(WHEN, "Ny fælleskommunal digitaliseringsstrategi sendt i høring"),
    Suggestion(WHO, "KL er klar til at bidrage til digitaliseringspartnerskab"),
)
"""The questions over the small library, each with the document that answers it."""


def document_of(path: str, *paragraphs: str) -> Document:
    builder = DocumentBuilder(path)
    for text in paragraphs:
        builder.add(BlockKind.PARAGRAPH, text)
    return builder.build(title=path)


def questions_of(text: str) -> list[str]:
    library = SmallLibrary([document_of("a.txt", text)])
    entries = [entry for entry in library.documents() if entry.path == "a.txt"]
    return [candidate.question for candidate in find_candidates(library, entries)]


@pytest.mark.parametrize(
    ("text", "questions"),
    [
        ("Derfor træder loven i kraft den 1. juli 2025.", ["Hvornår træder loven i kraft?"]),
        (
            "Derefter forventer KL’s bestyrelse at mødes i maj.",
            ["Hvornår forventer KL's bestyrelse at mødes?"],
        ),
        ("Kommunen forventer at mødes i maj.", []),
        ("Anne Bo-Lund, formand for Dansk Skak, glæder sig.", ["Hvem er formand for Dansk Skak?"]),
        ("Nævnet skal behandle klager.", ["Hvad skal nævnet behandle?"]),
        ("”Det er godt,” siger Anne Bo-Lund.", ["Hvad siger Anne Bo-Lund?"]),
        ("Der sker intet her, den 1. maj.", []),
        ("siger " * 5000 + "A" * 5000, []),
    ],
)
def test_question_follows_from_the_sentence(text: str, questions: list[str]) -> None:
    assert questions_of(text) == questions


def made_over(library: SmallLibrary) -> Suggestions:
    suggestions = Suggestions(library)
    suggestions.get(4)
    suggestions.wait()
    return suggestions


def test_only_questions_that_are_answered_from_their_own_paragraph_are_kept() -> None:
    assert made_over(SmallLibrary()).get(4) == MADE


def test_nobody_waits_while_questions_are_made() -> None:
    library = SmallLibrary()
    library.slow.clear()
    suggestions = Suggestions(library)
    assert suggestions.get(4) == ()
    assert not suggestions.are_ready()
    library.slow.set()
    suggestions.wait()
    assert suggestions.are_ready()


def test_few_questions_are_tried() -> None:
    library = SmallLibrary([document_of(f"{n}.txt", f"Nævn{n}et skal behandle klager.") for n in range(50)])
    made_over(library)
    assert len(library.asked) <= MAX_TRIED


def test_fault_leaves_the_page_without_questions(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(SmallLibrary):
        def document(self, path: str) -> Document | None:
            raise RuntimeError("beskadiget")

    assert made_over(Broken()).get(4) == ()
    assert "beskadiget" in caplog.text


def test_documents_take_turns() -> None:
    library = SmallLibrary([document_of("a.txt", "Nævnet skal behandle klager.", "Rådet skal vælge.")])
    questions = [candidate.question for candidate in find_candidates(library, library.documents())]
    assert questions[:3] == [WHEN, WHO, "Hvad skal nævnet behandle?"]


def test_questions_are_made_once_for_each_state_of_the_library() -> None:
    library = SmallLibrary()
    suggestions = made_over(library)
    asked = len(library.asked)
    assert suggestions.get(4) == MADE
    suggestions.wait()
    assert len(library.asked) == asked
