"""`kildesvar ask` from end to end over a real folder: the answer, its form, and what it is asked of."""

from pathlib import Path

import pytest

from index.library import library_directory
from index.lock import locked
from qa import opening
from tests.fakes import WordEmbedder
from tests.qa.command import Command, fails_with

pytestmark = pytest.mark.usefixtures("small_model")


def test_ask_brings_the_library_up_to_date_and_says_so(kildesvar: Command, folder: Path) -> None:
    _, _, first = kildesvar("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    _, _, second = kildesvar("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    assert first == f"Bringer biblioteket for »{folder}« ajour …\n"
    assert second == ""


def test_ask_prints_an_answer_in_the_form_of_the_contract(kildesvar: Command, folder: Path) -> None:
    answer = kildesvar.json("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    assert list(answer) == [
        "question", "understood_as", "refused", "confidence", "answer", "citations", "related", "timing_ms",
        "notice", "searched",
    ]  # fmt: skip
    [citation] = answer["citations"]
    assert list(citation) == [
        "number", "document", "title", "date", "headings", "page", "paragraph",
        "quote", "start", "end", "score", "author", "also_in", "columns", "emphasis",
    ]  # fmt: skip
    assert citation["document"] == "regler.txt"
    assert citation["quote"] == "Fristen for høringssvar er den 1. maj 2015."
    assert citation["date"] == "2015-03-05"
    assert answer["timing_ms"]["total"] > 0


def test_ask_searches_in_the_documents_named_alone(kildesvar: Command, folder: Path) -> None:
    question = ("Hvornår er fristen for høringssvar?", "--folder", folder)
    answer = kildesvar.json("ask", *question, "--document", "referat.txt")
    assert (answer["refused"], answer["searched"]) == (True, {"documents": 1, "of": 2})
    both = kildesvar.json("ask", *question, "--document", "referat.txt", "--document", "regler.txt")
    assert both["citations"][0]["document"] == "regler.txt"
    code, _, err = kildesvar("ask", *question, "--document", "hest.txt")
    assert (code, err.strip()) == (
        1,
        "Der er intet dokument og ingen mappe, der hedder »hest.txt«; se navnene med »kildesvar status«.",
    )


def test_ask_shows_the_quote_with_its_source(kildesvar: Command, folder: Path) -> None:
    code, out, _ = kildesvar("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    assert code == 0
    assert out.startswith(
        "[1] »Fristen for høringssvar er den 1. maj 2015.«\n    Regler for høring, 5. marts 2015, "
    )


def test_a_refusal_is_an_answer_and_ends_with_0(kildesvar: Command, folder: Path) -> None:
    answer = kildesvar.json("ask", "Hvordan bager man rugbrød?", "--folder", folder)
    assert answer["refused"]
    assert answer["citations"] == []


def test_the_folder_used_last_is_used_again(kildesvar: Command, folder: Path) -> None:
    kildesvar("index", folder)
    answer = kildesvar.json("ask", "Hvornår mødes bestyrelsen?")
    assert answer["citations"][0]["document"] == "referat.txt"


def test_a_removed_document_is_not_cited_again(kildesvar: Command, folder: Path) -> None:
    kildesvar("index", folder)
    (folder / "regler.txt").unlink()
    answer = kildesvar.json("ask", "Hvornår er fristen for høringssvar?")
    assert "regler.txt" not in {citation["document"] for citation in answer["citations"] + answer["related"]}


def test_a_library_of_another_model_is_made_again(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kildesvar("index", folder)
    monkeypatch.setattr(WordEmbedder, "fingerprint", "ordmodel-2")
    answer = kildesvar.json("ask", "Hvornår er fristen for høringssvar?")
    assert answer["citations"][0]["document"] == "regler.txt"


QUESTIONS_REFUSED = [
    ("", "skriv et spørgsmål"),
    (" \n ", "skriv et spørgsmål"),
    ("x" * 5000, "for langt"),
    ("?!", "ord"),
]


@pytest.mark.parametrize(("question", "part"), QUESTIONS_REFUSED)
def test_a_question_that_cannot_be_asked(kildesvar: Command, folder: Path, question: str, part: str) -> None:
    fails_with(kildesvar("ask", question, "--folder", folder), part)


QUESTIONS_ANSWERED = [
    "hvad er det?",
    "When is the deadline?",
    "Hvornår er\x00 fristen?",
    "👩‍👧 fristen 🎉?",
    "\udcff frist",
]


@pytest.mark.parametrize("question", QUESTIONS_ANSWERED)
def test_a_strange_question_gets_an_answer(kildesvar: Command, folder: Path, question: str) -> None:
    answer = kildesvar.json("ask", question, "--folder", folder)
    assert isinstance(answer["refused"], bool)


def test_a_question_is_answered_from_what_is_there_while_another_program_reads_the_folder(
    kildesvar: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SHORT_PATIENCE_SECONDS", 0.0)
    question = "Hvornår er fristen for høringssvar?"
    with locked(library_directory(home, folder)):
        fails_with(kildesvar("ask", question, "--folder", folder), "bliver opdateret af et andet program")
    _, before, _ = kildesvar("ask", question, "--folder", folder)
    (folder / "regler.txt").unlink()
    with locked(library_directory(home, folder)):
        code, answer, said = kildesvar("ask", question, "--folder", folder)
    assert (code, answer) == (0, before)
    assert said == (
        f"Et andet program er ved at læse mappen »{folder}«; "
        "der svares ud fra det, der sidst blev læst færdigt.\n"
    )


NUMBERS = "Afgørelse\n\nBorgeren med personnummer 070761-4285 får bevilget hjælp.\n"
"""The number is the one that descriptions of personal numbers use as an example."""


def test_personal_numbers_in_documents_are_told_of_by_index_and_status(
    kildesvar: Command, folder: Path
) -> None:
    assert kildesvar.json("index", folder)["personal_numbers"] == []
    (folder / "afgørelse.txt").write_text(NUMBERS, encoding="utf-8")
    line = "Personnumre står i 1 dokument: afgørelse.txt"
    assert line in kildesvar("index", folder)[1].splitlines()
    assert line in kildesvar("status", folder)[1].splitlines()
    assert kildesvar.json("status", folder)["personal_numbers"] == ["afgørelse.txt"]


def test_personal_numbers_are_hidden_on_the_terminal_until_asked_for_and_never_in_json(
    kildesvar: Command, folder: Path
) -> None:
    (folder / "afgørelse.txt").write_text(NUMBERS, encoding="utf-8")
    question = "Hvad får borgeren med personnummer bevilget?"
    _, hidden, _ = kildesvar("ask", question, "--folder", folder)
    assert "070761-••••" in hidden
    assert "4285" not in hidden
    assert hidden.endswith("\n\nPersonnumre er skjult; se dem med --show-cpr.\n")
    _, shown, _ = kildesvar("ask", question, "--folder", folder, "--show-cpr")
    assert "070761-4285" in shown
    assert "skjult" not in shown
    answer = kildesvar.json("ask", question, "--folder", folder)
    places = [*answer["citations"], *answer["related"]]
    assert any("070761-4285" in place["quote"] for place in places)


def test_personal_number_in_a_question_is_warned_of(kildesvar: Command, folder: Path) -> None:
    _, _, err = kildesvar("ask", "Hvornår møder 070761-4285 bestyrelsen?", "--folder", folder)
    assert err.splitlines()[-1].startswith("Der står et personnummer i dit spørgsmål.")
    assert "Der står" not in kildesvar("ask", "Hvornår mødes bestyrelsen?", "--folder", folder)[2]
