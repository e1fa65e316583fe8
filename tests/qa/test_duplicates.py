"""The same text in several documents: cited once, from the newest that fits, with the other places named."""

from dataclasses import replace
from pathlib import Path

import pytest

from qa.duplicates import MAX_ALSO_IN, find_distinct, find_other_places, join_copies
from qa.quotes import Quote
from tests.fakes import FakeSource, WordEmbedder
from tests.qa.making import engine_over, made_found, reading

RULE = "Formanden vælges for to år ad gangen."


def test_copies_become_one_where_the_best_of_them_stood() -> None:
    first, other, copy = (
        made_found(RULE, passage_id=1, document="a.txt", score=1.0),
        made_found("Kassereren vælges for et år.", passage_id=2, score=0.9),
        made_found(RULE.upper(), passage_id=3, document="c.txt", score=0.8),
    )
    joined = join_copies([first, other, copy])
    assert joined == (replace(first, copies=frozenset(("a.txt", "c.txt"))), other)
    assert [each.documents for each in joined] == [{"a.txt", "c.txt"}, {"a.txt"}]


@pytest.mark.parametrize(
    ("text", "is_copy"),
    [("»Formanden« vælges – for to år, ad gangen", True), ("Formanden vælges før to år ad gangen.", False)],
)
def test_copies_have_the_same_words_and_those_with_other_danish_letters_are_none(
    text: str, is_copy: bool
) -> None:
    found = [made_found(RULE, passage_id=1), made_found(text, passage_id=2)]
    assert len(join_copies(found)) == (1 if is_copy else 2)


@pytest.mark.parametrize(
    ("score", "date", "kept"),
    [(0.95, "2024-01-01", "b.txt"), (0.94, "2024-01-01", "a.txt"), (1.0, "2019-01-01", "a.txt"),
     (1.0, "2020-01-01", "a.txt"), (1.0, None, "a.txt")],
    ids=["newer and as fitting", "newer and less fitting", "older", "of the same day", "without a date"],
)  # fmt: skip
def test_the_newest_of_the_copies_that_fit_as_well_is_kept(score: float, date: str | None, kept: str) -> None:
    first = made_found(RULE, passage_id=1, document="a.txt", score=1.0, date="2020-01-01")
    second = made_found(RULE, passage_id=2, document="b.txt", score=score, date=date)
    [joined] = join_copies([first, second])
    assert (joined.passage.document, joined.hit.score) == (kept, 1.0)


def dated(texts: dict[str, str]) -> FakeSource:
    """Return documents that are dated by their names."""
    return FakeSource(texts, dates={path: f"{path[:4]}-01-01" for path in texts})


def other_places(
    directory: Path, texts: dict[str, str], sentences: tuple[int, int] = (0, 0)
) -> tuple[str, ...]:
    """Return where else the first passage of the library stands, of which these sentences are quoted."""
    with reading(directory, dated(texts)) as state:
        passage = next(state.library.all_passages())
        found = made_found(*texts[passage.document].split("  "), document=passage.document)
        return find_other_places(Quote(found, *sentences, 1.0), state)


def test_the_other_documents_with_the_words_of_the_quote_are_named_newest_first(tmp_path: Path) -> None:
    texts = {
        "2019.txt": RULE,
        "2021.txt": f"Kapitel fire. {RULE}",
        "2024.txt": f"Noget helt andet står her først. {RULE.upper()}",
        "2023.txt": "Formanden vælges for tre år ad gangen.",
        "2022.txt": "Formanden vælges ikke for to år ad gangen.",
    }
    assert other_places(tmp_path, texts) == ("2024.txt", "2021.txt")


def test_another_document_must_hold_every_sentence_of_the_quote(tmp_path: Path) -> None:
    more = "Kassereren vælges for et enkelt år."
    texts = {"2019.txt": f"{RULE}  {more}", "2020.txt": RULE, "2021.txt": f"{more} {RULE}"}
    assert other_places(tmp_path, texts, (0, 1)) == ("2021.txt",)


@pytest.mark.parametrize("own", ["Kassereren vælges for et enkelt år.", "Det koster 60 kr."])
def test_a_sentence_that_stands_nowhere_else_is_not_said_to_stand_elsewhere(tmp_path: Path, own: str) -> None:
    texts = {"2019.txt": f"{RULE}  {own}", "2020.txt": f"{RULE} Det koster 45 kr."}
    assert other_places(tmp_path, texts, (0, 1)) == ()


def test_a_very_short_sentence_counts_beside_a_long_one(tmp_path: Path) -> None:
    texts = {"2019.txt": f"{RULE}  Det vedtages.", "2020.txt": f"{RULE} Det vedtages.", "2021.txt": RULE}
    assert other_places(tmp_path, texts, (0, 1)) == ("2020.txt",)


def test_no_more_than_a_hundred_places_are_named(tmp_path: Path) -> None:
    texts = {f"{year}.txt": RULE for year in range(1900, 2013)}
    assert MAX_ALSO_IN == 100
    assert other_places(tmp_path, texts) == tuple(f"{year}.txt" for year in range(2012, 1912, -1))


def test_very_short_sentences_are_the_same_by_chance(tmp_path: Path) -> None:
    assert other_places(tmp_path, {"2019.txt": "Det blev vedtaget.", "2020.txt": "Det blev vedtaget."}) == ()


def test_an_answer_cites_a_copied_text_once_and_names_the_other_places(tmp_path: Path) -> None:
    texts = {"2019.txt": RULE, "2023.txt": RULE, "2021.txt": RULE, "2020.txt": "Katte må gerne gå frit."}
    answer = engine_over(tmp_path, dated(texts)).ask("Hvor længe vælges formanden for ad gangen?")
    [citation] = answer.citations
    assert (citation.document, citation.quote) == ("2023.txt", RULE)
    assert citation.also_in == ("2021.txt", "2019.txt")


@pytest.mark.parametrize("copies", [9, 12, 60, 99])
def test_many_copies_are_cited_once_with_all_places(tmp_path: Path, copies: int) -> None:
    texts = {f"kopi{number:03}.txt": "Hunde skal føres i snor." for number in range(copies)}
    [citation] = engine_over(tmp_path, FakeSource(texts)).ask("Skal hunde føres i snor?").citations
    assert {citation.document, *citation.also_in} == set(texts)


@pytest.mark.parametrize("copies", [3, 12, 99])
def test_many_copies_crowd_no_other_text_out(tmp_path: Path, copies: int) -> None:
    texts = {f"kopi{number:03}.txt": "Hunde skal føres i snor." for number in range(copies)}
    texts["gebyr.txt"] = "Hunde uden snor koster et gebyr."
    query = "Skal hunde føres i snor?"
    with reading(tmp_path, FakeSource(texts)) as state:
        distinct = find_distinct(state, query, WordEmbedder().embed_queries([query]), 10)
    copied, other = distinct
    assert copied.copies == {path for path in texts if path != "gebyr.txt"}
    assert other.passage.document == "gebyr.txt"
    assert other.hit.cosines


FULL = "\n\n".join(
    " ".join(f"Hunde skal føres i snor på strand nummer {number}." for _ in range(15)) for number in range(12)
)
"""A document of twelve passages."""


DOGS = "Skal hunde føres i snor på strand"


def found_documents(
    directory: Path, documents: FakeSource | dict[str, str], query: str = f"{DOGS}?"
) -> list[str]:
    """Return the documents of what is found of dogs, in its order."""
    with reading(directory, documents) as state:
        found = find_distinct(state, query, WordEmbedder().embed_queries([query]), 10)
        assert all(each.hit.cosines for each in found)
    return [each.passage.document for each in found]


def test_where_one_document_takes_all_places_the_best_of_another_is_found_too(tmp_path: Path) -> None:
    texts = {
        "alt.txt": FULL,
        "gebyr.txt": "Hunde uden snor koster et gebyr.",
        "katte.txt": "Katte må gå frit.",
    }
    assert found_documents(tmp_path, texts) == ["alt.txt"] * 10 + ["gebyr.txt"]


def test_a_version_of_that_document_is_no_other_one(tmp_path: Path) -> None:
    texts = {"alt.txt": FULL, "kopi.txt": FULL, "gebyr.txt": "Hunde uden snor koster et gebyr."}
    *first, last = found_documents(tmp_path, texts)
    assert ({*first}, last) == ({"alt.txt"}, "gebyr.txt")


def test_where_there_is_one_document_none_other_is_found(tmp_path: Path) -> None:
    assert found_documents(tmp_path, {"alt.txt": FULL}) == ["alt.txt"] * 10


def test_a_copy_of_what_is_found_is_no_other_text(tmp_path: Path) -> None:
    one_passage = FULL.split("\n\n")[-1]
    texts = {"alt.txt": FULL, "kopi.txt": one_passage, "gebyr.txt": "Hunde uden snor koster et gebyr."}
    titles = {"alt.txt": "Hunde på strand", "kopi.txt": "Zebra xylofon kvadrat lommeregner"}
    found = found_documents(tmp_path, FakeSource(texts, titles=titles))
    assert found == ["alt.txt"] * 10 + ["gebyr.txt"]


def test_the_other_document_is_of_the_year_that_was_asked_for(tmp_path: Path) -> None:
    texts = {
        "alt.txt": FULL,
        "2010.txt": "Hunde føres i snor uden for strand i skov.",
        "2014.txt": "Hunde uden snor koster et gebyr i 2014.",
    }
    dates = {"alt.txt": "2014-01-01", "2010.txt": "2010-01-01", "2014.txt": "2014-06-01"}
    for query, last in ((f"{DOGS}?", "2010.txt"), (f"{DOGS} i 2014?", "2014.txt")):
        assert found_documents(tmp_path, FakeSource(texts, dates=dates), query)[-1] == last


def test_of_many_texts_in_copies_no_more_are_kept_than_asked_for(tmp_path: Path) -> None:
    """Copies take all places at first, and of the twelve texts behind them ten are kept."""
    copies = {f"kopi{number:02}.txt": f"{DOGS}." for number in range(20)}
    others = {f"andet{number:02}.txt": f"Hunde i by nummer {number}." for number in range(11)}
    assert len(found_documents(tmp_path, copies | others)) == 10
