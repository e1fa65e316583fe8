"""What an examination finds, and that it changes nothing."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index import examination, sync
from index.database import connect
from index.errors import LibraryError
from index.examination import Damage, Finding, examine
from index.library import DATABASE_NAME
from index.repair import repair_library
from index.seal import SEAL_NAME
from index.sync import READING_VERSION, sync_library
from tests.fakes import CountingEmbedder, FakeSource, WordEmbedder

TEXTS = {"a.txt": "Hunde skal føres i snor. Det gælder altid.", "b.txt": "Katte må gå frit."}


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    sync_library(FakeSource(TEXTS), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def change(statement: str) -> Callable[[Path], None]:
    """Return what changes a row as a damage would: with no signature or seal made anew."""

    def damage(directory: Path) -> None:
        connection = connect(directory / DATABASE_NAME)
        connection.execute(statement)
        connection.close()

    return damage


def cut_database(directory: Path) -> None:
    path = directory / DATABASE_NAME
    path.write_bytes(path.read_bytes()[:5000])


SEEN_AT_ONCE: dict[str, tuple[Callable[[Path], object], Damage]] = {
    "cut": (cut_database, Damage.DATABASE),
    "no seal": (lambda directory: (directory / SEAL_NAME).unlink(), Damage.UNSEALED),
    "no index": (lambda directory: shutil.rmtree(directory / "generations"), Damage.DERIVED),
    "another generation": (lambda directory: (directory / "generations" / "0").mkdir(), Damage.LEFTOVER),
    "a stray lock": (lambda directory: (directory / "generations" / "x.lock").touch(), Damage.LEFTOVER),
    "text": (change("UPDATE passages SET text = 'Hunde må gå frit.' WHERE id = 1"), Damage.CONTENTS),
    "no generation": (change("UPDATE settings SET value = 'x' WHERE name = 'generation'"), Damage.CONTENTS),
}

SEEN_THOROUGHLY: dict[str, tuple[str, set[Damage]]] = {
    "text": ("UPDATE passages SET text = 'Hunde må gå frit.' WHERE id = 1", {Damage.DOCUMENT}),
    "title": ("UPDATE documents SET title = 'Andet' WHERE path = 'a.txt'", {Damage.DOCUMENT}),
    "sentence": ('UPDATE sentences SET "end" = "end" - 1 WHERE id = 1', {Damage.DOCUMENT}),
    "size": ("UPDATE embeddings SET embedding = zeroblob(7) WHERE rowid = 1", {Damage.EMBEDDING}),
    "no number": (
        "UPDATE embeddings SET embedding = CAST(replace(hex(zeroblob(256)), '00', '~~') AS BLOB)",
        {Damage.EMBEDDING},
    ),
    "no list": ("UPDATE passages SET headings = '[' WHERE id = 1", set()),
}
"""What is changed in the database, and which damage of the rows is found beside that of the contents."""


@pytest.mark.parametrize("thorough", [False, True])
def test_a_sound_library_has_no_findings(directory: Path, thorough: bool) -> None:
    assert examine(directory, thorough=thorough) == ()


def test_what_a_stopped_run_embedded_with_another_model_is_no_damage(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Longer(CountingEmbedder):
        dimensions = 300

    monkeypatch.setattr(sync, "EMBEDDED_AT_A_TIME", 1)
    with pytest.raises(KeyboardInterrupt):
        sync_library(FakeSource(TEXTS), directory, Longer("ordmodel-2", stop_after=1))
    repair_library(directory)
    assert examine(directory, thorough=True) == ()


@pytest.mark.parametrize("damage", SEEN_AT_ONCE)
def test_each_damage_is_found_and_left_as_it_is(directory: Path, damage: str) -> None:
    do, found = SEEN_AT_ONCE[damage]
    do(directory)
    before = (directory / DATABASE_NAME).read_bytes()
    assert {finding.damage for finding in examine(directory)} == {found}
    assert (directory / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize("damage", SEEN_THOROUGHLY)
def test_each_damage_of_rows_is_named_by_a_thorough_look(directory: Path, damage: str) -> None:
    statement, found = SEEN_THOROUGHLY[damage]
    change(statement)(directory)
    before = (directory / DATABASE_NAME).read_bytes()
    findings = {finding.damage for finding in examine(directory, thorough=True)}
    assert findings == {Damage.CONTENTS, *found}
    assert (directory / DATABASE_NAME).read_bytes() == before


def test_the_document_whose_text_is_another_is_named(directory: Path) -> None:
    change("UPDATE documents SET text = replace(text, 'Katte', 'Hatte') WHERE path = 'b.txt'")(directory)
    assert Finding(Damage.DOCUMENT, "b.txt") in examine(directory, thorough=True)


@pytest.mark.parametrize(("reading", "named"), [(READING_VERSION, ["a.txt", "b.txt"]), ("later", [])])
def test_what_was_embedded_by_the_rules_of_another_version_is_no_damage(
    directory: Path, monkeypatch: pytest.MonkeyPatch, reading: str, named: list[str]
) -> None:
    monkeypatch.setattr(examination, "sentence_text", lambda title, passage, words: words)
    monkeypatch.setattr(examination, "READING_VERSION", reading)
    assert [finding.seen for finding in examine(directory, thorough=True)] == named


def test_what_is_derived_is_built_again_and_the_library_sealed(directory: Path) -> None:
    shutil.rmtree(directory / "generations")
    (directory / SEAL_NAME).unlink()
    repair_library(directory)
    assert examine(directory, thorough=True) == ()


def test_what_is_left_over_is_named_and_removed(directory: Path) -> None:
    (directory / "generations" / "00000000").mkdir()
    (directory / "generations" / "00000000" / "gamle.txt").write_text("Glemte ord", encoding="utf-8")
    (directory / "generations" / "x.lock").write_text("Glemte ord", encoding="utf-8")
    assert [finding.seen for finding in examine(directory)] == ["00000000", "x.lock"]
    repair_library(directory)
    assert examine(directory) == ()


def test_a_damaged_library_is_not_repaired(directory: Path) -> None:
    change("UPDATE passages SET text = 'Hunde må gå frit.' WHERE id = 1")(directory)
    with pytest.raises(LibraryError, match="er beskadiget"):
        repair_library(directory)


def test_no_library_is_no_damage(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="intet bibliotek"):
        examine(tmp_path)
