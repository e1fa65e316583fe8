"""A server's users log in; everyone else is told nothing, however they ask."""

import http.client
import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from qa.chat.engine import ChatEngine
from qa.chat.launch import start_chat
from qa.chat.page import build_chat
from qa.chat.reach import Reach, read_reach
from qa.users import Users
from qa.wording.access import LOGIN
from tests.qa.chat.browser import free_port
from tests.qa.chat.small_library import WHO, SmallLibrary

PASSWORD = "en lang adgangskode"
FORM = "application/x-www-form-urlencoded"


@dataclass
class Server:
    """A running server with three users, and what a program without a browser can ask of it."""

    reach: Reach
    users: Users
    library: ChatEngine
    component: int | None = None

    def ask(
        self, method: str, path: str, body: str | None = None, cookie: str = "", **headers: str
    ) -> http.client.HTTPResponse:
        connection = http.client.HTTPConnection("127.0.0.1", self.reach.port, timeout=120)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request(method, path, body, ({"Cookie": cookie} if cookie else {}) | given)
        answer = connection.getresponse()
        answer.text = answer.read().decode()  # type: ignore[attr-defined]
        connection.close()
        return answer

    def log_in(self, name: str, password: str = PASSWORD, **headers: str) -> http.client.HTTPResponse:
        form = urlencode({"name": name, "password": password})
        return self.ask("POST", "/login", form, Content_Type=FORM, **headers)

    def cookie_of(self, name: str) -> str:
        """Return the cookie of a new session."""
        return (self.log_in(name).headers["Set-Cookie"] or "").partition(";")[0]

    def call(self, cookie: str, name: str, data: object) -> http.client.HTTPResponse:
        if self.component is None:
            page = self.ask("GET", "/", cookie=cookie).text  # type: ignore[attr-defined]
            found = re.search(r'"id":(\d+),"type":"html"', page)
            assert found
            self.component = int(found[1])
        request = {"data": data, "component_id": self.component, "fn_name": name, "session_hash": "prøve"}
        path = "/gradio_api/component_server/"
        return self.ask("POST", path, json.dumps(request), cookie, Content_Type="application/json")


def started(home: Path, **options: bool) -> Iterator[Server]:
    users = Users(home)
    for name in ("Mette", "Bo", "Ida"):
        users.add(name, PASSWORD)
    reach, library = read_reach(free_port(), "127.0.0.1", **options), SmallLibrary()
    with start_chat(build_chat(library, is_server=True), reach, users):
        yield Server(reach, users, library)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    yield from started(tmp_path_factory.mktemp("server"))


@pytest.fixture
def new_server(home: Path) -> Iterator[Server]:
    """One that nobody has tried passwords on."""
    yield from started(home, behind_proxy=True)


def test_page_leads_to_where_visitors_log_in(server: Server) -> None:
    answer = server.ask("GET", "/")
    assert (answer.status, answer.headers["Location"]) == (303, "login")
    page = server.ask("GET", "/login")
    assert page.status == 200
    assert page.headers["Cache-Control"] == "no-store"
    assert "form-action 'self'" in page.headers["Content-Security-Policy"]
    assert "'unsafe-" not in page.headers["Content-Security-Policy"]


@pytest.mark.parametrize("cookie", ["", "kildesvar=", "kildesvar=gæt", f"kildesvar={'A' * 43}", "andet=1"])
def test_nobody_without_a_session_is_told_anything(server: Server, cookie: str) -> None:
    cookie = cookie.encode().decode("latin-1")
    path = "/gradio_api/component_server/"
    for method, tried in (("POST", path), ("GET", "/gradio_api/app_id"), ("GET", "/config"), ("POST", "/x")):
        answer = server.ask(method, tried, "{}", cookie, Content_Type="application/json")
        assert (answer.status, answer.text) == (401, "Afvist")  # type: ignore[attr-defined]


def test_right_password_gives_a_cookie_that_only_the_browser_can_read(server: Server) -> None:
    answer = server.log_in("mette")
    assert (answer.status, answer.headers["Location"]) == (303, "./")
    name, *attributes = (answer.headers["Set-Cookie"] or "").split("; ")
    assert re.fullmatch(r"kildesvar=[\w-]{43}", name)
    assert set(attributes) == {"HttpOnly", "Max-Age=43200", "Path=/", "SameSite=strict"}


def test_cookie_is_for_encrypted_ways_alone_where_visitors_come_by_one(home: Path) -> None:
    users = Users(home)
    users.add("Mette", PASSWORD)
    reach = read_reach(free_port(), "127.0.0.1", "https://svar.kommune.dk/kildesvar", behind_proxy=True)
    with start_chat(build_chat(SmallLibrary(), is_server=True), reach, users):
        answer = Server(reach, users, SmallLibrary()).log_in("Mette", Host="svar.kommune.dk")
    assert {"Secure", "Path=/kildesvar/"} <= set((answer.headers["Set-Cookie"] or "").split("; "))


def test_visitor_who_is_logged_in_is_answered_and_nothing_is_stored_in_the_browser(server: Server) -> None:
    cookie = server.cookie_of("Mette")
    answer = server.call(cookie, "ask", {"question": WHO})
    assert json.loads(answer.text)["question"] == WHO  # type: ignore[attr-defined]
    assert answer.headers["Cache-Control"] == "no-store"
    assert server.ask("GET", "/", cookie=cookie).headers["Cache-Control"] == "no-store"


def test_unknown_user_and_wrong_password_are_answered_alike(server: Server) -> None:
    wrong, unknown = server.log_in("Bo", "forkert kode"), server.log_in("Ib", "forkert kode")
    assert wrong.status == unknown.status == 401
    assert wrong.text == unknown.text.replace('"Ib"', '"Bo"')  # type: ignore[attr-defined]
    assert LOGIN["wrong"] in wrong.text  # type: ignore[attr-defined]
    assert "Set-Cookie" not in wrong.headers


def test_what_was_typed_is_shown_as_text_and_the_password_never(server: Server) -> None:
    page = server.log_in('"><script>x</script>', "hemmelig-hemmelig").text  # type: ignore[attr-defined]
    assert "&quot;&gt;&lt;script&gt;x&lt;/script&gt;" in page
    assert "<script>x" not in page
    assert "hemmelig-hemmelig" not in page


@pytest.mark.parametrize(
    "body", ["", "name=Mette", "x" * 20_000, "&" * 500, "name=%ff%fe&password=%00", "name[]=a&password=æ"]
)
def test_form_that_is_none_is_a_wrong_password(server: Server, body: str) -> None:
    answer = server.ask("POST", "/login", body.encode().decode("latin-1"), Content_Type=FORM)
    assert answer.status in (401, 429)


def test_log_in_from_another_site_is_refused(server: Server) -> None:
    for origin in ("http://evil.example", "null", "http://127.0.0.1:1"):
        assert server.log_in("Mette", Origin=origin).status == 403
    own = server.reach.url.rstrip("/")
    assert server.log_in("Mette", Origin=own).status == 303


def test_foreign_names_are_refused_and_health_is_told_to_anyone(server: Server) -> None:
    assert server.ask("GET", "/login", Host="evil.example").status == 400
    for host in ("evil.example", "127.0.0.1"):
        answer = server.ask("GET", "/sundhed", Host=host)
        assert (answer.status, answer.text) == (200, "ok")  # type: ignore[attr-defined]
    assert server.ask("POST", "/sundhed").status == 401


def test_logging_out_ends_the_session_here_and_there(server: Server) -> None:
    cookie = server.cookie_of("Mette")
    answer = server.ask("POST", "/logout", cookie=cookie)
    assert answer.status == 204
    assert 'kildesvar="";' in (answer.headers["Set-Cookie"] or "")
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert server.ask("GET", "/", cookie=cookie).status == 303


def test_logging_in_again_ends_the_session_before(server: Server) -> None:
    first = server.cookie_of("Mette")
    form = urlencode({"name": "Bo", "password": PASSWORD})
    assert server.ask("POST", "/login", form, first, Content_Type=FORM).status == 303
    assert server.ask("GET", "/", cookie=first).status == 303


def test_user_who_is_removed_or_gets_a_new_password_is_logged_out(new_server: Server) -> None:
    mette, bo = new_server.cookie_of("Mette"), new_server.cookie_of("Bo")
    new_server.users.remove("Mette")
    new_server.users.add("Bo", "en anden adgangskode")
    assert [new_server.ask("GET", "/", cookie=cookie).status for cookie in (mette, bo)] == [303, 303]
    assert new_server.log_in("Mette").status == 401
    assert new_server.log_in("Bo", "en anden adgangskode").status == 303


def test_users_that_cannot_be_looked_up_are_said_in_danish(new_server: Server, home: Path) -> None:
    cookie = new_server.cookie_of("Mette")
    (home / "users" / "users.sqlite").write_bytes(b"ingen database" * 1000)
    for answer in (new_server.ask("GET", "/", cookie=cookie), new_server.log_in("Bo")):
        assert answer.status == 503
        assert LOGIN["unavailable"] in answer.text  # type: ignore[attr-defined]
        assert "users.sqlite" not in answer.text  # type: ignore[attr-defined]


def test_sixth_guess_has_to_wait_and_so_has_the_right_password(new_server: Server) -> None:
    guesses = [new_server.log_in("Mette", f"gæt {number}") for number in range(6)]
    assert [guess.status for guess in guesses] == [401] * 5 + [429]
    assert 1 <= int(guesses[-1].headers["Retry-After"] or 0) <= 30
    assert "for mange gange. Prøv igen om" in guesses[-1].text  # type: ignore[attr-defined]
    assert new_server.log_in("Mette").status == 429
    assert new_server.log_in("Bo").status == 303


def test_many_guesses_at_once_are_no_way_around(new_server: Server) -> None:
    with ThreadPoolExecutor(12) as guessers:
        statuses = list(guessers.map(lambda n: new_server.log_in("Mette", f"gæt {n}").status, range(12)))
    assert sorted(statuses) == [401] * 5 + [429] * 7


def test_proxy_says_who_came_and_what_a_visitor_says_of_that_counts_for_nothing(new_server: Server) -> None:
    for number in range(20):
        forged = f"10.9.9.{number}, 10.0.0.1"
        new_server.log_in(f"bruger {number}", X_Forwarded_For=forged)
    assert new_server.log_in("Bo", X_Forwarded_For="10.9.9.77, 10.0.0.1").status == 429
    assert new_server.log_in("Bo", X_Forwarded_For="10.0.0.2").status == 303


def test_without_a_proxy_nobodys_word_on_addresses_counts(home: Path) -> None:
    for server in started(home):
        forged = [
            server.log_in(f"gæst {number}", X_Forwarded_For=f"10.0.0.{number}").status for number in range(21)
        ]
        assert forged == [401] * 20 + [429]


def test_server_without_users_is_not_started() -> None:
    with pytest.raises(ValueError, match="open to all"):
        start_chat(build_chat(SmallLibrary(), is_server=True), read_reach(free_port(), "127.0.0.1"))
