"""A running chat answers `kildesvar ask` too, so that no second model has to be loaded.

It listens on a port of its own, of this machine alone, and writes port and a secret into a file that only its
user can read. Whoever asks must show the secret; a file that a stopped chat left is found out by asking.
"""

import http.client
import json
import logging
import secrets
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import KildesvarError
from index.library import library_directory
from qa.opening import Settings
from qa.scope import choose_documents
from qa.types import Answer, Citation, Searched

if TYPE_CHECKING:  # what it imports takes a second, which whoever asks is spared
    from qa.engine import Engine

_log = logging.getLogger(__name__)

_HOST = "127.0.0.1"
_ROUTE = "/spoerg"
_SECRET_BYTES = 32
_MOST_BYTES = 100_000
_PATIENCE_SECONDS = 10.0


@contextmanager
def answering(engine: "Engine", folder: Path, settings: Settings) -> Iterator[None]:
    """Answer `ask_running` for as long as the block lasts."""
    secret = secrets.token_hex(_SECRET_BYTES)
    server = _Server((_HOST, 0), _handler(engine, secret))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    path = _file(folder, settings)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    told = {"port": server.server_port, "secret": secret, "settings": _told(settings)}
    path.write_text(json.dumps(told), encoding="utf-8")
    thread.start()
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    """A server whose faults go to the log, where nothing of what was asked stands (`qa.log`)."""

    daemon_threads = True

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
        running = json.loads(_file(folder, settings).read_text(encoding="utf-8"))
        if running["settings"] != _told(settings):
            return None
        asked = {"question": question, "previous": [*previous], "documents": [*documents]}
        reply = _post(running["port"], running["secret"], asked)
    except (OSError, ValueError, KeyError, TypeError, http.client.HTTPException):
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
    return Citation(**{**record, **lists})


def _post(port: int, secret: str, asked: dict[str, Any]) -> dict[str, Any] | None:
    connection = http.client.HTTPConnection(_HOST, port, timeout=_PATIENCE_SECONDS)
    try:
        connection.request("POST", _ROUTE, json.dumps(asked), {"Authorization": f"Bearer {secret}"})
        response = connection.getresponse()
        reply = json.loads(response.read())
    finally:
        connection.close()
    return reply if response.status == http.HTTPStatus.OK and isinstance(reply, dict) else None


def _handler(engine: "Engine", secret: str) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = _PATIENCE_SECONDS

        def do_POST(self) -> None:
            shown = self.headers.get("Authorization", "")
            length = self.headers.get("Content-Length", "")
            if not secrets.compare_digest(shown.encode(), f"Bearer {secret}".encode()):
                self.send_error(http.HTTPStatus.FORBIDDEN)
            elif self.path != _ROUTE or not length.isdecimal() or int(length) > _MOST_BYTES:
                self.send_error(http.HTTPStatus.BAD_REQUEST)
            else:
                self._send(_answer(engine, json.loads(self.rfile.read(int(length)))))

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
        paths = [entry.path for entry in engine.documents()] if asked["documents"] else []
        within = choose_documents(asked["documents"], paths) if asked["documents"] else None
        return asdict(engine.ask(asked["question"], asked["previous"], within))
    except KildesvarError as error:
        return {"error": str(error)}


def _told(settings: Settings) -> dict[str, str | None]:
    """Return the settings that decide what is answered."""
    return {"model": settings.model, "engine": settings.engine}


def _file(folder: Path, settings: Settings) -> Path:
    return settings.home / "running" / f"{library_directory(settings.home, folder).name}.json"
