"""Nothing outside the library is served, to nobody who should not see it, and little is left on disk.

Every route is tried with every way out of a folder that is known; a canary lies outside.
"""

import os
import re
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from qa.chat.launch import start_chat
from qa.chat.page import build_chat
from qa.chat.reach import LOOPBACK, Reach, read_reach
from qa.feedback import Feedback, Opinion
from qa.users import Users
from tests.qa.chat.browser import free_port
from tests.qa.chat.real_library import RealLibrary, real_library
from tests.qa.chat.test_login import PASSWORD, Server

CANARY = "kanariefugl-8271"

WAYS_OUT = (
    "../", "..%2f", "%2e%2e/", "%2e%2e%2f", "..%252f", "%252e%252e%252f", "....//", "..;/", "..\\", "..%5c",
    "%2e%2e%5c", "..%c0%af", "%c0%ae%c0%ae/", "..%ef%bc%8f", "..%00/", ".%2e/", "%2e./", "..//", "../.../../",
    "./.././../",
)  # fmt: skip

ROUTES = ("/", "/kildesvar/", "/static/", "/assets/", "/gradio_api/file=", "/original?dokument=")

TARGETS = ("ude.txt", "home/libraries", "etc/passwd")


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RealLibrary]:
    place = tmp_path_factory.mktemp("sted")
    (place / "ude.txt").write_text(CANARY, encoding="utf-8")
    with real_library(place) as library:
        (library.folder / "genvej.txt").symlink_to(place / "ude.txt")
        yield library


@contextmanager
def served(library: RealLibrary) -> Iterator[Server]:
    reach = Reach(LOOPBACK, free_port())
    page = build_chat(library.engine, Feedback(library.home), library.files)
    with start_chat(page, reach, files=library.files):
        yield Server(reach, Users(library.home), library.engine)


@pytest.fixture(scope="module")
def local(library: RealLibrary) -> Iterator[Server]:
    with served(library) as server:
        yield server


def tries(route: str) -> Iterator[str]:
    """Yield the addresses that try to leave `route`: each way out, one to eight steps, to each target."""
    for way in WAYS_OUT:
        for target in TARGETS:
            yield f"{route}{way * 8}{target}"
            yield f"{route}{way}{target}"
    yield f"{route}/etc/passwd"
    yield f"{route}file:///etc/passwd"
    yield f"{route}{quote('/etc/passwd', safe='')}"


@pytest.mark.parametrize("route", ROUTES)
def test_no_way_out_of_a_folder_leads_anywhere(local: Server, route: str) -> None:
    tried = list(tries(route))
    assert len(tried) >= 60
    for address in tried:
        answer = local.ask("GET", address)
        assert answer.status in (400, 403, 404), address
        assert not re.search(f"{CANARY}|root:|Hunde", answer.text), address  # type: ignore[attr-defined]


@pytest.mark.parametrize("way", [*WAYS_OUT, "/", "//", "file:///", "~/", "C:\\"])
def test_no_document_is_opened_outside_the_library(local: Server, way: str) -> None:
    for path in (
        f"{way}ude.txt",
        f"{way * 8}etc/passwd",
        "genvej.txt",
        "regler.txt\x00",
        "regler.txt/../../ude.txt",
    ):
        for name in ("document", "documents"):
            text = local.call("", name, {"file": path, "filter": path}).text  # type: ignore[attr-defined]
            assert not re.search(f"{CANARY}|root:", text), path
        assert local.ask("GET", f"/original?dokument={quote(path)}").status == 404


def test_documents_of_the_library_are_opened(local: Server) -> None:
    assert "Hunde" in local.call("", "document", {"file": "regler.txt"}).text  # type: ignore[attr-defined]
    assert "Hunde" in local.ask("GET", "/original?dokument=regler.txt").text  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", ["/original?dokument=regler.txt", "/tilfoej?navn=a.txt"])
def test_files_are_neither_given_out_nor_taken_in_on_a_server(library: RealLibrary, path: str) -> None:
    users = Users(library.home)
    users.add("Mette", PASSWORD)
    reach = read_reach(free_port(), "127.0.0.1")
    with start_chat(build_chat(library.engine, is_server=True), reach, users, library.files):
        server = Server(reach, users, library.engine)
        cookie = server.cookie_of("Mette")
        for method in ("GET", "POST"):
            assert server.ask(method, path, "x", Content_Type="application/octet-stream").status == 401
            answer = server.ask(method, path, "x", cookie, Content_Type="application/octet-stream")
            assert answer.status == 404


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"])
@pytest.mark.parametrize(
    "path", ["/gradio_api/component_server/", "/tilfoej?navn=a.txt", "/login", "/logout"]
)
def test_page_of_another_site_can_call_nothing(local: Server, path: str, origin: str) -> None:
    for kind in ("application/json", "application/octet-stream", "text/plain"):
        assert local.ask("POST", path, "{}", Content_Type=kind, Origin=origin).status == 403


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "169.254.169.254", "", "localhost.evil"]
)
@pytest.mark.parametrize("path", [*ROUTES[:-1], "/original?dokument=regler.txt", "/gradio_api/app_id"])
def test_name_that_was_made_to_mean_this_machine_is_not_answered(local: Server, path: str, host: str) -> None:
    assert local.ask("GET", path, Host=host).status == 400


def test_only_this_machine_is_listened_to_without_host(local: Server) -> None:
    listening = subprocess.run(["ss", "-ltn"], capture_output=True, text=True, check=False).stdout
    if not listening:
        pytest.skip("no ss on this machine")
    places = re.findall(rf"(\S+):{local.reach.port}\s", listening)
    assert places == ["127.0.0.1"]


def test_nobody_else_on_the_machine_can_read_what_is_kept(library: RealLibrary, local: Server) -> None:
    Feedback(library.home).keep(Opinion(True, "Hvem?", "a.txt", "x", "y"))
    Users(library.home).add("Bo", PASSWORD)
    local.call("", "ask", {"question": "Skal hunde føres i snor?"})
    modes = {
        str(path.relative_to(library.home)): stat.S_IMODE(path.stat().st_mode)
        for path in library.home.rglob("*")
    }
    assert {name: oct(mode) for name, mode in modes.items() if mode & 0o077} == {}


def test_log_of_a_running_chat_holds_no_word_of_questions_and_documents(tmp_path: Path) -> None:
    """A chat of its own, in a process of its own, that fails at every question and every document."""
    code = f'''
import sys
from qa.chat.launch import start_chat
from qa.chat.page import build_chat
from qa.chat.reach import LOOPBACK, Reach
from qa.log import log_without_words
from tests.qa.chat.small_library import SmallLibrary, WHO
from tests.qa.chat.test_login import Server
from qa.users import Users

class Broken(SmallLibrary):
    def ask(self, question, *rest, **more):
        raise RuntimeError(question)
    def document(self, path):
        raise OSError(5, path)

log_without_words()
reach = Reach(LOOPBACK, {free_port()})
with start_chat(build_chat(Broken()), reach):
    server = Server(reach, None, None)
    for name, payload in (("ask", {{"question": "{CANARY}?"}}), ("document", {{"file": "{CANARY}.txt"}})):
        print(server.call("", name, payload).text)
    server.ask("GET", "/{CANARY}")
    server.ask("POST", "/gradio_api/component_server/", "{CANARY}", Content_Type="application/json")
'''
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env=os.environ, timeout=120
    )
    assert run.stdout.count("Der gik noget galt") == 2
    assert "could not answer a call of ask" in run.stderr
    assert "RuntimeError" in run.stderr
    assert CANARY not in run.stderr
