"""BM25 worked by hand, over stems and 5-grams, and the engine's files."""

from math import log
from pathlib import Path

import pytest

from index.lexical import LexicalField, LexicalIndex, build_lexical

K1, B = 1.2, 0.75
"""The engine's constants (Robertson and Zaragoza 2009, section 3.2)."""

TEXTS = {1: "Hund, hund og kat.", 4: "En hund og en hest.", 7: "Katten."}
"""Without stop words: 3, 2 and 1 stems, so 2 on average."""


def idf(passages: int, total: int = 3) -> float:
    return log(1 + (total - passages + 0.5) / (passages + 0.5))


def frequency_part(count: int, length: int, mean_length: float = 2.0) -> float:
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / mean_length))


@pytest.fixture
def index(tmp_path: Path) -> LexicalIndex:
    build_lexical(tmp_path, TEXTS.items())
    return LexicalIndex(tmp_path)


def test_one_term_scores_as_worked_by_hand(index: LexicalIndex) -> None:
    found = index.search(LexicalField.STEMS, "hunde", 10)
    assert [passage_id for passage_id, _ in found] == [1, 4]
    # idf = ln(1 + 1.5 / 2.5) = 0.470004; 2 * 2.2 / (2 + 1.65) = 1.205479; 1 * 2.2 / (1 + 1.2) = 1
    assert [score for _, score in found] == pytest.approx([0.566580, 0.470004], abs=1e-5)
    assert [score for _, score in found] == pytest.approx(
        [idf(2) * frequency_part(2, 3), idf(2) * frequency_part(1, 2)]
    )


def test_terms_are_added_and_none_is_required(index: LexicalIndex) -> None:
    found = dict(index.search(LexicalField.STEMS, "Hvilken hest og kat?", 10))
    assert found == pytest.approx(
        {
            1: idf(2) * frequency_part(1, 3),
            4: idf(1) * frequency_part(1, 2),
            7: idf(2) * frequency_part(1, 1),
        }
    )


def test_a_repeated_term_counts_as_often_as_it_stands_there(index: LexicalIndex) -> None:
    once = dict(index.search(LexicalField.STEMS, "hund", 10))
    twice = dict(index.search(LexicalField.STEMS, "hund hunde", 10))
    assert twice == pytest.approx({passage_id: 2 * score for passage_id, score in once.items()})


def test_ties_go_to_the_lower_id_also_at_the_cut(tmp_path: Path) -> None:
    build_lexical(tmp_path, ((passage_id, "kat") for passage_id in range(1, 200)))
    index = LexicalIndex(tmp_path)
    assert [found for found, _ in index.search(LexicalField.STEMS, "kat", 120)] == [*range(1, 121)]


def test_grams_find_the_part_of_a_compound_where_stems_do_not(tmp_path: Path) -> None:
    build_lexical(tmp_path, [(1, "plejehjemspladser"), (2, "hjemmeside")])
    index = LexicalIndex(tmp_path)
    assert index.search(LexicalField.STEMS, "plejehjem", 5) == []
    ((found, score),) = index.search(LexicalField.GRAMS, "plejehjem", 5)
    # 5 of its 5 grams stand once each among the 13 of the compound; the other passage has 6 grams
    assert (found, score) == (1, pytest.approx(5 * idf(1, 2) * frequency_part(1, 13, 9.5)))


def test_misspelled_letters_of_other_keyboards_find_the_word(tmp_path: Path) -> None:
    build_lexical(tmp_path, [(1, "Børnehaverne i Ærøskøbing")])
    index = LexicalIndex(tmp_path)
    assert len(index.search(LexicalField.STEMS, "boernehave", 5)) == 1
    assert len(index.search(LexicalField.STEMS, "AEROESKOEBING", 5)) == 1


@pytest.mark.parametrize("query", ["", "  ", "?!…", "😀", "kænguru", '"', "\x00"])
def test_a_query_without_a_known_term_finds_nothing(index: LexicalIndex, query: str) -> None:
    assert index.search(LexicalField.STEMS, query, 10) == []


@pytest.mark.parametrize(
    "query", ["stems:hund", "+hund -kat", "hund AND", '"hund', "hund^2", "(hund", "hund*", "[a TO hund]"]
)
def test_signs_of_a_query_language_are_only_signs(index: LexicalIndex, query: str) -> None:
    assert 4 in dict(index.search(LexicalField.STEMS, query, 10))


@pytest.mark.parametrize(("top_k", "found"), [(0, 0), (-1, 0), (1, 1), (2, 2), (99, 2)])
def test_no_more_are_found_than_are_asked_for_or_there(index: LexicalIndex, top_k: int, found: int) -> None:
    assert len(index.search(LexicalField.STEMS, "hund", top_k)) == found


def test_the_frequency_counts_passages_not_words(index: LexicalIndex) -> None:
    assert [index.frequency(term) for term in ("hund", "kat", "hest", "kænguru")] == [2, 2, 1, 0]


def test_a_word_of_any_length_can_be_indexed(tmp_path: Path) -> None:
    build_lexical(tmp_path, [(1, "x" * 100_000), (2, "")])
    assert [found for found, _ in LexicalIndex(tmp_path).search(LexicalField.STEMS, "x" * 64, 5)] == [1]


def test_nothing_at_all_can_be_indexed(tmp_path: Path) -> None:
    build_lexical(tmp_path, [])
    index = LexicalIndex(tmp_path)
    assert (index.search(LexicalField.STEMS, "hund", 5), index.frequency("hund")) == ([], 0)


def test_the_words_themselves_are_not_stored(index: LexicalIndex, tmp_path: Path) -> None:
    assert b"Katten" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())


def test_an_empty_folder_is_an_os_error_and_stays_empty(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"meta\.json"):
        LexicalIndex(tmp_path)
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".lock"] == []


def test_a_folder_that_cannot_be_written_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="Directory does not exist"):
        build_lexical(tmp_path / "mangler", TEXTS.items())
