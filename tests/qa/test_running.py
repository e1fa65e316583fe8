"""`kildesvar ask` asks a chat that runs: the same answer, for its user alone, nothing when it is gone."""

import json
import socket
import stat
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from index.errors import KildesvarError
from index.library import library_directory
from qa.cli import main
from qa.engine import Engine
from qa.opening import Settings
from qa.running import answering, ask_running, read_answer
from qa.terminal import render_answer
from tests.qa.making import engine_over

TEXTS = {
    "hunde.txt": "Hunde skal føres i snor i byen.",
    "katte.txt": "Katte må gå frit om natten.",
    "park.txt": "Parken er åben for hunde i maj.",
}
QUESTION = "Skal hunde føres i snor?"


@pytest.fixture
def settings(home: Path) -> Settings:
    return Settings(home)


@pytest.fixture
def engine(home: Path, tmp_path: Path) -> Engine:
    return engine_over(library_directory(home, tmp_path), TEXTS)


@pytest.fixture
def running(engine: Engine, tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """The socket of a chat that runs on the folder."""
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
        ("Hvornår er parken åben for hunde?", [], []),
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


def test_an_answer_of_an_older_chat_has_no_emphasis(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    record = json.loads(json.dumps(asdict(answer)))
    assert read_answer(record) == answer
    for citation in (*record["citations"], *record["related"]):
        del citation["emphasis"]
    assert read_answer(record) == answer


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


def test_nobody_but_its_user_can_enter(running: Path) -> None:
    assert stat.S_ISSOCK(running.stat().st_mode)
    assert stat.S_IMODE(running.stat().st_mode) == 0o600
    assert stat.S_IMODE(running.parent.stat().st_mode) == 0o700


def test_a_folder_that_others_can_enter_is_not_trusted(
    engine: Engine, running: Path, tmp_path: Path, settings: Settings
) -> None:
    running.parent.chmod(0o755)
    assert ask_running(QUESTION, [], [], tmp_path, settings) is None
    with answering(engine, tmp_path / "andre", settings):
        assert list(running.parent.iterdir()) == [running]


def test_no_door_where_its_path_would_be_too_long(engine: Engine, tmp_path: Path) -> None:
    settings = Settings(tmp_path / ("l" * 100))
    settings.home.mkdir()
    with answering(engine, tmp_path, settings):
        assert ask_running(QUESTION, [], [], tmp_path, settings) is None


def test_a_chat_that_ends_leaves_the_socket_of_a_later_one(
    engine: Engine, tmp_path: Path, settings: Settings
) -> None:
    first, second = answering(engine, tmp_path, settings), answering(engine, tmp_path, settings)
    with first:
        second.__enter__()
    assert ask_running(QUESTION, [], [], tmp_path, settings) is not None
    second.__exit__(None, None, None)
    assert list((settings.home / "running").iterdir()) == []


@pytest.mark.usefixtures("running")
def test_a_chat_with_another_model_is_not_asked(tmp_path: Path, settings: Settings) -> None:
    assert ask_running(QUESTION, [], [], tmp_path, replace(settings, model="en anden")) is None


@pytest.mark.usefixtures("running")
def test_a_chat_on_another_folder_is_not_asked(tmp_path: Path, settings: Settings) -> None:
    assert ask_running(QUESTION, [], [], tmp_path / "andre", settings) is None


def test_the_socket_goes_with_the_chat(engine: Engine, tmp_path: Path, settings: Settings) -> None:
    with answering(engine, tmp_path, settings):
        pass
    assert list((settings.home / "running").iterdir()) == []
    assert ask_running(QUESTION, [], [], tmp_path, settings) is None


def test_a_socket_that_a_stopped_chat_left_is_found_out(
    running: Path, tmp_path: Path, settings: Settings
) -> None:
    running.unlink()
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(str(running))
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
