"""Gradio's page says that it is in English and names other hosts in its preview tags; this one is Danish.

The manifest of an app to install goes too: there is none, and its address is wrong behind a proxy.

Nothing is compressed: that would take longer than it saves, since the browser is on the same machine.
"""

import re

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_FOREIGN_TAG = re.compile(
    rb'\s*(?:<meta\s+(?:property="og|name="twitter):|<link\s+rel="manifest").*?/>', re.DOTALL
)


class DanishPage:
    """Pure ASGI middleware that corrects the page's language and takes away its foreign tags."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Ask for an uncompressed answer, and rewrite the one to `/`."""
        if scope["type"] == "http":
            plain = Headers({**Headers(scope=scope), "accept-encoding": "identity"})
            scope = {**scope, "headers": plain.raw}
            send = _Rewriter(send) if scope["path"] == "/" else send
        await self._app(scope, receive, send)


class _Rewriter:
    """Gathers the page before it is sent, so that it can be changed."""

    def __init__(self, send: Send) -> None:
        self._send = send
        self._start: Message = {}
        self._page = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self._start = message
            return
        self._page += message.get("body", b"")
        if message.get("more_body", False):
            return
        page = _FOREIGN_TAG.sub(b"", self._page.replace(b'lang="en"', b'lang="da"', 1))
        MutableHeaders(scope=self._start)["content-length"] = str(len(page))
        await self._send(self._start)
        await self._send({"type": "http.response.body", "body": page})
