"""Starting and stopping the chat."""

import re
import socket
from pathlib import Path
from unittest.mock import Mock
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from index.errors import ChatError
from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document
from qa.chat import launch
from qa.chat.launch import run_chat, start_chat
from qa.chat.local_files import LocalFiles
from qa.chat.offline import gr
from qa.chat.page import build_chat
from qa.chat.reach import LOOPBACK, Reach
from qa.chat.templates import WEB_FOLDER
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


def test_nobody_looks_for_work_in_gradios_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    """It would be a thousand times a second, for as long as the chat is open."""
    looks: list[object] = []
    monkeypatch.setattr(gr.queueing.Queue, "__len__", lambda queue: looks.append(queue) or 0)
    reach = Reach(LOOPBACK, free_port())
    with start_chat(build_chat(SmallLibrary()), reach):
        for _ in range(20):
            with urlopen(reach.url) as page:
                page.read()
    assert len(looks) == 1


def template_of(*documents: Document, files: LocalFiles | None = None, is_server: bool = False) -> str:
    page = build_chat(SmallLibrary(documents), files=files, is_server=is_server)
    found: str = next(block.html_template for block in page.blocks.values() if isinstance(block, gr.HTML))
    return found


@pytest.mark.parametrize(("has_files", "is_server"), [(False, False), (True, False), (False, True)])
def test_template_is_constant_and_every_word_is_filled_in(has_files: bool, is_server: bool) -> None:
    files = Mock(LocalFiles) if has_files else None
    builder = DocumentBuilder("<b>{{sti}}</b>.txt")
    builder.add(BlockKind.PARAGRAPH, "<i>${tekst}</i>")
    template = template_of(builder.build(title="<u>{{titel}}</u>"), files=files, is_server=is_server)
    assert template == template_of(files=files, is_server=is_server)
    assert [sign for sign in ("{{", "}}", "${", "`", "\\") if sign in template] == []
    assert ('class="adding"' in template) is has_files
    assert ("på denne computer" in template) is not is_server


SCRIPTS = "".join(path.read_text(encoding="utf-8") for path in WEB_FOLDER.glob("*.js"))
SOURCES = SCRIPTS + "".join(
    path.read_text(encoding="utf-8") for path in [*WEB_FOLDER.glob("*.html"), *WEB_FOLDER.parent.glob("*.py")]
)


def test_every_word_is_used() -> None:
    unused = {name for name in CHAT if f'"{name}"' not in SOURCES and f"{{{{{name}}}}}" not in SOURCES}
    assert unused == set()


def test_every_word_that_the_scripts_say_exists() -> None:
    said = re.findall(r'\bsay\("(\w+)"', SCRIPTS)
    said += [name for pair in re.findall(r'\bcount\([^"]+"(\w+)", "(\w+)"\)', SCRIPTS) for name in pair]
    assert len(said) > 50
    assert set(said) - CHAT.keys() == set()


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
