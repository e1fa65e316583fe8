"""The named points do nothing unless the environment names them."""

import multiprocessing
import os
import signal

import pytest

from index.crash import CRASH_VARIABLE, crash_point


def _pass_points(crash_at: str) -> None:
    os.environ[CRASH_VARIABLE] = crash_at
    crash_point("one")
    crash_point("two")
    crash_point("one")


@pytest.mark.parametrize(
    ("crash_at", "ends_with"),
    [
        ("", 0),
        ("three", 0),
        ("one:3", 0),
        ("one", -signal.SIGKILL),
        ("one:2", -signal.SIGKILL),
        ("two:1", -signal.SIGKILL),
    ],
)
def test_a_process_dies_at_the_named_pass_of_a_named_point(crash_at: str, ends_with: int) -> None:
    process = multiprocessing.get_context("forkserver").Process(target=_pass_points, args=(crash_at,))
    process.start()
    process.join()
    assert process.exitcode == ends_with
