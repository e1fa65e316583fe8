"""A document that is forgotten is gone: no byte of it lies under the home folder, and a line says so."""

import os
from contextlib import closing
from pathlib import Path

import pytest

from index import database
from index.derived import open_search_index
from index.errors import FolderError, LibraryError, OutdatedState
from index.examination import examine
from index.folder import FolderSource
from index.joined import ADDED_FOLDER
from index.library import Library
from index.sync import sync_library
from qa.engine import Engine
from qa.feedback import Feedback, Opinion
from qa.forget import forget_document, render_proof
from qa.opening import Settings, added_files
from tests.fakes import WordEmbedder
from tests.qa.making import read_folder

CANARY = "Kanariefuglen Zenobia bor hemmeligt i Vridsløsemagle."
SHARED = "Alle dyr skal behandles ordentligt efter loven."
SECRET = f"Sagen om fuglen\n\n{CANARY} {SHARED}\n"
OTHER = f"Om dyr i almindelighed\n\n{SHARED} Hunde skal føres i snor.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sager"
    folder.mkdir()
    (folder / "fugl.txt").write_text(SECRET, encoding="utf-8")
    (folder / "andet.txt").write_text(OTHER, encoding="utf-8")
    return folder


@pytest.fixture
def directory(folder: Path, home: Path) -> Path:
    return read_folder(folder, home)


def everything_under(home: Path) -> bytes:
    return b"\n".join(path.read_bytes() for path in home.rglob("*") if path.is_file())


def test_no_byte_of_a_forgotten_document_is_left(folder: Path, home: Path, directory: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(True, "Hvor bor Zenobia?", "fugl.txt", CANARY, "fint"))
    feedback.keep(Opinion(True, "Hvad med hunde?", "andet.txt", "Hunde skal føres i snor.", ""))
    feedback.count_refusal("Sagen om fuglen")
    assert everything_under(home).count(b"Zenobia") > 3
    proof = forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    assert proof.is_clean
    assert (proof.sentences, proof.opinions, proof.terms_left) == (2, 1, 0)
    for trace in ("Zenobia", "zenobia", "Kanariefugl", "Vridsløse", "Sagen om fuglen", "fugl.txt"):
        assert trace.encode() not in everything_under(home)
    assert not (folder / "fugl.txt").exists()
    assert [opinion.document for opinion in feedback.opinions()] == ["andet.txt"]


def test_what_is_left_is_whole_and_answers_as_before(folder: Path, home: Path, directory: Path) -> None:
    forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    assert examine(directory, thorough=True) == ()
    answer = Engine(directory, WordEmbedder()).ask("Hvordan skal hunde føres i snor?")
    assert {each.document for each in (*answer.citations, *answer.related)} == {"andet.txt"}
    with closing(FolderSource(folder)) as source:
        report = sync_library(source, directory, WordEmbedder())
    assert (report.documents, report.added, report.changed, report.removed) == (1, (), (), ())


def test_a_file_that_is_still_there_is_not_forgotten(folder: Path, home: Path, directory: Path) -> None:
    with pytest.raises(FolderError, match=r"fugl\.txt« ligger stadig i mappen .* --delete-file"):
        forget_document(folder, "fugl.txt", Settings(home), delete_file=False)
    assert (folder / "fugl.txt").exists()
    (folder / "fugl.txt").unlink()
    assert forget_document(folder, "fugl.txt", Settings(home), delete_file=False).is_clean


def test_a_file_behind_a_link_is_never_deleted(
    folder: Path, home: Path, directory: Path, tmp_path: Path
) -> None:
    (folder / "fugl.txt").rename(tmp_path / "udenfor.txt")
    (folder / "fugl.txt").symlink_to(tmp_path / "udenfor.txt")
    with pytest.raises(FolderError, match="er et link eller ligger uden for mappen"):
        forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    assert (tmp_path / "udenfor.txt").exists()


def test_a_document_that_is_not_there_is_told(folder: Path, home: Path, directory: Path) -> None:
    with pytest.raises(LibraryError, match=r"»hest\.txt« er ikke i biblioteket"):
        forget_document(folder, "hest.txt", Settings(home), delete_file=True)


def test_what_another_library_holds_is_named(folder: Path, home: Path, directory: Path) -> None:
    (folder / "under").mkdir()
    os.link(folder / "fugl.txt", folder / "under" / "fugl.txt")
    other = read_folder(folder / "under", home)
    proof = forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    assert not proof.is_clean
    assert (other / "library.sqlite").relative_to(home).as_posix() in proof.found_in
    line, *places, advice = render_proof(proof)
    assert line.startswith("IKKE glemt · ")
    assert len(places) == len(proof.found_in)
    assert advice.startswith("Kør den samme kommando igen")


def test_the_line_names_what_was_erased_and_what_was_searched(
    folder: Path, home: Path, directory: Path
) -> None:
    with Library(directory) as library:
        stamp = library.stamps()["fugl.txt"]
    proof = forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    [line] = render_proof(proof)
    assert line.startswith(f"Glemt · {proof.date} · »fugl.txt« · SHA-256 af filen {stamp.content_hash}")
    assert line.endswith("ord i søgeindekset: ingen rester.")


def test_a_document_that_was_added_from_the_chat_is_forgotten_with_its_copy(folder: Path, home: Path) -> None:
    settings = Settings(home)
    with added_files(folder, settings).receive("hest.txt") as incoming:
        incoming.write(f"Hesten\n\nHesten Zarathustra bor i {CANARY}\n".encode())
        incoming.keep()
    read_folder(folder, home)
    with pytest.raises(FolderError, match="hest"):
        forget_document(folder, f"{ADDED_FOLDER}/hest.txt", settings, delete_file=False)
    proof = forget_document(folder, f"{ADDED_FOLDER}/hest.txt", settings, delete_file=True)
    assert proof.document == "Tilføjet i Kildesvar/hest.txt"
    assert added_files(folder, settings).files() == ()
    assert b"Zarathustra" not in everything_under(home)


def test_what_a_reader_kept_is_removed_and_proven_when_the_command_is_run_again(
    folder: Path, home: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_SECONDS", 0.01)
    with Library(directory) as library, library.snapshot():
        first = forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
        assert not first.is_clean
        with pytest.raises(OutdatedState):
            open_search_index(library)
    [kept] = (home / "forgetting").iterdir()
    assert kept.stat().st_mode & 0o777 == 0o600
    assert not any(trace in kept.read_bytes() for trace in (b"Zenobia", b"fuglen", b"fugl.txt"))
    second = forget_document(folder, "fugl.txt", Settings(home), delete_file=False)
    assert second.is_clean
    assert (second.file_sha256, second.needles) == (first.file_sha256, first.needles)
    assert b"Zenobia" not in everything_under(home)
    assert not kept.exists()
    assert examine(directory, thorough=True) == ()
    with pytest.raises(LibraryError, match="er ikke i biblioteket"):
        forget_document(folder, "fugl.txt", Settings(home), delete_file=False)


def test_what_was_said_of_a_document_with_a_personal_number_in_its_name_goes_too(
    folder: Path, home: Path
) -> None:
    (folder / "070761-4285.txt").write_text(f"Sagen om 070761-4285\n\n{CANARY}\n", encoding="utf-8")
    read_folder(folder, home)
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(True, "Hvor?", "070761-4285.txt", CANARY, ""))
    feedback.count_refusal("Sagen om 070761-4285")
    assert forget_document(folder, "070761-4285.txt", Settings(home), delete_file=True).opinions == 1
    assert (feedback.opinions(), feedback.refused_topics()) == ((), ())


def test_a_topic_stays_while_another_document_has_that_title(
    folder: Path, home: Path, directory: Path
) -> None:
    (folder / "fugl2.txt").write_text(SECRET, encoding="utf-8")
    read_folder(folder, home)
    feedback = Feedback(home, counts_refusals=True)
    feedback.count_refusal("Sagen om fuglen")
    forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    assert len(feedback.refused_topics()) == 1
    forget_document(folder, "fugl2.txt", Settings(home), delete_file=True)
    assert feedback.refused_topics() == ()


def test_what_is_said_between_two_runs_goes_with_the_second(
    folder: Path, home: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_SECONDS", 0.01)
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(True, "Hvor bor Zenobia?", "fugl.txt", CANARY, ""))
    with Library(directory) as library, library.snapshot():
        first = forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
        feedback.keep(Opinion(True, "Og hvem er hun?", "fugl.txt", CANARY, ""))
        feedback.count_refusal("Sagen om fuglen")
    second = forget_document(folder, "fugl.txt", Settings(home), delete_file=False)
    assert (first.is_clean, second.is_clean) == (False, True)
    assert (first.opinions, second.opinions) == (1, 2)
    assert b"Zenobia" not in everything_under(home)
    assert (feedback.opinions(), feedback.refused_topics()) == ((), ())


def test_a_run_that_could_not_reach_the_opinions_is_ended_by_the_next(
    folder: Path, home: Path, directory: Path
) -> None:
    kept = home / "feedback" / "feedback.sqlite"
    kept.parent.mkdir()
    kept.write_bytes(b"x" * 5000)
    with pytest.raises(LibraryError, match="med svar på"):
        forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    kept.unlink()
    Feedback(home).keep(Opinion(True, "Hvor?", "fugl.txt", CANARY, ""))
    proof = forget_document(folder, "fugl.txt", Settings(home), delete_file=True)
    assert (proof.is_clean, proof.opinions, proof.sentences) == (True, 1, 2)


def test_what_was_said_of_a_document_that_went_with_its_file_goes_and_is_told(
    folder: Path, home: Path, directory: Path
) -> None:
    Feedback(home).keep(Opinion(True, "Hvor?", "fugl.txt", CANARY, ""))
    (folder / "fugl.txt").unlink()
    read_folder(folder, home)
    with pytest.raises(LibraryError, match=r"ikke i biblioteket, så intet kan bevises; 1 brugersvar"):
        forget_document(folder, "fugl.txt", Settings(home), delete_file=False)
    assert Feedback(home).opinions() == ()


def test_a_file_that_came_back_before_the_proof_is_deleted_too(
    folder: Path, home: Path, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_TIMEOUT_SECONDS", 0.01)
    with Library(directory) as library, library.snapshot():
        assert not forget_document(folder, "fugl.txt", Settings(home), delete_file=True).is_clean
    (folder / "fugl.txt").write_text(SECRET, encoding="utf-8")
    assert forget_document(folder, "fugl.txt", Settings(home), delete_file=True).is_clean
    assert not (folder / "fugl.txt").exists()
