"""`kildesvar ask` asks a chat that runs: the same answer, for its user alone, nothing when it is gone."""

import http.client
import json
import stat
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from index.errors import KildesvarError
from index.library import library_directory
from qa.cli import main
from qa.engine import Engine
from qa.opening import Settings
from qa.running import answering, ask_running
from qa.terminal import render_answer
from tests.qa.making import engine_over

TEXTS = {"hunde.txt": "Hunde skal føres i snor i byen.", "katte.txt": "Katte må gå frit om natten."}
QUESTION = "Skal hunde føres i snor?"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home)


@pytest.fixture
def engine(home: Path, tmp_path: Path) -> Engine:
    return engine_over(library_directory(home, tmp_path), TEXTS)


@pytest.fixture
def running(engine: Engine, tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The file of a chat that runs on the folder."""
    with answering(engine, tmp_path, settings):
        (path,) = (settings.home / "running").iterdir()
        yield path


@pytest.mark.usefixtures("running")
@pytest.mark.parametrize(
    ("question", "previous", "documents"),
    [
        (QUESTION, [], []),
        ("Hvad er hovedstaden i Peru?", [], []),
        ("og katte?", [QUESTION], []),
        ("Hvem må gå frit om natten?", [], ["katte.txt"]),
    ],
)
def test_the_answer_is_the_one_that_the_engine_gives(
    engine: Engine,
    tmp_path: Path,
    settings: Settings,
    question: str,
    previous: list[str],
    documents: list[str],
) -> None:
    own = engine.ask(question, previous, frozenset(documents) or None)
    answer = ask_running(question, previous, documents, tmp_path, settings)
    assert answer is not None
    assert replace(answer, timing_ms={}) == replace(own, timing_ms={})


@pytest.mark.usefixtures("running")
def test_an_error_is_the_same_error(tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(KildesvarError, match=r"Der er intet dokument .* »væk.txt«"):
        ask_running(QUESTION, [], ["væk.txt"], tmp_path, settings)


@pytest.mark.usefixtures("running")
def test_the_command_prints_the_answer_without_loading_a_model(
    engine: Engine,
    tmp_path: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr("qa.opening.load_model", None)
    assert main(["ask", QUESTION, "--folder", str(tmp_path), "--home", str(home)]) == 0
    assert capsys.readouterr().out == f"{render_answer(engine.ask(QUESTION))}\n"


def test_only_its_user_can_read_the_secret(running: Path) -> None:
    assert stat.S_IMODE(running.stat().st_mode) == 0o600
    assert len(json.loads(running.read_text())["secret"]) == 64


@pytest.mark.parametrize("header", [{}, {"Authorization": "Bearer forkert"}])
def test_without_the_secret_nothing_is_answered(running: Path, header: dict[str, str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", json.loads(running.read_text())["port"])
    connection.request("POST", "/spoerg", json.dumps({"question": QUESTION}), header)
    assert connection.getresponse().status == 403
    connection.close()


@pytest.mark.usefixtures("running")
def test_a_chat_with_another_model_is_not_asked(tmp_path: Path, settings: Settings) -> None:
    assert ask_running(QUESTION, [], [], tmp_path, replace(settings, model="en anden")) is None


@pytest.mark.usefixtures("running")
def test_a_chat_on_another_folder_is_not_asked(tmp_path: Path, settings: Settings) -> None:
    assert ask_running(QUESTION, [], [], tmp_path / "andre", settings) is None


def test_the_file_goes_with_the_chat(engine: Engine, tmp_path: Path, settings: Settings) -> None:
    with answering(engine, tmp_path, settings):
        pass
    assert list((settings.home / "running").iterdir()) == []
    assert ask_running(QUESTION, [], [], tmp_path, settings) is None


def test_a_file_that_a_stopped_chat_left_is_found_out(
    engine: Engine, tmp_path: Path, settings: Settings
) -> None:
    with answering(engine, tmp_path, settings):
        (path,) = (settings.home / "running").iterdir()
        left = path.read_text()
    path.write_text(left)
    assert ask_running(QUESTION, [], [], tmp_path, settings) is None
    path.write_text("{")
    assert ask_running(QUESTION, [], [], tmp_path, settings) is None


def test_fault_is_logged_and_not_written_out_with_what_was_asked(
    running: Path,
    tmp_path: Path,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(self: Engine, question: str, *_: object) -> None:
        raise RuntimeError(question)

    monkeypatch.setattr(Engine, "ask", fail)
    assert ask_running("Hvad tjener Bo?", [], [], tmp_path, settings) is None
    assert [record.getMessage() for record in caplog.records] == [
        "a question from the command line could not be answered"
    ]
    assert "tjener" not in capsys.readouterr().err
