"""Answers read aloud, with a Danish voice of this machine and no other."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.qa.chat.acts import ask
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import WHO

pytestmark = pytest.mark.browser

SPEECH = """
    window.spoken = [];
    window.SpeechSynthesisUtterance = class extends EventTarget {
        constructor(text) { super(); this.text = text; }
    };
    const engine = new EventTarget();
    engine.getVoices = () => window.voices ?? [];
    engine.speak = part => { spoken.push([part.text, part.voice.name]); window.last = part; };
    engine.cancel = () => spoken.push('stop');
    Object.defineProperty(window, 'speechSynthesis', { value: engine });
"""
LOCAL = {"name": "Sara", "lang": "da-DK", "localService": True}
REMOTE = {"name": "Sky", "lang": "da-DK", "localService": False}
ENGLISH = {"name": "Amy", "lang": "en-GB", "localService": True}


def with_voices(page: Page, *voices: object) -> Page:
    """Load the page again in a browser that has these voices, which it finds late."""
    page.add_init_script(SPEECH)
    page.reload()
    page.get_by_label("Dit spørgsmål").wait_for()
    page.evaluate(
        "voices => { window.voices = voices; speechSynthesis.dispatchEvent(new Event('voiceschanged')); }",
        list(voices),
    )
    return page


def test_answer_is_read_aloud_and_stopped(page: Page) -> None:
    turn = ask(with_voices(page, ENGLISH, REMOTE, LOCAL), WHO)
    turn.get_by_role("button", name="Læs op").click()
    quote = "siger Thomas Kastrup-Larsen, formand for KL’s Arbejdsmarkeds- og Borgerserviceudvalg."
    title = "KL er klar til at bidrage til digitaliseringspartnerskab"
    assert page.evaluate("spoken") == ["stop", [f"Citat 1, fra {title}. {quote}", "Sara"]]
    turn.get_by_role("button", name="Stop oplæsning").click()
    expect(turn.get_by_role("button", name="Læs op")).to_be_focused()
    assert page.evaluate("spoken.at(-1)") == "stop"


def test_button_says_read_aloud_again_when_all_is_read(page: Page) -> None:
    turn = ask(with_voices(page, LOCAL), WHO)
    turn.get_by_role("button", name="Læs op").click()
    page.evaluate("last.dispatchEvent(new Event('end'))")
    expect(turn.get_by_role("button", name="Læs op")).to_be_visible()


@pytest.mark.parametrize("voices", [(), (ENGLISH,), (REMOTE,)])
def test_without_a_danish_voice_on_this_machine_there_is_no_button(
    open_page: Callable[..., Page], chat: Chat, voices: tuple[object, ...]
) -> None:
    turn = ask(with_voices(open_page(), *voices), WHO)
    expect(turn.get_by_role("button", name="Kopiér svar")).to_be_visible()
    expect(turn.locator(".read-aloud")).to_be_hidden()
