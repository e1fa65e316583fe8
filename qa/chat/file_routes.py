"""The two routes that carry files: one takes them in, one gives a document's own file out.

They stand between the door and the guard, which knows none of them, and only where the chat is open to this
machine alone.
A file comes as the bare body of a request and goes straight to disk: no form is parsed, nothing is held in
memory, and no page of another site can send one without the browser asking first, which is refused.
"""

from collections.abc import Iterator
from io import BufferedReader
from pathlib import PurePosixPath
from threading import BoundedSemaphore
from urllib.parse import quote

from anyio import move_on_after
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, PlainTextResponse, Response, StreamingResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from index.errors import KildesvarError, UnreadableFile
from index.personal_numbers import hide_personal_numbers
from index.read.limits import LIMITS
from qa.chat.local_files import LocalFiles
from qa.wording.page import CHAT

UPLOAD_PATH = "/tilfoej"
ORIGINAL_PATH = "/original"

MAX_AT_ONCE = 4
"""Files that may be on their way in at once; the page sends one after the other."""

STALL_SECONDS = 30.0
"""A file of which nothing has come for so long is broken off, and gives its place to another."""

_BODY_TYPE = "application/octet-stream"
"""A foreign page may not send this type unasked, as it may what forms send."""

_HEADERS = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; sandbox",
}

_PIECE_BYTES = 1 << 18


class FileRoutes:
    """Pure ASGI middleware: answers the two routes, and passes everything else on."""

    def __init__(self, app: ASGIApp, files: LocalFiles) -> None:
        self._app = app
        self._files = files
        self._gate = BoundedSemaphore(MAX_AT_ONCE)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Take a file in, give one out, or pass the request on."""
        called = (scope["method"], scope["path"]) if scope["type"] == "http" else None
        if called == ("POST", UPLOAD_PATH):
            await (await self._take_in(Request(scope, _impatient(receive))))(scope, receive, send)
        elif called == ("GET", ORIGINAL_PATH):
            response = await run_in_threadpool(self._give_out, Request(scope))
            await response(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _take_in(self, request: Request) -> Response:
        status = _refusal_of_upload(request.headers)
        if status is not None:
            return PlainTextResponse("Afvist", status, _HEADERS)
        if not self._gate.acquire(blocking=False):
            return JSONResponse({"error": CHAT["add_busy"]}, headers=_HEADERS)
        try:
            name = await self._write(request)
            return JSONResponse({"name": hide_personal_numbers(name)}, headers=_HEADERS)
        except KildesvarError as error:
            await _read_to_the_end(request)
            return JSONResponse({"error": str(error)}, headers=_HEADERS)
        except ClientDisconnect:
            return PlainTextResponse("Afbrudt", 400)
        finally:
            self._gate.release()

    async def _write(self, request: Request) -> str:
        with self._files.receive(request.query_params.get("navn", "")) as incoming:
            async for piece in request.stream():
                incoming.write(piece)
            return await run_in_threadpool(incoming.keep)

    def _give_out(self, request: Request) -> Response:
        path = request.query_params.get("dokument", "")
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            return PlainTextResponse("Afvist", 403, _HEADERS)
        try:
            file = self._files.open_original(path)
        except UnreadableFile as reason:
            return PlainTextResponse(CHAT["original_gone"].format(reason=reason), 404, _HEADERS)
        saved_as = f"attachment; filename*=UTF-8''{quote(PurePosixPath(path).name, safe='')}"
        headers = {**_HEADERS, "content-disposition": saved_as}
        return StreamingResponse(_pieces(file), headers=headers, media_type=_BODY_TYPE)


def _refusal_of_upload(headers: Headers) -> int | None:
    """Return the HTTP status that refuses the request, or None."""
    if headers.get("content-type") != _BODY_TYPE:
        return 415
    length = headers.get("content-length", "")
    if not length.isdecimal():
        return 411
    return 413 if int(length) > LIMITS.file_bytes else None


def _impatient(receive: Receive) -> Receive:
    """Return a `receive` that takes a sender who has fallen silent for one who is gone."""

    async def receive_soon() -> Message:
        with move_on_after(STALL_SECONDS):
            return await receive()
        return {"type": "http.disconnect"}

    return receive_soon


async def _read_to_the_end(request: Request) -> None:
    """Read what still comes, which is within the limit: a browser hears no answer before it has sent all."""
    try:
        async for _ in request.stream():
            pass
    except (ClientDisconnect, RuntimeError):  # RuntimeError: it was read to its end already
        pass


def _pieces(file: BufferedReader) -> Iterator[bytes]:
    with file:
        while piece := file.read(_PIECE_BYTES):
            yield piece
