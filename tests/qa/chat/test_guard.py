"""What the server refuses: everything that the page never asks for."""

import http.client
import json
import socket
from urllib.parse import urlsplit

import pytest

from qa.chat import body as body_module
from qa.chat.guard import MAX_BODY_BYTES
from tests.qa.chat.conftest import Chat

CALL = "/gradio_api/component_server/"
FILE_DATA = {"path": "http://93.184.216.34/z", "meta": {"_type": "gradio.FileData"}}


def send(
    chat: Chat, method: str, path: str, body: bytes | str | None = None, **headers: str
) -> http.client.HTTPResponse:
    connection = http.client.HTTPConnection(urlsplit(chat.address).netloc, timeout=30)
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, path, body, {"Content-Type": "application/json"} | given)
    response = connection.getresponse()
    response.text = response.read().decode()  # type: ignore[attr-defined]
    connection.close()
    return response


def call(chat: Chat, name: str, data: object, **headers: str) -> http.client.HTTPResponse:
    return send(chat, "POST", CALL, json.dumps(request_for(chat, name, data)), **headers)


def request_for(chat: Chat, name: str, data: object) -> dict[str, object]:
    page = send(chat, "GET", "/").text  # type: ignore[attr-defined]
    config = json.loads(page.split("window.gradio_config = ")[1].split(";</script>")[0])
    component = next(part["id"] for part in config["components"] if part["type"] == "html")
    return {"data": data, "component_id": component, "fn_name": name, "session_hash": "prøve"}


def test_page_says_it_is_danish_and_names_no_other_host(chat: Chat) -> None:
    page = send(chat, "GET", "/").text  # type: ignore[attr-defined]
    assert '<html\n\tlang="da"' in page
    assert "githubusercontent" not in page
    assert "twitter" not in page


def test_answers_carry_the_security_headers(chat: Chat) -> None:
    for path in ("/", "/kildesvar/start.js", "/gradio_api/file=x"):
        headers = send(chat, "GET", path).headers
        assert "default-src 'self'" in headers["content-security-policy"]
        assert "frame-ancestors 'none'" in headers["content-security-policy"]
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=http://93.184.216.34/x",
        "/gradio_api/file%3Dhttp://93.184.216.34/x",
        "/gradio_api/file/http://93.184.216.34/x",
        "/gradio_api/proxy=http://93.184.216.34/x",
        "//gradio_api/file=http://93.184.216.34/x",
        "/static/../gradio_api/file=http://93.184.216.34/x",
        "/gradio_api/file=/etc/passwd",
        "/static/../../../../../../etc/passwd",
        "/static/%2e%2e/%2e%2e/routes.py",
        "/kildesvar/../page.py",
        "/kildesvar/%2e%2e/page.py",
        "/assets/..%2f..%2f..%2froutes.py",
        "/gradio_api/info",
        "/gradio_api/queue/data?session_hash=x",
        "/gradio_api/runs",
        "/gradio_api/openapi.json",
        "/openapi.json",
        "/docs",
        "/config",
        "/monitoring",
        "/login",
    ],
)
def test_route_that_the_page_never_uses_is_refused(chat: Chat, path: str) -> None:
    assert send(chat, "GET", path).status in (403, 404)


@pytest.mark.parametrize(
    "path", ["queue/join", "upload", "run/predict", "api/predict", "call/ask", "cancel", "reset"]
)
def test_gradios_own_calls_are_closed(chat: Chat, path: str) -> None:
    assert send(chat, "POST", f"/gradio_api/{path}", json.dumps({"data": [FILE_DATA]})).status == 404


def test_only_get_and_post_are_let_in(chat: Chat) -> None:
    assert {send(chat, method, "/").status for method in ("PUT", "DELETE", "OPTIONS", "PATCH")} == {404}


def test_call_of_the_page_is_answered(chat: Chat) -> None:
    response = call(chat, "welcome", {})
    assert response.status == 200
    assert json.loads(response.text)["documents"] == 2  # type: ignore[attr-defined]


def test_file_data_is_refused_however_it_is_written(chat: Chat) -> None:
    assert call(chat, "ask", {"question": FILE_DATA}).status == 400
    escaped = json.dumps(request_for(chat, "ask", FILE_DATA)).replace("_type", "\\u005ftype")
    assert send(chat, "POST", CALL, escaped).status == 400


def test_question_about_file_data_is_a_question(chat: Chat) -> None:
    assert call(chat, "ask", {"question": "Hvad er gradio.FileData og _type?"}).status == 200


def test_call_from_another_site_is_refused(chat: Chat) -> None:
    assert call(chat, "welcome", {}, Origin="http://evil.example").status == 403
    assert call(chat, "welcome", {}, Origin="null").status == 403
    assert call(chat, "welcome", {}, Origin="http://127.0.0.1:1").status == 403
    assert call(chat, "welcome", {}, Origin=chat.address.rstrip("/")).status == 200


def test_another_host_name_is_refused(chat: Chat) -> None:
    for name in ("evil.example", "[", "[::1", "[x]"):
        response = send(chat, "GET", "/", Host=name)
        assert (response.status, response.text) == (400, "Afvist")  # type: ignore[attr-defined]
    assert call(chat, "welcome", {}, Host="evil.example", Origin="http://evil.example").status == 400


@pytest.mark.parametrize(
    "kind", ["text/plain", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
)
def test_call_that_a_foreign_form_could_make_is_refused(chat: Chat, kind: str) -> None:
    assert call(chat, "welcome", {}, Content_Type=kind).status == 415


def test_body_that_does_not_come_to_an_end_is_refused(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(body_module, "MAX_BODY_SECONDS", 0.1)
    place = urlsplit(chat.address)
    with socket.create_connection((place.hostname, place.port), timeout=30) as connection:
        head = f"POST {CALL} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: application/json\r\n"
        connection.sendall(f"{head}Content-Length: 100\r\n\r\n{{".encode())
        assert b"400 Bad Request" in connection.recv(1000)


def test_body_that_is_too_long_is_refused(chat: Chat) -> None:
    assert call(chat, "ask", {"question": "a" * MAX_BODY_BYTES}).status == 413


@pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 100_000, b"[]", b"7", b"null", b'"ask"'])
def test_body_that_is_not_an_object_is_refused(chat: Chat, body: bytes) -> None:
    assert send(chat, "POST", CALL, body).status == 400


@pytest.mark.parametrize("data", [None, [], 7, "x", {"question": 7}, {"question": None, "previous": [1, {}]}])
def test_call_with_anything_at_all_gets_a_danish_line(chat: Chat, data: object) -> None:
    response = call(chat, "ask", data)
    assert response.status == 200
    assert "spørgsmål" in json.loads(response.text)["error"]  # type: ignore[attr-defined]


@pytest.mark.parametrize("component", [987_654, -1, "1", None, [], 1.5])
def test_call_of_a_component_that_is_not_there_is_refused(chat: Chat, component: object) -> None:
    call = request_for(chat, "welcome", {}) | {"component_id": component}
    response = send(chat, "POST", CALL, json.dumps(call))
    assert (response.status, response.text) == (404, "Afvist")  # type: ignore[attr-defined]


def test_function_that_is_not_the_pages_is_not_called(chat: Chat) -> None:
    for name in ("postprocess", "__init__", "get_config", "push_to_hub"):
        assert call(chat, name, {}).status == 404
