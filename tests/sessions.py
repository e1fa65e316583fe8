"""Many visitors of a server at once, each with questions of their own: nobody is shown another's.

`python -m tests.sessions [200]` logs so many sessions in, lets all of them ask at the same time over a real
library, and prints what came back. `tests/qa/chat/test_visitors.py` does it with fewer.
"""

import base64
import io
import json
import re
import sys
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Barrier, Condition
from unittest.mock import patch

from qa import opening
from qa.chat import pace
from qa.chat.launch import start_chat
from qa.chat.page import build_chat
from qa.chat.reach import read_reach
from qa.feedback import Feedback
from qa.opening import Settings, open_folder
from qa.users import Users
from qa.wording.page import CHAT
from tests.fakes import WordEmbedder
from tests.qa.chat.browser import free_port
from tests.qa.chat.small_library import SEEDS
from tests.qa.chat.test_login import PASSWORD, Server

SESSIONS_A_USER = 10
QUESTIONS = 4
"""Asked by each session, one after the other, each with those before it."""

MARK = re.compile(r"mærke(\d+)x")
"""What each session writes into everything that it sends, with its own number."""


_answered = Condition()


@dataclass(frozen=True)
class Outcome:
    """What the sessions were answered: how often, how often wrongly, and with another's mark."""

    sessions: int
    answers: int
    to_another_question: int
    seen_of_others: int


@contextmanager
def serve(home: Path, users: int) -> Iterator[Server]:
    """Serve the seeds to so many users, from behind a proxy."""
    accounts = Users(home)
    for number in range(users):
        accounts.add(f"bruger {number}", PASSWORD)
    reach = read_reach(free_port(), "127.0.0.1", behind_proxy=True)
    with patch.object(opening, "load_model", lambda _: WordEmbedder()):
        engine, _ = open_folder(SEEDS, Settings(home))
    page = build_chat(engine, Feedback(home), is_server=True)
    # The pace is kept for each user, and here ten sessions of one ask at once: it is not what this is about.
    with patch.object(pace, "AT_ONCE", 10_000), start_chat(page, reach, accounts):
        yield Server(reach, accounts, engine)


def ask_all_at_once(home: Path, sessions: int) -> Outcome:
    """Log all sessions in, then let each ask its questions at the same time as all others."""
    with serve(home, -(-sessions // SESSIONS_A_USER)) as server:
        cookies = [server.cookie_of(f"bruger {n // SESSIONS_A_USER}") for n in range(sessions)]
        assert len(set(cookies)) == sessions
        start = Barrier(sessions)

        def visit(number: int) -> list[tuple[bool, str]]:
            start.wait()
            return list(_ask_own(server, cookies[number], number))

        with ThreadPoolExecutor(sessions) as visitors:
            answers = list(visitors.map(visit, range(sessions)))
    return Outcome(
        sessions,
        answers=sum(map(len, answers)),
        to_another_question=sum(not is_own for each in answers for is_own, _ in each),
        seen_of_others=sum(
            mark != str(number)
            for number, each in enumerate(answers)
            for _, text in each
            for mark in MARK.findall(text)
        ),
    )


def _ask_own(server: Server, cookie: str, number: int) -> Iterator[tuple[bool, str]]:
    """Yield of each answer to one session whether it is to its own question, and its text."""
    asked: list[str] = []
    for count in range(QUESTIONS):
        question = f"Hvad siger KL om mærke{number}x den {count + 1}. gang?"
        reply = _call(server, cookie, "ask", {"question": question, "previous": asked})
        yield json.loads(reply).get("question") == question, reply
        asked.append(question)
    said = {"helped": False, "question": asked[0], "document": "", "quote": "", "comment": f"mærke{number}x"}
    for name, payload in (("feedback", said), ("documents", {}), ("suggestions", {}), ("welcome", {})):
        yield True, _call(server, cookie, name, payload)
    turns = [{"question": asked[0], "lines": [{"text": f"mærke{number}x"}]}]
    yield True, _unpack(json.loads(_call(server, cookie, "word_file", {"turns": turns}))["file"])


def _unpack(file: str) -> str:
    """Return the text of a Word file, which comes in base64."""
    with zipfile.ZipFile(io.BytesIO(base64.b64decode(file))) as parts:
        return parts.read("word/document.xml").decode()


def _call(server: Server, cookie: str, name: str, payload: object) -> str:
    """Return the reply, asking again for as long as others are answered first."""
    busy = json.dumps(CHAT["busy"], ensure_ascii=False)
    while busy in (text := server.call(cookie, name, payload).text):  # type: ignore[attr-defined]
        wait_for_another()
    tell_another()
    return str(text)


def wait_for_another() -> None:
    """Wait until somebody else has been answered: whoever asks again at once takes the time from them."""
    with _answered:
        _answered.wait(timeout=1)


def tell_another() -> None:
    """Let one of those who wait ask again."""
    with _answered:
        _answered.notify()


def main(sessions: int) -> None:
    """Print what so many sessions were answered."""
    with TemporaryDirectory() as home:
        outcome = ask_all_at_once(Path(home), sessions)
    sys.stdout.write(
        f"sessions at once: {outcome.sessions}\nanswers: {outcome.answers}\n"
        f"answers to another's question: {outcome.to_another_question}\n"
        f"others' text seen: {outcome.seen_of_others}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 200)
