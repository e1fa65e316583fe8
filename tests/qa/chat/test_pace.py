"""One visitor of a server may ask fast, but not so fast that others wait."""

import pytest

from qa.chat import pace as module
from qa.chat.pace import AT_ONCE, Pace
from tests.qa.chat.test_login import Server, server
from tests.qa.chat.test_sessions import Clock

__all__ = ["server"]


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def hours_to_wait(monkeypatch: pytest.MonkeyPatch) -> None:
    """However long a busy machine takes to answer, no further question is earned meanwhile."""
    monkeypatch.setattr(module, "SECONDS_A_QUESTION", 3600.0)


@pytest.fixture
def pace(clock: Clock) -> Pace:
    return Pace(clock)


def test_ten_questions_may_come_at_once_and_then_one_every_three_seconds(pace: Pace, clock: Clock) -> None:
    assert [pace.wait_seconds("a") for _ in range(AT_ONCE + 2)] == [0] * AT_ONCE + [3, 3]
    clock.now += 2.9
    assert pace.wait_seconds("a") == 1
    clock.now += 0.1
    assert [pace.wait_seconds("a"), pace.wait_seconds("a")] == [0, 3]


def test_each_visitor_has_a_pace_of_their_own(pace: Pace) -> None:
    for _ in range(AT_ONCE + 1):
        pace.wait_seconds("a")
    assert pace.wait_seconds("b") == 0


def test_a_pause_gives_no_more_than_ten(pace: Pace, clock: Clock) -> None:
    pace.wait_seconds("a")
    clock.now += 3600
    assert [pace.wait_seconds("a") for _ in range(AT_ONCE + 1)] == [0] * AT_ONCE + [3]


def test_memory_is_bounded(pace: Pace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_KEPT", 3)
    for number in range(10):
        pace.wait_seconds(str(number))
    assert len(pace._spent) == 3


@pytest.mark.usefixtures("hours_to_wait")
def test_a_user_who_logs_in_twice_is_one_visitor(server: Server) -> None:
    cookies = [server.cookie_of("Ida"), server.cookie_of("ida")]
    replies = [server.call(cookies[n % 2], "ask", {"question": "Hvem?"}) for n in range(AT_ONCE + 1)]
    assert all('"refused":true' in reply.text for reply in replies[:-1])  # type: ignore[attr-defined]
    assert "Du har spurgt mange gange på kort tid. Vent" in replies[-1].text  # type: ignore[attr-defined]


@pytest.mark.usefixtures("hours_to_wait")
def test_question_too_many_is_answered_in_danish_and_other_calls_go_on(server: Server) -> None:
    cookie = server.cookie_of("Mette")
    replies = [server.call(cookie, "ask", {"question": "Hvem?"}) for _ in range(AT_ONCE + 1)]
    assert all('"refused":true' in reply.text for reply in replies[:-1])  # type: ignore[attr-defined]
    assert "Du har spurgt mange gange på kort tid. Vent" in replies[-1].text  # type: ignore[attr-defined]
    assert '"documents":2' in server.call(cookie, "welcome", {}).text  # type: ignore[attr-defined]
    assert '"refused":true' in server.call(server.cookie_of("Bo"), "ask", {"question": "Hvem?"}).text  # type: ignore[attr-defined]


def test_call_that_is_no_object_is_refused_before_its_pace_is_looked_at(server: Server) -> None:
    path, cookie = "/gradio_api/component_server/", server.cookie_of("Bo")
    for body in ("[]", "7", "null"):
        answer = server.ask("POST", path, body, cookie, Content_Type="application/json")
        assert (answer.status, answer.text) == (400, "Afvist")  # type: ignore[attr-defined]
