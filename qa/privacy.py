"""What people are shown of personal numbers: their last four digits are hidden unless they ask to see them.

The answer itself keeps the document's words, so that what is quoted can be checked; this is for screens.
"""

from dataclasses import replace

from index.personal_numbers import has_personal_number, hide_personal_numbers
from index.types import Document
from qa.types import Answer, Citation
from qa.wording.answers import NUMBER_IN_QUESTION


def hide_in_answer(answer: Answer) -> Answer:
    """Return the answer as it is shown. The question stays: whoever wrote it knows what it says.

    The paths of documents are for the eye alone: where a number is hidden in one, it names no file.
    """
    return replace(
        answer,
        understood_as=_hide(answer.understood_as),
        answer=hide_personal_numbers(answer.answer),
        citations=tuple(map(_hide_in_citation, answer.citations)),
        related=tuple(map(_hide_in_citation, answer.related)),
    )


def hide_in_document(document: Document) -> Document:
    """Return the document as it is shown; every offset still holds. Its path is for the eye alone."""
    return replace(
        document,
        path=hide_personal_numbers(document.path),
        author=_hide(document.author),
        title=hide_personal_numbers(document.title),
        text=hide_personal_numbers(document.text),
    )


def warn_of_question(question: str) -> str | None:
    """Return a line for one who has written a personal number in a question, or None."""
    return NUMBER_IN_QUESTION if has_personal_number(question) else None


def _hide_in_citation(citation: Citation) -> Citation:
    return replace(
        citation,
        document=hide_personal_numbers(citation.document),
        author=_hide(citation.author),
        title=hide_personal_numbers(citation.title),
        headings=tuple(map(hide_personal_numbers, citation.headings)),
        quote=hide_personal_numbers(citation.quote),
        also_in=tuple(map(hide_personal_numbers, citation.also_in)),
        columns=tuple(map(hide_personal_numbers, citation.columns)),
    )


def _hide(text: str | None) -> str | None:
    return None if text is None else hide_personal_numbers(text)
