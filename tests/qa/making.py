"""What the tests of answers are made of: passages found by hand, and small libraries opened for questions."""

from collections.abc import Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path

from index.derived import open_search_index
from index.joined import JoinedSource
from index.library import Library, library_directory
from index.sync import sync_library
from index.types import Span, StoredPassage
from qa.engine import Engine
from qa.find import State
from qa.opening import Settings, added_files
from qa.quotes import Found, Quote
from qa.terms import QueryTerms
from qa.types import Hit
from tests.fakes import FakeSource, WordEmbedder

PASSAGE_START = 40
"""Where the passages made here begin in their documents: an offset that is forgotten shows."""

NO_TERMS = QueryTerms({}, {})


DEADLINE = "Fristen for høringssvar om budgettet er den 1. maj 2015."
QUESTION = "Hvornår er fristen for høringssvar om budgettet?"

TEXTS = {
    "frist.txt": f"{DEADLINE} Den står også på hjemmesiden.",
    "ny/frist.txt": DEADLINE.replace("maj", "juni"),
    "hunde.txt": "Hunde skal føres i snor, jf. § 3, stk. 2. Det gælder f.eks. her 🐕.\n\nKatte må gå frit.",
    "takst.txt": "Takster:\n\nEt parkeringskort koster 1.250 kr. om året »[1]«.\n\n|||\n\n***\n\nGratis nat.",
    "lang.txt": " ".join(f"Kapitel {n} handler om emne {n}, og det står på side {n}." for n in range(120)),
    "spids.txt": "<script>alert(1)</script> Fristen [2] er i **morgen** “sagde” Jens.",
    "bogstaver.txt": "Å, æ, ø og Å i én café; naïve A\u030arhus.",
}
"""Documents of many shapes; the engine is asked anything over them."""


def made_found(
    *sentences: str,
    passage_id: int = 1,
    score: float = 1.0,
    cosines: tuple[float, ...] = (),
    signals: Mapping[str, float] | None = None,
    document: str = "a.txt",
    title: str = "Prøve",
    date: str | None = None,
    headings: tuple[str, ...] = (),
) -> Found:
    """Return a passage of these sentences as if a query had found it; the cosines are 0.5 if not given."""
    text = " ".join(sentences)
    starts = [PASSAGE_START + len(" ".join((*sentences[:i], ""))) for i in range(len(sentences))]
    spans = tuple(Span(at, at + len(words)) for at, words in zip(starts, sentences, strict=True))
    place = (PASSAGE_START, PASSAGE_START + len(text), 1, None, headings, "", text)
    passage = StoredPassage(passage_id, document, title, date, *place)
    hit = Hit(passage_id, score, dict(signals or {}), cosines=cosines or (0.5,) * len(sentences))
    return Found(hit, passage, spans)


def made_quote(text: str, *, score: float = 1.0, **place: object) -> Quote:
    """Return the only sentence of a passage, as a quote of this score; `place` as for `made_found`."""
    found = made_found(text, **place)  # type: ignore[arg-type]
    return Quote(found, 0, 0, score)


def engine_over(directory: Path, documents: FakeSource | Mapping[str, str]) -> Engine:
    """Make the library in `directory` hold these documents, and open it for questions."""
    sync_library(_source_of(documents), directory, WordEmbedder())
    return Engine(directory, WordEmbedder())


@contextmanager
def reading(directory: Path, documents: FakeSource | Mapping[str, str]) -> Iterator[State]:
    """Make a library of these documents, and hold its one state for reading."""
    sync_library(_source_of(documents), directory, WordEmbedder())
    with Library(directory) as library, library.snapshot():
        yield State(library, open_search_index(library))


def read_folder(folder: Path, home: Path) -> Path:
    """Make the library of a folder of files equal to it; return where it is."""
    directory = library_directory(home, folder)
    with closing(JoinedSource(folder, added_files(folder, Settings(home)))) as source:
        sync_library(source, directory, WordEmbedder())
    return directory


def made_folder(folder: Path, home: Path) -> Path:
    """Return the folder with one document about dogs, that has been read."""
    folder.mkdir()
    (folder / "a.txt").write_text("Hunde skal føres i snor.", encoding="utf-8")
    read_folder(folder, home)
    return folder


def _source_of(documents: FakeSource | Mapping[str, str]) -> FakeSource:
    return documents if isinstance(documents, FakeSource) else FakeSource(dict(documents))
