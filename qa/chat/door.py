"""The first that a request meets: whether it is meant for this chat, and whether a page of its own asks.

A name server may be made to say that a foreign name is this machine, and a foreign page may then ask in the
visitor's browser; so only the chat's own names are answered, and only calls from its own pages.
"""

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.chat.reach import Reach

HEALTH_PATH = "/sundhed"
"""Where a watchman may ask whether the chat runs; the answer is ok and nothing else."""


class Door:
    """Pure ASGI middleware: refuses foreign names and foreign pages. There are no web sockets."""

    def __init__(self, app: ASGIApp, reach: Reach) -> None:
        self._app = app
        self._reach = reach

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it in one word."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            answer = self._answer(scope)
            await (answer or self._app)(scope, receive, send)

    def _answer(self, scope: Scope) -> PlainTextResponse | None:
        """Return the answer of a request that goes no further."""
        is_reading, headers = scope["method"] in ("GET", "HEAD"), Headers(scope=scope)
        if scope["path"] == HEALTH_PATH and is_reading:
            return PlainTextResponse("ok")
        host = headers.get("host", "")
        if not self._reach.is_own_host(host):
            return PlainTextResponse("Afvist", 400)
        origin = headers.get("origin")
        is_foreign = origin is not None and not self._reach.is_own_origin(origin, host)
        return PlainTextResponse("Afvist", 403) if is_foreign and not is_reading else None
