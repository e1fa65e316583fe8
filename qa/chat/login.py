"""Who is let in on a server: a page to log in on, a session in a cookie, and nothing for anyone else.

The files that the page is drawn with are open to all, as they say nothing of the documents. All else needs
a session; its user must still be there, with the password that the session was opened with.
"""

import logging
import re
from http import HTTPStatus

import anyio
from anyio.to_thread import run_sync
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import KildesvarError
from qa.chat.attempts import Attempts
from qa.chat.body import read_body
from qa.chat.guard import PLAIN_FILES
from qa.chat.login_page import LoginForm, draw_login_page, read_login_form
from qa.chat.reach import Reach
from qa.chat.sessions import MAX_SECONDS, Sessions
from qa.users import Account, Users, known_as
from qa.wording.access import LOGIN, waiting_time

_log = logging.getLogger(__name__)

COOKIE = "kildesvar"
LOGIN_PATH, LOGOUT_PATH = "/login", "/logout"

VISITOR = "kildesvar.visitor"
"""Where a request's scope holds what its user is known as: two sessions of one user are one visitor."""

_OPEN = re.compile(PLAIN_FILES)

MAX_FORM_BYTES = 8_192
MAX_CHECKS_WAITING = 50
"""Passwords that may wait to be looked at, which is done one at a time, since it takes much memory."""


class Login:
    """Pure ASGI middleware: lets those through who have logged in, and answers the others with how to."""

    def __init__(self, app: ASGIApp, reach: Reach, users: Users) -> None:
        self._app = app
        self._reach = reach
        self._users = users
        self._sessions = Sessions()
        self._attempts = Attempts()
        self._checking = anyio.CapacityLimiter(1)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request of a visitor who is logged in on, or answer it."""
        if scope["type"] == "lifespan" or _OPEN.fullmatch(scope["path"]):
            await self._app(scope, receive, send)
            return
        request = Request(scope, receive)
        try:
            answer = await self._answer(request)
        except KildesvarError:
            _log.exception("the users could not be looked up")
            answer = draw_login_page(error=LOGIN["unavailable"], status=HTTPStatus.SERVICE_UNAVAILABLE)
        if answer:
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, _never_stored(send))

    async def _answer(self, request: Request) -> Response | None:
        """Return the answer where the request goes no further, or None for one who is logged in."""
        path, method = request.url.path, request.method
        if path == LOGIN_PATH:
            return await self._log_in(request) if method == "POST" else draw_login_page()
        if path == LOGOUT_PATH and method == "POST":
            return self._log_out(request)
        visitor = await run_sync(self._visitor_of, request.cookies.get(COOKIE, ""))
        if visitor:
            request.scope[VISITOR] = visitor
            return None
        if path == "/" and method in ("GET", "HEAD"):
            return RedirectResponse(LOGIN_PATH.lstrip("/"), HTTPStatus.SEE_OTHER)
        return PlainTextResponse("Afvist", HTTPStatus.UNAUTHORIZED)

    def _visitor_of(self, token: str) -> str | None:
        """Return what the user of a cookie's session is known as, while that is who it was."""
        session = self._sessions.find(token) if token else None
        if session is None:
            return None
        if self._users.find(session.account.name) != session.account:
            self._sessions.close(token)
            return None
        return known_as(session.account.name)

    async def _log_in(self, request: Request) -> Response:
        form = read_login_form(await read_body(request.receive, MAX_FORM_BYTES), MAX_FORM_BYTES)
        name, address = known_as(form.name), self._address_of(request)
        if self._checking.statistics().tasks_waiting >= MAX_CHECKS_WAITING:
            return draw_login_page(form, LOGIN["many"], HTTPStatus.SERVICE_UNAVAILABLE)
        wait = self._attempts.begin(name, address)
        if wait:
            return _ask_to_wait(form, wait)
        account = await run_sync(self._users.check, form.name, form.password, limiter=self._checking)
        if account is None:
            return draw_login_page(form, LOGIN["wrong"], HTTPStatus.UNAUTHORIZED)
        self._attempts.succeed(name, address)
        return self._let_in(request, account)

    def _let_in(self, request: Request, account: Account) -> Response:
        """Begin a new session: one that was there before may have been seen by others."""
        self._sessions.close(request.cookies.get(COOKIE, ""))
        answer = RedirectResponse("./", HTTPStatus.SEE_OTHER)
        answer.set_cookie(
            COOKIE,
            self._sessions.open(account),
            max_age=MAX_SECONDS,
            path=self._reach.path,
            secure=self._reach.is_secure,
            httponly=True,
            samesite="strict",
        )
        return answer

    def _log_out(self, request: Request) -> Response:
        self._sessions.close(request.cookies.get(COOKIE, ""))
        forgets = {"clear-site-data": '"cache", "storage"'}
        answer = Response(status_code=HTTPStatus.NO_CONTENT, headers=forgets)
        answer.delete_cookie(
            COOKIE, path=self._reach.path, secure=self._reach.is_secure, httponly=True, samesite="strict"
        )
        return answer

    def _address_of(self, request: Request) -> str:
        """Return where a visitor comes from; a proxy's last word counts, where there is one."""
        told = request.headers.getlist("x-forwarded-for") if self._reach.behind_proxy else []
        if told:
            return told[-1].rpartition(",")[2].strip()
        return request.client.host if request.client else ""


def _ask_to_wait(form: LoginForm, seconds: int) -> Response:
    text = LOGIN["wait"].format(time=waiting_time(seconds))
    answer = draw_login_page(form, text, HTTPStatus.TOO_MANY_REQUESTS)
    answer.headers["retry-after"] = str(seconds)
    return answer


def _never_stored(send: Send) -> Send:
    """Return a `send` whose answers no browser keeps: not for the next one at the machine either."""

    async def send_unstored(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message)["cache-control"] = "no-store"
        await send(message)

    return send_unstored
