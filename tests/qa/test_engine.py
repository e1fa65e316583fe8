"""Questions from end to end over small libraries: what holds of every answer, and every bad input."""

import re
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.derived import SearchIndex
from index.errors import LibraryError, OutdatedState, QuestionError, SettingError
from index.library import Library
from index.search_engine import SearchEngine
from index.sync import sync_library
from index.writing import WritableLibrary
from qa import engine as engine_module
from qa.confidence import confidence
from qa.engine import FOUND_PASSAGES, Engine, _read_question
from qa.expected import AMOUNT, PERSON, TIME
from qa.question import MAX_QUESTION_CHARS
from qa.quotes import MAX_QUOTES
from qa.related import MAX_RELATED
from qa.retrieve import SIGNALS
from qa.types import Answer, Citation
from qa.wording.answers import (
    DID_YOU_MEAN,
    DIFFERENT,
    DIFFERENT_NEWEST_FIRST,
    NOT_DANISH,
    UNKNOWN_WORD,
    UNKNOWN_WORDS,
)
from tests.fakes import CountingEmbedder, FakeSource, WordEmbedder
from tests.qa.making import engine_over

DEADLINE = "Fristen for høringssvar om budgettet er den 1. maj 2015."
QUESTION = "Hvornår er fristen for høringssvar om budgettet?"

TEXTS = {
    "frist.txt": f"{DEADLINE} Den står også på hjemmesiden.",
    "ny/frist.txt": DEADLINE.replace("maj", "juni"),
    "hunde.txt": "Hunde skal føres i snor, jf. § 3, stk. 2. Det gælder f.eks. her 🐕.\n\nKatte må gå frit.",
    "takst.txt": "Takster:\n\nEt parkeringskort koster 1.250 kr. om året »[1]«.\n\n|||\n\n***\n\nGratis nat.",
    "lang.txt": " ".join(f"Kapitel {n} handler om emne {n}, og det står på side {n}." for n in range(120)),
    "spids.txt": "<script>alert(1)</script> Fristen [2] er i **morgen** “sagde” Jens.",
    "bogstaver.txt": "Å, æ, ø og Å i én café; naïve A\u030arhus.",
}
"""Documents of many shapes; the engine is asked anything over them."""


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Engine:
    return engine_over(tmp_path_factory.mktemp("bibliotek"), FakeSource(TEXTS, dates={"hunde.txt": None}))


@contextmanager
def temporary_engine(texts: dict[str, str]) -> Iterator[Engine]:
    """Open a library of these documents, for one example of many."""
    directory = Path(mkdtemp())
    try:
        yield engine_over(directory, texts)
    finally:
        shutil.rmtree(directory)


# What holds of every answer


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


def test_a_question_is_answered_by_the_sentence_that_holds_its_words(engine: Engine) -> None:
    answer = engine.ask("Hvad koster et parkeringskort om året?")
    assert not answer.refused
    assert "Et parkeringskort koster 1.250 kr. om året »[1]«." in answer.citations[0].quote


@pytest.mark.parametrize("question", ["Hvordan bager man rugbrød?", "Who painted that ceiling?"])
def test_a_question_of_another_matter_is_refused(engine: Engine, question: str) -> None:
    answer = engine.ask(question)
    assert answer.refused
    assert len(answer.related) == MAX_RELATED


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


@pytest.mark.parametrize(
    ("question", "part"),
    [
        ("", "ikke skrevet noget"),
        (" \n\x00 ", "ikke skrevet noget"),
        ("?!", "ingen ord"),
        ("🎉", "ingen ord"),
        ("x" * 5000, f"5000 tegn, højst {MAX_QUESTION_CHARS}"),
    ],
)
def test_a_question_that_cannot_be_asked_is_told_in_one_line(
    engine: Engine, question: str, part: str
) -> None:
    for ask in (engine.ask, engine.rank):
        with pytest.raises(QuestionError, match=f"^.*{part}.*$"):
            ask(question)


def test_a_follow_up_keeps_the_question_and_says_what_was_understood(engine: Engine) -> None:
    answer = engine.ask("og hvad koster det?", ["Hvor får jeg et parkeringskort?"])
    assert answer.question == "og hvad koster det?"
    assert answer.understood_as == "og hvad koster det? (parkeringskort)"
    assert answer.citations[0].document == "takst.txt"
    assert engine.ask(QUESTION, ["Hvor får jeg et parkeringskort?"]).understood_as is None


def test_an_empty_library_refuses(tmp_path: Path) -> None:
    engine = engine_over(tmp_path, {})
    answer = engine.ask(QUESTION)
    check(answer, engine)
    assert (answer.refused, answer.related, engine.rank(QUESTION)) == (True, (), ())
    assert (engine.documents(), engine.passages(), engine.document("a.txt")) == ((), (), None)


def test_what_is_weighed_is_what_an_answer_goes_by(engine: Engine, tmp_path: Path) -> None:
    for question in (QUESTION, "Hvad koster et parkeringskort om året?", "Hvordan bager man rugbrød?"):
        assert confidence(engine.weigh(question)) == engine.ask(question).confidence
    copies = {f"kopi{number:03}.txt": "Ring til foreningens telefon om hunde i snor." for number in range(12)}
    crowded = engine_over(tmp_path, {**copies, "tlf.txt": "Hunde uden snor: 12 34 56 78."})
    question = "Hvilken telefon ringer man til om hunde i snor?"
    assert not crowded.weigh(question).lacks_contact
    assert confidence(crowded.weigh(question)) == crowded.ask(question).confidence


# Ranking


@pytest.mark.parametrize("top_k", [0, -1])
def test_fewer_than_one_passage_cannot_be_asked_for(engine: Engine, top_k: int) -> None:
    with pytest.raises(SettingError, match=rf"efter {top_k} steder; antallet skal være mindst 1\.$"):
        engine.rank(QUESTION, top_k=top_k)


def test_fewer_passages_are_the_first_of_more(engine: Engine) -> None:
    every = engine.rank(QUESTION, top_k=100)
    assert len(every) > FOUND_PASSAGES
    assert [engine.rank(QUESTION, top_k=top_k) for top_k in (1, 5, 10)] == [every[:1], every[:5], every[:10]]
    assert len(engine.rank(QUESTION)) == 10


def test_ranking_takes_other_weights_and_follow_ups(engine: Engine) -> None:
    assert engine.rank(QUESTION, signals=SIGNALS) == engine.rank(QUESTION)
    assert {*engine.rank(QUESTION, signals={"stems": 1.0})[0].signals} == {"stems"}
    follow_up = engine.rank("og hvad koster det?", ["Hvor får jeg et parkeringskort?"])
    assert engine.passage(follow_up[0].passage_id).document == "takst.txt"


def test_what_ranks_first_is_what_is_quoted_first(engine: Engine) -> None:
    first = engine.passage(engine.rank(QUESTION)[0].passage_id)
    citation = engine.ask(QUESTION).citations[0]
    assert citation.document == first.document
    assert first.start <= citation.start < citation.end <= first.end


# The documents


def test_documents_and_passages_are_listed(engine: Engine) -> None:
    assert [entry.path for entry in engine.documents()] == sorted(TEXTS)
    assert {passage.document for passage in engine.passages()} == TEXTS.keys()
    assert engine.document("findes/ikke.txt") is None


def test_a_passage_that_has_gone_says_so(engine: Engine) -> None:
    with pytest.raises(
        LibraryError, match=r"^Sted nr\. 999999 findes ikke mere .*; stil spørgsmålet igen\.$"
    ):
        engine.passage(999_999)


# Opening


def test_a_library_that_is_missing_is_told(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match=r"Der er intet bibliotek .*; kør »kildesvar index MAPPE« først"):
        Engine(tmp_path / "intet", WordEmbedder())


def test_a_library_that_was_never_finished_is_told(tmp_path: Path) -> None:
    WritableLibrary(tmp_path).close()
    with pytest.raises(LibraryError, match="er ikke bygget færdigt"):
        Engine(tmp_path, WordEmbedder())


def test_a_library_of_another_model_is_told_and_left_as_it_is(tmp_path: Path) -> None:
    engine = engine_over(tmp_path, TEXTS)
    with pytest.raises(LibraryError, match=r"lavet med modellen »ordmodel« .* den model, der skal bruges"):
        Engine(tmp_path, CountingEmbedder("en anden"))
    assert not engine.ask(QUESTION).refused


def test_a_library_that_becomes_another_models_while_open_is_told(tmp_path: Path) -> None:
    engine = engine_over(tmp_path, TEXTS)
    sync_library(FakeSource(TEXTS), tmp_path, CountingEmbedder("en anden"))
    with pytest.raises(LibraryError, match="Biblioteket er lavet med modellen"):
        engine.ask(QUESTION)


# While the library is written


def edition(number: int) -> FakeSource:
    """Return the documents of one edition; each sentence names it."""
    return FakeSource(
        {
            "a.txt": f"Udgave {number}: Fristen for høringssvar om budgettet er den {number}. maj.",
            "b.txt": f"I udgave {number} er fristen for klager over byggesager den {number}. juni.",
            f"kun-{number}.txt": f"Efter udgave {number} kan klager over høringssvar ikke behandles.",
        }
    )


def editions_of(answer: Answer) -> set[str]:
    return {
        found
        for citation in (*answer.citations, *answer.related)
        for found in re.findall(r"(?i)udgave (\d+)", citation.quote)
    }


def test_a_question_reads_one_state_though_another_is_published_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._BUSY_TIMEOUT_SECONDS", 0.0)  # do not wait for this very reader
    engine = engine_over(tmp_path, edition(1))
    find = engine_module.find_distinct

    def publish_then_find(*arguments: object) -> object:
        monkeypatch.setattr(engine_module, "find_distinct", find)
        sync_library(edition(2), tmp_path, WordEmbedder())
        return find(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(engine_module, "find_distinct", publish_then_find)
    during, after = engine.ask(QUESTION), engine.ask(QUESTION)
    assert "den 1. maj" in during.citations[0].quote
    assert "den 2. maj" in after.citations[0].quote
    assert (editions_of(during), editions_of(after)) == ({"1"}, {"2"})


def test_threads_that_ask_while_editions_are_published_get_whole_answers_of_one_edition(
    tmp_path: Path,
) -> None:
    engine = engine_over(tmp_path, edition(1))
    finished, everyone = threading.Event(), threading.Barrier(3)

    def keep_asking() -> list[Answer]:
        everyone.wait(60)
        answers = [engine.ask(QUESTION)]
        while not finished.is_set():
            answers.append(engine.ask(QUESTION))
        return [*answers, engine.ask(QUESTION)]

    with ThreadPoolExecutor(2) as pool:
        threads = [pool.submit(keep_asking) for _ in range(2)]
        try:
            everyone.wait(60)
            for number in range(2, 6):
                sync_library(edition(number), tmp_path, WordEmbedder())
        finally:
            finished.set()
    for answers in (thread.result() for thread in threads):
        seen = [editions_of(answer) for answer in answers]
        assert all(len(editions) == 1 for editions in seen)
        numbers = [int(number) for (number,) in seen]
        assert numbers == sorted(numbers)
        assert numbers[-1] == 5
        assert not any(answer.refused for answer in answers)


@pytest.fixture
def openings(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Every opening of a search index."""
    opened: list[object] = []
    real: Callable[..., object] = engine_module.open_search_index
    monkeypatch.setattr(
        engine_module, "open_search_index", lambda *given: (opened.append(given[0]), real(*given))[1]
    )
    return opened


def test_the_search_index_is_opened_once_for_each_generation(tmp_path: Path, openings: list[object]) -> None:
    engine = engine_over(tmp_path, edition(1))
    for _ in range(3):
        engine.ask(QUESTION)
    assert len(openings) == 1
    sync_library(edition(2), tmp_path, WordEmbedder())
    for _ in range(3):
        engine.ask(QUESTION)
    assert len(openings) == 2


def test_a_question_that_began_before_a_new_state_never_opens_the_old_one_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.database._BUSY_TIMEOUT_SECONDS", 0.0)  # the sync need not wait for a reader
    engine = engine_over(tmp_path, {"a.txt": "Hunde skal føres i snor."})
    opened: list[int] = []
    held, go_on = threading.Event(), threading.Event()
    check, open_index = Engine._check_model, engine_module.open_search_index

    def hold_the_first(self: Engine, library: Library) -> None:
        first = not held.is_set()
        held.set()
        if first:
            go_on.wait(60)
        check(self, library)

    def count(library: Library, search_engine: SearchEngine) -> SearchIndex:
        opened.append(library.generation())
        return open_index(library, search_engine)

    monkeypatch.setattr(Engine, "_check_model", hold_the_first)
    monkeypatch.setattr(engine_module, "open_search_index", count)
    threads = [threading.Thread(target=engine.documents) for _ in range(2)]
    threads[0].start()
    assert held.wait(60)
    sync_library(FakeSource({"b.txt": "Katte må gå frit."}), tmp_path, WordEmbedder())
    threads[1].start()
    threads[1].join(0.5)  # it would be done by now, if it did not wait for the one before
    go_on.set()
    for thread in threads:
        thread.join(60)
    assert opened == [2]


def test_a_follow_up_asks_for_the_kind_of_answer_that_was_asked_for_before() -> None:
    assert _read_question("hvad med børn?", ["Hvad koster en billet?"]).kinds == (AMOUNT,)
    assert _read_question("og hvornår åbner det?", ["Hvad koster en billet?"]).kinds == (TIME,)
    assert _read_question("Hvad er formålet?", ["Hvad koster en billet?"]).kinds == ()


def test_in_a_chain_of_follow_ups_the_kind_is_that_of_the_question_they_build_on() -> None:
    chain = ["Hvornår er der åbent?", "Hvad koster en billet?", "og hvad med børn?", "og unge?"]
    assert _read_question("og for pensionister?", chain).kinds == (AMOUNT,)
    assert _read_question("og for pensionister?", [*chain, "og hvornår åbner det?"]).kinds == (TIME,)
    assert _read_question("og for hvem?", ["Hvad er formålet?", "og hvad ellers?"]).kinds == (PERSON,)
    assert _read_question("og for børn?", ["Hvad koster det?", "Hvad er formålet?"]).kinds == ()


def test_a_state_that_is_outdated_when_it_is_opened_is_left_for_the_newest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    engine = engine_over(tmp_path / "bibliotek", {"a.txt": "Hunde skal føres i snor."})
    open_index, tries = engine_module.open_search_index, 0

    def outdated_at_first(library: Library, search_engine: SearchEngine) -> SearchIndex:
        nonlocal tries
        tries += 1
        if tries in (1, 3, 4, 5, 6, 7):
            raise OutdatedState("er blevet opdateret imens")
        return open_index(library, search_engine)

    monkeypatch.setattr(engine_module, "open_search_index", outdated_at_first)
    engine._index = None
    assert len(engine.documents()) == 1
    assert tries == 2
    engine._index = None
    with pytest.raises(OutdatedState):
        engine.documents()
    assert tries == 7
