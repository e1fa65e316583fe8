"""What people are shown of personal numbers: their last four digits are hidden unless they ask to see them.

The answer itself keeps the document's words, so that what is quoted can be checked; this is for screens.
"""

from dataclasses import replace

from index.personal_numbers import has_personal_number, hide_personal_numbers
from index.types import Document
from qa.types import Answer, Citation
from qa.wording.answers import NUMBER_IN_QUESTION


def hide_in_answer(answer: Answer) -> Answer:
    """Return the answer as it is shown. The question stays: whoever wrote it knows what it says."""
    return replace(
        answer,
        understood_as=hide_personal_numbers(answer.understood_as) if answer.understood_as else None,
        answer=hide_personal_numbers(answer.answer),
        citations=tuple(map(_hide_in_citation, answer.citations)),
        related=tuple(map(_hide_in_citation, answer.related)),
    )


def hide_in_document(document: Document) -> Document:
    """Return the document as it is shown; every offset still holds."""
    return replace(
        document,
        title=hide_personal_numbers(document.title),
        text=hide_personal_numbers(document.text),
    )


def warn_of_question(question: str) -> str | None:
    """Return a line for one who has written a personal number in a question, or None."""
    return NUMBER_IN_QUESTION if has_personal_number(question) else None


def _hide_in_citation(citation: Citation) -> Citation:
    return replace(
        citation,
        title=hide_personal_numbers(citation.title),
        headings=tuple(map(hide_personal_numbers, citation.headings)),
        quote=hide_personal_numbers(citation.quote),
    )
