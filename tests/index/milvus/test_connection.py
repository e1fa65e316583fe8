"""What is an address of Milvus, and what a user is told when nothing can be reached there."""

import sys
from pathlib import Path

import pytest

from index.errors import LibraryError, SettingError
from index.milvus.connection import MilvusConnection

BAD_ADDRESSES = [
    "",
    "milvus",
    "milvus://",
    "milvus://vært",
    "milvus://vært:port",
    "http://vært:1",
    "sager.db",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_what_is_no_address_is_told_with_what_is_one(address: str) -> None:
    with pytest.raises(
        SettingError, match=rf"^»{address}« er ingen .*milvus://VÆRT:PORT eller milvus://FIL\.db"
    ):
        MilvusConnection(address)


def test_a_missing_client_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)  # as Python notes what cannot be imported
    with pytest.raises(SettingError, match=r"kør »pip install kildesvar\[milvus\]«, og prøv igen\.$"):
        MilvusConnection("milvus://localhost:19530")


def test_a_folder_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    pytest.importorskip("milvus_lite", reason="not installed: pip install kildesvar[milvus]")
    (tmp_path / "fil").write_text("ikke en mappe")
    with pytest.raises(LibraryError, match=r"^Milvus på »milvus://.*« kan ikke bruges \(.*\); se efter, at"):
        MilvusConnection(f"milvus://{tmp_path}/fil/a.db")
