"""Starts the chat, on this machine for this machine alone or on a server for its users, and waits."""

import contextlib
import webbrowser
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.staticfiles import StaticFiles

from qa.chat.danish_page import DanishPage
from qa.chat.door import Door
from qa.chat.engine import ChatEngine
from qa.chat.file_routes import FileRoutes
from qa.chat.guard import Guard
from qa.chat.headers import SecurityHeaders
from qa.chat.local_files import LocalFiles
from qa.chat.login import Login
from qa.chat.offline import gr
from qa.chat.pace import PaceKeeper
from qa.chat.page import HEAD, WEB_PATH, build_chat
from qa.chat.port import listen
from qa.chat.reach import Reach
from qa.chat.serve import ChatServer
from qa.chat.templates import WEB_FOLDER
from qa.feedback import Feedback
from qa.log import log_without_words
from qa.users import Users
from qa.wording.page import CHAT

_NO_DOCS: dict[str, Any] = {"docs_url": None, "redoc_url": None, "openapi_url": None}

_CLOSED: dict[str, Any] = {
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
}
"""Everything of Gradio's that this page does not need, switched off."""

_QUEUE_LOOKS_SECONDS = 3600.0
"""Nothing goes through Gradio's queue, which else looks for work a thousand times a second."""


def run_chat(
    engine: ChatEngine,
    feedback: Feedback,
    reach: Reach,
    users: Users,
    files: LocalFiles | None = None,
    *,
    open_browser: bool,
) -> None:
    """Serve the chat until the process is interrupted; what visitors say goes to `feedback`.

    With `files` documents can be added, taken out and opened, but never on a server.

    Raises:
        ChatError: the port is taken, or the server cannot be started.
    """
    log_without_words()
    files = None if reach.is_server else files
    page = build_chat(engine, feedback, files, is_server=reach.is_server)
    with start_chat(page, reach, users, files) as server:
        print(CHAT["started"].format(address=reach.url), flush=True)  # noqa: T201 - the chat is an edge
        if open_browser:
            webbrowser.open(reach.url)
        with contextlib.suppress(KeyboardInterrupt):
            server.wait()


def start_chat(
    page: gr.Blocks, reach: Reach, users: Users | None = None, files: LocalFiles | None = None
) -> ChatServer:
    """Start serving `page` in a thread; those who come to a server log in as one of `users`.

    Raises:
        ChatError: the port is taken, or the server cannot be started.
    """
    app = FastAPI(**_NO_DOCS, middleware=_layers(page, reach, users, files))
    app.mount(WEB_PATH, StaticFiles(directory=WEB_FOLDER))
    gr.mount_gradio_app(
        app, page, "/", root_path=reach.public_url, head=HEAD, app_kwargs=dict(_NO_DOCS), **_CLOSED
    )
    mounted: Any = app.routes[-1]
    page._queue.sleep_when_free = page._queue.progress_update_sleep_when_free = _QUEUE_LOOKS_SECONDS
    return ChatServer(app, listen(reach), before_close=mounted.app.stop_event.set)


def _layers(page: gr.Blocks, reach: Reach, users: Users | None, files: LocalFiles | None) -> list[Middleware]:
    """Return what a request goes through before it reaches the page, outermost first."""
    guard = Middleware(Guard, components=frozenset(page.blocks))
    always = [Middleware(SecurityHeaders), Middleware(Door, reach=reach)]
    if not reach.is_server:
        routes = [Middleware(FileRoutes, files=files)] if files else []
        return [*always, *routes, guard, Middleware(DanishPage)]
    if users is None:
        raise ValueError("a server without users would be open to all")
    login = Middleware(Login, reach=reach, users=users)
    return [*always, login, guard, Middleware(PaceKeeper), Middleware(DanishPage)]
