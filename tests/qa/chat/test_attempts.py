"""Guessing passwords takes twice as long after every wrong one."""

import pytest

from qa.chat import attempts as module
from qa.chat.attempts import FREE_BY_ADDRESS, FREE_BY_NAME, Attempts, wait_after
from tests.qa.chat.test_sessions import Clock


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def attempts(clock: Clock) -> Attempts:
    return Attempts(clock)


def test_waits_double_up_to_an_hour() -> None:
    assert [wait_after(n) for n in range(9)] == [30, 60, 120, 240, 480, 960, 1920, 3600, 3600]
    assert wait_after(10_000) == 3600


def test_fifth_wrong_password_for_a_name_brings_a_wait_wherever_it_comes_from(
    attempts: Attempts, clock: Clock
) -> None:
    waits = [attempts.begin("mette", f"10.0.0.{number}") for number in range(FREE_BY_NAME + 1)]
    assert waits == [0, 0, 0, 0, 0, 30]
    clock.now += 29.5
    assert attempts.begin("mette", "10.0.0.99") == 1
    clock.now += 0.5
    assert attempts.begin("mette", "10.0.0.99") == 0
    assert attempts.begin("mette", "10.0.0.99") == 60
    assert attempts.begin("bo", "10.0.0.99") == 0


def test_wrong_passwords_from_one_address_bring_a_wait_whatever_the_name(attempts: Attempts) -> None:
    waits = [attempts.begin(f"bruger {number}", "10.0.0.7") for number in range(FREE_BY_ADDRESS + 1)]
    assert waits == [0] * FREE_BY_ADDRESS + [30]
    assert attempts.begin("bruger 1", "10.0.0.8") == 0


def test_addresses_of_one_network_of_version_six_are_one_visitor(attempts: Attempts) -> None:
    for number in range(FREE_BY_ADDRESS):
        attempts.begin(f"bruger {number}", f"2001:db8:1:2::{number:x}")
    assert attempts.begin("bo", "2001:db8:1:2:ffff::1") == 30
    assert attempts.begin("bo", "2001:db8:1:3::1") == 0


def test_right_password_begins_anew_for_its_name_and_takes_back_its_own_try(attempts: Attempts) -> None:
    for _ in range(3):
        for _ in range(FREE_BY_NAME - 1):
            assert attempts.begin("mette", "10.0.0.1") == 0
        attempts.succeed("mette", "10.0.0.1")
    # twelve tries, three of them right: nine are counted for the address
    waits = [attempts.begin(f"bruger {number}", "10.0.0.1") for number in range(FREE_BY_ADDRESS - 8)]
    assert waits == [0] * (FREE_BY_ADDRESS - 9) + [30]


def test_wrong_passwords_are_forgotten_after_a_day(attempts: Attempts, clock: Clock) -> None:
    for _ in range(FREE_BY_NAME):
        attempts.begin("mette", "10.0.0.1")
    clock.now += 24 * 3600 + 1
    assert [attempts.begin("mette", "10.0.0.1") for _ in range(FREE_BY_NAME + 1)][-2:] == [0, 30]


def test_address_that_is_none_counts_as_it_stands(attempts: Attempts) -> None:
    for number in range(FREE_BY_ADDRESS):
        attempts.begin(f"bruger {number}", "ukendt")
    assert attempts.begin("bo", "ukendt") == 30


def test_memory_is_bounded(attempts: Attempts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_KEPT", 10)
    for number in range(100):
        attempts.begin(f"bruger {number}", f"10.0.0.{number}")
    assert len(attempts._failures) == 10
