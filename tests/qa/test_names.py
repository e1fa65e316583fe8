"""Names are known by their capitals, and those that stand nowhere are told."""

from pathlib import Path

import pytest

from qa.names import find_names, unknown_name
from qa.terms import weigh_terms
from tests.qa.making import reading

DOCUMENT = """Martin Damm er formand for KL. SFO er åben. MitID bruges til eBoks. H.C. Andersen og A.P. Møller
kom til Århus, Soenderborg og Ærø."""


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Hvem er Martin Damm?", ["Martin", "Damm"]),
        ("hvad siger KL om SkoleIntra?", ["KL", "SkoleIntra"]),
        ("Hvad er det? Katte og hunde: Fugle og fisk", []),
        ("og hvornår? (Kameler i København)", ["København"]),
        ("Hvad står der i »Børn og unge« om Århus?", ["Århus"]),
        ("HVAD SIGER KL OM SKOLEN?", []),
        ("Hvad er § 5 i 2015?", []),
        ("Hvad siger KLs og KL's formand om SFOen, SFO'er og OS2mo?", ["KL", "KL", "SFO", "SFO", "OS2mo"]),
        ("Hvem er H.C. Ørsted?", []),
        ("", []),
    ],
)
def test_names_are_the_words_with_a_capital_of_their_own(question: str, names: list[str]) -> None:
    assert find_names(question) == names


@pytest.mark.parametrize(
    ("question", "degree"),
    [
        ("Hvad koster Bussen?", 1.0),
        ("Hvad koster bussen?", 0.0),
        ("Hvem er Martin Damm?", 0.0),
        ("Hvem er Martyn Frederiksen?", 1.0),  # »Martyn« is »Martin« misspelled, »Frederiksen« nobody
        ("Hvem er Martyn?", 0.0),
        ("Hvem er I?", 0.0),
        ("Hvad siger KLs formand?", 0.0),
        ("Hvad koster SFOerne?", 0.0),
        ("Hvad er Mit ID og e-Boks?", 0.0),
        ("Hvad er MitId og eBoks?", 0.0),
        ("Hvem er HC Andersen og AP Møller?", 0.0),
        ("Hvem er H.C. Andersen?", 0.0),
        ("Hvad gør Aarhus, Sønderborgs borgmester og Aeroe?", 0.0),
        ("Hvad er Boks?", 1.0),
        ("Hvad siger Lange?", 1.0),  # a light word, where it is no name
        ("Hvad siger QXs formand?", 1.0),
    ],
)
def test_a_name_that_stands_nowhere_is_told(tmp_path: Path, question: str, degree: float) -> None:
    with reading(tmp_path, {"a.txt": DOCUMENT}) as state:
        terms = weigh_terms(question, state.index.lexical, len(state.index.vectors))
        assert unknown_name(question, terms, state.index) == degree


def test_a_question_of_nothing_but_marks_and_letters_is_read_in_one_pass() -> None:
    """Going back over the marks before each word took minutes for so long a row of them."""
    assert find_names("." * 100_000 + "a Bus " * 1_000) == ["Bus"] * 1_000
