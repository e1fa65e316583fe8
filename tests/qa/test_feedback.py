"""What visitors said is kept on this machine, for its owner alone, and harmless in a spreadsheet."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from index.errors import LibraryError
from qa.feedback import Feedback, Opinion, RefusedTopic, make_harmless, render_feedback, write_csv

YES = Opinion(True, "Hvornår?", "a.txt", "Den 1. maj.", "  klart ")
NO = Opinion(False, "Hvem?", "b.txt", "Rådet.", "")


def test_personal_numbers_are_not_kept_whole(home: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    number = "070761-4285"
    feedback.keep(Opinion(True, f"Hvem er {number}?", f"{number}.txt", f"»{number}«", f"ikke {number}"))
    feedback.count_refusal(f"Sagen om {number}")
    [kept], [topic] = feedback.opinions(), feedback.refused_topics()
    assert (kept.question, kept.document, kept.quote, kept.comment) == (
        "Hvem er 070761-••••?", "070761-••••.txt", "»070761-••••«", "ikke 070761-••••",
    )  # fmt: skip
    assert topic.topic == "Sagen om 070761-••••"
    assert not [path for path in home.rglob("*") if path.is_file() and b"4285" in path.read_bytes()]


def test_opinions_come_back_in_order_with_their_time(home: Path) -> None:
    Feedback(home).keep(YES)
    Feedback(home).keep(NO)
    first, second = Feedback(home).opinions()
    assert (first.helped, first.question, first.document, first.quote, first.comment) == (
        True, "Hvornår?", "a.txt", "Den 1. maj.", "klart",
    )  # fmt: skip
    assert (second.helped, second.question) == (False, "Hvem?")
    assert first.given.endswith("+00:00")


def test_many_threads_keep_opinions_at_once(home: Path) -> None:
    feedback = Feedback(home)
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(feedback.keep, [YES] * 24))
    assert len(feedback.opinions()) == 24


def test_only_the_owner_can_read_the_file(home: Path) -> None:
    Feedback(home).keep(YES)
    assert {path.stat().st_mode & 0o077 for path in (home / "feedback").iterdir()} == {0}


def test_looking_and_forgetting_leave_nothing_behind_where_there_is_nothing(home: Path) -> None:
    feedback = Feedback(home)
    feedback.clear()
    feedback.count_refusal("Skole")
    assert (feedback.opinions(), feedback.refused_topics(), feedback.forget("a.txt")) == ((), (), 0)
    assert list(home.iterdir()) == []


def test_nothing_of_what_is_cleared_stays_on_disk(home: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(YES)
    feedback.count_refusal("Skole")
    feedback.clear()
    assert (feedback.opinions(), feedback.refused_topics()) == ((), ())
    kept = b"".join(path.read_bytes() for path in home.rglob("*") if path.is_file())
    assert not [said for said in ("Hvornår", "maj", "klart", "Skole") if said.encode() in kept]


def test_refused_topics_are_counted_only_when_that_is_switched_on(home: Path) -> None:
    Feedback(home).count_refusal("Skole")
    assert Feedback(home).refused_topics() == ()
    counting = Feedback(home, counts_refusals=True)
    for topic in ("Skole", "Affald", "Skole"):
        counting.count_refusal(topic)
    assert counting.refused_topics() == (RefusedTopic("Skole", 2), RefusedTopic("Affald", 1))


def test_csv_has_a_head_and_a_line_an_opinion() -> None:
    table = write_csv([Opinion(True, 'Sagde han "ja"; og hvad så?', "a.txt", "=1+1", "", "2026-01-02T03:04")])
    assert table == (
        "Tid (UTC);Hjalp svaret?;Spørgsmål;Dokument;Citat;Bemærkning\n"
        '2026-01-02T03:04;ja;"Sagde han ""ja""; og hvad så?";a.txt;\'=1+1;\n'
    )


@pytest.mark.parametrize("cell", ["=HYPERLINK(1)", "+1", "-1", "@x", " =1", "＝1", "－1"])
def test_formulas_are_made_harmless(cell: str) -> None:
    assert make_harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["\t=1", "\r=1", "\n=1"])
def test_formulas_behind_white_space_are_made_harmless(cell: str) -> None:
    assert make_harmless(cell) == "' =1"


def test_usual_text_is_left_as_it_is() -> None:
    assert [make_harmless(cell) for cell in ("", "ja", "a=b", "'=1")] == ["", "ja", "a=b", "'=1"]


def test_summary_counts_and_lists_the_topics() -> None:
    assert render_feedback([YES, NO, YES], [RefusedTopic("Skole", 12)]) == [
        "Svar bedømt: 3. De 2 hjalp, de 1 hjalp ikke.",
        "Spørgsmål uden svar, talt efter det nærmeste dokuments titel:",
        "    12 Skole",
    ]
    assert render_feedback([], []) == ["Svar bedømt: 0. De 0 hjalp, de 0 hjalp ikke."]


def test_damaged_file_is_said_in_one_danish_line(home: Path) -> None:
    Feedback(home).keep(YES)
    for path in (home / "feedback").iterdir():
        path.write_bytes(b"x" * 5000)
    with pytest.raises(LibraryError, match=r"^Filen ».*feedback\.sqlite« med svar på .* kan ikke bruges; "):
        Feedback(home).opinions()
