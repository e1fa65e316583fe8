"""A folder that changes by a seed, its library, and the exact oracle of what the library must hold."""

import os
import shutil
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import numpy as np

from index import sync
from index.context import passage_text
from index.derived import SearchIndex, open_search_index
from index.errors import LibraryError
from index.folder import FolderSource
from index.lexical import LexicalField
from index.library import Library, library_directory
from index.seal import seal_holds
from index.soundness import contents_fit
from index.sync import SyncReport, sync_library
from index.types import StoredPassage
from tests.fakes import LONG_AGO_NS, WordEmbedder

OPERATIONS = ("first", "add", "change", "remove", "rename", "rebuild", "mixed")
"""What a sync is killed in: the first of a library, one kind of change, a lost index, all kinds at once."""

_SYLLABLES = "ba be bi bo bu da de di do du fa ga gi ka ki ko la li lo ma mi mo na no pa ra sa ta".split()

Texts = Mapping[str, str]
"""The documents by path."""


class Violation(AssertionError):  # noqa: N818 - it is the finding that all this looks for
    """Something that must never happen has happened."""


@dataclass
class World:
    """A folder and its home; what the folder held before the last operation (`old`) and holds now (`new`)."""

    root: Path
    random: Random
    old: dict[str, str] = field(default_factory=dict)
    new: dict[str, str] = field(default_factory=dict)
    written: int = 0

    @property
    def folder(self) -> Path:
        return self.root / "mappe"

    @property
    def home(self) -> Path:
        return self.root / "hjem"

    @property
    def library(self) -> Path:
        return library_directory(self.home, self.folder)

    def operate(self, kind: str) -> None:
        """Change the folder by one operation, or what lies in the library for `first` and `rebuild`."""
        self.folder.mkdir(parents=True, exist_ok=True)
        self.old = dict(self.new)
        if kind == "first":
            shutil.rmtree(self.library, ignore_errors=True)
            self.old = {}
        if kind == "rebuild":
            shutil.rmtree(self.library / "generations")
        if kind in ("remove", "mixed"):
            self._remove()
        if kind in ("first", "add", "mixed"):
            for _ in range(3 if kind == "mixed" else self.random.randint(1, 3)):
                self._write(f"{self._word()}.txt")
        if kind in ("change", "mixed"):
            self._write(self._any())
        if kind in ("rename", "mixed"):
            old, new = self._any(), f"{self._word()}.txt"
            (self.folder / old).rename(self.folder / new)
            self.new[new] = self.new.pop(old)

    def start(self) -> None:
        """Make a library of a few documents and publish it."""
        self.operate("first")
        self.operate("add")
        sync_world(self)
        self.old = dict(self.new)

    def replace(self, texts: dict[str, str]) -> None:
        """Let the folder hold exactly these documents."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.new = dict(texts)
        for path, text in texts.items():
            self._put(path, text)

    def _any(self) -> str:
        return self.random.choice(sorted(self.new))

    def _remove(self) -> None:
        """Remove one document, and more where there are many; a few are always left."""
        for path in self.random.sample(
            sorted(self.new), max(0, min(1, len(self.new) - 3), len(self.new) - 8)
        ):
            (self.folder / path).unlink()
            del self.new[path]

    def _write(self, path: str) -> None:
        self.written += 1
        paragraphs = [self._paragraph(path) for _ in range(self.random.randint(2, 6))]
        self.new[path] = "\n\n".join(paragraphs)
        self._put(path, self.new[path])

    def _put(self, path: str, text: str) -> None:
        self.written += 1
        file = self.folder / path
        file.write_text(text, encoding="utf-8")
        os.utime(file, ns=(LONG_AGO_NS, LONG_AGO_NS + self.written * 1_000_000_000))

    def _paragraph(self, path: str) -> str:
        sentences = [
            " ".join(self._word() for _ in range(self.random.randint(4, 12))).capitalize() + "."
            for _ in range(self.random.randint(2, 9))
        ]
        return f"Udgave {self.written} af {path} siger dette. {' '.join(sentences)}"

    def _word(self) -> str:
        return "".join(self.random.choices(_SYLLABLES, k=5))


def sync_world(world: World) -> SyncReport:
    """Make the library equal to the folder, in small steps so that there are many to be stopped between."""
    sync.EMBEDDED_AT_A_TIME = 8
    sync._FILES_AT_A_TIME = 2
    with closing(FolderSource(world.folder)) as source:
        return sync_library(source, world.library, WordEmbedder())


def read_state(directory: Path) -> Texts:
    """Return the documents that a reader is given, after asking that everything fits together exactly.

    An empty mapping stands for a library that has never been published. Raises `Violation`.
    """
    try:
        with Library(directory) as library, library.snapshot():
            return _checked_texts(library)
    except LibraryError as error:
        expect("intet bibliotek" in str(error) or "ikke bygget færdigt" in str(error), str(error))
        return {}


def finish(world: World) -> float:
    """Sync as the next start would; ask for exactly the folder's state; return the seconds that it took."""
    started = time.perf_counter()
    sync_world(world)
    seconds = time.perf_counter() - started
    expect(read_state(world.library) == world.new, "the next sync did not finish the work")
    expect(seal_holds(world.library), "no seal after a finished sync")
    generations = list((world.library / "generations").iterdir())
    expect(len(generations) == 1, f"leftovers: {generations}")
    with Library(world.library) as library:
        staged = library.count("SELECT COUNT(*) FROM documents WHERE NOT current")
        expect(staged + library.count("SELECT COUNT(*) FROM pending") == 0, "staged rows were left")
    return seconds


def expect(holds: bool, otherwise: str) -> None:
    """Raise `Violation` unless it holds."""
    if not holds:
        raise Violation(otherwise)


@contextmanager
def say_what(was_done: str) -> Iterator[None]:
    """Put what was done before whatever goes wrong inside the block."""
    try:
        yield
    except Exception as error:
        raise Violation(f"{was_done}: {error}") from error


def _checked_texts(library: Library) -> Texts:
    engine_finds = library.connection.execute("PRAGMA integrity_check").fetchall()
    expect(engine_finds == [("ok",)], f"SQLite finds {engine_finds}")
    expect(contents_fit(library), "the contents are not what was signed")
    documents = {entry.path: library.document(entry.path) for entry in library.entries()}
    texts = {path: document.text for path, document in documents.items() if document}
    passages = list(library.all_passages())
    for passage in passages:
        expect(texts[passage.document][passage.start : passage.end] == passage.text, "a quote is no quote")
    index = open_search_index(library)
    expect(index.state == library.state(), "the index is of another state")
    expect(len(index.vectors) == len(passages), "vectors and passages differ in number")
    _check_search(library, index, passages)
    return texts


def _check_search(library: Library, index: SearchIndex, passages: list[StoredPassage]) -> None:
    """Ask for every passage by its own words and its own embedding: it must be found, and nothing else."""
    embedder = WordEmbedder()
    sentences = library.sentences([passage.id for passage in passages])
    for passage in passages:
        query = embedder.embed_passages([passage_text(passage.title, passage, passage.text)])
        found = dict(index.vectors.search(query, 3).pairs())
        expect(abs(found.get(passage.id, 0.0) - 1.0) < 0.01, "a passage has another one's vector")
        scores = index.vectors.sentence_scores(query, np.array([passage.id])).cosines
        expect(len(scores) == len(sentences[passage.id]), "sentences and their vectors differ in number")
        expect(bool(np.isfinite(scores).all()), "a vector is not finite")
        word = passage.text.split(".")[1].split()[0]
        named = index.lexical.search(LexicalField.STEMS, word, 1000).pairs()
        known = {each.id for each in passages}
        expect(passage.id in dict(named) and dict(named).keys() <= known, "terms and passages differ")
