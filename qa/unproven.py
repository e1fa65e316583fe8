"""What was erased and is not yet proven gone: kept as hashes, until a search finds nothing of it.

No text of the document is in it, nor its name: who runs the command again gives that.
"""

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from index.errors import LibraryError
from index.lock import make_private_folder
from index.os_errors import describe_os_error
from index.traces import Needle, Needles
from qa.wording import forget as wording


@dataclass(frozen=True, slots=True)
class Remains:
    """What the proof will say of a document, and what has to be gone, `topic_hash` among refused topics."""

    facts: Mapping[str, Any]
    needles: Needles
    topic_hash: str | None


class Unproven:
    """One document that was erased from one library: a file that only its owner can read."""

    def __init__(self, home: Path, directory: Path, document: str) -> None:
        """Nothing is read or written yet; `directory` is the library's."""
        key = hashlib.sha256(f"{directory.name}\0{document}".encode()).hexdigest()
        self._path = home / "forgetting" / f"{key}.json"

    def keep(self, remains: Remains) -> None:
        """Keep what the proof will say, and what has to be gone; raises `LibraryError`."""
        needles = [astuple(needle) for needle in remains.needles]
        kept = json.dumps({"facts": remains.facts, "needles": needles, "topic": remains.topic_hash})
        try:
            make_private_folder(self._path.parent)
            descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8") as file:
                file.write(kept)
                file.flush()
                os.fsync(descriptor)
        except OSError as error:
            raise LibraryError(wording.NOT_KEPT.format(error=describe_os_error(error))) from error

    def read(self) -> Remains | None:
        """Return what was kept, or None where there is nothing that can be used."""
        try:
            kept = json.loads(self._path.read_text(encoding="utf-8"))
            needles = Needles.known_by([Needle(*each) for each in kept["needles"]])
            return Remains(dict(kept["facts"]), needles, kept.get("topic"))
        except (OSError, ValueError, TypeError, KeyError):
            return None

    def drop(self) -> None:
        """Forget it: it is proven."""
        with suppress(FileNotFoundError):
            self._path.unlink()
