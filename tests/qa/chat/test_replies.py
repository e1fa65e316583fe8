"""What the server answers the page: many visitors at once, too many, and faults that are ours."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest

from index.types import Document
from qa.chat.replies import MAX_WAITING, make_server_functions
from qa.feedback import Feedback
from qa.types import Answer
from qa.wording.page import CHAT
from tests.qa.chat.small_library import PARTNERSHIP, STRATEGY, WHEN, WHO, SmallLibrary


def reply_of(
    engine: SmallLibrary, name: str, payload: object, feedback: Feedback | None = None
) -> dict[str, Any]:
    functions = {function.__name__: function for function in make_server_functions(engine, feedback)}
    reply: dict[str, Any] = json.loads(functions[name](payload).body)
    return reply


def test_fifty_visitors_at_once_get_the_answer_to_their_own_question() -> None:
    ask = {f.__name__: f for f in make_server_functions(SmallLibrary())}["ask"]
    questions = [WHEN, WHO] * 25
    with ThreadPoolExecutor(max_workers=MAX_WAITING) as visitors:
        replies = list(visitors.map(lambda question: json.loads(ask({"question": question}).body), questions))
    assert [reply["question"] for reply in replies] == questions
    assert [reply["citations"][0]["document"] for reply in replies] == [STRATEGY, PARTNERSHIP] * 25


def test_one_question_too_many_is_politely_turned_away_and_the_next_is_answered() -> None:
    library = SmallLibrary()
    ask = {f.__name__: f for f in make_server_functions(library)}["ask"]
    library.slow.clear()
    with ThreadPoolExecutor(max_workers=MAX_WAITING) as visitors:
        waiting = [visitors.submit(ask, {"question": WHO}) for _ in range(MAX_WAITING)]
        for _ in range(MAX_WAITING):
            library.arrived.acquire()
        assert json.loads(ask({"question": WHO}).body) == {"error": CHAT["busy"]}
        library.slow.set()
    assert all("citations" in json.loads(visitor.result().body) for visitor in waiting)
    assert "citations" in json.loads(ask({"question": WHO}).body)


def test_fault_of_ours_is_logged_and_said_without_its_words(caplog: pytest.LogCaptureFixture) -> None:
    class Broken(SmallLibrary):
        def ask(self, question: str, previous: object = (), within: object = None) -> Answer:
            raise RuntimeError("en hemmelig sti")

        def document(self, path: str) -> Document | None:
            raise RuntimeError("en hemmelig sti")

    assert reply_of(Broken(), "ask", {"question": WHO}) == {"error": CHAT["unexpected"]}
    assert reply_of(Broken(), "document", {"file": STRATEGY}) == {"error": CHAT["unexpected"]}
    assert "en hemmelig sti" in caplog.text


def test_earlier_questions_are_the_latest_five_texts() -> None:
    library = SmallLibrary()
    reply_of(library, "ask", {"question": WHO, "previous": ["a", 7, "b", "c", None, "d", "e", "f"]})
    assert library.asked[-1] == (WHO, ("b", "c", "d", "e", "f"))


def test_half_characters_do_no_harm() -> None:
    assert (
        reply_of(SmallLibrary(), "ask", {"question": "a\ud800?", "previous": ["\udfff"]})["question"] == "a??"
    )
    assert reply_of(SmallLibrary(), "document", {"file": "\ud800"}) == {"error": CHAT["document_gone"]}


@pytest.mark.parametrize("marks", [None, 7, [7], [{}], [{"number": "1", "start": 0, "end": 5}], [[1, 0, 5]]])
def test_marks_that_are_no_marks_are_left_out(marks: object) -> None:
    reply = reply_of(SmallLibrary(), "document", {"file": STRATEGY, "marks": marks})
    assert {number for block in reply["blocks"] for _, number in block["segments"]} == {0}


@pytest.mark.parametrize(
    ("confidence", "level", "words"),
    [
        (1.0, 3, "Svaret står meget sandsynligt her"),
        (0.8, 3, "Svaret står meget sandsynligt her"),
        (0.79, 2, "Svaret står sandsynligvis her"),
        (0.49, 1, "Usikkert: se efter i kilden"),
        (-1.0, 1, "Usikkert: se efter i kilden"),
    ],
)
def test_confidence_is_said_in_words(confidence: float, level: int, words: str) -> None:
    class Sure(SmallLibrary):
        def ask(self, question: str, previous: object = (), within: object = None) -> Answer:
            return replace(super().ask(question), confidence=confidence)

    assert reply_of(Sure(), "ask", {"question": WHO})["confidence"] == {"level": level, "words": words}
