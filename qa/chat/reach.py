"""How the chat is reached: the address it listens on, and the names and origins that are its own.

Without `--host` it is this machine alone. With it, whoever comes has to log in, and passwords may cross a
network only encrypted, or on a private network whose owner has written http:// with open eyes.
"""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from index.errors import SettingError

LOOPBACK = "127.0.0.1"

_DEFAULT_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True)
class Reach:
    """Where the chat listens and how visitors reach it; made by `read_reach`.

    `public_url` is what visitors write, without a last slash; None where that is the address itself.
    `is_server` says that visitors log in, and `behind_proxy` that a proxy in front tells their addresses.
    """

    host: str
    port: int
    public_url: str | None = None
    is_server: bool = False
    behind_proxy: bool = False

    @property
    def url(self) -> str:
        """The address for a browser, with a last slash."""
        shown = f"[{self.host}]" if ":" in self.host else self.host
        return f"{self.public_url or f'http://{shown}:{self.port}'}/"

    @property
    def path(self) -> str:
        """The path of the page below its host: "/", or what a proxy takes away."""
        return urlsplit(self.url).path

    @property
    def is_secure(self) -> bool:
        """Whether visitors come by https."""
        return self.url.startswith("https://")

    def is_own_host(self, name: str) -> bool:
        """Tell whether a request's Host header names this chat."""
        if self.public_url:
            return name.casefold() == urlsplit(self.public_url).netloc
        try:
            return urlsplit(f"//{name}").hostname in (self.host, "localhost")
        except ValueError:  # no name at all, as »[«
            return False

    def is_own_origin(self, origin: str, host: str) -> bool:
        """Tell whether a page of `origin` is this chat's own; `host` is the request's Host header."""
        if self.public_url:
            scheme, name, *_ = urlsplit(self.public_url)
            return origin.casefold() == f"{scheme}://{name}"
        return origin == f"http://{host}"


def read_reach(
    port: int, host: str | None = None, public_url: str | None = None, *, behind_proxy: bool = False
) -> Reach:
    """Return how the chat is reached with these options.

    Raises `SettingError` where they do not fit together, or passwords would be read on the way.
    """
    if host is None:
        if public_url or behind_proxy:
            raise SettingError(
                "--public-url og --behind-proxy hører sammen med --host; skriv også, hvilken adresse "
                "der skal lyttes på, fx --host 127.0.0.1."
            )
        return Reach(LOOPBACK, port)
    address = _read_address(host)
    public = None if public_url is None else _read_url(public_url)
    _require_safe_way(address, public)
    return Reach(str(address), port, public, is_server=True, behind_proxy=behind_proxy)


def _read_address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    try:
        return ipaddress.ip_address(host)
    except ValueError as error:
        raise SettingError(
            f"»{host}« er ikke en IP-adresse; skriv fx --host 127.0.0.1, og giv navnet med --public-url."
        ) from error


def _read_url(url: str) -> str:
    """Return the address in its plain form: small letters, no usual port, no last slash."""
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError:
        name = None
    if not name or parts.scheme not in _DEFAULT_PORTS or parts.query or parts.fragment or "@" in parts.netloc:
        raise SettingError(
            f"»{url}« kan ikke bruges som adresse; skriv den, som brugerne skriver den, "
            "fx https://svar.kommune.dk/kildesvar."
        )
    shown = f"[{name}]" if ":" in name else name
    shown_port = "" if port in (None, _DEFAULT_PORTS[parts.scheme]) else f":{port}"
    return f"{parts.scheme}://{shown}{shown_port}{parts.path.rstrip('/')}"


def _require_safe_way(address: ipaddress.IPv4Address | ipaddress.IPv6Address, public: str | None) -> None:
    """Refuse to let passwords be read on the way: unencrypted only on this machine or a private network."""
    if public is None and not address.is_loopback:
        raise SettingError(
            f"{address} kan nås fra andre maskiner; skriv med --public-url den adresse, som brugerne "
            "skriver, fx https://svar.kommune.dk, med en proxy foran, der krypterer (se docs/server.md)."
        )
    if public and public.startswith("http://") and not _stays_near(urlsplit(public).hostname or ""):
        raise SettingError(
            f"Adgangskoder til {public} ville gå ukrypteret over nettet; brug https:// med en proxy "
            "foran (se docs/server.md)."
        )


def _stays_near(name: str) -> bool:
    """Tell whether a host is this machine or an address of a private network; a name may lead anywhere."""
    try:
        return ipaddress.ip_address(name).is_private
    except ValueError:
        return name == "localhost"
