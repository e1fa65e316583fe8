"""Reading in a process of its own, which may hang, crash and eat memory without harm."""

import errno
import os
import sys
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest

from index.errors import UnreadableFile, UnreadNow
from index.read import guard
from index.read.child import TOO_MUCH_MEMORY
from index.read.guard import CRASHED, TOO_SLOW, GuardedReader
from index.read.limits import LIMITS
from tests.index.read.making import docx, paragraph, texts

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there only the time is limited")

SHORT = replace(LIMITS, wall_seconds=20.0, cpu_seconds=0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "under").mkdir()
    (tmp_path / "under/god.txt").write_text("Haven koster 300 kroner om året.")
    (tmp_path / "brev.docx").write_bytes(docx(paragraph("Svar på din ansøgning.")))
    return tmp_path


@pytest.fixture
def misbehaving(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[GuardedReader]:
    """A reader whose child does what the name of the file says."""
    monkeypatch.setattr(guard, "CHILD_MODULE", "tests.index.read.misbehaving")
    for name in ("hang", "abort", "exit", "spin", "eat", "recurse", "raise", "print", "connect", "write"):
        (folder / f"{name}.txt").write_text(f"Dette er {name}.")
    for name in ("lie", "long", "environment", "god"):
        (folder / f"{name}.txt").write_text(f"Dette er {name}.")
    with GuardedReader(folder, replace(LIMITS, wall_seconds=20.0)) as reader:
        yield reader


def pid(reader: GuardedReader) -> int:
    assert reader._child is not None
    return reader._child._process.pid


def test_files_of_several_kinds_are_read_by_one_process(folder: Path) -> None:
    with GuardedReader(folder) as reader:
        assert texts(reader.read("under/god.txt")) == ["Haven koster 300 kroner om året."]
        first = pid(reader)
        assert texts(reader.read("brev.docx")) == ["Svar på din ansøgning."]
        assert pid(reader) == first


def test_the_process_ends_with_the_reader(folder: Path) -> None:
    with GuardedReader(folder) as reader:
        reader.read("brev.docx")
        child = pid(reader)
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("abort", TOO_MUCH_MEMORY),
        ("exit", CRASHED),
        ("eat", TOO_MUCH_MEMORY),
        ("recurse", "filen er indlejret for dybt"),
        ("raise", r"filen er beskadiget eller ukendt indeni \(KeyError\)"),
        ("connect", r"filen er beskadiget eller ukendt indeni \(PermissionError\)"),
        ("write", r"filen er beskadiget eller ukendt indeni \(OSError\)"),
        ("lie", CRASHED),
    ],
)
def test_a_file_that_harms_its_reader_is_told_and_the_next_is_read(
    misbehaving: GuardedReader, name: str, reason: str
) -> None:
    with pytest.raises(UnreadableFile, match=reason):
        misbehaving.read(f"{name}.txt")
    assert texts(misbehaving.read("god.txt")) == ["Dette er god."]


def test_a_file_that_takes_too_long_is_given_up(misbehaving: GuardedReader) -> None:
    misbehaving._limits = replace(LIMITS, wall_seconds=1.0)
    with pytest.raises(UnreadableFile, match=TOO_SLOW):
        misbehaving.read("hang.txt")
    assert misbehaving._child is None


def test_a_file_that_takes_too_much_of_the_processor_is_given_up(misbehaving: GuardedReader) -> None:
    misbehaving._limits = SHORT
    with pytest.raises(UnreadableFile, match=TOO_SLOW):
        misbehaving.read("spin.txt")


def test_what_a_parser_prints_goes_nowhere(
    misbehaving: GuardedReader, capfd: pytest.CaptureFixture[str]
) -> None:
    assert texts(misbehaving.read("print.txt")) == ["Dette er print."]
    assert capfd.readouterr() == ("", "")


def test_a_document_with_too_much_text_is_left_out(misbehaving: GuardedReader) -> None:
    misbehaving._limits = replace(LIMITS, text_chars=4_999)
    with pytest.raises(UnreadableFile, match="for meget tekst"):
        misbehaving.read("long.txt")


def test_the_process_gets_little_of_the_environment(
    misbehaving: GuardedReader, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EN_HEMMELIGHED", "x")
    with pytest.raises(UnreadableFile) as told:
        misbehaving.read("environment.txt")
    assert "PYTHONPATH" in str(told.value)
    assert "EN_HEMMELIGHED" not in str(told.value)


def test_a_process_that_has_read_its_share_is_replaced(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "FILES_PER_CHILD", 2)
    with GuardedReader(folder) as reader:
        pids = []
        for _ in range(4):
            reader.read("under/god.txt")
            pids.append(pid(reader))
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_a_stop_by_the_user_leaves_no_process_in_the_middle_of_a_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> bytes:
        raise KeyboardInterrupt

    with GuardedReader(folder) as reader:
        reader.read("brev.docx")
        monkeypatch.setattr(guard._Child, "_receive", interrupt)
        with pytest.raises(KeyboardInterrupt):
            reader.read("brev.docx")
        assert reader._child is None


def test_a_file_that_shrinks_while_it_is_read_is_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    size = os.stat_result((0o100600, 0, 0, 1, 0, 0, 9_999, 0, 0, 0))
    with GuardedReader(folder) as reader:
        monkeypatch.setattr(guard, "file_status", lambda _file: size)
        with pytest.raises(UnreadNow, match="filen blev ændret, mens den blev læst"):
            reader.read("under/god.txt")


def test_a_disk_that_fails_in_the_middle_of_a_file_says_nothing_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Failing(BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            raise OSError(errno.EIO, "Input/output error")

    size = os.stat_result((0o100600, 0, 0, 1, 0, 0, 9_999, 0, 0, 0))
    with GuardedReader(folder) as reader:
        reader.read("under/god.txt")
        monkeypatch.setattr(guard, "file_status", lambda _file: size)
        monkeypatch.setattr(guard, "open_below", lambda *_: Failing())
        with pytest.raises(UnreadNow, match=r"kunne ikke læses til ende \(disken svarer med fejl\)"):
            reader.read("under/god.txt")


def test_a_process_that_cannot_be_started_says_nothing_of_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(guard.sys, "executable", str(folder / "intet"))
    with GuardedReader(folder) as reader, pytest.raises(UnreadNow, match="bliver prøvet igen næste gang"):
        reader.read("under/god.txt")


@pytest.mark.parametrize(("size", "reason"), [(0, "filen er tom"), (20_000_001, "for stor")])
def test_files_without_or_with_too_many_bytes_start_no_process(folder: Path, size: int, reason: str) -> None:
    with (folder / "fil.txt").open("wb") as file:
        file.truncate(size)
    with GuardedReader(folder) as reader:
        with pytest.raises(UnreadableFile, match=reason):
            reader.read("fil.txt")
        assert reader._child is None


def test_names_in_the_folder_shadow_no_module_of_the_process(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "json.py").write_text("raise SystemExit")
    monkeypatch.chdir(folder)
    with GuardedReader(folder) as reader:
        assert texts(reader.read("brev.docx")) == ["Svar på din ansøgning."]
