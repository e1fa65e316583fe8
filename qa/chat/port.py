"""The socket that the chat is served on, and whether it can be had; asked before anything slow is begun."""

import socket

from index.errors import ChatError
from qa.chat.reach import Reach
from qa.wording.page import CHAT


def listen(reach: Reach) -> socket.socket:
    """Return a socket that listens where the chat is reached; raises `ChatError` if it cannot."""
    family = socket.AF_INET6 if ":" in reach.host else socket.AF_INET
    try:
        return socket.create_server((reach.host, reach.port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise ChatError(CHAT["port_taken"].format(port=reach.port)) from error


def require_free_port(reach: Reach) -> None:
    """Raise `ChatError` if the chat cannot listen where it is to be reached."""
    listen(reach).close()


_BACKLOG = 256
"""Visitors who may knock in the same moment."""
