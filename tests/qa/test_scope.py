"""A question asked of some documents is answered from those alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.errors import QuestionError
from qa.engine import Engine
from qa.scope import choose_documents
from qa.types import Searched
from tests.fakes import FakeSource
from tests.qa.making import QUESTION, engine_over

DEADLINE = "Fristen for høringssvar om budgettet er den 1. maj."
TEXTS = {
    "2014/frist.txt": f"{DEADLINE}\n\nHunde skal føres i snor på hele stranden.",
    "2015/frist.txt": f"{DEADLINE}\n\nRyttere holder deres heste på folden bag laden.",
    "2015/katte.txt": "Katte må gå frit omkring i husets have hele året.",
}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(tmp_path_factory.mktemp("bibliotek"), FakeSource(TEXTS))


@given(st.sets(st.sampled_from(sorted(TEXTS)), min_size=1), st.sampled_from([QUESTION, "Hvad med hunde?"]))
def test_nothing_is_quoted_or_named_from_other_documents(
    engine: Engine, chosen: set[str], question: str
) -> None:
    answer = engine.ask(question, within=chosen)
    shown = (*answer.citations, *answer.related)
    assert {citation.document for citation in shown} <= chosen
    assert {path for citation in shown for path in citation.also_in} <= chosen
    assert answer.searched == Searched(len(chosen), len(TEXTS))


def test_the_document_chosen_is_the_one_that_is_quoted(engine: Engine) -> None:
    for path in ("2014/frist.txt", "2015/frist.txt"):
        answer = engine.ask(QUESTION, within=[path])
        assert [(citation.document, citation.quote) for citation in answer.citations] == [(path, DEADLINE)]
        assert answer.citations[0].also_in == ()


def test_what_stands_in_another_document_is_refused_and_the_refusal_says_where_it_looked(
    engine: Engine,
) -> None:
    answer = engine.ask(QUESTION, within=["2015/katte.txt"])
    assert answer.refused
    assert answer.answer == "Jeg fandt ikke svar på det i det dokument, du har valgt."
    other = engine.ask("Hvordan bager man rugbrød?", within=["2015/katte.txt", "2015/frist.txt"])
    assert other.answer.startswith("Jeg fandt ikke svar på det i de 2 dokumenter, du har valgt. Ordet »")


def test_all_documents_are_searched_where_none_is_chosen(engine: Engine) -> None:
    answer = engine.ask(QUESTION)
    [citation] = answer.citations
    assert (answer.searched, citation.document, citation.also_in) == (
        None, "2014/frist.txt", ("2015/frist.txt",),
    )  # fmt: skip


def test_documents_that_have_gone_are_said_to_have(engine: Engine) -> None:
    with pytest.raises(QuestionError, match="Ingen af de valgte dokumenter er i mappen mere"):
        engine.ask(QUESTION, within=["slettet.txt"])


@pytest.mark.parametrize(
    ("names", "paths"),
    [
        (["2015/katte.txt"], {"2015/katte.txt"}),
        (["katte.txt"], {"2015/katte.txt"}),
        (["frist.txt"], {"2014/frist.txt", "2015/frist.txt"}),
        (["2015"], {"2015/frist.txt", "2015/katte.txt"}),
        (["2015/", "2014/frist.txt"], set(TEXTS)),
    ],
)
def test_a_name_means_a_path_a_file_or_a_folder(engine: Engine, names: list[str], paths: set[str]) -> None:
    assert choose_documents(names, engine.documents) == paths


def test_no_name_means_all_documents() -> None:
    assert choose_documents([], lambda: pytest.fail("nothing has to be listed")) is None


@pytest.mark.parametrize("name", ["201", "atte.txt", "", "hest.txt"])
def test_a_name_of_nothing_is_said(engine: Engine, name: str) -> None:
    with pytest.raises(QuestionError, match=f"der hedder »{name}«"):
        choose_documents([name], engine.documents)
