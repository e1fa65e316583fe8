"""What is said to whoever answers for the protection of data is what is there."""

import re
import shutil
from email.message import Message
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Never

import pytest

from index.errors import LibraryError
from index.library import Library, library_directory
from index.local_engine import LOCAL, LocalEngine
from qa import cli, data_protection, listening
from qa.data_protection import Privacy, look_at_privacy, render_privacy
from qa.listening import listening_addresses, read_address
from qa.log import keep_error
from qa.opening import Settings
from qa.wording.data_protection import PURPOSES
from tests.fakes import WordEmbedder
from tests.qa.making import made_folder

NOWHERE = "192.0.2.1:9"


@pytest.fixture(autouse=True)
def _small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data_protection, "load_model", lambda _: WordEmbedder())
    monkeypatch.setattr(
        data_protection, "shut_network", lambda: None
    )  # it cannot be opened again for other tests
    monkeypatch.setattr(data_protection, "try_to_leave", lambda: True)


@pytest.fixture
def folder(tmp_path: Path, home: Path) -> Path:
    """A folder of one document, that has been read; and an error in the log."""
    folder = made_folder(tmp_path / "sager", home)
    keep_error(home, LibraryError("En fejl."))
    home.chmod(0o700)
    return folder


def look(folder: Path, home: Path) -> Privacy:
    return look_at_privacy(folder, Settings(home))


def test_what_is_kept_is_listed_with_sizes_and_permissions(folder: Path, home: Path) -> None:
    kept = {each.name: each for each in look(folder, home).kept}
    assert set(kept) == {".", "libraries", "log"}
    libraries = [path for path in (home / "libraries").rglob("*") if path.is_file()]
    assert kept["libraries"].files == len(libraries)
    assert kept["libraries"].bytes == sum(path.stat().st_size for path in libraries)
    assert (kept["."].permissions, kept["libraries"].permissions) == ("drwx------", "drwx------")


def test_the_guide_names_what_the_report_names() -> None:
    guide = Path(__file__).parents[2] / "docs" / "databeskyttelse.md"
    named = re.findall(r"^\| `(\w+)` \|", guide.read_text(encoding="utf-8"), re.MULTILINE)
    assert {".", *named} == PURPOSES.keys()


def test_a_machine_that_keeps_to_itself_is_sound(folder: Path, home: Path) -> None:
    found = look(folder, home)
    assert found.is_sound
    assert (found.self_test.lock_holds, found.self_test.asked, found.self_test.attempts) == (True, True, ())
    assert (found.model, found.log_lines, found.opinions) == ("ordmodel", 1, 0)
    assert render_privacy(found)[-1].startswith("Intet forlod maskinen")


def test_a_home_that_others_can_look_into_is_not(folder: Path, home: Path) -> None:
    home.chmod(0o755)
    found = look(folder, home)
    assert not found.is_sound
    assert sum("ANDRE BRUGERE" in line for line in render_privacy(found)[:-1]) == 1
    assert render_privacy(found)[-1].startswith("Noget er ikke")


def test_an_attempt_to_leave_is_named(folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tried = [(), ("hub.invalid",)]
    monkeypatch.setattr(data_protection, "tried_to_leave", lambda: tried.pop(0))
    found = look(folder, home)
    assert not found.is_sound
    assert "    Forsøg: hub.invalid" in render_privacy(found)


def test_a_report_builds_nothing(folder: Path, home: Path) -> None:
    shutil.rmtree(library_directory(home, folder) / "generations")
    before = sorted(home.rglob("*"))
    found = look(folder, home)
    assert not found.self_test.asked
    assert sorted(home.rglob("*")) == before
    assert sum("søgeindekset mangler" in line for line in render_privacy(found)) == 1


def test_the_search_engine_that_is_named_is_the_one_that_is_asked(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Sealed(LocalEngine):
        def open(self, library: Library, directory: Path) -> Never:
            raise LibraryError("Milvus svarer ikke.")

    monkeypatch.setattr(data_protection, "open_search_engine", lambda _: Sealed())
    with pytest.raises(LibraryError, match="Milvus svarer ikke"):
        look_at_privacy(folder, Settings(home, engine="milvus://søg.invalid:19530"))


def test_a_search_engine_beside_the_program_is_named(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(data_protection, "open_search_engine", lambda _: LOCAL)
    told = render_privacy(look_at_privacy(folder, Settings(home, engine="milvus://søg.invalid:19530")))
    assert sum(line.startswith("  Søgeindekset ligger i milvus://søg.invalid:19530: ") for line in told) == 1
    assert not any("Søgeindekset ligger" in line for line in render_privacy(look(folder, home)))


def test_the_packages_that_are_needed_are_named(folder: Path, home: Path) -> None:
    packages = {name: version for name, version, _ in look(folder, home).packages}
    assert {"faiss-cpu", "gradio", "torch"} <= set(packages)
    assert packages["gradio"] == metadata("gradio")["Version"]
    assert "pytest" not in packages


TOLD: dict[str, dict[str, str]] = {
    "alt": {"License-Expression": "MIT", "Classifier": "License :: OSI Approved :: BSD License"},
    "klasse": {"Classifier": "License :: OSI Approved :: BSD License", "License": "En lang tekst"},
    "lang": {"License": "Apache 2.0\nog så videre"},
    "tavs": {"Classifier": "Programming Language :: Python"},
}
"""Packages that say their licence in different ways; »væk« is needed and not there."""


def test_a_package_has_its_licence_in_its_own_words(
    folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tell(name: str) -> Message:
        if name not in TOLD:
            raise PackageNotFoundError(name)
        told = Message()
        for key, value in {"Name": name, "Version": "1", **TOLD[name]}.items():
            told[key] = value
        return told

    needed = ["tavs>=1,<2", "alt", "klasse[mere]", "lang", "væk", "dev; extra == 'dev'"]
    monkeypatch.setattr(data_protection, "requires", lambda _: needed)
    monkeypatch.setattr(data_protection, "metadata", tell)
    assert look(folder, home).packages == (
        ("alt", "1", "MIT"), ("klasse", "1", "BSD License"),
        ("lang", "1", "Apache 2.0"), ("tavs", "1", "se pakken"),
    )  # fmt: skip


def test_the_command_prints_it(folder: Path, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["doctor", "--privacy", str(folder), "--home", str(home)]) == 0
    assert f"Det gemmer Kildesvar, i »{home}«:" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("0100007F:1EB4", "127.0.0.1:7860"),
        ("00000000:0050", "0.0.0.0:80"),
        ("00000000000000000000000001000000:1EB4", "[::1]:7860"),
    ],
)
def test_an_address_is_read_as_people_write_it(text: str, address: str) -> None:
    assert read_address(text) == address


def test_only_listening_sockets_of_our_own_processes_are_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number, command in (("11", b"python\0-m\0qa\0chat"), ("12", b"python\0-m\0http.server")):
        (tmp_path / number / "fd").mkdir(parents=True)
        (tmp_path / number / "cmdline").write_bytes(command)
        (tmp_path / number / "fd" / "3").symlink_to(f"socket:[{number}]")
    (tmp_path / "net").mkdir()
    rows = [f"0: 0100007F:1EB{n} 00000000:0000 0A 0 0 0 0 0 1{n}" for n in (1, 2)]
    (tmp_path / "net" / "tcp").write_text("\n".join(["head", *rows]), encoding="ascii")
    monkeypatch.setattr(listening, "_PROCESSES", tmp_path)
    assert listening_addresses() == ("127.0.0.1:7857",)
