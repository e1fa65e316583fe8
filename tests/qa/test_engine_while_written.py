"""Questions that are asked while the library is written: each is answered from one state of it."""

import re
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.derived import SearchIndex
from index.errors import OutdatedState
from index.library import Library
from index.search_engine import SearchEngine
from index.sync import sync_library
from qa import engine as engine_module
from qa.engine import Engine
from qa.types import Answer
from tests.fakes import FakeSource, WordEmbedder
from tests.qa.making import QUESTION, engine_over


def edition(number: int) -> FakeSource:
    """Return the documents of one edition; each sentence names it."""
    return FakeSource(
        {
            "a.txt": f"Udgave {number}: Fristen for høringssvar om budgettet er den {number}. maj.",
            "b.txt": f"I udgave {number} er fristen for klager over byggesager den {number}. juni.",
            f"kun-{number}.txt": f"Efter udgave {number} kan klager over høringssvar ikke behandles.",
        }
    )


def editions_of(answer: Answer) -> set[str]:
    return {
        found
        for citation in (*answer.citations, *answer.related)
        for found in re.findall(r"(?i)udgave (\d+)", citation.quote)
    }


def test_a_question_reads_one_state_though_another_is_published_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._BUSY_TIMEOUT_SECONDS", 0.0)  # do not wait for this very reader
    engine = engine_over(tmp_path, edition(1))
    find = engine_module.find_distinct

    def publish_then_find(*arguments: object) -> object:
        monkeypatch.setattr(engine_module, "find_distinct", find)
        sync_library(edition(2), tmp_path, WordEmbedder())
        return find(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine_module, "find_distinct", publish_then_find)
    during, after = engine.ask(QUESTION), engine.ask(QUESTION)
    assert "den 1. maj" in during.citations[0].quote
    assert "den 2. maj" in after.citations[0].quote
    assert (editions_of(during), editions_of(after)) == ({"1"}, {"2"})


def test_threads_that_ask_while_editions_are_published_get_whole_answers_of_one_edition(
    tmp_path: Path,
) -> None:
    engine = engine_over(tmp_path, edition(1))
    finished, everyone = threading.Event(), threading.Barrier(3)

    def keep_asking() -> list[Answer]:
        everyone.wait(60)
        answers = [engine.ask(QUESTION)]
        while not finished.is_set():
            answers.append(engine.ask(QUESTION))
        return [*answers, engine.ask(QUESTION)]

    with ThreadPoolExecutor(2) as pool:
        threads = [pool.submit(keep_asking) for _ in range(2)]
        try:
            everyone.wait(60)
            for number in range(2, 6):
                sync_library(edition(number), tmp_path, WordEmbedder())
        finally:
            finished.set()
    for answers in (thread.result() for thread in threads):
        seen = [editions_of(answer) for answer in answers]
        assert all(len(editions) == 1 for editions in seen)
        numbers = [int(number) for (number,) in seen]
        assert numbers == sorted(numbers)
        assert numbers[-1] == 5
        assert not any(answer.refused for answer in answers)


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every opening of a search index."""
    opened: list[object] = []
    real: Callable[..., object] = engine_module.open_search_index
    monkeypatch.setattr(
        engine_module, "open_search_index", lambda *given: (opened.append(given[0]), real(*given))[1]
    )
    return opened


def test_the_search_index_is_opened_once_for_each_generation(tmp_path: Path, openings: list[object]) -> None:
    engine = engine_over(tmp_path, edition(1))
    for _ in range(3):
        engine.ask(QUESTION)
    assert len(openings) == 1
    sync_library(edition(2), tmp_path, WordEmbedder())
    for _ in range(3):
        engine.ask(QUESTION)
    assert len(openings) == 2


def test_a_question_that_began_before_a_new_state_never_opens_the_old_one_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._BUSY_TIMEOUT_SECONDS", 0.0)  # the sync need not wait for a reader
    engine = engine_over(tmp_path, {"a.txt": "Hunde skal føres i snor."})
    opened: list[int] = []
    held, go_on = threading.Event(), threading.Event()
    check, open_index = Engine._check_model, engine_module.open_search_index

    def hold_the_first(self: Engine, library: Library) -> None:
        first = not held.is_set()
        held.set()
        if first:
            go_on.wait(60)
        check(self, library)

    def count(library: Library, search_engine: SearchEngine) -> SearchIndex:
        opened.append(library.generation())
        return open_index(library, search_engine)

    monkeypatch.setattr(Engine, "_check_model", hold_the_first)
    monkeypatch.setattr(engine_module, "open_search_index", count)
    threads = [threading.Thread(target=engine.documents) for _ in range(2)]
    threads[0].start()
    assert held.wait(60)
    sync_library(FakeSource({"b.txt": "Katte må gå frit."}), tmp_path, WordEmbedder())
    threads[1].start()
    threads[1].join(0.5)  # it would be done by now, if it did not wait for the one before
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert opened == [2]


def test_a_state_that_is_outdated_when_it_is_opened_is_left_for_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_over(tmp_path / "bibliotek", {"a.txt": "Hunde skal føres i snor."})
    open_index, tries = engine_module.open_search_index, 0

    def outdated_at_first(library: Library, search_engine: SearchEngine) -> SearchIndex:
        nonlocal tries
        tries += 1
        if tries in (1, 3, 4, 5, 6, 7):
            raise OutdatedState("er blevet opdateret imens")
        return open_index(library, search_engine)

    monkeypatch.setattr(engine_module, "open_search_index", outdated_at_first)
    engine._index = None
    assert len(engine.documents()) == 1
    assert tries == 2
    engine._index = None
    with pytest.raises(OutdatedState):
        engine.documents()
    assert tries == 7
