"""Many visitors at once, over HTTP as browsers do it: everyone gets the answer to their own question."""

import http.client
import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any
from urllib.parse import urlsplit

import pytest

from qa import passwords
from qa.wording.page import CHAT
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import PARTNERSHIP, STRATEGY, WHEN, WHO
from tests.qa.chat.test_guard import CALL, request_for
from tests.sessions import Outcome, ask_all_at_once, tell_another, wait_for_another

VISITORS = 50


def test_fifty_visitors_at_once_get_the_answer_to_their_own_question(chat: Chat) -> None:
    asked = request_for(chat, "ask", {})
    start = Barrier(VISITORS)

    def visit(number: int) -> dict[str, Any]:
        start.wait()
        while (reply := send(chat, asked, number)).get("error") == CHAT["busy"]:
            wait_for_another()  # told politely, and nobody else's text
        tell_another()
        return reply

    with ThreadPoolExecutor(VISITORS) as visitors:
        replies = list(visitors.map(visit, range(VISITORS)))
    for number, reply in enumerate(replies):
        assert reply["question"] == question_of(number)
        if number % 3:
            assert reply["citations"][0]["document"] == (STRATEGY if number % 3 == 1 else PARTNERSHIP)
        else:
            assert reply["refused"] is True


def test_sessions_of_a_server_see_nothing_of_each_other(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passwords, "_COST", 16)  # logging in is not what this is about
    outcome = ask_all_at_once(home, 40)
    assert outcome == Outcome(40, answers=40 * 9, to_another_question=0, seen_of_others=0)


def question_of(number: int) -> str:
    """Two questions with answers, and one without that is this visitor's alone."""
    return (f"Hvad er besøgende nummer {number}?", WHEN, WHO)[number % 3]


def send(chat: Chat, asked: dict[str, object], number: int) -> dict[str, Any]:
    body = asked | {"data": {"question": question_of(number)}, "session_hash": f"besøg{number}"}
    connection = http.client.HTTPConnection(urlsplit(chat.address).netloc, timeout=120)
    connection.request("POST", CALL, json.dumps(body), {"Content-Type": "application/json"})
    reply: dict[str, Any] = json.loads(connection.getresponse().read())
    connection.close()
    return reply
