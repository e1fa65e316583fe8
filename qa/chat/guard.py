"""What the chat's server lets in and sends out: a list of allowed routes, and nothing else.

Gradio's server can do far more than this page needs: fetch addresses that a visitor names, take uploads, run
a queue, describe its own interface. Whatever is not in the two lists below is answered "not found".
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

MAX_BODY_BYTES = 512_000
"""Room for a long conversation that is taken along as a file; a question is far shorter."""

_READ = re.compile(
    r"/|/(favicon\.ico|manifest\.json|theme\.css)|/(assets|static|kildesvar)/.+"
    r"|/gradio_api/(startup-events|app_id/?|heartbeat/[\w-]+)"
)
_CALL = re.compile(r"/gradio_api/component_server/?")

_SECURITY_HEADERS = {
    "content-security-policy": "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'unsafe-inline' 'unsafe-eval'",  # gr.HTML builds its templates with eval
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data:",
            "font-src 'self' data:",
            "connect-src 'self'",
            "frame-src 'none'",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'none'",
            "frame-ancestors 'none'",
        )
    ),
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
}


class Guard:
    """Pure ASGI middleware: refuses what the page never asks for, and adds the security headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an allowed request on, or answer it with a plain refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._guard(scope, receive, _with_security_headers(send))

    async def _guard(self, scope: Scope, receive: Receive, send: Send) -> None:
        status = _refusal_of_request(scope)
        if status is None and scope["method"] == "POST":
            body = await _read_body(receive)
            status = _refusal_of_body(body)
            receive = _replay(body, receive)
        if status is None:
            await self._app(scope, receive, send)
        else:
            await PlainTextResponse("Afvist", status)(scope, receive, send)


def _refusal_of_request(scope: Scope) -> int | None:
    """Return the HTTP status that refuses the request, or None."""
    method, headers = scope["method"], Headers(scope=scope)
    if method in ("GET", "HEAD"):
        return None if _READ.fullmatch(scope["path"]) else 404
    if method != "POST" or not _CALL.fullmatch(scope["path"]):
        return 404
    if headers.get("origin", f"http://{headers.get('host')}") != f"http://{headers.get('host')}":
        return 403  # another site's page in the visitor's browser
    return None if headers.get("content-type", "").startswith("application/json") else 415


def _refusal_of_body(body: bytes) -> int | None:
    """Return the HTTP status that refuses the body, or None.

    Gradio fetches what an object with a `_type` of file data names, so no object may carry a `_type`.
    """
    if len(body) > MAX_BODY_BYTES:
        return 413
    try:
        keys = set(_keys(json.loads(body)))
    except (ValueError, RecursionError):
        return 400
    return 400 if "_type" in keys else None


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)


async def _read_body(receive: Receive) -> bytes:
    """Return the request's body, or a little more than the limit of a body that is too long."""
    body, more = b"", True
    while more and len(body) <= MAX_BODY_BYTES:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


def _replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body that was read, and then what follows (a disconnect)."""
    unread: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def replay() -> Message:
        return unread.pop() if unread else await receive()

    return replay


def _with_security_headers(send: Send) -> Send:
    async def send_guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            MutableHeaders(scope=message).update(_SECURITY_HEADERS)
        await send(message)

    return send_guarded
