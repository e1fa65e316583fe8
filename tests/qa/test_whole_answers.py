"""What holds of every answer, whatever is asked, and over whatever documents."""

import re
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import QuestionError
from qa.engine import Engine
from qa.quotes import MAX_QUOTES
from qa.related import MAX_RELATED
from qa.types import Answer, Citation
from qa.wording.answers import (
    DID_YOU_MEAN,
    DIFFERENT,
    DIFFERENT_NEWEST_FIRST,
    NOT_DANISH,
    UNKNOWN_WORD,
    UNKNOWN_WORDS,
)
from tests.qa.making import DEADLINE, QUESTION, TEXTS, engine_over


@contextmanager
def temporary_engine(texts: dict[str, str]) -> Iterator[Engine]:
    """Open a library of these documents, for one example of many."""
    directory = Path(mkdtemp())
    try:
        yield engine_over(directory, texts)
    finally:
        shutil.rmtree(directory)


def quoted_lines(citations: Sequence[Citation]) -> list[str]:
    return [f"»{citation.quote}« [{citation.number}]" for citation in citations]


def refusal_pattern() -> re.Pattern[str]:
    """Match any refusal: its sentences with only counts, and words between quotation marks, put into them."""
    word = "»[^»«]+«"
    words = rf"{word}(?:, {word})*(?: og {word})?"
    unknown, unknowns, meant = (
        re.escape(text).replace(r"\{\}", f"({words})") for text in (UNKNOWN_WORD, UNKNOWN_WORDS, DID_YOU_MEAN)
    )
    searched = r"Jeg fandt ikke svar på det i [\d.]+ dokument(?:er)?\."
    in_danish = rf"(?: (?:{unknown}|{unknowns}))?(?: {meant})?"
    return re.compile(rf"{searched}(?:{in_danish}| {re.escape(NOT_DANISH)})")


def check_places(citations: Sequence[Citation], engine: Engine) -> None:
    """Check that they count from 1, and that every quote stands where it says, word for word."""
    assert [citation.number for citation in citations] == list(range(1, len(citations) + 1))
    for citation in citations:
        document = engine.document(citation.document)
        assert document is not None
        assert citation.quote == document.text[citation.start : citation.end] != ""
        assert (citation.title, citation.date) == (document.title, document.date)
        assert 0.0 <= citation.score <= 1.0
        assert 1 <= citation.paragraph <= len(document.blocks)


def check_text(answer: Answer) -> None:
    """Check that the answer's text is its quotes with their numbers, or the wording of a refusal."""
    if answer.refused:
        assert answer.notice is None
        found = refusal_pattern().fullmatch(answer.answer)
        assert found
        asked = re.findall(r"[^\W_]+", answer.understood_as or answer.question)
        assert {*re.findall("»(.+?)«", found[1] or found[2] or "")} <= {*asked}
        return
    assert answer.notice in (None, DIFFERENT, DIFFERENT_NEWEST_FIRST)
    lines = quoted_lines(answer.citations)
    assert answer.answer == "\n\n".join([*lines, answer.notice] if answer.notice else lines)


def check(answer: Answer, engine: Engine) -> None:
    assert answer.refused == (not answer.citations)
    assert len(answer.citations) <= MAX_QUOTES
    assert len(answer.related) <= (MAX_RELATED if answer.refused else 0)
    assert 0.0 <= answer.confidence <= 1.0
    assert list(answer.timing_ms) == ["embed", "retrieve", "answer", "total"]
    assert all(milliseconds >= 0 for milliseconds in answer.timing_ms.values())
    check_places(answer.citations, engine)
    check_places(answer.related, engine)
    check_text(answer)


WORDS = st.sampled_from(
    [
        *{word for text in TEXTS.values() for word in text.split()},
        "hvornår",
        "hvad",
        "koster",
        "2015",
        "kamel",
    ]
)
QUESTIONS = st.one_of(st.lists(WORDS, min_size=1, max_size=12).map(" ".join), st.text(max_size=60))


@given(question=QUESTIONS, previous=st.lists(QUESTIONS, max_size=2))
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_question_gets_a_whole_answer_or_a_friendly_line(
    engine: Engine, question: str, previous: list[str]
) -> None:
    try:
        answer = engine.ask(question, previous)
    except QuestionError:
        return  # as it must be is shown by examples below
    check(answer, engine)


PARAGRAPHS = st.one_of(
    st.lists(
        st.sampled_from(
            [
                DEADLINE,
                "Det gælder ikke kl. 10.",
                "Se stk. 2:",
                "Hund?!",
                "1.",
                "e\u0301n å A\u030a ﷺ",
                "🐕‍🦺 …",
            ]
        ),
        min_size=1,
        max_size=6,
    ).map(" ".join),
    st.text(max_size=80),
)
DOCUMENTS = st.dictionaries(
    st.sampled_from(["a.txt", "b.txt", "mappe/æ ø.txt"]), st.lists(PARAGRAPHS, max_size=4).map("\n\n".join)
)


@given(texts=DOCUMENTS, question=st.sampled_from([QUESTION, "hund kl. 10", "2"]).map("Hvad er {}".format))
@settings(deadline=None, max_examples=25)
def test_over_any_documents_an_answer_is_whole(texts: dict[str, str], question: str) -> None:
    with temporary_engine(texts) as engine:
        check(engine.ask(question), engine)


@pytest.mark.parametrize(
    "question",
    [
        "Hvad er det?",
        "When is the deadline?",
        "Hvornår er\x00 fristen?",
        "👩‍👧 fristen 🎉?",
        "\ufeffa",
        "å" * 2000,
    ],
    ids=["stop words", "English", "NUL", "emoji", "one letter", "one long word"],
)
def test_an_odd_question_gets_a_whole_answer(engine: Engine, question: str) -> None:
    check(engine.ask(question), engine)


def test_an_empty_library_refuses(tmp_path: Path) -> None:
    engine = engine_over(tmp_path, {})
    answer = engine.ask(QUESTION)
    check(answer, engine)
    assert (answer.refused, answer.related, engine.rank(QUESTION)) == (True, (), ())
    assert (engine.documents(), engine.passages(), engine.document("a.txt")) == ((), (), None)
