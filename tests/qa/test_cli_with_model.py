"""The whole line as a user meets it: a process of its own, the real model, the two seed documents."""

import json
import subprocess
import sys
from typing import Any

import pytest

from tests.file_list import ROOT

pytestmark = pytest.mark.model

SEEDS = ROOT / "seeds"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "qa", *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )


@pytest.fixture(scope="module")
def _indexed() -> None:
    run("index", "seeds")


def ask(question: str) -> Any:
    ended = run("ask", question, "--folder", "seeds", "--json")
    assert (ended.returncode, ended.stderr) == (0, "")
    return json.loads(ended.stdout)


@pytest.mark.usefixtures("_indexed")
def test_the_first_question_is_answered_with_the_words_of_the_document() -> None:
    answer = ask("Hvornår forventer KL's bestyrelse at behandle forslaget igen?")
    first = answer["citations"][0]
    text = (SEEDS / first["document"]).read_text(encoding="utf-8")
    assert "forventer KL’s bestyrelse at behandle forslaget igen i maj 2015" in first["quote"]
    assert first["quote"] in text
    assert first["date"] == "2015-03-05"


@pytest.mark.usefixtures("_indexed")
def test_a_question_beside_the_documents_is_refused_with_what_is_nearest() -> None:
    answer = ask("Hvad er hovedstaden i Frankrig?")
    assert answer["refused"]
    assert answer["citations"] == []
    assert answer["related"] != []


@pytest.mark.usefixtures("_indexed")
@pytest.mark.parametrize(
    "question",
    ["Hvad er meningen med livet?", "Hvor mange ansatte har KL?", "Hvad er KL's holdning til folkeskolen?"],
)
def test_a_question_on_the_subject_that_two_documents_do_not_answer_is_refused(question: str) -> None:
    assert ask(question)["refused"]


@pytest.mark.usefixtures("_indexed")
def test_what_something_is_called_is_answered_by_the_sentence_that_names_it() -> None:
    assert "Sådan lyder navnet" in ask("Hvad hedder den nye strategi?")["citations"][0]["quote"]
