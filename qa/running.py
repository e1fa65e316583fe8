"""A running chat answers `kildesvar ask` too, so that no second model has to be loaded.

It listens on a Unix socket in a folder that only its user can enter, so nobody else can ask, nor answer in
its place. Where there are none, or the folder's path is too long for one, `ask` loads the model itself. A
socket that a stopped chat left is found out by asking.
"""

import http.client
import json
import logging
import os
import socket
import stat
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from socketserver import TCPServer, ThreadingMixIn
from typing import TYPE_CHECKING, Any

from index.errors import KildesvarError
from index.library import library_directory
from index.types import Span
from qa.opening import Settings
from qa.scope import choose_documents
from qa.types import Answer, Citation, Searched

if TYPE_CHECKING:  # what it imports takes a second, which whoever asks is spared
    from qa.engine import Engine

_log = logging.getLogger(__name__)

_ROUTE = "/spoerg"
_MOST_BYTES = 100_000
_PATIENCE_SECONDS = 10.0


@contextmanager
def answering(engine: "Engine", folder: Path, settings: Settings) -> Iterator[None]:
    """Answer `ask_running` for as long as the block lasts, where a socket can be had."""
    path = _socket_path(folder, settings)
    try:
        server = _listen(path, _handler(engine, _told(settings)))
    except OSError as error:
        _log.warning("no questions from the command line: %s", type(error).__name__)
        yield
        return
    own = path.stat().st_ino
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield
    finally:
        _remove_own(path, own)  # before it is closed: a number may be given again after that
        server.shutdown()
        server.server_close()
        thread.join()


def _listen(path: Path, handler: type[BaseHTTPRequestHandler]) -> "_Server":
    """Listen at `path`, in the place of a chat that did before; raises `OSError` where that cannot be."""
    if not hasattr(socket, "AF_UNIX"):
        raise OSError("no Unix sockets")
    path.parent.mkdir(mode=0o700, exist_ok=True)
    if not _is_private(path.parent):
        raise PermissionError("others can enter the folder")
    path.unlink(missing_ok=True)
    server = _Server(str(path), handler)
    path.chmod(0o600)
    return server


def _is_private(folder: Path) -> bool:
    """Tell whether nobody but the one who runs this can enter `folder`."""
    status = folder.lstat()
    return stat.S_ISDIR(status.st_mode) and not status.st_mode & 0o077 and status.st_uid == os.getuid()


def _remove_own(path: Path, own: int) -> None:
    """Remove the socket, unless a chat that was started later has put its own there."""
    with suppress(OSError):
        if path.stat().st_ino == own:
            path.unlink()


class _Server(ThreadingMixIn, TCPServer):
    """A server whose faults go to the log, where nothing of what was asked stands (`qa.log`)."""

    address_family = getattr(socket, "AF_UNIX", socket.AF_INET)
    daemon_threads = True

    def __init__(self, path: str, handler: type[BaseHTTPRequestHandler]) -> None:
        super().__init__(path, handler)  # type: ignore[arg-type]  # an address of this family is a path

    def handle_error(self, *_: object) -> None:
        """Log that something failed."""
        _log.exception("a question from the command line could not be answered")


def ask_running(
    question: str, previous: Sequence[str], documents: Sequence[str], folder: Path, settings: Settings
) -> Answer | None:
    """Ask a chat that runs on `folder` with the same settings; None where there is none.

    Raises `KildesvarError` as the chat's own engine did.
    """
    try:
        asked = {"question": question, "previous": [*previous], "documents": [*documents]}
        reply = _post(_socket_path(folder, settings), asked | {"settings": _told(settings)})
    except (OSError, ValueError, http.client.HTTPException):
        return None  # nothing runs there any more, or something else does
    if reply is None:
        return None
    if "error" in reply:
        raise KildesvarError(reply["error"])
    return read_answer(reply)


def read_answer(record: dict[str, Any]) -> Answer:
    """Return the answer that `asdict` made a record of, after it has been JSON."""
    citations, related = (tuple(map(_citation, record[name])) for name in ("citations", "related"))
    searched = Searched(**record["searched"]) if record["searched"] else None
    return Answer(**{**record, "citations": citations, "related": related, "searched": searched})


def _citation(record: dict[str, Any]) -> Citation:
    lists = {name: tuple(value) for name, value in record.items() if isinstance(value, list)}
    emphasis = tuple(Span(**each) for each in record.get("emphasis", ()))  # none from an older chat
    return Citation(**{**record, **lists, "emphasis": emphasis})


class _Connection(http.client.HTTPConnection):
    """A connection to a socket at a path, in a folder that is the asker's own."""

    def __init__(self, path: Path) -> None:
        super().__init__("localhost", timeout=_PATIENCE_SECONDS)
        self._path = path

    def connect(self) -> None:
        """Connect; raises `OSError` where nobody listens, or somebody else may."""
        if not hasattr(socket, "AF_UNIX") or not _is_private(self._path.parent):
            raise ConnectionRefusedError
        self.sock = socket.socket(socket.AF_UNIX)
        self.sock.settimeout(_PATIENCE_SECONDS)
        self.sock.connect(str(self._path))


def _post(path: Path, asked: dict[str, Any]) -> dict[str, Any] | None:
    connection = _Connection(path)
    try:
        connection.request("POST", _ROUTE, json.dumps(asked))
        response = connection.getresponse()
        reply = json.loads(response.read())
    finally:
        connection.close()
    return reply if response.status == http.HTTPStatus.OK and isinstance(reply, dict) else None


def _handler(engine: "Engine", told: dict[str, str | None]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE_SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if self.path != _ROUTE or not length.isdecimal() or int(length) > _MOST_BYTES:
                self.send_error(http.HTTPStatus.BAD_REQUEST)
                return
            asked = json.loads(self.rfile.read(int(length)))
            if asked["settings"] != told:
                self.send_error(http.HTTPStatus.CONFLICT)
            else:
                self._send(_answer(engine, asked))

        def _send(self, reply: dict[str, Any]) -> None:
            body = json.dumps(reply).encode()
            self.send_response(http.HTTPStatus.OK)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing: what is asked is nobody else's business."""

    return Handler


def _answer(engine: "Engine", asked: dict[str, Any]) -> dict[str, Any]:
    try:
        within = choose_documents(asked["documents"], engine.documents)
        return asdict(engine.ask(asked["question"], asked["previous"], within))
    except KildesvarError as error:
        return {"error": str(error)}


def _told(settings: Settings) -> dict[str, str | None]:
    """Return the settings that decide what is answered."""
    return {"model": settings.model, "engine": settings.engine}


def _socket_path(folder: Path, settings: Settings) -> Path:
    """Return where the chat on `folder` listens: a short name, as a socket's path has room for 107 bytes."""
    name = sha256(os.fsencode(library_directory(settings.home, folder).name)).hexdigest()[:16]
    return settings.home / "running" / name
