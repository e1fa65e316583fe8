"""BM25 as products of sparse vectors: worked by hand, and against the index in files."""

from math import log
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.bm25 import DIMENSIONS, SparseVector, TermStatistics, dimension
from index.lexical import LexicalField, LexicalIndex
from index.lexical_build import LexicalText, build_lexical

TEXTS = [LexicalText(1, "a.txt", ("Hund, hund og kat.",)), LexicalText(4, "b.txt", ("En hund og en hest.",))]
"""Stems: hund, og, kat, hund_og, og_kat less what both are stop words; tests of `lexical` count the same."""

WORDS = [*(f"ord{i}x{i * i}" for i in range(80)), "børnehave", "plejehjemsplads", "frist", "kat", "12"]


def long_texts() -> list[LexicalText]:
    """Return passages of 1 to 900 words, each other words, of three documents."""
    counts = [1, 7, 23, 24, 25, 39, 40, 41, 57, 64, 90, 150, 400, 900]
    return [
        LexicalText(i, str(i // 5), (words(i + 5, count // 2), words(i, count)))
        for i, count in enumerate(counts, 1)
    ]


def words(first: int, count: int) -> str:
    return " ".join(WORDS[(first * 7 + k * (1 + first % 3)) % len(WORDS)] for k in range(count))


def product(query: SparseVector, passage: SparseVector) -> float:
    return sum(weight * passage.get(place, 0.0) for place, weight in query.items())


def test_one_term_scores_as_worked_by_hand() -> None:
    texts = [LexicalText(1, "a.txt", ("hund kat",)), LexicalText(2, "b.txt", ("hest",))]
    statistics = TermStatistics.of(texts)
    # stems: hund, kat and the pair hund_kat, against hest alone: 2 terms on average
    assert statistics.average_lengths[LexicalField.STEMS] == 2.0
    passage, _ = statistics.weigh_passages(texts)
    # 2.2 * 1 / (1 + 1.2 * (0.25 + 0.75 * 3 / 2)) = 2.2 / 2.65
    assert passage[dimension(LexicalField.STEMS, "hund")] == pytest.approx(2.2 / 2.65)
    query = statistics.weigh_query(LexicalField.STEMS, "hunde")
    # stands in 1 of 2: ln(1 + 1.5 / 1.5) = ln 2
    assert query == {dimension(LexicalField.STEMS, "hund"): pytest.approx(log(2))}
    assert product(query, passage) == pytest.approx(0.575443, abs=1e-6)


@pytest.mark.parametrize("field", LexicalField)
@pytest.mark.parametrize("query", ["ord3x9", "plejehjem til en kat", "frist 12 ord5x25 ord6x36", "kamel"])
def test_the_scores_are_those_of_the_index_in_files(tmp_path: Path, field: LexicalField, query: str) -> None:
    texts = long_texts()
    build_lexical(tmp_path, texts)
    statistics = TermStatistics.of(texts)
    weights = statistics.weigh_query(field, query)
    passages = zip(texts, statistics.weigh_passages(texts), strict=True)
    scores = {text.passage_id: product(weights, weighed) for text, weighed in passages}
    found = dict(LexicalIndex(tmp_path).search(field, query, 100).pairs())
    assert {i: score for i, score in scores.items() if score} == pytest.approx(found, rel=1e-7)


def test_the_frequencies_are_those_of_the_index_in_files(tmp_path: Path) -> None:
    texts = long_texts()
    build_lexical(tmp_path, texts)
    index, statistics = LexicalIndex(tmp_path), TermStatistics.of(texts)
    for field, term in [
        (LexicalField.STEMS, "kat"),
        (LexicalField.GRAMS, "^plej"),
        (LexicalField.STEMS, "kamel"),
    ]:
        assert [statistics.frequency(field, term)] == index.frequencies([term], field)


def test_what_is_saved_is_read_again(tmp_path: Path) -> None:
    statistics = TermStatistics.of(TEXTS)
    statistics.save(tmp_path)
    read = TermStatistics.load(tmp_path)
    assert (read.passages, read.average_lengths) == (2, statistics.average_lengths)
    assert [*read.weigh_passages(TEXTS)] == [*statistics.weigh_passages(TEXTS)]
    assert read.weigh_query(LexicalField.GRAMS, "hund") == statistics.weigh_query(LexicalField.GRAMS, "hund")


def test_what_cannot_be_read_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "terms.npz").write_bytes(b"PK\x03\x04" + bytes(100))
    with pytest.raises(OSError, match=r"terms\.npz"):
        TermStatistics.load(tmp_path)


def test_a_library_without_passages_has_no_terms() -> None:
    statistics = TermStatistics.of([])
    assert (statistics.passages, statistics.frequency(LexicalField.STEMS, "hund")) == (0, 0)
    assert statistics.weigh_query(LexicalField.STEMS, "hund") == {}


def test_a_passage_without_words_has_a_vector_that_no_query_meets() -> None:
    text = LexicalText(1, "a.txt", ("— …",))
    statistics = TermStatistics.of([text])
    assert [[*weighed] for weighed in statistics.weigh_passages([text])] == [[0]]
    assert statistics.weigh_query(LexicalField.STEMS, "hund") == {}


def test_the_same_word_is_another_dimension_in_each_field() -> None:
    assert len({dimension(field, "hund") for field in LexicalField}) == len(LexicalField)


@given(st.sampled_from(LexicalField), st.text())
def test_a_dimension_is_one_that_milvus_takes(field: LexicalField, term: str) -> None:
    assert 1 <= dimension(field, term) < DIMENSIONS


def test_dimensions_are_kept_ascending_for_looking_up() -> None:
    dimensions = TermStatistics.of(long_texts()).dimensions
    assert np.all(np.diff(dimensions) > 0)
