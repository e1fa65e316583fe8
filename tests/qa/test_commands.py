"""Commands from end to end over a real folder: index, status, chat and feedback."""

import io
import signal
import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from qa import opening
from qa.feedback import Feedback, Opinion
from qa.output import EXIT_INTERRUPTED
from tests.qa.command import Command

pytestmark = pytest.mark.usefixtures("small_model")


def test_index_reports_what_it_did_in_the_form_of_the_contract(kildesvar: Command, folder: Path) -> None:
    (folder / "gammel.doc").write_bytes(b"x")
    report = kildesvar.json("index", folder)
    assert list(report) == [
        "documents", "passages", "sentences", "added", "changed", "removed",
        "unchanged", "skipped", "partly_read", "seconds", "renamed", "personal_numbers",
    ]  # fmt: skip
    assert report["documents"] == 2
    assert report["added"] == ["referat.txt", "regler.txt"]
    assert [list(entry) for entry in report["skipped"]] == [["document", "reason"]]
    assert report["skipped"][0]["document"] == "gammel.doc"


def test_a_second_index_finds_nothing_new(kildesvar: Command, folder: Path) -> None:
    kildesvar("index", folder)
    report = kildesvar.json("index", folder)
    assert (report["added"], report["unchanged"]) == ([], 2)


def test_an_unchanged_folder_is_indexed_without_the_model(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kildesvar("index", folder)
    monkeypatch.setattr(opening, "load_model", None)  # so it may not be called
    assert kildesvar.json("index", folder)["unchanged"] == 2


def test_index_names_each_file_that_was_not_read_and_sums_up(kildesvar: Command, folder: Path) -> None:
    (folder / "gammel.doc").write_bytes(b"x")
    code, out, err = kildesvar("index", folder)
    first, last = out.splitlines()
    assert (code, err) == (0, "")
    assert first.startswith("Kunne ikke læses: gammel.doc (")
    assert last.startswith("2 dokumenter med ")
    assert "2 nye, 0 ændrede, 0 fjernede, 0 uændrede" in last


def test_a_dry_run_lists_what_would_change_and_does_nothing(
    kildesvar: Command, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kildesvar("index", folder)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    monkeypatch.setattr(opening, "load_model", None)  # so it may not be called
    (folder / "referat.txt").rename(folder / "møde.txt")
    (folder / "regler.txt").write_text("Regler\n\nNye regler.\n", encoding="utf-8")
    (folder / "gammel.doc").write_bytes(b"x")
    code, out, err = kildesvar("index", folder, "--dry-run")
    assert (code, err) == (0, "")
    assert [line.partition(" (")[0] for line in out.splitlines()] == [
        "Ændret: regler.txt",
        "Omdøbt: referat.txt → møde.txt",
        "Kunne ikke læses: gammel.doc",
        "0 nye, 1 ændrede, 1 omdøbte, 0 fjernede, 0 uændrede. Biblioteket er ikke rørt.",
    ]
    plan = kildesvar.json("index", folder, "--dry-run")
    assert (plan["added"], plan["removed"]) == (["møde.txt"], ["referat.txt"])
    assert plan["renamed"] == [{"old": "referat.txt", "new": "møde.txt"}]
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_dry_run_of_a_folder_never_read_makes_no_library(
    kildesvar: Command, home: Path, folder: Path
) -> None:
    plan = kildesvar.json("index", folder, "--dry-run")
    assert (plan["added"], plan["unchanged"]) == (["referat.txt", "regler.txt"], 0)
    assert list(home.iterdir()) == []


def test_status_lists_the_documents_and_what_was_skipped(kildesvar: Command, folder: Path) -> None:
    (folder / "gammel.doc").write_bytes(b"x")
    kildesvar("index", folder)
    status = kildesvar.json("status", folder)
    assert (status["documents"], status["model"]) == (2, "ordmodel")
    assert [entry["path"] for entry in status["entries"]] == ["referat.txt", "regler.txt"]
    assert [entry["document"] for entry in status["skipped"]] == ["gammel.doc"]
    _, out, _ = kildesvar("status", folder)
    assert "  regler.txt: »Regler for høring«, 5. marts 2015, " in out
    assert "Kunne ikke læses: gammel.doc (" in out


def test_status_of_a_folder_that_was_never_read_says_what_to_do(kildesvar: Command, folder: Path) -> None:
    assert kildesvar("status", folder) == (
        1, "", f"Mappen »{folder}« er ikke læst endnu; kør »kildesvar index {folder}« først.\n",
    )  # fmt: skip


@pytest.fixture
def port() -> int:
    """A port that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as other:
        return int(other.getsockname()[1])


@pytest.fixture
def own_signals() -> Iterator[None]:
    """What the chat does with a signal is undone, however the test ends."""
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)


@pytest.mark.usefixtures("own_signals")
def test_the_chat_follows_its_folder_until_it_ends(
    kildesvar: Command, folder: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def threads() -> set[str]:
        return {thread.name for thread in threading.enumerate()}

    seen: list[bool] = []
    monkeypatch.setattr("qa.chat.launch.run_chat", lambda *_, **__: seen.append("following" in threads()))
    assert kildesvar("chat", folder, "--port", port, "--no-browser")[0] == 0
    assert (seen, "following" in threads()) == ([True], False)


@pytest.mark.usefixtures("own_signals")
def test_a_chat_that_is_told_to_stop_ends_what_it_began(
    kildesvar: Command, folder: Path, home: Path, port: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sockets: list[Path] = []

    def be_told_to_stop(*_: object, **__: object) -> None:
        sockets.extend((home / "running").iterdir())
        signal.raise_signal(signal.SIGTERM)

    # where the chat forgets its own handler, this one ends the test and not the process
    signal.signal(signal.SIGTERM, lambda *_: pytest.fail("the signal reached nobody"))
    monkeypatch.setattr("qa.chat.launch.run_chat", be_told_to_stop)
    assert kildesvar("chat", folder, "--port", port, "--no-browser")[0] == EXIT_INTERRUPTED
    assert len(sockets) == 1
    assert list((home / "running").iterdir()) == []


def test_feedback_is_counted_and_written_as_a_table(kildesvar: Command, home: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(helped=False, question="Hvem?", document="a.txt", quote="=1", comment="+45"))
    feedback.count_refusal("Skole")
    assert kildesvar("feedback") == (
        0,
        "Svar bedømt: 1. De 0 hjalp, de 1 hjalp ikke.\n"
        "Spørgsmål uden svar, talt efter det nærmeste dokuments titel:\n     1 Skole\n",
        "",
    )
    code, table, _ = kildesvar("feedback", "--csv")
    assert code == 0
    assert table.splitlines()[1].endswith(";nej;Hvem?;a.txt;'=1;'+45")


def test_feedback_is_cleared_once_that_is_agreed_to(
    kildesvar: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(helped=True, question="Hvem er hemmelig?", document="a.txt", quote="x", comment=""))
    feedback.count_refusal("Hemmelig titel")
    question = "Slet 1 svar og alle talte emner? Skriv »ja« og tryk Enter: "
    for answer in ("nej\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert kildesvar("feedback", "--clear") == (0, f"{question}Intet er slettet.\n", "")
    assert len(feedback.opinions()) == 1
    monkeypatch.setattr("sys.stdin", io.StringIO("Ja\n"))
    assert kildesvar("feedback", "--clear") == (0, f"{question}Slettet.\n", "")
    assert (feedback.opinions(), feedback.refused_topics()) == ((), ())
    kept = b"".join(path.read_bytes() for path in (home / "feedback").iterdir())
    assert b"emmelig" not in kept
    assert kildesvar("feedback", "--clear", "--yes") == (0, "Slettet.\n", "")
