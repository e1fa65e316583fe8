"""Files that cannot be read: told with their reason, and tried again when that can help."""

from pathlib import Path
from typing import NoReturn

import pytest

from index import sync
from index.errors import UnreadableFile, UnreadNow
from index.sync import sync_library
from index.types import Notice, SkippedFile
from tests.fakes import LONG_AGO_NS, CountingEmbedder, FakeSource, WordEmbedder
from tests.index.syncing import CATS, HORSES, found, lists, texts_in


def test_a_broken_file_is_skipped_with_its_reason_and_not_read_again(
    source: FakeSource, directory: Path
) -> None:
    source.broken.add("a.txt")
    report = sync_library(source, directory, CountingEmbedder())
    assert (lists(report), report.skipped) == (
        (("b.txt",), (), (), 0),
        (Notice("a.txt", "filen er beskadiget"),),
    )
    source.opened.clear()
    again = sync_library(source, directory, CountingEmbedder())
    assert (source.opened, again.skipped) == ([], report.skipped)


def test_a_broken_file_is_read_again_once_it_changes(source: FakeSource, directory: Path) -> None:
    source.broken.add("a.txt")
    sync_library(source, directory, CountingEmbedder())
    source.broken.clear()
    source.texts["a.txt"] = HORSES
    report = sync_library(source, directory, CountingEmbedder())
    assert (lists(report), report.skipped) == ((("a.txt",), (), (), 1), ())


def test_a_file_that_could_not_be_opened_is_tried_again_though_it_looks_the_same(
    source: FakeSource, directory: Path
) -> None:
    source.closed.add("a.txt")
    report = sync_library(source, directory, CountingEmbedder())
    assert report.skipped == (Notice("a.txt", "filen kan ikke åbnes"),)
    source.closed.clear()
    assert lists(sync_library(source, directory, CountingEmbedder())) == (("a.txt",), (), (), 1)


def test_a_file_left_out_is_read_once_it_is_listed_though_it_looks_the_same(
    source: FakeSource, directory: Path
) -> None:
    size, time_ns = len(HORSES.encode()), LONG_AGO_NS
    source.left_out.append(SkippedFile("c.txt", size, time_ns, "der er ikke adgang til filen"))
    report = sync_library(source, directory, CountingEmbedder())
    assert report.skipped == (Notice("c.txt", "der er ikke adgang til filen"),)
    source.left_out.clear()
    source.texts["c.txt"], source.times["c.txt"] = HORSES, time_ns
    report = sync_library(source, directory, CountingEmbedder())
    assert (lists(report), report.skipped) == ((("c.txt",), (), (), 2), ())


def test_a_file_without_text_is_skipped(source: FakeSource, directory: Path) -> None:
    source.texts["c.txt"] = " \n\n "
    report = sync_library(source, directory, CountingEmbedder())
    assert report.skipped == (Notice("c.txt", "filen har ingen tekst"),)
    assert report.documents == 2


@pytest.mark.parametrize("trouble", ["broken", "closed", "vanished"])
def test_a_file_that_cannot_be_read_any_more_goes(source: FakeSource, directory: Path, trouble: str) -> None:
    sync_library(source, directory, CountingEmbedder())
    source.texts["a.txt"] = HORSES
    getattr(source, trouble).add("a.txt")
    report = sync_library(source, directory, CountingEmbedder())
    assert (report.removed, [notice.document for notice in report.skipped]) == (("a.txt",), ["a.txt"])
    assert (texts_in(directory), found(directory, "hunde")) == ({"b.txt": CATS}, [])


def test_other_reading_rules_try_a_broken_file_again(
    source: FakeSource, directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source.broken.add("a.txt")
    sync_library(source, directory, CountingEmbedder())
    source.broken.clear()
    monkeypatch.setattr(sync, "READING_VERSION", "andre regler")
    assert sync_library(source, directory, CountingEmbedder()).skipped == ()


def test_a_file_that_cannot_be_read_now_is_tried_again_and_another_is_not(tmp_path: Path) -> None:
    source = FakeSource({"a.txt": "Hunde skal føres i snor."})
    source.read = lambda path: raise_reason(UnreadNow("ikke nu"))  # type: ignore[method-assign]
    assert sync_library(source, tmp_path, WordEmbedder()).skipped == (Notice("a.txt", "ikke nu"),)
    source.read = lambda path: raise_reason(UnreadableFile("beskadiget"))  # type: ignore[method-assign]
    assert sync_library(source, tmp_path, WordEmbedder()).skipped == (Notice("a.txt", "beskadiget"),)
    source.read = lambda path: raise_reason(UnreadNow("ikke nu"))  # type: ignore[method-assign]
    assert sync_library(source, tmp_path, WordEmbedder()).skipped == (Notice("a.txt", "beskadiget"),)


def raise_reason(reason: UnreadableFile) -> NoReturn:
    raise reason
