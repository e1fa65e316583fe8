"""Listing a folder and opening its files: nothing outside it, nothing unexplained."""

import os
import socket
import sys
from pathlib import Path

import pytest

from index.errors import FolderError, UnreadableFile
from index.read.folder import list_files, open_below, shown_path, size_reason

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="links, sockets and FIFOs are of POSIX")


def write(folder: Path, path: str, text: str = "tekst") -> Path:
    file = folder / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def reasons(folder: Path) -> dict[str, str]:
    return {file.path: file.reason for file in list_files(folder)[1]}


def test_files_are_listed_by_path_with_size_and_time(tmp_path: Path) -> None:
    write(tmp_path, "b/å.md", "abc")
    os.utime(write(tmp_path, "a.TXT", "ab"), ns=(5, 7))
    found, skipped = list_files(tmp_path)
    assert [(file.path, file.size) for file in found] == [("a.TXT", 2), ("b/å.md", 3)]
    assert found[0].modified_ns == 7
    assert skipped == ()


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        (".skjult.txt", "skjult fil"),
        (".git/notes.txt", "ligger i en skjult mappe"),
        ("a/.git/x/y.txt", "ligger i en skjult mappe"),
        ("__MACOSX/._brev.txt", "ligger i en skjult mappe"),
        ("~$kontrakt.docx", "låsefil fra et program, der har dokumentet åbent"),
        (".~lock.referat.odt#", "låsefil fra et program, der har dokumentet åbent"),
        ("data.json", "filtypen .json læses ikke"),
        ("Thumbs.db", "filtypen .db læses ikke"),
        ("brev.doc", "gammelt Word-format (.doc); gem filen som .docx"),
        ("ark.XLS", "gammelt Excel-format (.xls); gem filen som .xlsx"),
    ],
)
def test_what_is_not_read_has_its_reason(tmp_path: Path, path: str, reason: str) -> None:
    write(tmp_path, path)
    assert reasons(tmp_path) == {path: reason}


@pytest.mark.parametrize(
    "path", ["uden_endelse", "..dobbelt..txt", "1. maj", " a .txt", "ny\nlinje.txt", "mappe.txt/a.txt"]
)
def test_odd_names_are_no_reason(tmp_path: Path, path: str) -> None:
    write(tmp_path, path)
    assert [file.path for file in list_files(tmp_path)[0]] == [path]


def test_a_hidden_folder_with_many_files_is_told_as_one(tmp_path: Path) -> None:
    for number in range(21):
        write(tmp_path, f".cache/{number}.txt")
    assert reasons(tmp_path) == {".cache": "skjult mappe med 21 filer"}


def test_links_are_not_followed_and_say_where_they_lead(tmp_path: Path) -> None:
    outside = write(tmp_path, "ude/hemmelig.txt")
    folder = tmp_path / "inde"
    write(folder, "a.txt")
    for name, target in {
        "ud.txt": outside,
        "ud_mappe": outside.parent,
        "ind.txt": folder / "a.txt",
        "op": folder,
        "brudt.txt": folder / "intet",
        "ring.txt": folder / "ring.txt",
        "enhed.txt": Path("/dev/zero"),
    }.items():
        (folder / name).symlink_to(target)
    assert [file.path for file in list_files(folder)[0]] == ["a.txt"]
    assert reasons(folder) == {
        "ud.txt": "genvej til noget uden for mappen",
        "ud_mappe": "genvej til noget uden for mappen",
        "enhed.txt": "genvej til noget uden for mappen",
        "ind.txt": "genvej til noget andet i mappen, som læses dér",
        "op": "genvej til noget andet i mappen, som læses dér",
        "brudt.txt": "genvej, der ikke fører til noget",
        "ring.txt": "genvej, der ikke fører til noget",
    }


def test_fifos_and_sockets_are_no_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "rør.txt")
    monkeypatch.chdir(tmp_path)  # the name of a socket may not be long
    with socket.socket(socket.AF_UNIX) as end:
        end.bind("stik.txt")
    assert reasons(tmp_path) == {
        "rør.txt": "er ikke en almindelig fil",
        "stik.txt": "er ikke en almindelig fil",
    }


def test_a_name_that_is_not_utf8_is_shown_escaped(tmp_path: Path) -> None:
    (Path(os.fsdecode(bytes(tmp_path))) / os.fsdecode(b"latin1_\xe6.txt")).write_text("x")
    assert reasons(tmp_path) == {"latin1_\\xe6.txt": "filnavnet er ikke gyldig UTF-8; omdøb filen"}
    assert shown_path("æ.txt") == "æ.txt"


def test_empty_and_huge_files_are_told_by_their_size() -> None:
    assert size_reason("a.txt", 0) == "filen er tom"
    assert size_reason("a.txt", 20_000_000) is None
    assert size_reason("a.txt", 30_000_000) == "filen er for stor (30 MB; grænsen er 20 MB)"
    assert size_reason("a.pdf", 30_000_000) is size_reason("a.eml", 30_000_000) is None
    assert size_reason("a.pdf", 201_000_000) == "filen er for stor (201 MB; grænsen er 200 MB)"


def test_a_folder_that_cannot_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, "lukket/a.txt")
    scan = os.scandir

    def refuse(path: str | Path) -> object:
        if str(path).endswith("lukket"):
            raise PermissionError
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert reasons(tmp_path) == {"lukket": "mappen kan ikke læses; du har ikke adgang til den"}


@pytest.mark.parametrize(
    ("name", "words"), [("intet", "Mappen findes ikke"), ("fil.txt", "Stien er ikke en mappe")]
)
def test_what_is_no_folder_is_an_error(tmp_path: Path, name: str, words: str) -> None:
    write(tmp_path, "fil.txt")
    with pytest.raises(FolderError, match=words):
        list_files(tmp_path / name)


def test_a_file_is_opened_below_the_folder(tmp_path: Path) -> None:
    write(tmp_path, "a/b/å.txt", "indhold")
    with open_below(tmp_path, "a/b/å.txt") as file:
        assert file.read() == b"indhold"


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("../ude.txt", "uden for mappen"),
        ("a/../../ude.txt", "uden for mappen"),
        ("/etc/hostname", "uden for mappen"),
        ("a\x00b", "uden for mappen"),
        ("", "uden for mappen"),
        ("findes/ikke.txt", "findes ikke længere"),
        ("link.txt", "er ikke en almindelig fil"),
        ("linkmappe/ude.txt", "er ikke en almindelig fil"),
        ("rør.txt", "er ikke en almindelig fil"),
        ("mappe", "er ikke en almindelig fil"),
    ],
)
def test_what_is_no_regular_file_below_the_folder_is_not_opened(
    tmp_path: Path, path: str, reason: str
) -> None:
    folder = tmp_path / "inde"
    (folder / "mappe").mkdir(parents=True)
    write(tmp_path, "ude.txt")
    (folder / "link.txt").symlink_to(tmp_path / "ude.txt")
    (folder / "linkmappe").symlink_to(tmp_path)
    os.mkfifo(folder / "rør.txt")
    with pytest.raises(UnreadableFile, match=reason):
        open_below(folder, path)
