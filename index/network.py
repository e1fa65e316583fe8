"""A wall of the process's own: after `shut_network()` no Python socket leaves this machine.

It covers connections, datagrams and name look-ups made through Python, in every thread and library.
It does not cover child processes or native code with sockets of its own; for those, shut the network
outside (an own network namespace, or a firewall).
"""

import ipaddress
import socket
import sys

_ADDRESS_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.sendmsg": 1}
"""Audit events of sockets, with the place of the address among their arguments."""

_NAME_EVENTS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
"""Audit events of name look-ups: a name that leaves the machine can carry text with it."""

_shut = False
_tried: list[str] = []


class NetworkIsShut(PermissionError):  # noqa: N818 - it is a state that callers meet, and an OSError as they expect
    """Something in the process tried to reach another machine."""


def shut_network() -> None:
    """Let the process reach the loopback addresses alone, from now on and for good.

    Call it before importing a library that may phone home. Calling it again changes nothing.
    """
    global _shut
    if not _shut:
        sys.addaudithook(_refuse_other_machines)
        _shut = True


def tried_to_leave() -> tuple[str, ...]:
    """Return what the process tried to reach since the network was shut, oldest first."""
    return tuple(_tried)


def try_to_leave() -> bool:
    """Try to reach an address set aside for documentation (RFC 5737); tell whether that was refused."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outside:
        try:
            outside.connect(("192.0.2.1", 9))
        except NetworkIsShut:
            return True
    return False


def stays_here(host: object) -> bool:
    """Tell whether `host` (a name or an address, as text or bytes) is this machine, asking nobody."""
    if host in (None, "", b"", "localhost", b"localhost"):
        return True
    name = host.decode("ascii", "replace") if isinstance(host, bytes | bytearray) else str(host)
    try:
        return ipaddress.ip_address(name.split("%")[0]).is_loopback
    except ValueError:
        return False


def _refuse_other_machines(event: str, args: tuple[object, ...]) -> None:
    if event in _NAME_EVENTS and not stays_here(args[0]):
        _tried.append(str(args[0]))
        raise NetworkIsShut(f"the network is shut: look-up of {args[0]!r}")
    if event in _ADDRESS_EVENTS:
        address = args[_ADDRESS_EVENTS[event]]
        if isinstance(address, tuple) and not stays_here(address[0]):  # other forms never leave the machine
            _tried.append(f"{address[0]}:{address[1]}")
            raise NetworkIsShut(f"the network is shut: {address[0]}:{address[1]}")
