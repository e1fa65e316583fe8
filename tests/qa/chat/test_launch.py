"""Starting and stopping the chat."""

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from index.errors import ChatError
from qa.chat import launch
from qa.chat.launch import run_chat, start_chat
from qa.chat.page import WEB_FOLDER, build_chat, fill_words
from qa.chat.reach import LOOPBACK, Reach
from qa.feedback import Feedback
from qa.users import Users
from qa.wording.page import CHAT
from tests.qa.chat.browser import free_port
from tests.qa.chat.conftest import Chat
from tests.qa.chat.small_library import SmallLibrary


def test_port_that_is_taken_is_said_in_one_danish_line(chat: Chat, home: Path) -> None:
    port = urlsplit(chat.address).port
    with pytest.raises(ChatError, match=f"^Port {port} er optaget af et andet program; vælg en anden"):
        run_chat(SmallLibrary(), Feedback(home), Reach(LOOPBACK, port or 0), Users(home), open_browser=False)


def test_only_this_machine_is_listened_to(chat: Chat) -> None:
    port = urlsplit(chat.address).port
    with socket.socket() as other, pytest.raises(ConnectionRefusedError):
        other.connect(("127.0.0.2", port))


def test_a_second_chat_in_the_same_process_is_started_like_the_first() -> None:
    before = dict(launch._NO_DOCS)
    for _ in range(2):
        with start_chat(build_chat(SmallLibrary()), Reach(LOOPBACK, free_port())):
            assert before == launch._NO_DOCS


def test_page_has_no_events_of_gradios_queue() -> None:
    assert build_chat(SmallLibrary()).fns == {}


def test_template_is_constant_and_every_word_is_filled_in() -> None:
    template = fill_words((WEB_FOLDER / "chat.html").read_text(encoding="utf-8"), CHAT)
    assert [sign for sign in ("{{", "}}", "${", "`", "\\") if sign in template] == []


def test_every_word_that_the_scripts_say_exists_and_every_word_is_used() -> None:
    sources = "".join(path.read_text(encoding="utf-8") for path in WEB_FOLDER.glob("*.[jh]*"))
    sources += "".join(path.read_text(encoding="utf-8") for path in WEB_FOLDER.parent.glob("*.py"))
    unused = {name for name in CHAT if f'"{name}"' not in sources and f"{{{{{name}}}}}" not in sources}
    assert unused == set()


def test_scripts_never_turn_text_into_html() -> None:
    for path in WEB_FOLDER.glob("*.js"):
        source = path.read_text(encoding="utf-8")
        for forbidden in (
            "innerHTML",
            "outerHTML",
            "insertAdjacentHTML",
            "document.write",
            "eval(",
            "Function(",
        ):
            assert forbidden not in source, path.name
