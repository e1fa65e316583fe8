"""Who is logged in: a random secret a visitor, in memory alone, that ends by itself."""

import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from hashlib import sha256

from qa.users import Account

TOKEN_BYTES = 32
"""256 random bits: not to be guessed."""

IDLE_SECONDS = 30 * 60
"""A session that nobody has used for so long is over."""

MAX_SECONDS = 12 * 3600
"""A session is over after so long, however much it is used."""

MAX_SESSIONS = 10_000
"""The one that was not used for the longest time gives way."""


@dataclass(slots=True)
class Session:
    """One visitor who is logged in."""

    account: Account
    begun: float
    used: float


class Sessions:
    """The sessions of a running chat; safe to use from several threads. They end with the program."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._sessions: OrderedDict[str, Session] = OrderedDict()

    def open(self, account: Account) -> str:
        """Begin a session and return its secret."""
        token = secrets.token_urlsafe(TOKEN_BYTES)
        now = self._clock()
        with self._lock:
            self._sessions[_key_of(token)] = Session(account, now, now)
            while len(self._sessions) > MAX_SESSIONS:
                self._sessions.popitem(last=False)
        return token

    def find(self, token: str) -> Session | None:
        """Return the session of a secret, used now; None if there is none, or it is over."""
        key, now = _key_of(token), self._clock()
        with self._lock:
            session = self._sessions.get(key)
            if session is None:
                return None
            if now - session.used > IDLE_SECONDS or now - session.begun > MAX_SECONDS:
                del self._sessions[key]
                return None
            session.used = now
            self._sessions.move_to_end(key)
            return session

    def close(self, token: str) -> None:
        """End a session, if there is one."""
        with self._lock:
            self._sessions.pop(_key_of(token), None)


def _key_of(token: str) -> str:
    """Return what a session is found by: the time that it takes to look up a hash tells nothing."""
    return sha256(token.encode("utf-8", "replace")).hexdigest()
