"""What the chat's server lets in: a list of allowed routes, and nothing else.

Gradio's server can do far more than this page needs: fetch addresses that a visitor names, take uploads, run
a queue, describe its own interface. Whatever is not in the two lists below is answered "not found".
"""

import json
import re
from collections.abc import Collection, Iterator
from typing import Any

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from qa.chat.body import read_body, replay

MAX_BODY_BYTES = 512_000
"""Room for a long conversation that is taken along as a file; a question is far shorter."""

PLAIN_FILES = r"/(favicon\.ico|manifest\.json|theme\.css)|/(assets|static|kildesvar)/.+"
"""Paths of the files that every page is drawn with, as an expression: they say nothing of the documents."""

_READ = re.compile(rf"/|{PLAIN_FILES}|/gradio_api/(startup-events|app_id/?|heartbeat/[\w-]+)")
_CALL = re.compile(r"/gradio_api/component_server/?")

CALLED = "kildesvar.called"
"""Where a call's scope holds the name of the function that it calls, for those behind the guard."""

_TOLD_BY_PROXIES = re.compile(rb"forwarded|x-forwarded-.*|x-real-ip|x-gradio-.*")
"""Headers that Gradio would make addresses of; the chat knows its own, and a visitor may write anything."""


class Guard:
    """Pure ASGI middleware: refuses what the page never asks for."""

    def __init__(self, app: ASGIApp, components: Collection[int]) -> None:
        """Let calls of `components` through, which are the page's."""
        self._app = app
        self._components = components

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass an allowed request on, or answer it with a plain refusal."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        status, called = _refusal_of_request(scope), None
        if status is None and scope["method"] == "POST":
            body = await read_body(receive, MAX_BODY_BYTES)
            status, called = _judge_body(body, self._components)
            receive = replay(body, receive)
        if status is None:
            headers = [header for header in scope["headers"] if not _TOLD_BY_PROXIES.fullmatch(header[0])]
            await self._app({**scope, "headers": headers, CALLED: called}, receive, send)
        else:
            await PlainTextResponse("Afvist", status)(scope, receive, send)


def _refusal_of_request(scope: Scope) -> int | None:
    """Return the HTTP status that refuses the request, or None."""
    if scope["method"] in ("GET", "HEAD"):
        return None if _READ.fullmatch(scope["path"]) else 404
    if scope["method"] != "POST" or not _CALL.fullmatch(scope["path"]):
        return 404
    kind = Headers(scope=scope).get("content-type", "")
    return None if kind.startswith("application/json") else 415


def _judge_body(body: bytes, components: Collection[int]) -> tuple[int | None, Any]:
    """Return the HTTP status that refuses the body, or None, and what it calls.

    Gradio fetches what an object with a `_type` of file data names, so no object may carry a `_type`.
    """
    if len(body) > MAX_BODY_BYTES:
        return 413, None
    try:
        call = json.loads(body)
        keys = set(_keys(call))
    except (ValueError, RecursionError):
        return 400, None
    if not isinstance(call, dict) or "_type" in keys:
        return 400, None
    component = call.get("component_id")
    is_known = isinstance(component, int) and component in components
    return None if is_known else 404, call.get("fn_name")


def _keys(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        yield from value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _keys(item)
