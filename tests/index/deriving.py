"""What the tests of the derived index share: two documents, what is found of them, and damage to files."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from index.derived import open_search_index
from index.lexical import LexicalField
from index.library import Library
from index.sync import sync_library
from tests.fakes import FakeSource, WordEmbedder

TEXTS = {"a.txt": "Hunde skal føres i snor.", "b.txt": "Katte må gå frit. Det må hunde ikke."}


@contextmanager
def published(place: Path) -> Iterator[Library]:
    """Publish a library of the two documents in `place`, open for reading."""
    sync_library(FakeSource(TEXTS), place / "bibliotek", WordEmbedder())
    with Library(place / "bibliotek") as library, library.snapshot():
        yield library


def generation_folder(library: Library) -> Path:
    """Return the folder of its first generation."""
    return library.directory / "generations" / "00000001"


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.suffix != ".lock")


def answers(library: Library) -> list[list[int]]:
    """Return what both engines find for a few questions, by passage id."""
    index = open_search_index(library)
    query = WordEmbedder().embed_queries(["hunde i snor"])
    return [
        index.vectors.search(query, 2).ids.tolist(),
        index.lexical.search(LexicalField.STEMS, "kat og hund", 2).ids.tolist(),
        index.lexical.search(LexicalField.GRAMS, "kattene", 2).ids.tolist(),
    ]


def damage_file(name: str) -> Callable[[Path], None]:
    def damage(folder: Path) -> None:
        (path,) = folder.rglob(name)
        path.write_bytes(path.read_bytes()[:-1] + b"?")

    return damage
