"""What the doctor says and repairs, and how the command ends."""

import json
import shlex
import shutil
from pathlib import Path

import pytest

from index.database import connect
from index.library import DATABASE_NAME, library_directory
from qa import cli
from qa.opening import Settings, added_files
from qa.wording.doctor import DAMAGES
from tests.qa.making import made_folder, read_folder


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    """A folder of one document, that has been read."""
    return made_folder(tmp_path / "sager", home)


def doctor(folder: Path, home: Path, *options: str) -> int:
    return cli.main(["doctor", str(folder), "--home", str(home), *options])


def spoil_text(directory: Path) -> None:
    connection = connect(directory / DATABASE_NAME)
    connection.execute("UPDATE passages SET text = 'Katte skal føres i snor.'")
    connection.close()


@pytest.mark.parametrize("options", [(), ("--all",), ("--all", "--repair")])
def test_a_sound_library_is_said_to_be(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    assert doctor(folder, home, *options) == 0
    assert capsys.readouterr().out == f"Biblioteket for »{folder}« er i orden.\n"


def test_a_lost_index_is_said_and_repaired(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(library_directory(home, folder) / "generations")
    assert doctor(folder, home) == 1
    assert capsys.readouterr().out.splitlines() == [
        DAMAGES["derived"],
        f"Intet er tabt. Kør »kildesvar doctor {folder} --home {home} --repair«, så bliver det bygget igen.",
    ]
    assert doctor(folder, home, "--repair") == 0
    assert capsys.readouterr().out.splitlines() == [
        f"Repareret: {DAMAGES['derived']}",
        f"Biblioteket for »{folder}« er i orden.",
    ]


def test_a_damaged_database_is_left_and_told_how_to_read_again(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = library_directory(home, folder)
    spoil_text(directory)
    before = (directory / DATABASE_NAME).read_bytes()
    assert doctor(folder, home, "--all", "--repair") == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:2] == [
        "Indholdet af databasen er ikke det, der blev skrevet. Citater kan være forkerte.",
        "Teksten af »a.txt« er ikke den, der blev læst. Citater fra den kan være forkerte.",
    ]
    assert f"Slet selv mappen »{directory}«, og kør »kildesvar index {folder} --home {home}«" in lines[2]
    assert (directory / DATABASE_NAME).read_bytes() == before


def test_findings_come_as_json(folder: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    spoil_text(library_directory(home, folder))
    assert doctor(folder, home, "--json") == 1
    told = json.loads(capsys.readouterr().out)
    assert told["findings"] == [{"damage": "contents", "seen": ""}]


def test_a_folder_that_was_never_read_is_told(
    tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert doctor(tmp_path, home) == 1
    assert "Der er intet bibliotek" in capsys.readouterr().err


def test_the_advice_can_be_pasted(tmp_path: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder = made_folder(tmp_path / "mine sager; 'a'", home)
    shutil.rmtree(library_directory(home, folder) / "generations")
    assert doctor(folder, home) == 1
    command = capsys.readouterr().out.splitlines()[-1].partition("»kildesvar ")[2].partition("«")[0]
    assert shlex.split(command) == ["doctor", str(folder), "--home", str(home), "--repair"]


@pytest.mark.parametrize("damage", ["changed", "gone"])
def test_an_added_file_that_is_not_as_it_was_read_is_named(
    folder: Path, home: Path, capsys: pytest.CaptureFixture[str], damage: str
) -> None:
    added = added_files(folder, Settings(home))
    with added.receive("hest.txt") as incoming:
        incoming.write("Heste skal holdes på fold.".encode())
        incoming.keep()
    read_folder(folder, home)
    assert doctor(folder, home) == 0
    capsys.readouterr()
    file = added.documents / "hest.txt"
    file.unlink() if damage == "gone" else file.write_bytes(b"x" * file.stat().st_size)
    assert doctor(folder, home, "--repair") == 1
    named, advice = capsys.readouterr().out.splitlines()
    assert named.startswith("»Tilføjet i Kildesvar/hest.txt« mangler eller er ikke byte for byte den fil")
    assert f"Filerne ligger i »{added.documents}«" in advice
