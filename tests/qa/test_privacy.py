"""What is shown of an answer and of a document holds no whole personal number."""

from dataclasses import replace

import pytest

from index.read.builder import DocumentBuilder
from index.types import BlockKind
from qa.privacy import hide_in_answer, hide_in_document
from qa.types import Answer, Citation

NUMBER, HIDDEN = "010190-1239", "010190-••••"
CITATION = Citation(1, "a.txt", "Sag", None, (), None, 1, "Ja.", 0, 3, 0.9)
ANSWER = Answer("Hvem?", None, False, 0.9, "Ja.", (CITATION,), (CITATION,), {})


@pytest.mark.parametrize("name", ["document", "title", "quote", "author"])
def test_number_in_a_text_of_a_citation_is_hidden(name: str) -> None:
    citation = replace(CITATION, **{name: f"Sag {NUMBER}"})
    shown = hide_in_answer(replace(ANSWER, citations=(citation,), related=(citation,)))
    assert [getattr(place, name) for place in (*shown.citations, *shown.related)] == [f"Sag {HIDDEN}"] * 2


@pytest.mark.parametrize("name", ["headings", "also_in", "columns"])
def test_number_in_a_row_of_texts_of_a_citation_is_hidden(name: str) -> None:
    citation = replace(CITATION, **{name: ("Navn", NUMBER)})
    [shown] = hide_in_answer(replace(ANSWER, citations=(citation,))).citations
    assert getattr(shown, name) == ("Navn", HIDDEN)


def test_answer_without_a_number_is_shown_as_it_is() -> None:
    assert hide_in_answer(ANSWER) == ANSWER


def test_number_in_the_path_and_the_author_of_a_document_is_hidden() -> None:
    builder = DocumentBuilder(f"{NUMBER}.txt")
    builder.add(BlockKind.PARAGRAPH, "Ja.")
    shown = hide_in_document(replace(builder.build(title="Sag"), author=f"Jens {NUMBER}"))
    assert (shown.path, shown.author) == (f"{HIDDEN}.txt", f"Jens {HIDDEN}")
