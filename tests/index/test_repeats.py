"""What repeats over documents: the same sentences elsewhere, and which text is boilerplate."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest

from index.repeats import PlacedSentences, Repeats, build_repeats
from index.term_numbers import find_tokens

ABOUT = "KL er kommunernes interesseorganisation."  # 36 letters
CONTACT = "For yderligere oplysninger kontakt sekretariatet."


def repeats(directory: Path, documents: Mapping[int, Sequence[Sequence[str]]]) -> Repeats:
    """Count over documents of passages of sentences; the passages of document 1 are 10, 11, ..."""
    placed = [
        (document_id, 10 * document_id + place, text)
        for document_id, passages in documents.items()
        for place, passage in enumerate(passages)
        for text in passage
    ]
    portions = [zip(*some, strict=True) for some in (placed[:2], placed[2:]) if some]
    sentences = [
        PlacedSentences.of(find_tokens((text,) for text in texts), document_ids, passage_ids)
        for document_ids, passage_ids, texts in portions
    ]
    build_repeats(directory, sentences)
    return Repeats(directory)


def share_of(found: Repeats, passage_id: int) -> float:
    """Return the passage's share of boilerplate, asked for among ids that nobody has."""
    before, share, after = found.boilerplate(np.array([0, passage_id, 10**9])).tolist()
    assert (before, after) == (0.0, 0.0)
    return float(share)


def own(number: int) -> str:
    """Return a sentence that stands in one document alone, longer than `ABOUT` and `CONTACT` together."""
    return " ".join(f"sætning{number} ord{number} led{number}" for _ in range(8))


def test_a_sentence_is_found_in_the_other_documents_whatever_its_case_and_punctuation(tmp_path: Path) -> None:
    found = repeats(
        tmp_path, {1: [[own(1), ABOUT]], 2: [[own(2)], ["KL ER  kommunernes\ninteresseorganisation"]]}
    )
    assert found.passages_with([ABOUT])[0] == [10, 21]
    assert [found.repeats_in(passage) for passage in (9, 10, 20, 21, 22)] == [False, True, False, True, False]
    assert found.passages_with([own(1)])[0] == []
    assert found.passages_with(["Noget helt andet end det."])[0] == []


def test_words_must_all_be_the_same(tmp_path: Path) -> None:
    found = repeats(tmp_path, {1: [["Hunde må gå frit her."]], 2: [["Hunde må ikke gå frit her."]]})
    assert found.passages_with(["Hunde må gå frit her."])[0] == []


def test_a_sentence_twice_in_one_document_does_not_repeat(tmp_path: Path) -> None:
    assert repeats(tmp_path, {1: [[ABOUT], [ABOUT]], 2: [[own(2)]]}).passages_with([ABOUT])[0] == []


def test_short_sentences_are_not_counted(tmp_path: Path) -> None:
    found = repeats(tmp_path, {number: [[own(number)], ["Det blev vedtaget."]] for number in range(1, 9)})
    assert (found.passages_with(["Det blev vedtaget."])[0], share_of(found, 11)) == ([], 0.0)


@pytest.mark.parametrize(("documents", "share"), [(4, 0.0), (5, 1.0)])
def test_boilerplate_stands_in_five_documents(tmp_path: Path, documents: int, share: float) -> None:
    found = repeats(tmp_path, {n: [[own(n)], [ABOUT]] for n in range(1, documents + 1)})
    assert (share_of(found, 10), share_of(found, 11)) == (0.0, share)


@pytest.mark.parametrize(("others", "share"), [(595, 1.0), (595 + 1, 0.0)])
def test_boilerplate_stands_in_one_document_of_a_hundred(tmp_path: Path, others: int, share: float) -> None:
    documents = {n: [[own(n)], [ABOUT]] for n in range(1, 7)}
    documents |= {n: [[own(n)]] for n in range(7, 6 + others)}
    assert share_of(repeats(tmp_path, documents), 11) == share


def test_a_passage_is_boilerplate_by_its_share_of_letters(tmp_path: Path) -> None:
    documents = {n: [[own(n)], ["Ring til os på tirsdage.", ABOUT]] for n in range(2, 8)}
    found = repeats(tmp_path, {1: [[own(1), own(11)], ["Skriv gerne til Anna.", ABOUT]], **documents})
    assert share_of(found, 11) == pytest.approx(36 / (17 + 36))


def test_copies_of_one_document_make_no_boilerplate(tmp_path: Path) -> None:
    documents = {n: [[own(1)], [own(2), CONTACT]] for n in range(1, 9)}
    found = repeats(tmp_path, documents)
    assert [share_of(found, passage) for passage in (10, 11)] == [0.0, 0.0]
    assert found.passages_with([CONTACT])[0] == [11, 21, 31, 41, 51, 61, 71, 81]


def test_nothing_repeats_in_an_empty_library(tmp_path: Path) -> None:
    found = repeats(tmp_path, {})
    assert (found.passages_with([ABOUT])[0], share_of(found, 1)) == ([], 0.0)
    assert not found.repeats_in(1)
