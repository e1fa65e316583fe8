"""Bad input to a command is one Danish line on stderr, and leaves the library as it was."""

import os
import socket
from pathlib import Path

import pytest

from index.library import library_directory
from index.writing import WritableLibrary
from tests.qa.command import Command, fails_with

pytestmark = pytest.mark.usefixtures("small_model")


@pytest.mark.parametrize("command", ["index", "ask"])
def test_a_folder_that_is_missing(kildesvar: Command, tmp_path: Path, command: str) -> None:
    place = [tmp_path / "nix"] if command == "index" else ["Hvad?", "--folder", tmp_path / "nix"]
    fails_with(kildesvar(command, *place), "findes ikke")


def test_a_folder_that_is_a_file(kildesvar: Command, folder: Path) -> None:
    fails_with(kildesvar("index", folder / "regler.txt"), "er ikke en mappe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(kildesvar: Command, folder: Path) -> None:
    folder.chmod(0)
    fails_with(kildesvar("index", folder), "kan ikke læses")
    folder.chmod(0o700)


def test_a_folder_without_documents(kildesvar: Command, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    fails_with(kildesvar("ask", "Hvad?", "--folder", tmp_path / "tom"), "Der er ingen dokumenter")


def test_a_folder_that_has_become_empty_costs_the_library_nothing(
    kildesvar: Command, folder: Path, tmp_path: Path
) -> None:
    before = kildesvar.json("index", folder)["documents"]
    folder.rename(tmp_path / "væk")
    folder.mkdir()
    fails_with(kildesvar("index", folder), "Der er ingen dokumenter i")
    folder.rmdir()
    (tmp_path / "væk").rename(folder)
    assert kildesvar.json("index", folder)["unchanged"] == before


def test_a_home_that_cannot_be_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    fails_with(Command(tmp_path / "file", capsys)("index", folder), "kan ikke skrive i sin datamappe")


def test_a_file_that_vanishes_while_it_is_read_is_named(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.folder import FolderSource

    real = FolderSource.content_hash

    def vanish(source: FolderSource, path: str) -> str:
        (folder / "regler.txt").unlink(missing_ok=True)
        return real(source, path)

    monkeypatch.setattr(FolderSource, "content_hash", vanish)
    report = kildesvar.json("index", folder)
    assert report["documents"] == 1
    assert [entry["document"] for entry in report["skipped"]] == ["regler.txt"]


def test_a_port_that_is_taken_is_found_out_before_anything_is_read(kildesvar: Command, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        fails_with(kildesvar("chat", folder, "--port", port), f"Port {port} er optaget af et andet program")
    assert kildesvar("status", folder)[0] == 1


def test_a_library_of_another_format_says_what_to_do(kildesvar: Command, home: Path, folder: Path) -> None:
    kildesvar("index", folder)
    directory = library_directory(home, folder)
    with WritableLibrary(directory) as library, library.writing():
        library.remember("format", "99")
    fails_with(kildesvar("ask", "Hvornår er fristen?"), "har format 99")


@pytest.mark.parametrize("command", [["index"], ["ask", "Skal hunde i snor?", "--folder"], ["evaluate"]])
def test_a_search_engine_that_does_not_exist(kildesvar: Command, folder: Path, command: list[str]) -> None:
    (folder / "documents").mkdir()
    (folder / "documents" / "a.txt").write_text("Hunde skal føres i snor.", encoding="utf-8")
    (folder / "questions.jsonl").write_text('{"id": "1", "question": "Hvad?"}', encoding="utf-8")
    said = kildesvar(*command, str(folder), "--engine", "faiss")
    fails_with(said, "»faiss« er ingen søgemaskine, der kan bruges; skriv milvus://")
