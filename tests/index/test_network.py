"""The wall of the process, tried in a process of its own, because it can never be taken down again."""

import subprocess
import sys

import pytest

from index.network import stays_here

ATTEMPTS = {
    "connect": "socket.create_connection(('93.184.216.34', 80), timeout=1)",
    "connect without blocking": "socket.socket().connect_ex(('93.184.216.34', 80))",
    "IPv6": "socket.socket(socket.AF_INET6).connect(('2606:2800:220:1::1', 80))",
    "datagram": "socket.socket(type=socket.SOCK_DGRAM).sendto(b'x', ('8.8.8.8', 53))",
    "name": "socket.getaddrinfo('example.org', 80)",
    "old name look-up": "socket.gethostbyname('example.org')",
    "in a thread": "thread('socket.getaddrinfo(\"example.org\", 80)')",
    "url": "__import__('urllib.request').request.urlopen('http://example.org')",
}

PROGRAM = """
import socket, sys, threading
from index.network import NetworkIsShut, shut_network, tried_to_leave, try_to_leave

def thread(code):
    failures = []
    def run():
        try:
            exec(code)
        except NetworkIsShut as error:
            failures.append(error)
    running = threading.Thread(target=run)
    running.start()
    running.join()
    raise failures[0]

shut_network()
shut_network()
assert tried_to_leave() == ()
assert try_to_leave()
assert tried_to_leave() == ("192.0.2.1:9",)
server = socket.create_server(("127.0.0.1", 0))
socket.create_connection(server.getsockname()).close()
socket.getaddrinfo("localhost", 80)
socket.socketpair()
try:
    {attempt}
except OSError as error:
    cause = getattr(error, "reason", error)
    sys.exit(0 if isinstance(cause, NetworkIsShut) else f"another error: {{error!r}}")
sys.exit("it was let through")
"""


@pytest.mark.parametrize("attempt", ATTEMPTS.values(), ids=ATTEMPTS)
def test_nothing_leaves_the_machine_once_the_network_is_shut(attempt: str) -> None:
    program = PROGRAM.replace("{attempt}", attempt).replace("{{", "{").replace("}}", "}")
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.1", "::1", "::1%lo", "localhost", b"localhost", None, ""]
)
def test_this_machine_is_known(host: object) -> None:
    assert stays_here(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "10.0.0.1", "localhost.example.org", "example.org", b"\xff", "::2", 7]
)
def test_another_machine_is_known(host: object) -> None:
    assert not stays_here(host)
