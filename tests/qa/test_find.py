"""What a question finds: hits with their passages, and sentences with cosines, each at its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from index.types import Span
from qa.find import State, look_up, search, with_sentences
from qa.quotes import Found
from tests.fakes import FakeSource, WordEmbedder
from tests.qa.making import reading

TEXTS = {"a.txt": "Katte må gå frit. Hunde skal føres i snor.", "b.txt": "Heste skal holdes på fold."}


def find_words(state: State, query: str, top_k: int = 10) -> tuple[Found, ...]:
    return look_up(state, query, search(state, query, WordEmbedder().embed_queries([query])), top_k)


def test_each_hit_comes_with_its_passage_and_sentences(tmp_path: Path) -> None:
    with reading(tmp_path, TEXTS) as state:
        first, second = with_sentences(state, find_words(state, "hunde i snor"))
        assert (first.passage.document, second.passage.document) == ("a.txt", "b.txt")
        assert first.passage.text == TEXTS["a.txt"]
        assert first.hit.passage_id == first.passage.id
        assert first.sentences == (Span(0, 17), Span(18, 42))
        assert len(second.sentences) == len(second.hit.cosines) == 1
        assert first == replace(find_words(state, "hunde i snor")[0], sentences=first.sentences)


def test_each_sentence_has_its_cosine_with_the_query(tmp_path: Path) -> None:
    with reading(tmp_path, TEXTS) as state:
        first, _ = find_words(state, "hunde i snor")
    # The title goes before a sentence: 0 of 5 words are asked for, and 3 of 6
    assert first.hit.cosines == pytest.approx((0.0, 3 / (6 * 3) ** 0.5), abs=1e-3)


def test_no_more_is_looked_up_than_asked_for(tmp_path: Path) -> None:
    with reading(tmp_path, TEXTS) as state:
        assert [len(find_words(state, "hunde i snor", top_k)) for top_k in (1, 2, 3)] == [1, 2, 2]


def test_an_empty_library_finds_nothing(tmp_path: Path) -> None:
    with reading(tmp_path, {}) as state:
        assert find_words(state, "hunde i snor") == ()


def test_the_year_asked_for_changes_the_order(tmp_path: Path) -> None:
    texts = {"gammel.txt": "Taksten er 100 kr.", "ny.txt": "Taksten er 120 kr."}
    source = FakeSource(texts, dates={"gammel.txt": "2014-01-01", "ny.txt": "2015-01-01"})
    with reading(tmp_path, source) as state:
        orders = [
            [found.passage.document for found in find_words(state, f"Hvad er taksten{when}?")]
            for when in ("", " i 2014", " i 2015", " nu, den nyeste")
        ]
    old_first, new_first = ["gammel.txt", "ny.txt"], ["ny.txt", "gammel.txt"]
    assert orders == [old_first, old_first, new_first, new_first]
