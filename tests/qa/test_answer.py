"""From what was found to an answer: every part of it, over libraries that a person can check."""

from contextlib import closing
from pathlib import Path

import pytest

from index.folder import FolderSource
from index.read.rows import CELL_SEPARATOR
from index.sync import sync_library
from qa.answer import Asked, _emphasis, _refuse, compose_answer, weigh
from qa.duplicates import find_distinct
from qa.engine import Engine
from qa.expected import AMOUNT, COUNT, PERSON, Expected, expected_answers
from qa.quotes import MAX_QUOTES, QUOTED_PASSAGES, Quote
from qa.related import MAX_RELATED
from qa.types import Answer
from qa.wording.answers import DIFFERENT, DIFFERENT_NEWEST_FIRST
from tests.fakes import FakeSource, WordEmbedder
from tests.qa.making import DEADLINE, QUESTION, made_found, reading

LATER = "Fristen for høringssvar om budgettet er den 1. juni 2015."
OFF_TOPIC = "Hvordan bager man rugbrød?"


def answered(tmp_path: Path, documents: FakeSource | dict[str, str], question: str = QUESTION) -> Answer:
    """Answer one question from a new library of these documents."""
    with reading(tmp_path, documents) as state:
        found = find_distinct(state, question, WordEmbedder().embed_queries([question]), 10)
        asked = Asked(question, None, expected_answers(question))
        return compose_answer(asked, weigh(asked, found, state), state)


@pytest.fixture
def documents() -> FakeSource:
    """Three documents of different matters."""
    return FakeSource(
        {
            "a.txt": f"Katte må gå frit omkring i husets have.\n\n{DEADLINE}",
            "b.txt": "Hunde skal føres i snor på hele stranden.",
            "c.txt": "Ryttere holder deres heste på folden bag laden.",
        },
        titles={"a.txt": "Høring om budget"},
        dates={"a.txt": "2015-03-05"},
    )


def test_what_is_searched_for_is_what_was_understood() -> None:
    assert Asked("Hvad?", None).query == "Hvad?"
    assert Asked("og hvad?", "og hvad? (fristen)").query == "og hvad? (fristen)"


def test_an_answer_is_the_quote_with_its_number_and_source(tmp_path: Path, documents: FakeSource) -> None:
    answer = answered(tmp_path, documents)
    [citation] = answer.citations
    start = documents.texts["a.txt"].index(DEADLINE)
    assert (citation.number, citation.document, citation.quote) == (1, "a.txt", DEADLINE)
    assert (citation.title, citation.date) == ("Høring om budget", "2015-03-05")
    assert (citation.start, citation.end) == (start, start + len(DEADLINE))
    assert (citation.headings, citation.page) == ((), None)
    assert answer.answer == f"»{DEADLINE}« [1]"
    assert (answer.question, answer.understood_as, answer.refused) == (QUESTION, None, False)
    assert (answer.related, answer.notice, answer.timing_ms) == ((), None, {})


def test_only_the_first_passages_and_the_best_of_another_document_are_quoted_from(tmp_path: Path) -> None:
    passages = (" ".join(f"{DEADLINE} Nummer {number}." for _ in range(8)) for number in range(9))
    documents = {"a.txt": "\n\n".join(passages), "b.txt": "Fristen er en anden."}
    with reading(tmp_path, documents) as state:
        found = find_distinct(state, QUESTION, WordEmbedder().embed_queries([QUESTION]), 10)
        weighed = weigh(Asked(QUESTION, None), found, state)
    assert len(found) > QUOTED_PASSAGES + 1
    quoted = {quote.found.passage.id for quote in weighed.ranked}
    assert quoted == {*(each.passage.id for each in found[:QUOTED_PASSAGES]), found[-1].passage.id}
    assert found[-1].passage.document == "b.txt"


def test_a_refusal_shows_the_nearest_passages_wherever_they_are_and_not_the_best_of_another_document(
    tmp_path: Path,
) -> None:
    dogs = [f"Hunde skal føres i snor på strand nummer {number}." for number in range(3)]
    cats = [f"Katte må gå frit omkring i have nummer {number}." for number in range(2)]
    horses, soup = (
        "Ryttere holder deres heste på folden.",
        "Caféen serverer suppe med heste hver torsdag aften.",
    )
    passages = (" ".join([sentence] * 15) for sentence in (*dogs, *cats, horses, *["Intet."] * 5))
    question = "Hvem passer hunde i snor på strand, katte omkring i have og heste på folden?"
    with reading(tmp_path, {"a.txt": "\n\n".join(passages), "b.txt": soup}) as state:
        found = find_distinct(state, question, WordEmbedder().embed_queries([question]), 10)
        asked = Asked(question, None)
        weighed = weigh(asked, found, state)
        refused = _refuse(asked, 0.1, weighed, state)
    assert found[QUOTED_PASSAGES].passage.text.startswith(horses)
    assert soup in {quote.text for quote in weighed.ranked}
    assert [citation.quote[:5] for citation in refused.related] == ["Hunde", "Katte", "Rytte"]


def test_a_quote_tells_where_it_has_what_was_asked_for(tmp_path: Path, documents: FakeSource) -> None:
    [citation] = answered(tmp_path, documents).citations
    assert [documents.texts["a.txt"][each.start : each.end] for each in citation.emphasis] == ["1. maj 2015"]


@pytest.mark.parametrize(
    ("sentences", "kind", "values"),
    [
        (("1) Der er 14 pladser.", "2) Der er 3 stuer."), COUNT, ["14", "3"]),
        (("Lederen er Ane Holm.", "København Kommune betaler."), PERSON, ["Ane Holm"]),
        (("Pris | 40", "Kr. 50"), AMOUNT, ["Kr. 50"]),
        (("Der er 1 eller 2.", "Der er 3."), COUNT, ["1", "2", "3"]),
        (("Der er 1 eller 2.", "Der er 3 eller 4."), COUNT, []),
    ],
    ids=["item numbers", "the first word", "two rows", "three", "four"],
)
def test_values_are_sought_in_each_sentence_by_itself_and_many_tell_nothing(
    sentences: tuple[str, ...], kind: Expected, values: list[str]
) -> None:
    quote = Quote(made_found(*sentences), 0, len(sentences) - 1, 1.0)
    start = quote.span.start
    found = [quote.text[each.start - start : each.end - start] for each in _emphasis(quote, (kind,))]
    assert found == values


@pytest.mark.parametrize(
    ("question", "columns"),
    [
        ("Hvornår begynder vinterferie i februar 2027?", ("Ferie", "Første dag", "Sidste dag")),
        ("Hvem holder fritidsordningen åben i skolernes ferier?", ()),
    ],
)
def test_the_heads_of_columns_go_with_rows_and_not_with_a_sentence_below(
    tmp_path: Path, question: str, columns: tuple[str, ...]
) -> None:
    (tmp_path / "mappe").mkdir()
    (tmp_path / "mappe" / "ferie.md").write_text(
        "# Ferie\n\n| Ferie | Første dag | Sidste dag |\n|---|---|---|\n"
        "| vinterferie | 15. februar 2027 | 19. februar 2027 |\n\n"
        "Kommunen holder fritidsordningen åben i skolernes ferier.\n",
        encoding="utf-8",
    )
    with closing(FolderSource(tmp_path / "mappe")) as source:
        sync_library(source, tmp_path / "bibliotek", WordEmbedder())
    answer = Engine(tmp_path / "bibliotek", WordEmbedder()).ask(question)
    cited = (answer.citations or answer.related)[0]
    assert (cited.columns, CELL_SEPARATOR in cited.quote) == (columns, bool(columns))


def test_a_refusal_shows_the_nearest_by_their_best_sentences(tmp_path: Path, documents: FakeSource) -> None:
    documents.texts["d.txt"] = "Bibliotekets café serverer suppe torsdag aften."
    answer = answered(tmp_path, documents, OFF_TOPIC)
    assert (answer.refused, answer.citations, answer.notice) == (True, (), None)
    assert answer.answer.startswith("Jeg fandt ikke svar på det i 4 dokumenter.")
    assert [citation.number for citation in answer.related] == list(range(1, MAX_RELATED + 1))
    for citation in answer.related:
        assert documents.texts[citation.document][citation.start : citation.end] == citation.quote


def test_an_empty_library_refuses_with_nothing_related(tmp_path: Path) -> None:
    answer = answered(tmp_path, {})
    assert (answer.refused, answer.citations, answer.related) == (True, (), ())
    assert answer.answer.startswith("Jeg fandt ikke svar på det i 0 dokumenter.")


@pytest.mark.parametrize(
    ("dates", "order", "notice"),
    [
        ({"a.txt": "2015-01-01", "b.txt": "2015-02-01"}, ["b.txt", "a.txt"], DIFFERENT_NEWEST_FIRST),
        ({"a.txt": "2015-02-01", "b.txt": "2015-01-01"}, ["a.txt", "b.txt"], DIFFERENT_NEWEST_FIRST),
        ({"a.txt": None, "b.txt": "2015-01-01"}, ["a.txt", "b.txt"], DIFFERENT),
        ({"a.txt": None, "b.txt": None}, ["a.txt", "b.txt"], DIFFERENT),
    ],
)
def test_documents_that_differ_are_both_quoted_and_it_is_said(
    tmp_path: Path, dates: dict[str, str | None], order: list[str], notice: str
) -> None:
    answer = answered(tmp_path, FakeSource({"a.txt": DEADLINE, "b.txt": LATER}, dates=dates))
    assert [(citation.number, citation.document) for citation in answer.citations] == [*enumerate(order, 1)]
    quotes = [{"a.txt": DEADLINE, "b.txt": LATER}[path] for path in order]
    assert answer.answer == f"»{quotes[0]}« [1]\n\n»{quotes[1]}« [2]\n\n{notice}"
    assert answer.notice == notice


def test_documents_that_agree_are_not_said_to_differ(tmp_path: Path) -> None:
    answer = answered(tmp_path, {"a.txt": DEADLINE, "b.txt": DEADLINE.replace("den 1. maj", "i maj")})
    assert answer.notice is None


def test_a_difference_makes_no_more_quotes_than_there_may_be(tmp_path: Path) -> None:
    more = "Fristen for høringssvar om budgettet står"
    texts = {"a.txt": DEADLINE, "b.txt": f"{more} på kommunens hjemmeside.", "c.txt": f"{more} i avisen."}
    answer = answered(tmp_path, {**texts, "d.txt": LATER})
    assert answer.notice == DIFFERENT
    assert {DEADLINE, LATER} == {citation.quote for citation in answer.citations[:2]}
    assert len(answer.citations) <= MAX_QUOTES


def test_a_score_stays_within_its_bounds_though_time_lifts_it(tmp_path: Path, documents: FakeSource) -> None:
    answer = answered(tmp_path, documents, "Hvornår er fristen for høringssvar om budgettet i 2015?")
    assert answer.citations[0].quote == DEADLINE
    assert answer.citations[0].score == 1.0
