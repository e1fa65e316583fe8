"""BM25 worked by hand, over stems and 5-grams, and the index's files."""

from collections.abc import Iterable
from math import log
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from index import lexical
from index.lexical import LexicalField, LexicalIndex
from index.lexical_build import LexicalText, build_lexical

K1, B = 1.2, 0.75
"""BM25's constants (Robertson and Zaragoza 2009, section 3.2)."""

TEXTS = {1: "Hund, hund og kat.", 4: "En hund og en hest.", 7: "Katten."}
"""Distinct stems and pairs of neighbours: 3 + 3, 4 + 3 ("og en" is no pair) and 1."""


def idf(passages: int, total: int = 3) -> float:
    return log(1 + (total - passages + 0.5) / (passages + 0.5))


def length_part(length: int, mean_length: float = 14 / 3) -> float:
    return (K1 + 1) / (1 + K1 * (1 - B + B * length / mean_length))


def build(directory: Path, texts: Iterable[tuple[int, str]]) -> None:
    build_lexical(directory, (LexicalText(passage_id, "a.txt", (text,)) for passage_id, text in texts))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    build(tmp_path, TEXTS.items())
    return LexicalIndex(tmp_path)


def test_one_term_scores_as_worked_by_hand(index: LexicalIndex) -> None:
    found = index.search(LexicalField.STEMS, "hunde", 10).pairs()
    assert [passage_id for passage_id, _ in found] == [1, 4]
    # idf = ln(1 + 1.5 / 2.5) = 0.470004
    # 2.2 / (1 + 1.2 * 1.214286) = 0.895349; 2.2 / (1 + 1.2 * 1.375) = 0.830189
    assert [score for _, score in found] == pytest.approx([0.420818, 0.390192], abs=1e-5)
    assert [score for _, score in found] == pytest.approx([idf(2) * length_part(6), idf(2) * length_part(7)])


def test_terms_are_added_and_none_is_required(index: LexicalIndex) -> None:
    found = dict(index.search(LexicalField.STEMS, "Hest eller kat og?", 10).pairs())
    assert found == pytest.approx(
        {
            1: 2 * idf(2) * length_part(6),  # "og" and "kat"
            4: (idf(1) + idf(2)) * length_part(7),  # "hest" and "og"
            7: idf(2) * length_part(1),
        }
    )


def test_a_repeated_term_counts_once(index: LexicalIndex) -> None:
    once = index.search(LexicalField.GRAMS, "hund", 10).pairs()
    assert index.search(LexicalField.GRAMS, "hund. Hund?", 10).pairs() == once


def test_only_those_that_are_named_are_found_and_score_the_same(index: LexicalIndex) -> None:
    everything = dict(index.search(LexicalField.STEMS, "hund og kat", 10).pairs())
    assert sorted(everything) == [1, 4, 7]
    for only in ([4, 7], [7], [7, 1, 4, 1, 7], [99, -1], []):
        found = index.search(LexicalField.STEMS, "hund og kat", 10, only).pairs()
        assert dict(found) == pytest.approx({each: everything[each] for each in only if each in everything})


def test_ties_among_those_that_are_named_go_to_the_lower_id_and_each_is_found_once(tmp_path: Path) -> None:
    build(tmp_path, ((passage_id, "kat") for passage_id in range(9)))
    found = LexicalIndex(tmp_path).search(LexicalField.STEMS, "kat", 5, [7, 3, 3, 5, 99]).pairs()
    assert [passage_id for passage_id, _ in found] == [3, 5, 7]


def test_neighbours_in_the_same_order_count_more(tmp_path: Path) -> None:
    build(tmp_path, [(1, "svar på høring"), (2, "høring på svar")])
    found = LexicalIndex(tmp_path).search(LexicalField.STEMS, "høring på", 5).pairs()
    assert [passage_id for passage_id, _ in found] == [2, 1]


def test_ties_go_to_the_lower_id_also_at_the_cut(tmp_path: Path) -> None:
    build(tmp_path, ((passage_id, "kat") for passage_id in range(1, 200)))
    index = LexicalIndex(tmp_path)
    assert index.search(LexicalField.STEMS, "kat", 120).ids.tolist() == [*range(1, 121)]


def test_grams_find_the_part_of_a_compound_where_stems_do_not(tmp_path: Path) -> None:
    build(tmp_path, [(1, "plejehjemspladser"), (2, "hjemmeside")])
    index = LexicalIndex(tmp_path)
    assert index.search(LexicalField.STEMS, "plejehjem", 5).pairs() == []
    ((found, score),) = index.search(LexicalField.GRAMS, "plejehjem", 5).pairs()
    # its 6 grams are among the 14 of the compound; the other passage has 7 grams
    assert (found, score) == (1, pytest.approx(6 * idf(1, 2) * length_part(14, 10.5)))


def test_what_stands_around_a_passage_is_a_field_of_its_own(tmp_path: Path) -> None:
    texts = [LexicalText(number, "a.txt", (word,)) for number, word in enumerate(["hund", "kat"], 1)]
    build_lexical(tmp_path, texts)
    index = LexicalIndex(tmp_path)
    assert index.search(LexicalField.STEMS, "kat", 5).ids.tolist() == [2]
    assert index.search(LexicalField.STEMS_AROUND, "kat", 5).ids.tolist() == [1, 2]
    assert index.search(LexicalField.GRAMS_AROUND, "kat", 5).ids.tolist() == [1, 2]


def test_around_a_passage_are_two_on_each_side_in_its_document(tmp_path: Path) -> None:
    words = ["hund", "kat", "hest", "fugl", "ko", "gris", "and"]
    names = ["a.txt"] * 6 + ["b.txt"]
    build_lexical(tmp_path, [LexicalText(i, names[i], (word,)) for i, word in enumerate(words)])
    index = LexicalIndex(tmp_path)

    def around(word: str) -> list[int]:
        return sorted(index.search(LexicalField.STEMS_AROUND, word, 9).ids.tolist())

    assert {word: around(word) for word in words} == {
        "hund": [0, 1, 2],
        "kat": [0, 1, 2, 3],
        "hest": [0, 1, 2, 3, 4],
        "fugl": [1, 2, 3, 4, 5],
        "ko": [2, 3, 4, 5],
        "gris": [3, 4, 5],
        "and": [6],
    }
    assert index.frequencies(words, LexicalField.STEMS_AROUND) == [3, 4, 5, 5, 4, 3, 1]


def test_around_a_passage_scores_as_worked_by_hand(tmp_path: Path) -> None:
    words = ["hund", "kat", "hest", "hund"]
    build_lexical(tmp_path, [LexicalText(i, "a.txt", (word,)) for i, word in enumerate(words)])
    found = LexicalIndex(tmp_path).search(LexicalField.STEMS_AROUND, "kat hund", 9).pairs()
    # around each stand all three words, and "kat_hund" nowhere: both stand in 4 of 4, at the mean length
    weight = 2 * log(1 + 0.5 / 4.5)
    assert found == [(i, pytest.approx(weight)) for i in range(4)]


def test_no_pair_is_made_of_words_in_two_parts(tmp_path: Path) -> None:
    build_lexical(tmp_path, [LexicalText(1, "a.txt", ("hund kat", "hest"))])
    index = LexicalIndex(tmp_path)
    assert index.frequencies(["hund_kat", "kat_hest", "kat", "hest"]) == [1, 0, 1, 1]


def test_misspelled_letters_of_other_keyboards_find_the_word(tmp_path: Path) -> None:
    build(tmp_path, [(1, "Børnehaverne i Ærøskøbing")])
    index = LexicalIndex(tmp_path)
    assert len(index.search(LexicalField.STEMS, "boernehave", 5)) == 1
    assert len(index.search(LexicalField.STEMS, "AEROESKOEBING", 5)) == 1


@pytest.mark.parametrize("query", ["", "  ", "?!…", "😀", "kænguru", '"', "\x00"])
def test_a_query_without_a_known_term_finds_nothing(index: LexicalIndex, query: str) -> None:
    assert index.search(LexicalField.STEMS, query, 10).pairs() == []


@pytest.mark.parametrize(
    "query", ["stems:hund", "+hund -kat", "hund AND", '"hund', "hund^2", "(hund", "hund*", "[a TO hund]"]
)
def test_signs_of_a_query_language_are_only_signs(index: LexicalIndex, query: str) -> None:
    assert 4 in dict(index.search(LexicalField.STEMS, query, 10).pairs())


@pytest.mark.parametrize(("top_k", "found"), [(0, 0), (-1, 0), (1, 1), (2, 2), (99, 2)])
def test_no_more_are_found_than_are_asked_for_or_there(index: LexicalIndex, top_k: int, found: int) -> None:
    assert len(index.search(LexicalField.STEMS, "hund", top_k)) == found


def test_the_frequency_counts_passages_not_words(index: LexicalIndex) -> None:
    assert index.frequencies(["hund", "kat", "hest", "kænguru"]) == [2, 2, 1, 0]


def test_a_word_of_any_length_can_be_indexed(tmp_path: Path) -> None:
    build(tmp_path, [(1, "x" * 100_000), (2, "")])
    assert LexicalIndex(tmp_path).search(LexicalField.STEMS, "x" * 64, 5).ids.tolist() == [1]


def test_nothing_at_all_can_be_indexed(tmp_path: Path) -> None:
    build(tmp_path, [])
    index = LexicalIndex(tmp_path)
    assert (index.search(LexicalField.STEMS, "hund", 5).pairs(), index.frequencies(["hund"])) == ([], [0])


def test_no_word_is_stored(index: LexicalIndex, tmp_path: Path) -> None:
    files = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert all(word.encode(code) not in files for word in ("kat", "hund") for code in ("utf-8", "utf-32-le"))


def test_an_empty_folder_is_an_os_error_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"passage_ids\.npy"):
        LexicalIndex(tmp_path)
    assert [*tmp_path.iterdir()] == []


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="mangler"):
        build(tmp_path / "mangler", TEXTS.items())


def test_common_terms_are_left_out_of_the_search_of_a_large_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = ["katten sover", "hunden sover", "hesten sover", "fuglen synger"]
    build_lexical(tmp_path, [LexicalText(number, text, (text,)) for number, text in enumerate(texts)])
    index = LexicalIndex(tmp_path)

    def found(query: str) -> list[int]:
        return index.search(LexicalField.STEMS, query, 10).ids.tolist()

    assert found("katten sover") == [0, 1, 2]
    monkeypatch.setattr(lexical, "_LARGE_PASSAGES", 4)
    assert found("katten sover") == [0]
    assert found("sover") == [0, 1, 2]  # nothing else is asked


@pytest.mark.parametrize("at_once", [1, 3, 7, 1000])
def test_a_long_question_is_added_up_in_portions_and_scores_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_once: int
) -> None:
    texts = ["hund og kat", "kat og hest", "hest", "hund og hest og kat", "ko", "en kat"]
    build(tmp_path, enumerate(texts))
    index = LexicalIndex(tmp_path)
    whole = {field: index.search(field, "En hund og en kat og en hest?", 9).pairs() for field in LexicalField}
    sizes: list[int] = []

    def add_listed(listed: NDArray[Any], weights: NDArray[np.float64], passages: int) -> NDArray[np.float64]:
        sizes.append(len(listed))
        return add_whole(listed, weights, passages)

    add_whole = lexical._add_listed
    monkeypatch.setattr(lexical, "_add_listed", add_listed)
    monkeypatch.setattr(lexical, "_LISTED_AT_ONCE", at_once)
    for field, found in whole.items():
        assert index.search(field, "En hund og en kat og en hest?", 9).pairs() == found
    assert max(sizes) < at_once + len(texts)


@given(st.integers(0, 2000), st.integers(0, 40), st.sampled_from([2, 9, 999]), st.integers(0, 99))
def test_the_best_are_those_that_sorting_all_would_find(
    passages: int, top_k: int, most: int, seed: int
) -> None:
    drawn = np.random.default_rng(seed).integers(-3 * most, most, passages)  # the lower `most`, the more tie
    scores = drawn.clip(0).astype(np.float64)
    ranked = sorted(np.flatnonzero(scores).tolist(), key=lambda place: (-scores[place], place))
    assert lexical._best(scores, top_k).tolist() == ranked[:top_k]
