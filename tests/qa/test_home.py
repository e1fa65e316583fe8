"""Where things are kept: what was asked for, else the environment, else the platform's folder."""

from pathlib import Path

import pytest

from index.errors import LibraryError, SettingError
from qa import home as home_module
from qa.home import home_folder, last_folder, remember_folder


def test_the_folder_asked_for_comes_before_the_environment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KILDESVAR_HOME", str(tmp_path / "environment"))
    assert home_folder(str(tmp_path / "asked")) == tmp_path / "asked"
    assert home_folder() == tmp_path / "environment"


def test_without_either_it_is_the_platforms_folder_for_user_data(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("KILDESVAR_HOME")
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert home_folder().name == "kildesvar"


def test_the_home_folder_is_open_to_its_owner_alone(tmp_path: Path) -> None:
    assert home_folder(str(tmp_path / "a" / "b")).stat().st_mode & 0o777 == 0o700


def test_a_home_that_cannot_be_made_is_one_danish_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(LibraryError, match=r"kan ikke skrive i sin datamappe ».*file/home« .*--home MAPPE"):
        home_folder(str(tmp_path / "file" / "home"))


def test_a_home_that_cannot_be_written_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(_path: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "touch", no_space)
    with pytest.raises(LibraryError, match=r"\(disken er fuld\)"):
        home_folder(str(tmp_path / "full"))


def test_a_user_who_does_not_exist_is_one_danish_sentence() -> None:
    with pytest.raises(SettingError, match="»~findes-slet-ikke/x« kan ikke bruges"):
        home_folder("~findes-slet-ikke/x")


def test_the_folder_used_last_is_remembered(home: Path, tmp_path: Path) -> None:
    remember_folder(home, tmp_path / "Sager æøå")
    assert last_folder(home) == tmp_path / "Sager æøå"
    assert [path.stat().st_mode & 0o777 for path in home.iterdir()] == [0o600]


def test_where_it_cannot_be_written_the_folder_before_is_kept(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_space(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    remember_folder(home, tmp_path / "Sager")
    monkeypatch.setattr(Path, "write_text", no_space)
    with pytest.raises(
        LibraryError, match=r"kan ikke huske mappen ».*Andre«.*\(disken er fuld\); skaf plads"
    ):
        remember_folder(home, tmp_path / "Andre")
    assert last_folder(home) == tmp_path / "Sager"
    assert [path.name for path in home.iterdir()] == ["last_folder"]
    remember_folder(home, tmp_path / "Sager")  # it is remembered already: nothing is written


def test_a_name_that_a_power_cut_emptied_is_no_folder(home: Path) -> None:
    (home / "last_folder").touch()
    assert last_folder(home) == home_module.EXAMPLES


def test_before_the_first_use_it_is_the_examples_if_they_are_there(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert last_folder(home) == home_module.EXAMPLES
    monkeypatch.setattr(home_module, "EXAMPLES", tmp_path / "gone")
    assert last_folder(home) is None
