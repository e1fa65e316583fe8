"""How the chat is reached: what it listens on, which names are its own, and what is refused."""

import pytest

from index.errors import SettingError
from qa.chat.reach import Reach, read_reach

HTTPS = "https://svar.kommune.dk/kildesvar"


def test_without_host_it_is_this_machine_alone_and_nobody_logs_in() -> None:
    reach = read_reach(7860)
    assert (reach.host, reach.is_server, reach.url, reach.path) == (
        "127.0.0.1", False, "http://127.0.0.1:7860/", "/",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("written", "url", "path"),
    [
        (HTTPS, "https://svar.kommune.dk/kildesvar/", "/kildesvar/"),
        ("https://Svar.Kommune.dk:443/", "https://svar.kommune.dk/", "/"),
        ("https://svar.kommune.dk:8443", "https://svar.kommune.dk:8443/", "/"),
        ("https://[2001:DB8::1]/a/b/", "https://[2001:db8::1]/a/b/", "/a/b/"),
    ],
)
def test_public_address_is_kept_in_its_plain_form(written: str, url: str, path: str) -> None:
    reach = read_reach(7860, "0.0.0.0", written)
    assert (reach.url, reach.path, reach.is_secure, reach.is_server) == (url, path, True, True)


@pytest.mark.parametrize(
    ("host", "public_url"),
    [
        ("127.0.0.1", None),
        ("::1", None),
        ("10.1.2.3", HTTPS),
        ("0.0.0.0", HTTPS),
        ("192.168.1.5", "http://192.168.1.5:7860"),
        ("127.0.0.1", "http://localhost:8080/svar"),
    ],
)
def test_ways_on_which_nobody_reads_along_are_allowed(host: str, public_url: str | None) -> None:
    assert read_reach(7860, host, public_url).is_server


@pytest.mark.parametrize(
    ("host", "public_url", "line"),
    [
        ("192.168.1.5", None, "192.168.1.5 kan nås fra andre maskiner; skriv med --public-url"),
        ("0.0.0.0", None, "0.0.0.0 kan nås fra andre maskiner"),
        ("::", None, ":: kan nås fra andre maskiner"),
        (
            "127.0.0.1",
            "http://svar.kommune.dk",
            "Adgangskoder til http://svar.kommune.dk ville gå ukrypteret",
        ),
        ("8.8.8.8", "http://8.8.8.8", "Adgangskoder til http://8.8.8.8 ville gå ukrypteret"),
        ("localhost", None, "»localhost« er ikke en IP-adresse"),
        ("svar.kommune.dk", HTTPS, "»svar.kommune.dk« er ikke en IP-adresse"),
        ("127.0.0.1", "svar.kommune.dk", "»svar.kommune.dk« kan ikke bruges som adresse"),
        ("127.0.0.1", "ftp://svar.kommune.dk", "kan ikke bruges som adresse"),
        ("127.0.0.1", "https://bo:kode@svar.dk", "kan ikke bruges som adresse"),
        ("127.0.0.1", "https://svar.dk/?a=1", "kan ikke bruges som adresse"),
        ("127.0.0.1", "https://svar.dk:99999", "kan ikke bruges som adresse"),
        ("127.0.0.1", "https://[", "kan ikke bruges som adresse"),
        (None, HTTPS, "hører sammen med --host"),
    ],
)
def test_what_does_not_fit_is_said_in_one_line(host: str | None, public_url: str | None, line: str) -> None:
    with pytest.raises(SettingError) as refused:
        read_reach(7860, host, public_url)
    assert line in str(refused.value)
    assert "\n" not in str(refused.value)


def test_only_its_own_names_are_its_own() -> None:
    local, server = read_reach(7860), read_reach(7860, "0.0.0.0", "https://svar.kommune.dk:8443")
    names = ["127.0.0.1:7860", "localhost", "LOCALHOST:1", "evil.example", "127.0.0.1.evil.example", "", "["]
    assert [local.is_own_host(name) for name in names] == [True] * 3 + [False] * 4
    names = ["svar.kommune.dk:8443", "SVAR.kommune.dk:8443", "svar.kommune.dk", "127.0.0.1:7860", ""]
    assert [server.is_own_host(name) for name in names] == [True, True, False, False, False]


def test_only_its_own_pages_are_its_own() -> None:
    local = Reach("127.0.0.1", 7860)
    origins = ["http://127.0.0.1:7860", "https://127.0.0.1:7860", "http://localhost:7860", "null", ""]
    assert [local.is_own_origin(origin, "127.0.0.1:7860") for origin in origins] == [True] + [False] * 4
    server = read_reach(7860, "0.0.0.0", HTTPS)
    origins = ["https://svar.kommune.dk", "http://svar.kommune.dk", "https://evil.example", "null"]
    assert [server.is_own_origin(origin, "svar.kommune.dk") for origin in origins] == [True] + [False] * 3
