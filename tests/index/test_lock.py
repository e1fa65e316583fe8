"""One writer at a time, and folders that only their owner can look into."""

import subprocess
import sys
from pathlib import Path

import pytest

from index import lock
from index.errors import LibraryError
from index.lock import locked, make_private_folder
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder

_HOLD = """
import sys
from pathlib import Path
from index.lock import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def no_patience(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lock, "PATIENCE_SECONDS", 0.0)


@pytest.mark.usefixtures("no_patience")
def test_a_second_writer_is_told_to_wait(tmp_path: Path) -> None:
    with locked(tmp_path), pytest.raises(LibraryError, match="bliver opdateret af et andet program; vent"):
        sync_library(FakeSource(), tmp_path, WordEmbedder())
    assert sync_library(FakeSource(), tmp_path, WordEmbedder()).documents == 0


@pytest.mark.usefixtures("no_patience")
def test_another_process_holds_the_lock_until_it_is_killed(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(LibraryError, match="bliver opdateret"), locked(tmp_path):
            pass
        holder.kill()
    with locked(tmp_path):
        pass


@pytest.mark.usefixtures("no_patience")
def test_the_lock_is_given_back_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), locked(tmp_path):
        _ = 1 / 0
    with locked(tmp_path):
        pass


def test_an_error_inside_the_lock_is_not_taken_for_one_of_the_lock(tmp_path: Path) -> None:
    with pytest.raises(TimeoutError, match="noget andet"), locked(tmp_path):
        raise TimeoutError("noget andet")


def test_folders_that_are_made_are_their_owners_alone(tmp_path: Path) -> None:
    there = tmp_path / "er her"
    there.mkdir(mode=0o755)
    make_private_folder(there / "a" / "b")
    make_private_folder(there / "a" / "b")
    modes = [oct(path.stat().st_mode & 0o777) for path in (there, there / "a", there / "a" / "b")]
    assert modes == ["0o755", "0o700", "0o700"]


def test_the_lock_file_is_its_owners_alone(tmp_path: Path) -> None:
    with locked(tmp_path):
        assert oct((tmp_path / "library.lock").stat().st_mode & 0o777) == "0o600"


def test_a_file_in_the_way_is_told(tmp_path: Path) -> None:
    (tmp_path / "home").touch()
    told = r"kan ikke læses eller skrives \(.*\); ret mappens rettigheder"
    with pytest.raises(LibraryError, match=told), locked(tmp_path / "home"):
        pass
    assert list(tmp_path.iterdir()) == [tmp_path / "home"]
