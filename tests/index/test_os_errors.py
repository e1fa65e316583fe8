"""What the operating system says, without a word of its own."""

import errno
import os

import pytest

from index.os_errors import describe_os_error


@pytest.mark.parametrize(
    ("number", "told"),
    [
        (errno.ENOSPC, "disken er fuld"),
        (errno.EACCES, "der er ikke adgang"),
        (errno.EMLINK, f"systemfejl {errno.EMLINK}"),
    ],
)
def test_an_error_is_told_in_danish_or_by_its_number(number: int, told: str) -> None:
    assert describe_os_error(OSError(number, os.strerror(number))) == told


def test_an_error_without_a_number_is_told_too() -> None:
    assert describe_os_error(OSError("nothing to be understood")) == "systemfejl uden nummer"


def test_no_error_is_told_in_the_systems_own_words() -> None:
    for number in errno.errorcode:
        error = OSError(number, os.strerror(number))
        assert os.strerror(number).casefold() not in describe_os_error(error).casefold()
