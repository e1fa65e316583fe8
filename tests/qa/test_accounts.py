"""`kildesvar users`: who may log in, from the command line."""

import io
from pathlib import Path

import pytest

from qa import accounts, cli
from qa.users import Users

PASSWORD = "en lang adgangskode"


def run(home: Path, *arguments: str) -> int:
    return cli.main(["users", *arguments, "--home", str(home)])


def test_user_is_added_listed_and_removed(
    home: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(home, "list") == 0
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{PASSWORD}\r\nmere\n"))
    assert run(home, "add", "Mette", "--password-stdin") == 0
    assert Users(home).check("mette", PASSWORD)
    monkeypatch.setattr("sys.stdin", io.StringIO("en anden adgangskode"))
    assert run(home, "add", "mette", "--password-stdin") == 0
    assert run(home, "list") == 0
    assert run(home, "remove", "METTE") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Der er ingen brugere endnu; opret den første med »kildesvar users add NAVN«.",
        "Mette kan nu logge ind.",
        "mette har fået en ny adgangskode og er logget ud alle steder.",
        "mette",
        "METTE kan ikke længere logge ind.",
    ]


@pytest.mark.parametrize(
    ("arguments", "code", "line"),
    [
        (("remove", "Bo"), 1, "Der er ingen bruger ved navn »Bo«; se dem med »kildesvar users list«.\n"),
        (("add",), 1, "Der mangler et navn; skriv »kildesvar users add NAVN«.\n"),
        (("add", "Bo"), 1, "Adgangskoden kan kun skrives på en terminal; send den ellers ind med"),
        (("ret", "Bo"), 2, "HANDLING skal være list, add eller remove, men var »ret«. Se »kildesvar users"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(
    home: Path, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], code: int, line: str
) -> None:
    try:
        ended = run(home, *arguments)
    except SystemExit as exit_:
        ended = int(str(exit_.code))
    assert ended == code
    assert capsys.readouterr().err.startswith(line)


@pytest.mark.parametrize(("again", "names"), [(PASSWORD, ("Bo",)), ("noget helt andet", ())])
def test_password_is_asked_for_twice_on_a_terminal(
    home: Path, monkeypatch: pytest.MonkeyPatch, again: str, names: tuple[str, ...]
) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter((PASSWORD, again))
    monkeypatch.setattr("sys.stdin", Terminal())
    monkeypatch.setattr(accounts.getpass, "getpass", lambda prompt: next(typed))
    run(home, "add", "Bo")
    assert Users(home).names() == names


@pytest.mark.parametrize(
    ("options", "line"),
    [
        (("--host", "127.0.0.1"), "Der er ingen brugere endnu; opret den første"),
        (("--host", "0.0.0.0"), "0.0.0.0 kan nås fra andre maskiner; skriv med --public-url"),
        (("--behind-proxy",), "--public-url og --behind-proxy hører sammen med --host"),
    ],
)
def test_chat_for_others_is_not_begun_without_users_or_a_safe_way(
    home: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], line: str
) -> None:
    assert cli.main(["chat", str(tmp_path), *options, "--home", str(home)]) == 1
    assert capsys.readouterr().err.startswith(line)
