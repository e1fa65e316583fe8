"""Serves an application on a socket, in a thread of its own, until it is closed."""

import socket
import threading
import time
from collections.abc import Callable
from types import TracebackType
from typing import Self

import uvicorn
from starlette.types import ASGIApp

from index.errors import ChatError
from qa.wording.page import CHAT

MAX_CONNECTIONS = 1000
"""More at once are told that the server is busy (503)."""

MAX_CLOSING_SECONDS = 5

_POLL_SECONDS = 0.005
_LOOK_SECONDS = 0.2


class ChatServer:
    """A running server; it believes no header about who the visitor is, and does not tell what it is."""

    def __init__(self, app: ASGIApp, listener: socket.socket, before_close: Callable[[], object]) -> None:
        """Start serving; raises `ChatError` if the application does not start.

        `before_close` ends what would keep visitors connected for as long as they look at the page.
        """
        config = uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            proxy_headers=False,
            server_header=False,
            limit_concurrency=MAX_CONNECTIONS,
            timeout_graceful_shutdown=MAX_CLOSING_SECONDS,
        )
        self._server = uvicorn.Server(config)
        self._listener = listener
        self._before_close = before_close
        self._thread = threading.Thread(target=self._server.run, args=([listener],), daemon=True)
        self._thread.start()
        while not self._server.started:
            if not self._thread.is_alive():
                raise ChatError(CHAT["not_started"])
            time.sleep(_POLL_SECONDS)

    def wait(self) -> None:
        """Return when the server has stopped."""
        while self._thread.is_alive():  # a join that is interrupted would take the thread for ended
            time.sleep(_LOOK_SECONDS)

    def close(self) -> None:
        """Stop serving; what has been asked is answered, for as long as `MAX_CLOSING_SECONDS`."""
        self._before_close()
        self._server.should_exit = True
        self._thread.join()
        self._listener.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
