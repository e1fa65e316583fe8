"""Readers that wait for the next question: used again, never shared, and never of a file that has gone."""

import gc
import shutil
from pathlib import Path

import pytest

from index.errors import LibraryError
from index.library import Library
from index.readers import Readers
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    sync_library(FakeSource({"a.txt": "Hunde skal føres i snor."}), tmp_path / "bibliotek", WordEmbedder())
    return tmp_path / "bibliotek"


def is_closed(library: Library) -> bool:
    try:
        library.generation()
    except Exception:
        return True
    return False


def test_a_reader_is_used_again(directory: Path) -> None:
    readers = Readers(directory)
    with readers.reader() as first:
        pass
    with readers.reader() as second:
        assert second is first
        assert second.generation() == 1


def test_two_at_once_are_two(directory: Path) -> None:
    readers = Readers(directory)
    with readers.reader() as first, readers.reader() as second:
        assert first is not second


def test_one_that_met_an_error_is_not_used_again(directory: Path) -> None:
    readers = Readers(directory)
    with pytest.raises(KeyError), readers.reader() as first:
        raise KeyError
    assert is_closed(first)
    with readers.reader() as second:
        assert second is not first


def test_a_library_in_anothers_place_is_opened_anew(directory: Path) -> None:
    readers = Readers(directory)
    with readers.reader() as first:
        before = first.state()
    kept = directory.rename(directory.with_name("før"))  # so that its file's number is not given to the other
    sync_library(FakeSource({"b.txt": "Katte må gå frit."}), directory, WordEmbedder())
    with readers.reader() as second:
        assert second.state() != before
    assert is_closed(first)
    shutil.rmtree(kept)


def test_a_library_that_has_gone_is_told(directory: Path) -> None:
    readers = Readers(directory)
    with readers.reader():
        pass
    shutil.rmtree(directory)
    with pytest.raises(LibraryError, match="Der er intet bibliotek"), readers.reader():
        pass


def test_no_more_than_a_few_wait(directory: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.readers._MOST_WAITING", 1)
    readers = Readers(directory)
    with readers.reader() as first, readers.reader() as second:
        pass
    assert [is_closed(first), is_closed(second)] == [True, False]


def test_those_that_wait_are_closed_with_the_last_that_could_ask(directory: Path) -> None:
    readers = Readers(directory)
    with readers.reader() as reader:
        pass
    del readers
    gc.collect()
    assert is_closed(reader)
