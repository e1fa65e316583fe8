"""Starts the chat on this machine, for this machine alone, and waits until it is stopped."""

import contextlib
import threading
from typing import Any

from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from index.errors import ChatError
from qa.chat.danish_page import DanishPage
from qa.chat.engine import ChatEngine
from qa.chat.guard import Guard
from qa.chat.offline import gr
from qa.chat.page import HEAD, WEB_FOLDER, WEB_PATH, build_chat
from qa.chat.port import HOST, require_free_port
from qa.feedback import Feedback
from qa.wording.page import CHAT

_APP: dict[str, Any] = {
    "docs_url": None,
    "redoc_url": None,
    "openapi_url": None,
    "routes": [Mount(WEB_PATH, StaticFiles(directory=WEB_FOLDER))],
    "middleware": [
        Middleware(TrustedHostMiddleware, allowed_hosts=[HOST, "localhost"]),
        Middleware(Guard),
        Middleware(DanishPage),
    ],
}

_CLOSED: dict[str, Any] = {
    "share": False,
    "show_error": False,
    "footer_links": [],
    "run_history": False,
    "enable_monitoring": False,
    "ssr_mode": False,
    "mcp_server": False,
    "pwa": False,
    "max_file_size": 1,
    "blocked_paths": ["/"],
    "allowed_paths": [],
    "strict_cors": True,
    "state_session_capacity": 200,
}
"""Everything of Gradio's that this page does not need, switched off."""


def run_chat(engine: ChatEngine, feedback: Feedback, *, port: int, open_browser: bool) -> None:
    """Serve the chat on `port` until the process is interrupted; what visitors say goes to `feedback`.

    Raises:
        ChatError: the port is taken, or the server cannot be started.
    """
    page = build_chat(engine, feedback)
    address = launch(page, port=port, open_browser=open_browser)
    print(CHAT["started"].format(address=address), flush=True)  # noqa: T201 - the chat is an edge, as the command line
    with contextlib.suppress(KeyboardInterrupt):
        threading.Event().wait()
    page.close(verbose=False)


def launch(page: gr.Blocks, *, port: int, open_browser: bool = False) -> str:
    """Start serving `page` on `port` in a thread and return its address.

    Raises:
        ChatError: the port is taken, or the server cannot be started.
    """
    require_free_port(port)  # Gradio tries more slowly, and says less
    try:
        _, address, _ = page.launch(
            server_name=HOST,
            server_port=port,
            inbrowser=open_browser,
            prevent_thread_lock=True,
            quiet=True,
            head=HEAD,
            app_kwargs=_APP,
            **_CLOSED,
        )
    except OSError as error:
        raise ChatError(CHAT["port_taken"].format(port=port)) from error
    return str(address)
