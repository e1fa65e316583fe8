"""What a sync would do: the same as it then does, without reading or writing anything."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import plan
from index.plan import SyncPlan, plan_sync
from index.sync import sync_library
from index.types import Notice, Rename, SkippedFile
from tests.fakes import LONG_AGO_NS, FakeSource, WordEmbedder

DOGS = "Hunde skal føres i snor."
CATS = "Katte må gå frit."


@pytest.fixture
def source() -> FakeSource:
    return FakeSource({"a.txt": DOGS, "b.txt": CATS})


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "bibliotek"


def test_without_a_library_everything_would_be_added(source: FakeSource, directory: Path) -> None:
    assert plan_sync(source, directory) == SyncPlan(("a.txt", "b.txt"), (), (), (), 0, (), False)
    assert not directory.exists()


def test_each_change_is_told_by_content(source: FakeSource, directory: Path) -> None:
    source.texts |= {"c.txt": "Heste.", "d.txt": "Geder."}
    sync_library(source, directory, WordEmbedder())
    source.texts = {"a.txt": CATS, "c.txt": "Heste.", "e.txt": "Geder.", "f.txt": "Køer."}
    source.times["c.txt"] = LONG_AGO_NS  # touched, with the same bytes
    source.read_paths.clear()
    assert plan_sync(source, directory) == SyncPlan(
        added=("e.txt", "f.txt"),
        changed=("a.txt",),
        removed=("b.txt", "d.txt"),
        renamed=(Rename("d.txt", "e.txt"),),
        unchanged=1,
        skipped=(),
        reads_all_again=False,
    )
    assert source.read_paths == []


def test_files_that_cannot_be_read_keep_their_reasons(source: FakeSource, directory: Path) -> None:
    source.texts["c.txt"] = "Brudt."
    source.broken.add("c.txt")
    sync_library(source, directory, WordEmbedder())
    source.texts["d.txt"] = "Lukket."
    source.closed.add("d.txt")
    source.left_out.append(SkippedFile("e.xyz", 1, LONG_AGO_NS, "filtypen .xyz læses ikke"))
    found = plan_sync(source, directory)
    assert (found.added, found.removed, found.unchanged) == ((), (), 2)
    assert found.skipped == (
        Notice("c.txt", "filen er beskadiget"),
        Notice("d.txt", "filen kan ikke åbnes"),
        Notice("e.xyz", "filtypen .xyz læses ikke"),
    )


def test_a_document_whose_file_cannot_be_opened_any_more_would_go(
    source: FakeSource, directory: Path
) -> None:
    sync_library(source, directory, WordEmbedder())
    source.times["a.txt"] = LONG_AGO_NS
    source.closed.add("a.txt")
    assert plan_sync(source, directory).removed == ("a.txt",)


def test_other_rules_of_reading_are_told(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sync_library(source, directory, WordEmbedder())
    monkeypatch.setattr(plan, "READING_VERSION", "andre regler")
    found = plan_sync(source, directory)
    assert (found.changed, found.unchanged, found.reads_all_again) == ((), 2, True)


STATES = st.dictionaries(st.sampled_from("abcd"), st.sampled_from(["Hunde.", "Katte.", "Heste."]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(before=STATES, after=STATES)
def test_a_sync_does_what_was_planned(
    before: dict[str, str], after: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    directory = tmp_path_factory.mktemp("plan")
    sync_library(FakeSource(before), directory, WordEmbedder())
    planned = plan_sync(FakeSource(after), directory)
    done = sync_library(FakeSource(after), directory, WordEmbedder())
    assert (planned.added, planned.changed, planned.removed, planned.renamed, planned.unchanged) == (
        done.added, done.changed, done.removed, done.renamed, done.unchanged,
    )  # fmt: skip
