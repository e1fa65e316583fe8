"""Named points where a test can end the process, as a power cut would; without the variable they do nothing.

`KILDESVAR_CRASH_AT=name` dies at the first pass of that point, `name:3` at the third.
"""

import os
import signal
from collections import Counter

CRASH_VARIABLE = "KILDESVAR_CRASH_AT"

_passes: Counter[str] = Counter()


def crash_point(name: str) -> None:
    """Die here, at once and with nothing tidied up, if the environment says so."""
    wanted, _, number = os.environ.get(CRASH_VARIABLE, "").partition(":")
    if wanted == name:
        _passes[name] += 1
        if _passes[name] == int(number or 1):
            os.kill(os.getpid(), signal.SIGKILL)
