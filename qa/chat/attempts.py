"""How long someone who guesses passwords has to wait: twice as long after every wrong one."""

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass

FIRST_WAIT_SECONDS = 30
MAX_WAIT_SECONDS = 3600

FREE_BY_NAME = 5
"""Wrong passwords for one user name before there is a wait."""

FREE_BY_ADDRESS = 20
"""Wrong passwords from one address before there is a wait: a whole office may come from one."""

FORGOTTEN_AFTER_SECONDS = 24 * 3600
MAX_KEPT = 100_000

_V6_NETWORK_BITS = 64
"""One visitor of IPv6 has all the addresses of such a network."""


@dataclass(slots=True)
class _Failures:
    count: int
    last: float
    until: float


class Attempts:
    """Counts wrong passwords by user name and by address; safe to use from several threads.

    Names count whether or not there is such a user, so that a wait tells nothing.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: OrderedDict[tuple[str, str], _Failures] = OrderedDict()

    def begin(self, name: str, address: str) -> int:
        """Return how long there is to wait, in seconds; 0 means that the password may be looked at.

        It counts as wrong until `succeed` says otherwise: of many tries at once none is free.
        """
        now = self._clock()
        with self._lock:
            found = [(key, free, self._kept(key, now)) for key, free in _keys(name, address)]
            wait = max(failures.until - now for _, _, failures in found)
            if wait > 0:
                return math.ceil(wait)
            for key, free, failures in found:
                self._count(key, failures, free, now)
            return 0

    def succeed(self, name: str, address: str) -> None:
        """Forget the wrong passwords of a user who has now given the right one, and the try itself."""
        with self._lock:
            self._failures.pop(_name_key(name), None)
            failures = self._failures.get(_address_key(address))
            if failures:
                failures.count -= 1
                failures.until = self._clock()

    def _count(self, key: tuple[str, str], failures: _Failures, free: int, now: float) -> None:
        count = failures.count + 1
        until = now + wait_after(count - free) if count >= free else now
        self._failures[key] = _Failures(count, now, until)
        self._failures.move_to_end(key)
        while len(self._failures) > MAX_KEPT:
            self._failures.popitem(last=False)

    def _kept(self, key: tuple[str, str], now: float) -> _Failures:
        failures = self._failures.get(key)
        if failures is None or now - failures.last > FORGOTTEN_AFTER_SECONDS:
            return _Failures(0, now, now)
        return failures


def wait_after(further: int) -> float:
    """Return the seconds to wait after `further` wrong passwords beyond the free ones: 30, 60, 120 … 3600."""
    return float(min(FIRST_WAIT_SECONDS * 2 ** min(further, 10), MAX_WAIT_SECONDS))


def _keys(name: str, address: str) -> Iterable[tuple[tuple[str, str], int]]:
    """Yield what is counted, and how many wrong ones are free."""
    yield _name_key(name), FREE_BY_NAME
    yield _address_key(address), FREE_BY_ADDRESS


def _name_key(name: str) -> tuple[str, str]:
    return "name", name


def _address_key(address: str) -> tuple[str, str]:
    return "address", _network_of(address)


def _network_of(address: str) -> str:
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(ipaddress.ip_network((parsed, _V6_NETWORK_BITS), strict=False))
