"""How fast one visitor of a server may ask, so that the others are answered too."""

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.chat.guard import CALLED
from qa.chat.login import VISITOR
from qa.wording.access import TOO_FAST

AT_ONCE = 10
"""Questions that a visitor may ask one right after the other."""

SECONDS_A_QUESTION = 3.0
"""After those, one is earned in so long: 20 a minute."""

MAX_KEPT = 10_000


class Pace:
    """Counts each visitor's questions as a bucket that fills again; safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_seconds(self, visitor: str) -> int:
        """Return how long a visitor has to wait before the next question; 0 counts one as asked."""
        now = self._clock()
        with self._lock:
            spent, then = self._spent.get(visitor, (0.0, now))
            spent = max(0.0, spent - (now - then) / SECONDS_A_QUESTION)
            wait = math.ceil((spent + 1 - AT_ONCE) * SECONDS_A_QUESTION)
            self._spent[visitor] = (spent if wait > 0 else spent + 1, now)
            self._spent.move_to_end(visitor)
            while len(self._spent) > MAX_KEPT:
                self._spent.popitem(last=False)
        return max(0, wait)


class PaceKeeper:
    """Pure ASGI middleware behind the guard: answers a question that comes too soon with how long to wait."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._pace = Pace()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on but a question that comes too soon."""
        visitor = scope.get(VISITOR)
        wait = self._pace.wait_seconds(visitor) if visitor and scope.get(CALLED) == "ask" else 0
        answer = JSONResponse({"error": TOO_FAST.format(seconds=wait)}) if wait else self._app
        await answer(scope, receive, send)
