"""Files that are added: whole or not at all, never over one another, under names that do no harm."""

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from unicodedata import category

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import added
from index.added import AddedFiles, added_directory, safe_name
from index.errors import AddingError

LETTER = "Brev\n\nVi mødes på onsdag.\n".encode()


@pytest.fixture
def files(tmp_path: Path) -> AddedFiles:
    return AddedFiles(tmp_path / "home" / "added" / "sager")


def add(files: AddedFiles, name: str, data: bytes = LETTER) -> str:
    with files.receive(name) as incoming:
        incoming.write(data)
        return incoming.keep()


def names(files: AddedFiles) -> list[str]:
    return [file.path for file in files.files()]


def left_over(files: AddedFiles) -> list[Path]:
    return [path for path in files.documents.parent.rglob("*") if path.is_file()]


def test_a_file_that_is_kept_is_there_whole_and_for_its_owner_alone(files: AddedFiles) -> None:
    assert add(files, "brev.txt") == "brev.txt"
    path = files.documents / "brev.txt"
    assert path.read_bytes() == LETTER
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in path.parents[:4]} == {0o700}


def test_a_file_that_is_not_kept_leaves_nothing(files: AddedFiles) -> None:
    with files.receive("brev.txt") as incoming:
        incoming.write(LETTER)
    assert left_over(files) == []


def test_a_file_that_is_broken_off_leaves_nothing_and_costs_no_other(files: AddedFiles) -> None:
    add(files, "brev.txt")
    with suppress(ConnectionError), files.receive("brev.txt") as incoming:
        incoming.write(b"Halvt")
        raise ConnectionError
    assert [path.read_bytes() for path in left_over(files)] == [LETTER]


def test_the_same_name_again_gets_a_number_and_writes_over_nothing(files: AddedFiles) -> None:
    added_as = [
        add(files, name, name.encode()) for name in ("brev.txt", "Brev.txt", "brev.txt", "bre\u0301v.txt")
    ]
    assert added_as == ["brev.txt", "Brev (2).txt", "brev (3).txt", "br\u00e9v.txt"]
    assert (files.documents / "brev.txt").read_bytes() == b"brev.txt"


def test_a_name_that_another_chat_takes_in_that_moment_gets_a_number_too(
    files: AddedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(files, "brev.txt")
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))  # as it was a moment before
    assert add(files, "brev.txt", b"Et andet brev.") == "brev (2).txt"
    assert (files.documents / "brev.txt").read_bytes() == LETTER


@pytest.mark.parametrize(
    ("given_name", "safe"),
    [
        ("brev.txt", "brev.txt"),
        ("../../.ssh/id.txt", "id.txt"),
        ("C:\\sager\\brev.txt", "brev.txt"),
        ("/etc/passwd", "passwd"),
        (".skjult.txt", "skjult.txt"),
        ("~$brev.docx", "brev.docx"),
        ("..", "dokument"),
        ("", "dokument"),
        ("a\x00b\x1b[2J\u202e.txt", "ab[2J.txt"),
        ('<b>"x"|?*.txt', "_b__x____.txt"),
        ("CON.txt", "CON_.txt"),
        ("  to   blanke .txt. ", "to blanke .txt"),
        ("æ" * 300 + ".pdf", "æ" * 98 + ".pdf"),
    ],
)
def test_a_name_is_made_safe(given_name: str, safe: str) -> None:
    assert safe_name(given_name) == safe


@given(st.text())
def test_any_name_becomes_one_that_every_system_can_give_a_file(name: str) -> None:
    safe = safe_name(name)
    assert safe
    assert len(safe.encode()) <= 200
    assert safe[0] not in ".~"
    assert not any(sign in '/\\<>:"|?*' or category(sign)[0] == "C" for sign in safe)
    assert safe_name(safe) == safe


@pytest.mark.parametrize(
    ("name", "data", "line"),
    [
        ("virus.exe", b"MZ", "»virus.exe« er ikke tilføjet: filtypen .exe læses ikke."),
        ("brev.doc", b"x", "»brev.doc« er ikke tilføjet: gammelt Word-format (.doc); gem filen som .docx."),
        ("brev.txt", b"", "»brev.txt« er ikke tilføjet: filen er tom."),
        (
            "brev.txt",
            b"a" * 21_000_000,
            "»brev.txt« er ikke tilføjet: filen er for stor (21 MB; grænsen er 20 MB).",
        ),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(
    files: AddedFiles, name: str, data: bytes, line: str
) -> None:
    with pytest.raises(AddingError) as refused:
        add(files, name, data)
    assert str(refused.value) == line
    assert left_over(files) == []


def test_what_gets_too_large_or_is_one_too_many_is_refused_before_it_has_all_come(
    files: AddedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    with files.receive("brev.txt") as incoming, pytest.raises(AddingError, match="for stor"):
        incoming.write(b"a" * 21_000_000)
    monkeypatch.setattr(added, "MAX_FILES", 0)
    with pytest.raises(AddingError, match="ikke tilføjes mere end 0 filer"):
        files.receive("brev.txt").__enter__()


def test_what_is_kept_or_taken_out_is_on_disk_when_that_returns(
    files: AddedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    synced: list[object] = []
    monkeypatch.setattr(added, "sync_to_disk", lambda folder: synced.append(names(files)))
    monkeypatch.setattr(os, "fsync", lambda file: synced.append(os.fstat(file).st_size))
    add(files, "brev.txt")
    files.remove("brev.txt")
    assert synced[-3:] == [len(LETTER), ["brev.txt"], []]


def test_there_may_not_be_too_many(files: AddedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added, "MAX_FILES", 2)
    add(files, "a.txt")
    add(files, "b.txt")
    with pytest.raises(AddingError, match="Der kan ikke tilføjes mere end 2 filer"):
        add(files, "c.txt")
    files.remove("a.txt")
    assert add(files, "c.txt") == "c.txt"


def test_they_may_not_take_too_much_room(files: AddedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(added, "MAX_TOTAL_BYTES", 1_000_000)
    add(files, "a.txt", b"a" * 600_000)
    with pytest.raises(AddingError, match="Tilføjede filer må fylde 1 MB i alt"):
        add(files, "b.txt", b"b" * 600_000)
    assert names(files) == ["a.txt"]
    assert add(files, "b.txt", b"b" * 400_000) == "b.txt"


def test_a_full_disk_is_said_and_costs_nothing(files: AddedFiles, monkeypatch: pytest.MonkeyPatch) -> None:
    add(files, "a.txt")

    def fail(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(AddingError, match=r"^»b\.txt« er ikke tilføjet: disken er fuld\.$"):
        add(files, "b.txt")
    assert [path.name for path in left_over(files)] == ["a.txt"]


def test_a_file_that_cannot_be_put_in_its_place_leaves_no_name(
    files: AddedFiles, monkeypatch: pytest.MonkeyPatch
) -> None:
    add(files, "a.txt")

    def fail(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", fail)
    with pytest.raises(AddingError, match=r"^»b\.txt« er ikke tilføjet: disken er fuld\.$"):
        add(files, "b.txt")
    assert [path.name for path in left_over(files)] == ["a.txt"]


def test_a_link_in_the_way_is_not_followed(files: AddedFiles, tmp_path: Path) -> None:
    add(files, "a.txt")
    other = tmp_path / "andet.txt"
    other.write_text("urørt", encoding="utf-8")
    (files.documents / "b.txt").symlink_to(other)
    assert names(files) == ["a.txt"]
    assert add(files, "b.txt") == "b (2).txt"
    files.remove("b.txt")
    assert other.read_text(encoding="utf-8") == "urørt"


def test_only_what_was_added_can_be_taken_out(files: AddedFiles, tmp_path: Path) -> None:
    add(files, "a.txt")
    outside = tmp_path / "home" / "added" / "urørt.txt"
    outside.write_text("urørt", encoding="utf-8")
    for name in ("../../urørt.txt", str(outside), "findes ikke.txt", "", "."):
        files.remove(name)
    assert (names(files), outside.exists()) == (["a.txt"], True)
    files.remove("a.txt")
    assert names(files) == []


def test_what_a_stopped_machine_left_behind_is_removed_after_a_day(files: AddedFiles) -> None:
    add(files, "a.txt")
    incoming = files.documents.parent / "incoming"
    for name in ("gammel", "ny"):
        (incoming / name).write_bytes(b"Halvt")
    os.utime(incoming / "gammel", (0, 0))
    AddedFiles(files.documents.parent)
    assert [path.name for path in incoming.iterdir()] == ["ny"]


def test_every_folder_has_added_files_of_its_own(tmp_path: Path) -> None:
    places = {added_directory(tmp_path, tmp_path / name) for name in ("a/sager", "b/sager")}
    assert len(places) == 2
    assert {place.parent for place in places} == {tmp_path / "added"}
