"""Which browser the tests drive, and how it is started: as installed, and silent towards the network."""

import shutil
import socket

NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find_browser() -> str | None:
    """Return the installed browser; None means the one that Playwright has fetched, if it has."""
    return next((path for path in map(shutil.which, NAMES) if path), None)


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])
