"""Coverage in many threads, without losing one.

CPython 3.11 refuses to install a trace function while another is being installed, whichever the thread, and
an audit hook in Python (tests and the wall around the network each have one) lets threads switch in the very
midst of it: now and then a thread that is born under coverage dies before its first line, and whoever waits
for it waits for ever. So trace functions are installed one at a time.
"""

import os
import sys
import threading
from collections.abc import Callable
from typing import Any

_one_at_a_time = threading.RLock()


def _in_turn(install: Callable[..., Any]) -> Callable[..., Any]:
    def in_turn(*args: Any) -> Any:
        with _one_at_a_time:
            return install(*args)

    return in_turn


def trace_threads_in_turn() -> None:
    """Let every thread wait its turn to be traced; does nothing where nobody traces threads."""
    first_call = threading.gettrace()
    if first_call is None:
        return
    sys.settrace = _in_turn(sys.settrace)  # what `threading` calls when a thread is born
    threading.settrace(_in_turn(first_call))  # what puts the tracer of coverage itself in place, in C
    os.register_at_fork(
        before=_one_at_a_time.acquire,
        after_in_parent=_one_at_a_time.release,
        after_in_child=_one_at_a_time.release,
    )
