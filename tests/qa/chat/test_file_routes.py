"""The two routes that carry files: what they take in and give out, and what they refuse."""

import http.client
import json
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from index.added import AddedFiles
from index.joined import JoinedSource
from index.read.folder import NOT_REGULAR
from index.read.limits import LIMITS
from qa import opening
from qa.chat import file_routes
from qa.chat.file_routes import MAX_AT_ONCE, ORIGINAL_PATH, UPLOAD_PATH
from qa.chat.local_files import LocalFiles
from qa.following import Follower
from qa.wording.page import CHAT
from tests.fakes import WordEmbedder
from tests.qa.chat.conftest import Chat
from tests.qa.chat.real_library import MEETING, RULES, RealLibrary
from tests.qa.chat.small_library import STRATEGY, SmallLibrary

BODY = {"Content-Type": "application/octet-stream"}


@pytest.fixture(autouse=True)
def _nothing_added(library: RealLibrary) -> None:
    for file in library.files.list_added()["files"]:
        library.files.take_out(file["file"])


def request(
    address: str, method: str, path: str, body: Any = None, headers: dict[str, str] | None = None
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)
    connection.request(method, path, body, headers or {})
    response = connection.getresponse()
    response.data = response.read()  # type: ignore[attr-defined]
    connection.close()
    return response


def upload(address: str, name: str, body: Any, headers: dict[str, str] | None = None) -> dict[str, Any]:
    response = request(address, "POST", f"{UPLOAD_PATH}?navn={quote(name)}", body, headers or BODY)
    assert response.status == 200
    reply: dict[str, Any] = json.loads(response.data)  # type: ignore[attr-defined]
    return reply


def original(address: str, document: str, headers: dict[str, str] | None = None) -> http.client.HTTPResponse:
    return request(address, "GET", f"{ORIGINAL_PATH}?dokument={quote(document)}", None, headers)


def stored(library: RealLibrary) -> dict[str, bytes]:
    """Return every file under the folder of the added ones; one may go while they are looked at."""
    found = {}
    for path in (library.home / "added").rglob("*"):
        with suppress(FileNotFoundError, IsADirectoryError):
            found[path.name] = path.read_bytes()
    return found


def test_file_that_is_sent_is_stored_as_it_is(address: str, library: RealLibrary) -> None:
    data = bytes(range(1, 256)) * 10_000
    assert upload(address, "Møde æøå.txt", data) == {"name": "Møde æøå.txt"}
    assert stored(library) == {"Møde æøå.txt": data}


def test_name_cannot_lead_out_of_the_folder(address: str, library: RealLibrary) -> None:
    assert upload(address, "../../../regler.txt", b"Falsk") == {"name": "regler.txt"}
    assert (library.folder / "regler.txt").read_text(encoding="utf-8") == RULES
    assert list(stored(library)) == ["regler.txt"]


@pytest.mark.parametrize(
    ("name", "body", "error"),
    [
        ("virus.exe", b"MZ" * 500_000, "»virus.exe« er ikke tilføjet: filtypen .exe læses ikke."),
        ("tom.txt", b"", "»tom.txt« er ikke tilføjet: filen er tom."),
        (
            "lang.txt",
            b"a" * (LIMITS.text_file_bytes + 1),
            "»lang.txt« er ikke tilføjet: filen er for stor (20 MB; grænsen er 20 MB).",
        ),
    ],
)
def test_what_is_refused_is_said_in_danish_and_leaves_nothing(
    address: str, library: RealLibrary, name: str, body: bytes, error: str
) -> None:
    assert upload(address, name, body) == {"error": error}
    assert stored(library) == {}


def test_another_sites_page_cannot_add_anything(address: str, library: RealLibrary) -> None:
    own = f"http://{urlsplit(address).netloc}"
    for headers, status in (
        (BODY | {"Origin": "http://evil.example"}, 403),
        (BODY | {"Origin": "null"}, 403),
        (BODY | {"Host": "evil.example", "Origin": "http://evil.example"}, 400),
        ({"Content-Type": "text/plain", "Origin": own}, 415),
        ({"Content-Type": "multipart/form-data; boundary=x", "Origin": own}, 415),
        ({}, 415),
        (BODY | {"Origin": own}, 200),
    ):
        assert request(address, "POST", f"{UPLOAD_PATH}?navn=a.txt", b"Hej", headers).status == status
    assert list(stored(library)) == ["a.txt"]


def test_file_that_says_it_is_too_long_is_not_waited_for(address: str) -> None:
    headers = BODY | {"Content-Length": str(LIMITS.file_bytes + 1)}
    assert request(address, "POST", f"{UPLOAD_PATH}?navn=a.pdf", b"", headers).status == 413
    with_chunks = BODY | {"Transfer-Encoding": "chunked"}
    assert request(address, "POST", f"{UPLOAD_PATH}?navn=a.pdf", b"0\r\n\r\n", with_chunks).status == 411


def wait_until(condition: Callable[[], bool]) -> None:
    """Look until the condition holds; a test that waits for what never comes fails."""
    deadline = time.monotonic() + 60
    while not condition():
        assert time.monotonic() < deadline


def begin(address: str, name: str) -> socket.socket:
    """Send half a file."""
    connection = socket.create_connection((urlsplit(address).hostname, urlsplit(address).port), timeout=30)
    head = f"POST {UPLOAD_PATH}?navn={name} HTTP/1.1\r\nHost: {urlsplit(address).netloc}\r\n"
    connection.sendall(
        f"{head}Content-Type: application/octet-stream\r\nContent-Length: 6\r\n\r\nHej".encode()
    )
    return connection


def test_file_that_is_broken_off_leaves_nothing_and_the_way_free(address: str, library: RealLibrary) -> None:
    for _ in range(MAX_AT_ONCE + 1):
        connection = begin(address, "a.txt")
        wait_until(lambda: bool(stored(library)))
        connection.close()
        wait_until(lambda: not stored(library))
    assert upload(address, "b.txt", b"Hej") == {"name": "b.txt"}


def test_files_that_stall_are_broken_off_and_give_way(
    address: str, library: RealLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(file_routes, "STALL_SECONDS", 0.1)
    for connection in [begin(address, "a.txt") for _ in range(MAX_AT_ONCE)]:
        assert b"400 Bad Request" in connection.recv(1000)
        connection.close()
    assert stored(library) == {}
    assert upload(address, "b.txt", b"Hej") == {"name": "b.txt"}


def test_too_many_at_once_are_asked_to_wait(address: str, library: RealLibrary) -> None:
    under_way = [begin(address, "a.txt") for _ in range(MAX_AT_ONCE)]
    wait_until(lambda: len(stored(library)) == MAX_AT_ONCE)
    assert upload(address, "b.txt", b"Hej") == {"error": CHAT["add_busy"]}
    for connection in under_way:
        connection.sendall(b"hej")
        assert b"200 OK" in connection.recv(1000)
        connection.close()
    assert sorted(stored(library)) == ["a (2).txt", "a (3).txt", "a (4).txt", "a.txt"]


def test_original_is_given_out_whole_and_never_shown_as_a_page(address: str, library: RealLibrary) -> None:
    response = original(address, "regler.txt")
    assert response.status == 200
    assert response.data == (library.folder / "regler.txt").read_bytes()  # type: ignore[attr-defined]
    assert response.headers["content-disposition"] == "attachment; filename*=UTF-8''regler.txt"
    assert response.headers["content-type"] == "application/octet-stream"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert response.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "document",
    ["", "findes ikke.txt", "../home/last_folder", "/etc/passwd", "hemmelig.txt", "regler.txt\x00"],
)
def test_only_documents_of_the_library_are_given_out(
    address: str, library: RealLibrary, document: str
) -> None:
    (library.folder / "hemmelig.txt").symlink_to("/etc/passwd")
    response = original(address, document)
    (library.folder / "hemmelig.txt").unlink()
    assert response.status == 404
    assert response.data.decode() == (  # type: ignore[attr-defined]
        "Filen kan ikke hentes: Dokumentet er ikke længere i mappen."
    )


def test_document_that_has_become_a_link_is_not_given_out(serve: Callable[..., str], tmp_path: Path) -> None:
    """Over a library that knows the document still, as one does until it has looked at its folder again."""
    folder, added = tmp_path / "sager", AddedFiles(tmp_path / "added")
    folder.mkdir()
    (folder / STRATEGY).symlink_to("/etc/passwd")
    source = JoinedSource(folder, added)
    asleep = Follower(lambda: None, lambda _: None, lambda _: None)
    files = LocalFiles(SmallLibrary(), added, asleep, source.open_file)
    response = original(serve(SmallLibrary(), files=files), STRATEGY)
    source.close()
    assert response.status == 404
    assert response.data.decode() == f"Filen kan ikke hentes: {NOT_REGULAR}."  # type: ignore[attr-defined]


def test_another_sites_page_gets_no_original(address: str) -> None:
    for site, status in (("cross-site", 403), ("same-site", 403), ("same-origin", 200), ("none", 200)):
        assert original(address, "regler.txt", {"Sec-Fetch-Site": site}).status == status
    assert original(address, "regler.txt", {"Host": "evil.example"}).status == 400


def test_chat_without_files_has_neither_route(chat: Chat) -> None:
    path = f"{UPLOAD_PATH}?navn=a.txt"
    assert request(chat.address, "POST", path, b"Hej", BODY).status == 404
    assert original(chat.address, "000_ddb52c230368933a.txt").status == 404


def test_those_who_ask_meanwhile_always_get_an_answer(address: str, library: RealLibrary) -> None:
    """From before a document is added until it is gone again, every question is answered."""
    answers = []

    def ask_until(states: list[str]) -> None:
        def ask_and_look() -> bool:
            answers.append(library.engine.ask("Hvem betaler for skader?"))
            return [file["state"] for file in library.files.list_added()["files"]] == states

        wait_until(ask_and_look)

    upload(address, "møde.txt", MEETING.encode())
    library.files.read_now()
    ask_until(["read"])
    library.files.take_out("Tilføjet i Kildesvar/møde.txt")
    ask_until([])
    assert len(answers) >= 2
    assert {answer.citations[0].document for answer in answers} == {"regler.txt"}


def test_added_files_stay_when_the_library_is_brought_up_to_date(
    address: str, library: RealLibrary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "load_model", lambda _: WordEmbedder())
    upload(address, "møde.txt", MEETING.encode())
    engine, _ = opening.open_folder(library.folder, opening.Settings(library.home))
    documents = [entry.path for entry in engine.documents()]
    assert documents == ["Tilføjet i Kildesvar/møde.txt", "regler.txt"]
    assert opening.plan_folder(library.folder, opening.Settings(library.home)).removed == ()
