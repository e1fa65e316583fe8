"""»Hjalp svaret?«: nothing is kept before the visitor sends it, and refused questions only as topics."""

from collections.abc import Callable
from datetime import datetime, tzinfo
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

import qa.feedback
from qa.chat.replies import make_server_functions
from qa.feedback import Feedback, RefusedTopic
from qa.wording.page import CHAT
from tests.qa.chat.acts import ask
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import OFF_TOPIC, PARTNERSHIP, WHO, SmallLibrary
from tests.qa.chat.test_replies import reply_of

QUOTE = "siger Thomas Kastrup-Larsen, formand for KL’s Arbejdsmarkeds- og Borgerserviceudvalg."


@pytest.mark.browser
def test_visitor_says_whether_the_answer_helped_and_why(page: Page, chat: Chat) -> None:
    ask(page, WHO)
    before = len(chat.feedback.opinions())
    page.get_by_role("button", name=f"Nej, svaret hjalp ikke: {WHO}").click()
    field = page.get_by_label("Du svarede nej. Skriv gerne hvorfor.")
    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(CHAT["feedback_kept"])
    assert len(chat.feedback.opinions()) == before
    field.fill("=det var den gamle formand")
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".feedback")).to_have_text("Tak for dit svar.")
    expect(page.locator(".feedback")).to_be_focused()
    [*_, opinion] = chat.feedback.opinions()
    assert len(chat.feedback.opinions()) == before + 1
    assert (opinion.helped, opinion.question, opinion.document) == (False, WHO, PARTNERSHIP)
    assert (opinion.quote, opinion.comment) == (QUOTE, "=det var den gamle formand")
    page.reload()
    expect(page.locator(".feedback")).to_have_text("Tak for dit svar.")


@pytest.mark.browser
def test_visitor_changes_their_mind_and_nothing_is_kept(page: Page, chat: Chat) -> None:
    ask(page, WHO)
    before = chat.feedback.opinions()
    yes = page.get_by_role("button", name="Ja, svaret hjalp")
    yes.click()
    page.get_by_role("button", name="Annuller").click()
    expect(yes).to_be_focused()
    assert chat.feedback.opinions() == before


@pytest.mark.browser
def test_nobody_is_asked_where_no_feedback_is_taken(
    open_page: Callable[..., Page], serve: Callable[..., str]
) -> None:
    turn = ask(open_page(serve(SmallLibrary())), WHO)
    expect(turn.get_by_role("button", name="Kopiér svar")).to_be_visible()
    expect(turn.locator(".feedback")).to_be_hidden()


def test_refused_questions_are_counted_by_the_nearest_documents_title(home: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    ask = {f.__name__: f for f in make_server_functions(SmallLibrary(), feedback)}["ask"]
    for question in (OFF_TOPIC, WHO, "Hvad er meningen?"):
        ask({"question": question})
    assert feedback.refused_topics() == (
        RefusedTopic("Ny fælleskommunal digitaliseringsstrategi sendt i høring", 2),
    )
    kept = b"".join(path.read_bytes() for path in (home / "feedback").iterdir())
    assert b"Frankrig" not in kept


def test_refusal_is_answered_also_when_it_cannot_be_counted(home: Path) -> None:
    (home / "feedback").write_text("en fil, hvor mappen skulle være")
    reply = reply_of(SmallLibrary(), "ask", {"question": OFF_TOPIC}, Feedback(home, counts_refusals=True))
    assert reply["refused"] is True


@pytest.mark.parametrize("payload", [{}, {"helped": "ja"}, {"helped": 1}, 7])
def test_opinion_that_is_none_is_not_kept(home: Path, payload: object) -> None:
    assert reply_of(SmallLibrary(), "feedback", payload, Feedback(home)) == {"error": CHAT["unexpected"]}
    assert Feedback(home).opinions() == ()


def test_long_texts_are_cut_before_they_are_kept(home: Path) -> None:
    reply_of(SmallLibrary(), "feedback", {"helped": True, "comment": "a" * 9000}, Feedback(home))
    assert len(Feedback(home).opinions()[0].comment) == 2000


@pytest.mark.browser
def test_refusal_is_rated_too_and_keeps_no_quote(page: Page, chat: Chat) -> None:
    ask(page, OFF_TOPIC)
    page.get_by_role("button", name=f"Nej, svaret hjalp ikke: {OFF_TOPIC}").click()
    field = page.get_by_label("Du svarede nej. Skriv gerne hvorfor.")
    expect(field).to_have_accessible_description(CHAT["feedback_kept_refused"])
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".feedback")).to_have_text("Tak for dit svar.")
    opinion = chat.feedback.opinions()[-1]
    assert (opinion.helped, opinion.question, opinion.document, opinion.quote) == (False, OFF_TOPIC, "", "")


def test_more_opinions_than_people_give_are_turned_away(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(qa.feedback, "MAX_A_MINUTE", 2)
    monkeypatch.setattr(qa.feedback, "datetime", Clock)
    feedback = Feedback(home)
    replies = [reply_of(SmallLibrary(), "feedback", {"helped": True}, feedback) for _ in range(3)]
    assert replies == [{}, {}, {"error": CHAT["feedback_busy"]}]
    assert len(feedback.opinions()) == 2
    Clock.minute += 1
    assert reply_of(SmallLibrary(), "feedback", {"helped": True}, feedback) == {}


class Clock:
    """A clock that goes when a test moves it."""

    minute = 0

    @classmethod
    def now(cls, zone: tzinfo) -> datetime:
        return datetime(2026, 1, 1, 12, cls.minute, tzinfo=zone)
