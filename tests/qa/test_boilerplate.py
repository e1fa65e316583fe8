"""What stands in every document does not win over content, and is found by who asks for it."""

from pathlib import Path

import pytest

from qa import retrieve
from tests.qa.making import engine_over

FOOTER = (
    "For yderligere oplysninger om høring kontakt KL. Fristen for høring, og hvornår der kan sendes "
    "høringssvar, følger reglerne om høring, og yderligere oplysninger om høringssvar gives på telefon. "
    "Interesseorganisationen arbejder for alle kommuner og repræsenterer dem over for regeringen, "
    "Folketinget, arbejdsgiverne og de faglige organisationer, og medlemmerne mødes til et årligt topmøde, "
    "hvor formanden vælges af de delegerede, som byrådene sender dertil efter et kommunalvalg."
)
STRATEGY = (
    "Forslaget til en digital strategi er netop sendt ud til kommunerne. Fristen for at sende høringssvar er "
    "den første maj, og derefter behandler bestyrelsen strategien. "
)
SUBJECTS = ("skoler", "veje", "affald", "haller", "biblioteker")
RELEASES = {
    f"{subject}.txt": " ".join(f"{subject} {place} er {subject}{place}." for place in range(30))
    + f"\n\n{FOOTER}"
    for subject in SUBJECTS
} | {"digital.txt": STRATEGY + " ".join(f"Mål {n} er digitalt{n}." for n in range(20)) + f"\n\n{FOOTER}"}
"""Press releases of two paragraphs; each first one is too long to be joined with the footer."""


def ranked(directory: Path, question: str) -> list[str]:
    """Return the texts of the passages that the question finds, best first."""
    engine = engine_over(directory, RELEASES)
    return [engine.passage(hit.passage_id).text for hit in engine.rank(question)]


QUESTION = "Hvornår er fristen for høringssvar i høring om digital strategi?"


def test_content_stands_before_the_text_that_every_document_has(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "den første maj" in ranked(tmp_path, QUESTION)[0]
    monkeypatch.setattr(retrieve, "BOILERPLATE_COSTS", 0.0)
    assert ranked(tmp_path, QUESTION)[0] == FOOTER


def test_a_question_about_the_repeated_text_still_finds_it(tmp_path: Path) -> None:
    question = "Hvor kan jeg få yderligere oplysninger?"
    assert ranked(tmp_path, question)[0] == FOOTER
    answer = engine_over(tmp_path, RELEASES).ask(question)
    assert (answer.refused, answer.citations[0].quote in FOOTER) == (False, True)
    assert len(answer.citations[0].also_in) == len(RELEASES) - 1
