"""A chat over a real library that follows its folder, with an embedding model that needs no time."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from qa import following, opening
from qa.chat.local_files import LocalFiles, local_files
from qa.engine import Engine
from qa.following import Follower
from qa.opening import Settings, follow_folder, open_folder
from tests.fakes import WordEmbedder

RULES = "Regler for hunde\n\nHunde skal føres i snor i hele byen.\n\nHundens ejer betaler for skader.\n"
MEETING = (
    "Møde i foreningen\n\nBestyrelsen mødes hver onsdag klokken nitten.\n\nAlle medlemmer er velkomne.\n"
)


@dataclass(frozen=True)
class RealLibrary:
    """An engine over `folder`, and what visitors on this machine may do with its files."""

    folder: Path
    home: Path
    engine: Engine
    follower: Follower
    files: LocalFiles


@contextmanager
def real_library(place: Path) -> Iterator[RealLibrary]:
    """Make a folder with one document below `place`, and follow it until the block is left."""
    folder, home = place / "sager", place / "home"
    folder.mkdir()
    home.mkdir()
    (folder / "regler.txt").write_text(RULES, encoding="utf-8")
    settings = Settings(home)
    with (
        patch.object(opening, "load_model", lambda _: WordEmbedder()),
        patch.object(following, "LOOK_EVERY_SECONDS", 0.02),
    ):
        engine, _ = open_folder(folder, settings)
        with follow_folder(folder, settings, engine.embedder) as follower:
            files = local_files(engine, folder, settings, follower)
            yield RealLibrary(folder, home, engine, follower, files)
