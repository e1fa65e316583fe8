"""What every test lives under: a home of its own, and no network beyond this machine."""

import ipaddress
import os
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from index.embed import Embedder
from tests.thread_tracing import trace_threads_in_turn

# The same examples every time, and no clock: a busy machine fails no test.
settings.register_profile(
    "steady", derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("steady")

_ADDRESS_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
"""Audit events of sockets, with the place of the address among their arguments."""

_NAME_EVENTS = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}
"""Audit events of name look-ups: a name that leaves the machine is a leak too."""

_attempts: list[str] = []


def _stays_here(host: object) -> bool:
    if host in (None, "", b"", "localhost", b"localhost", socket.gethostname()):
        return True
    name = host.decode(errors="replace") if isinstance(host, bytes) else str(host)
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse(target: str) -> None:
    _attempts.append(target)
    raise ConnectionRefusedError(f"tests may not reach {target}")


def _lock_network(event: str, args: tuple[object, ...]) -> None:
    if event in _NAME_EVENTS and not _stays_here(args[0]):
        _refuse(str(args[0]))
    elif event in _ADDRESS_EVENTS:
        address = args[_ADDRESS_EVENTS[event]]
        if isinstance(address, tuple) and not _stays_here(address[0]):  # other forms never leave the machine
            _refuse(f"{address[0]}:{address[1]}")


# An audit hook sees every Python socket, also in threads and inside libraries, and can never be taken away.
sys.addaudithook(_lock_network)


@pytest.hookimpl(trylast=True)
def pytest_sessionstart() -> None:
    """Mend the tracing of threads once coverage has begun, which beside another process it has only now."""
    trace_threads_in_turn()


@pytest.fixture(autouse=True)
def network_stays_shut() -> Iterator[list[str]]:
    """Fail the test that tried to leave the loopback address, even where the attempt was swallowed."""
    yield _attempts
    tried, _attempts[:] = list(_attempts), []
    if tried:
        pytest.fail(f"left the loopback address: {', '.join(tried)}")


@pytest.fixture(scope="session", autouse=True)
def _home_of_the_tests(tmp_path_factory: pytest.TempPathFactory) -> None:
    """No test may touch the home folder of the person who runs it."""
    os.environ["KILDESVAR_HOME"] = str(tmp_path_factory.mktemp("kildesvar-home"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """An empty home folder, for this test alone."""
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture(scope="session")
def model_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home folder for the real model, converted once; KILDESVAR_TEST_HOME keeps it from run to run."""
    kept = os.environ.get("KILDESVAR_TEST_HOME")
    return Path(kept) if kept else tmp_path_factory.mktemp("model-home")


@pytest.fixture(scope="session")
def real_embedder(model_home: Path) -> Embedder:
    """The default model, loaded once."""
    from index.model import load_embedder  # most tests do without it

    return load_embedder(model_home)
