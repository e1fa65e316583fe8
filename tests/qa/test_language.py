"""A question that is plainly not Danish is told from one that only has foreign words in it."""

import pytest

from qa.language import seems_foreign


@pytest.mark.parametrize(
    "question",
    [
        "What is the deadline for applications?",
        "Where can I park in the city?",
        "Who has to pay?",
        "Wann ist die Frist?",
        "Quelle est la date limite?",
        "Какой срок?",
        "ما هو الموعد النهائي؟",
    ],
)
def test_another_language_is_told(question: str) -> None:
    assert seems_foreign(question)


@pytest.mark.parametrize(
    "question",
    [
        "Hvornår er fristen?",
        "Hvem står bag The Box?",
        "Hvad betyder state of the art?",
        "is to smage",
        "ansøgningsfrist",
        "åbningstider jul",
        "take away",
        "2015",
        "Hvad koster The Great Show of the Year for børn?",
    ],
)
def test_danish_is_never_called_foreign(question: str) -> None:
    assert not seems_foreign(question)
