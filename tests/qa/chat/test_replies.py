"""What the server answers the page: many visitors at once, too many, and faults that are ours."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document
from qa.chat.replies import MAX_WAITING, make_server_functions
from qa.chat.suggestions import Suggestion, Suggestions
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


NUMBER = "070761-4285"


def with_number(path: str = "sag.txt") -> SmallLibrary:
    builder = DocumentBuilder(path)
    builder.add(BlockKind.HEADING, f"Sagen om {NUMBER}", level=1)
    builder.add(BlockKind.PARAGRAPH, f"Borgeren {NUMBER} får hjælp.")
    document = builder.build(title=f"Sagen om {NUMBER}")
    return SmallLibrary([document], {"Hvem får hjælp?": ((path, f"Borgeren {NUMBER} får hjælp."),)})


def test_personal_numbers_are_hidden_everywhere_until_asked_for() -> None:
    library = with_number()
    for name, payload in (
        ("ask", {"question": "Hvem får hjælp?"}),
        ("document", {"file": "sag.txt", "marks": [{"number": 1, "start": 30, "end": 60}]}),
    ):
        hidden, shown = (
            reply_of(library, name, payload),
            reply_of(library, name, payload | {"show_numbers": True}),
        )
        assert (hidden["hides_numbers"], shown["hides_numbers"]) == (True, False)
        assert "4285" not in json.dumps(hidden)
        assert json.dumps(shown).count(NUMBER) >= 2
    assert "4285" not in json.dumps(reply_of(library, "documents", {}))
    assert reply_of(library, "ask", {"question": WHO})["hides_numbers"] is False


def test_paths_are_shown_with_their_numbers_hidden_and_asked_for_as_they_are() -> None:
    path, shown = f"{NUMBER}/Sag {NUMBER}.txt", "070761-••••/Sag 070761-••••.txt"
    library = with_number(path)
    [citation] = reply_of(library, "ask", {"question": "Hvem får hjælp?"})["citations"]
    assert (citation["document"], citation["shown_document"]) == (path, shown)
    whole = reply_of(library, "ask", {"question": "Hvem får hjælp?", "show_numbers": True})
    assert whole["citations"][0]["shown_document"] == path
    assert reply_of(library, "document", {"file": path})["file"] == shown
    assert reply_of(library, "document", {"file": path, "show_numbers": True})["file"] == path
    assert reply_of(library, "document", {"file": f"{path}x"})["file"] == f"{shown}x"
    listed = reply_of(library, "documents", {"filter": NUMBER})
    assert (listed["documents"][0]["path"], listed["documents"][0]["shown_path"]) == (path, shown)
    assert (listed["folders"], listed["shown_folders"]) == ([NUMBER], ["070761-••••"])


def test_suggestions_hide_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    made = (Suggestion(f"Hvem er {NUMBER}?", f"Sagen om {NUMBER}"),)
    monkeypatch.setattr(Suggestions, "get", lambda *_: made)
    questions = reply_of(with_number(), "suggestions", {})["questions"]
    assert questions == [{"question": "Hvem er 070761-••••?", "title": "Sagen om 070761-••••"}]


@pytest.mark.parametrize("value", [1, "true", "ja", [True], None])
def test_only_true_shows_personal_numbers(value: object) -> None:
    payload = {"question": "Hvem får hjælp?", "show_numbers": value}
    assert reply_of(with_number(), "ask", payload)["hides_numbers"] is True


def test_hiding_moves_no_mark() -> None:
    library = with_number()
    found = library.document("sag.txt")
    assert found
    start = found.text.index("får")
    payload = {"file": "sag.txt", "marks": [{"number": 1, "start": start, "end": start + 3}]}
    assert ["får", 1] in reply_of(library, "document", payload)["blocks"][1]["segments"]


def test_question_with_a_personal_number_is_warned_of_and_nothing_is_kept(home: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    reply = reply_of(SmallLibrary(), "ask", {"question": f"Hvem er {NUMBER}?"}, feedback)
    assert reply["warning"].startswith("Der står et personnummer i dit spørgsmål.")
    assert reply_of(SmallLibrary(), "ask", {"question": WHO})["warning"] is None
    assert not [path for path in home.rglob("*") if path.is_file() and b"4285" in path.read_bytes()]


def test_half_characters_do_no_harm() -> None:
    assert (
        reply_of(SmallLibrary(), "ask", {"question": "a\ud800?", "previous": ["\udfff"]})["question"] == "a??"
    )
    assert reply_of(SmallLibrary(), "document", {"file": "\ud800"})["error"] == CHAT["document_gone"]


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
