"""No thread is lost when many are born at once under coverage."""

import subprocess
import sys
import threading

from tests import thread_tracing

_MANY_THREADS = """
import sys, threading
from coverage import Coverage
from tests.thread_tracing import trace_threads_in_turn

def look(event, arguments):  # an audit hook long enough for threads to switch in it
    for _ in range(50):
        pass

def start_threads():
    for _ in range(100):
        threading.Thread(target=ran.append, args=(1,), daemon=True).start()

ran = []
Coverage(data_file=None).start()
sys.addaudithook(look)
sys.setswitchinterval(1e-5)
trace_threads_in_turn()
starters = [threading.Thread(target=start_threads, daemon=True) for _ in range(8)]
for thread in starters:
    thread.start()
for thread in starters:
    thread.join()
while threading.active_count() > 1:
    threading.enumerate()[-1].join()
print(len(ran))
"""


def test_every_thread_runs_under_coverage() -> None:
    """Without turns, some die before their first line, and the one who started them waits for ever."""
    run = subprocess.run(
        [sys.executable, "-c", _MANY_THREADS], capture_output=True, text=True, timeout=60, check=True
    )
    assert (run.stdout, run.stderr) == ("800\n", "")


def test_in_this_run_too_threads_wait_their_turn() -> None:
    first_call = threading.gettrace()
    assert first_call is None or {first_call.__module__, sys.settrace.__module__} == {thread_tracing.__name__}
