"""Questions, ranking and documents of small libraries, and every bad input."""

from pathlib import Path

import pytest

from index.errors import LibraryError, QuestionError, SettingError
from index.sync import sync_library
from index.writing import WritableLibrary
from qa.confidence import confidence
from qa.engine import FOUND_PASSAGES, Engine, _read_question
from qa.expected import AMOUNT, PERSON, TIME
from qa.question import MAX_QUESTION_CHARS
from qa.related import MAX_RELATED
from qa.retrieve import SIGNALS
from tests.fakes import CountingEmbedder, FakeSource, WordEmbedder
from tests.qa.making import QUESTION, TEXTS, engine_over


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
    by_grams = engine.rank(QUESTION, signals={"grams": 1.0})
    assert [hit.score for hit in by_grams] == sorted((hit.score for hit in by_grams), reverse=True)
    scores = [hit.signals["grams"] for hit in by_grams]
    assert scores == sorted(scores, reverse=True)
    assert (by_grams[0].score, len(by_grams)) == (1.0, len({hit.passage_id for hit in by_grams}))
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


def long_paragraph(animal: str) -> str:
    """Return as much as fills a passage of its own."""
    return " ".join([f"{animal} skal føres i snor på stranden hele sommeren."] * 10)


def test_evidence_tells_whether_the_passages_stand_together_in_what_is_searched(tmp_path: Path) -> None:
    animals = {
        "a.txt": ("Hunde", "Hunden", "Hundens"),
        "b.txt": ("Katte",),
        "c.txt": ("Heste",),
        "d.txt": ("Geder",),
    }
    engine = engine_over(
        tmp_path, {path: "\n\n".join(map(long_paragraph, each)) for path, each in animals.items()}
    )
    question = "Skal hunden føres i snor?"
    first = [engine.passage(hit.passage_id).document for hit in engine.rank(question, top_k=5)]
    assert (first.count("a.txt"), first[0], len(engine.passages())) == (3, "a.txt", 6)
    # of four others two are of the first one's document, all that can be; by chance two of five
    assert engine.weigh(question).cohesion == pytest.approx(0.5 + (1 - 2 / 5) * 2 / 4 * 0.5)
    # of three others two, all that can be; by chance two of three
    within = engine.weigh(question, within=("a.txt", "b.txt"))
    assert within.cohesion == pytest.approx(0.5 + (1 - 2 / 3) * 2 / 3 * 0.5)
