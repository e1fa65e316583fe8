"""What visitors may do with files where the chat is open to this machine alone: add, take out, open.

Nothing is kept here: how far an added file is shows from the files themselves and from the library.
"""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from io import BufferedReader
from pathlib import Path
from typing import Any

from index.added import AddedFiles, Incoming
from index.errors import KildesvarError, UnreadableFile
from index.joined import ADDED_FOLDER, JoinedSource, is_added, name_of_added
from index.personal_numbers import hide_personal_numbers
from qa.chat.engine import ChatEngine
from qa.following import Follower
from qa.opening import Settings, added_files
from qa.wording.page import CHAT
from qa.wording.terminal import STAGES


class LocalFiles:
    """The files of one library, added ones and others. Safe to use from several threads."""

    def __init__(
        self,
        engine: ChatEngine,
        added: AddedFiles,
        follower: Follower,
        open_file: Callable[[str], BufferedReader],
    ) -> None:
        """Use `follower` to have added files read, and `open_file` to open a document's own file."""
        self._engine, self._added = engine, added
        self._follower, self._open_file = follower, open_file

    def receive(self, name: str) -> AbstractContextManager[Incoming]:
        """Give a new file to write; raises `AddingError` as `AddedFiles.receive`."""
        return self._added.receive(name)

    def read_now(self) -> None:
        """Have the library brought up to date without waiting for the next look at the folder."""
        self._follower.wake()

    def take_out(self, path: str) -> None:
        """Delete an added document's file; raises `AddingError` if that fails."""
        if is_added(path):
            self._added.remove(name_of_added(path))
            self._follower.wake()

    def open_original(self, path: str) -> BufferedReader:
        """Return the file of a document of the library; raises `UnreadableFile`."""
        if self._engine.document(path) is None:
            raise UnreadableFile(CHAT["document_gone"].rstrip("."))
        return self._open_file(path)

    def list_added(self) -> dict[str, Any]:
        """Return what the page needs to draw the added files and how far the reading is, ready for JSON."""
        files = sorted(self._draw_files(), key=lambda file: str(file["name"]))
        return {"files": files, "doing": self._draw_doing(), "trouble": self._trouble()}

    def _draw_files(self) -> Iterator[dict[str, Any]]:
        entries = {entry.path: entry for entry in self._engine.documents() if is_added(entry.path)}
        skipped = {notice.document: notice.reason for notice in self._engine.skipped()}
        for file in self._added.files():
            path = f"{ADDED_FOLDER}/{file.path}"
            entry = entries.pop(path, None)
            reason = entry.partly_read if entry else skipped.get(path)
            is_read = "partly_read" if reason else "read"
            state = is_read if entry else "skipped" if reason else "waiting"
            yield {"file": path, "name": hide_personal_numbers(file.path), "state": state, "reason": reason}
        for path in entries:  # taken out, and not yet gone from the library
            name = hide_personal_numbers(name_of_added(path))
            yield {"file": path, "name": name, "state": "leaving", "reason": None}

    def _draw_doing(self) -> dict[str, Any] | None:
        doing = self._follower.doing
        if doing is None:
            return None
        stage, done, total = doing
        return {"words": STAGES[stage.value], "share": done / total if total else 0.0}

    def _trouble(self) -> str | None:
        """Return why the last attempt to bring the library up to date failed, if it did."""
        failure = self._follower.failure
        if failure is None:
            return None
        return str(failure) if isinstance(failure, KildesvarError) else CHAT["unexpected"]


def local_files(engine: ChatEngine, folder: Path, settings: Settings, follower: Follower) -> LocalFiles:
    """Return the files of the library of `folder`, which `follower` keeps up to date."""
    added = added_files(folder, settings)
    return LocalFiles(engine, added, follower, JoinedSource(folder, added).open_file)
