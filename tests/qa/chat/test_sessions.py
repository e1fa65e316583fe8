"""Sessions: a secret each, and an end."""

import pytest

from qa.chat import sessions as module
from qa.chat.sessions import IDLE_SECONDS, MAX_SECONDS, Sessions
from qa.users import Account

METTE = Account("Mette", "hash")


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def sessions(clock: Clock) -> Sessions:
    return Sessions(clock)


def test_secret_is_256_random_bits_and_opens_its_own_session(sessions: Sessions) -> None:
    tokens = {sessions.open(METTE) for _ in range(100)}
    assert {len(token) for token in tokens} == {43}  # 32 bytes, six bits a letter
    found = [sessions.find(token) for token in tokens]
    assert len({id(session) for session in found if session}) == 100


def test_what_is_kept_does_not_hold_the_secret(sessions: Sessions) -> None:
    token = sessions.open(METTE)
    assert token not in repr(sessions.find(token))
    assert sessions.find(repr(sessions.find(token))) is None


def test_session_ends_when_nobody_uses_it(sessions: Sessions, clock: Clock) -> None:
    token = sessions.open(METTE)
    for _ in range(3):
        clock.now += IDLE_SECONDS
        assert sessions.find(token)
    clock.now += IDLE_SECONDS + 1
    assert sessions.find(token) is None


def test_session_ends_after_a_day_at_work_however_much_it_is_used(sessions: Sessions, clock: Clock) -> None:
    token = sessions.open(METTE)
    for _ in range(int(MAX_SECONDS // IDLE_SECONDS)):
        clock.now += IDLE_SECONDS
        assert sessions.find(token)
    clock.now += 1
    assert sessions.find(token) is None


def test_closed_session_is_over(sessions: Sessions) -> None:
    token = sessions.open(METTE)
    sessions.close(token)
    sessions.close("aldrig åbnet \ud800")
    assert sessions.find(token) is None


def test_oldest_gives_way_when_there_are_too_many(
    sessions: Sessions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MAX_SESSIONS", 2)
    first, second = sessions.open(METTE), sessions.open(METTE)
    sessions.find(first)
    third = sessions.open(METTE)
    assert [bool(sessions.find(token)) for token in (first, second, third)] == [True, False, True]
