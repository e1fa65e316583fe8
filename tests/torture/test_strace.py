"""What is read from strace's records."""

from pathlib import Path

import pytest

from tests.torture.strace import made_to_fail_in


def hexed(path: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in path.encode())


INSIDE, OUTSIDE = (f'7 openat(AT_FDCWD<{hexed("/")}>, "{hexed(path)}"' for path in ("/hjem/a", "/usr/a"))
FAILED = "O_RDONLY) = -1 EACCES (Permission denied) (INJECTED)"
PARTED = [f"{INSIDE}, O_RDONLY <unfinished ...>", "8 fsync(3) = 0", f"7 <... openat resumed>) {FAILED[10:]}"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ([f"{INSIDE}, {FAILED}"], True),
        (PARTED, True),
        ([f"{OUTSIDE}, {FAILED}"], False),
        ([f"{INSIDE}, O_RDONLY) = 3"], False),
        ([], False),
    ],
    ids=["in the folder", "parted by another thread's", "elsewhere", "not made to fail", "nothing"],
)
def test_a_call_is_told_from_others_by_the_path_of_what_it_was_made_to_fail_on(
    lines: list[str], told: bool
) -> None:
    assert made_to_fail_in(Path("/hjem"), lines) == told
