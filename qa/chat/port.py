"""The address that the chat is served on, and whether it is free; asked before anything slow is begun."""

import socket

from index.errors import ChatError
from qa.wording.page import CHAT

HOST = "127.0.0.1"


def require_free_port(port: int) -> None:
    """Raise `ChatError` if another program listens on `port`."""
    try:
        socket.create_server((HOST, port)).close()
    except OSError as error:
        raise ChatError(CHAT["port_taken"].format(port=port)) from error
