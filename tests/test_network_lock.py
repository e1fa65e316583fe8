"""The lock that keeps tests from the network does lock."""

import socket
import threading

import pytest


def test_a_connection_beyond_loopback_is_refused_and_named(network_stays_shut: list[str]) -> None:
    with (
        socket.socket() as outside,
        pytest.raises(ConnectionRefusedError, match=r"may not reach 192\.0\.2\.1:80"),
    ):
        outside.connect(("192.0.2.1", 80))
    assert network_stays_shut.pop() == "192.0.2.1:80"


def test_a_name_lookup_is_refused_and_named(network_stays_shut: list[str]) -> None:
    with pytest.raises(ConnectionRefusedError, match=r"example\.invalid"):
        socket.getaddrinfo("example.invalid", 443)
    assert network_stays_shut.pop() == "example.invalid"


def test_an_attempt_that_a_thread_swallows_is_remembered(network_stays_shut: list[str]) -> None:
    def swallow() -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
            try:
                outside.sendto(b"x", ("192.0.2.2", 53))
            except OSError:
                return

    thread = threading.Thread(target=swallow)
    thread.start()
    thread.join()
    assert network_stays_shut.pop() == "192.0.2.2:53"


def test_loopback_is_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = socket.getaddrinfo("localhost", server.getsockname()[1], socket.AF_INET)[0][4]
        socket.create_connection(address[:2]).close()
