"""What must last is handed to the disk, on systems that open folders and on one that does not."""

import os
from hashlib import sha256
from pathlib import Path

import pytest

from index import durable
from index.durable import hash_file, sync_to_disk


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "en").write_bytes(b"\x00\r\n")
    return tmp_path / "en"


@pytest.fixture
def synced(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Path, int]]:
    """What was handed to the disk, and how it was opened."""
    opened: dict[int, tuple[Path, int]] = {}
    handed: list[tuple[Path, int]] = []
    whole = os.open

    def note(path: Path, flags: int) -> int:
        descriptor = whole(path, flags)
        opened[descriptor] = path, flags
        return descriptor

    monkeypatch.setattr(os, "open", note)
    monkeypatch.setattr(os, "fsync", lambda descriptor: handed.append(opened[descriptor]))
    return handed


def test_the_hash_is_that_of_the_bytes(file: Path) -> None:
    assert hash_file(file) == sha256(b"\x00\r\n").hexdigest()


def test_files_and_folders_are_synced(file: Path, synced: list[tuple[Path, int]]) -> None:
    sync_to_disk(file)
    sync_to_disk(file.parent)
    assert synced == [(file, os.O_RDONLY), (file.parent, os.O_RDONLY)]


def test_windows_opens_files_for_writing_and_no_folder(
    file: Path, synced: list[tuple[Path, int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(durable, "_ON_WINDOWS", True)
    sync_to_disk(file)
    sync_to_disk(file.parent)
    assert synced == [(file, os.O_RDWR)]


def test_what_is_not_there_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        sync_to_disk(tmp_path / "intet")
