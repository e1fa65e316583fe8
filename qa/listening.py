"""Which addresses running Kildesvar processes of this user listen on, as Linux tells it."""

import re
from collections.abc import Iterator
from ipaddress import IPv4Address, IPv6Address
from pathlib import Path

_PROCESSES = Path("/proc")
_LISTEN = "0A"
_SOCKET = re.compile(r"socket:\[(\d+)\]")
_OURS = re.compile(rb"kildesvar|\0-m\0qa(\0|$)")


def listening_addresses() -> tuple[str, ...]:
    """Return the addresses with ports, sorted; none where nothing runs, or the system does not tell."""
    ours = {inode for process in _our_processes() for inode in _sockets_of(process)}
    return tuple(sorted(address for inode, address in _listening() if inode in ours))


def _our_processes() -> Iterator[Path]:
    for process in _PROCESSES.glob("[0-9]*"):
        try:
            if _OURS.search((process / "cmdline").read_bytes()):
                yield process
        except OSError:  # it has ended, or is another user's
            continue


def _sockets_of(process: Path) -> Iterator[str]:
    try:
        for descriptor in (process / "fd").iterdir():
            if found := _SOCKET.fullmatch(str(descriptor.readlink())):
                yield found[1]
    except OSError:
        return


def _listening() -> Iterator[tuple[str, str]]:
    for name in ("tcp", "tcp6"):
        try:
            lines = (_PROCESSES / "net" / name).read_text(encoding="ascii").splitlines()[1:]
        except OSError:
            continue
        for line in lines:
            fields = line.split()
            if fields[3] == _LISTEN:
                yield fields[9], read_address(fields[1])


def read_address(text: str) -> str:
    """Return an address as people write it, from Linux' words of four bytes: »0100007F:1EB4«."""
    number, _, port = text.partition(":")
    words = [bytes.fromhex(number[i : i + 8])[::-1] for i in range(0, len(number), 8)]
    raw = b"".join(words)
    host = str(IPv4Address(raw)) if len(raw) == 4 else f"[{IPv6Address(raw)}]"
    return f"{host}:{int(port, 16)}"
