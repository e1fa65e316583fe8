"""A library small enough to read: the two documents of `seeds/` and answers written by hand."""

import threading
from collections.abc import Collection, Sequence
from pathlib import Path

from index.errors import QuestionError
from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document, DocumentEntry, Notice, Span
from qa.expected import TIME, find_expected
from qa.types import Answer, Citation, Searched

SEEDS = Path(__file__).parents[3] / "seeds"

STRATEGY = "000_ddb52c230368933a.txt"
PARTNERSHIP = "004_760fde4818b1cf2b.txt"

WHEN = "Hvornår forventer KL's bestyrelse at behandle forslaget igen?"
WHO = "Hvem er formand for KL's Arbejdsmarkeds- og Borgerserviceudvalg?"
OFF_TOPIC = "Hvad er hovedstaden i Frankrig?"

REFUSAL = "Jeg fandt ikke et svar i dokumenterne."

QUOTES = {
    WHEN: (
        (STRATEGY, "forventer KL’s bestyrelse at behandle forslaget igen i maj 2015"),
        (STRATEGY, "visionerne omsættes i en konkret handlingsplan i efteråret 2015"),
        (
            PARTNERSHIP,
            "anbefalingerne skal bruges som indspil til regeringens kommende digitaliseringsstrategi",
        ),
    ),
    WHO: (
        (
            PARTNERSHIP,
            "siger Thomas Kastrup-Larsen, formand for KL’s Arbejdsmarkeds- og Borgerserviceudvalg.",
        ),
    ),
}
"""What each question is answered with: documents and words that stand in them."""

RELATED = (
    (STRATEGY, "KL har netop sendt forslag til en ny fælleskommunal digitaliseringsstrategi i høring"),
    (PARTNERSHIP, "Alle skal kunne være med"),
)


class SmallLibrary:
    """Answers the questions of `QUOTES`, refuses the others; further documents and quotes can be given.

    While `slow` is cleared, no question is answered; `arrived` counts those that have been asked.
    """

    def __init__(
        self,
        documents: Sequence[Document] = (),
        quotes: dict[str, tuple[tuple[str, str], ...]] | None = None,
        skipped: Sequence[Notice] = (),
    ) -> None:
        read = (*(read_seed(name) for name in (STRATEGY, PARTNERSHIP)), *documents)
        self._documents = {document.path: document for document in read}
        self._skipped = tuple(skipped)
        self._quotes = QUOTES | (quotes or {})
        self.asked: list[tuple[str, tuple[str, ...]]] = []
        self.asked_within: list[Collection[str] | None] = []
        self.arrived = threading.Semaphore(0)
        self.slow = threading.Event()
        self.slow.set()

    def ask(
        self, question: str, previous: Sequence[str] = (), within: Collection[str] | None = None
    ) -> Answer:
        """Answer as all tests know it; of some documents, by their quotes alone."""
        self.asked.append((question, tuple(previous)))
        self.asked_within.append(within)
        self.arrived.release()
        self.slow.wait()
        if not any(letter.isalpha() for letter in question):
            raise QuestionError("Der er ingen ord at søge efter; skriv et spørgsmål med almindelige ord.")
        if len(question) > 1000:
            raise QuestionError(f"Spørgsmålet er på {len(question)} tegn; skriv det med højst 1000.")
        quotes = self._quotes.get(question)
        if within is not None:
            quotes = tuple(quote for quote in quotes or () if quote[0] in within) or None
        understood_as = f"{question} ({previous[-1]})" if previous and quotes else None
        return Answer(
            question=question,
            understood_as=understood_as,
            refused=quotes is None,
            confidence=0.93 if quotes else 0.07,
            answer=REFUSAL if quotes is None else "",
            citations=self._cite(quotes or ()),
            related=() if quotes else self._cite(RELATED),
            timing_ms={"total": 0.1},
            searched=None if within is None else Searched(len(within), len(self._documents)),
        )

    def add(self, document: Document) -> None:
        """Take one more document in, as when its file comes into the folder."""
        self._documents[document.path] = document

    def document(self, path: str) -> Document | None:
        return self._documents.get(path)

    def documents(self) -> tuple[DocumentEntry, ...]:
        return tuple(
            DocumentEntry(d.path, d.title, d.date, None, len(d.blocks), d.partly_read)
            for d in self._documents.values()
        )

    def skipped(self) -> tuple[Notice, ...]:
        return self._skipped

    def _cite(self, quotes: Sequence[tuple[str, str]]) -> tuple[Citation, ...]:
        return tuple(self._citation(n, path, quote) for n, (path, quote) in enumerate(quotes, start=1))

    def _citation(self, number: int, path: str, quote: str) -> Citation:
        document = self._documents[path]
        start = document.text.index(quote)
        end = start + len(quote)
        kinds = [block.kind for block in document.blocks if block.start <= start]
        heading = [b for b in document.blocks if b.kind is BlockKind.HEADING and b.end <= start]
        return Citation(
            number=number,
            document=path,
            title=document.title,
            date=document.date,
            headings=tuple(document.text[b.start : b.end] for b in heading[-1:]),
            page=None,
            paragraph=sum(kind is not BlockKind.HEADING for kind in kinds),
            quote=quote,
            start=start,
            end=end,
            score=0.9,
            author=document.author,
            columns=("Varighed", "Pris") if " | " in quote else (),
            emphasis=tuple(
                Span(start + each.start, start + each.end) for each in find_expected(quote, (TIME,))
            ),
        )


def read_seed(name: str) -> Document:
    """Read a seed document roughly: blank lines divide, and a short line without a full stop is a heading."""
    builder = DocumentBuilder(name)
    date, title, *paragraphs = (SEEDS / name).read_text(encoding="utf-8").strip().split("\n\n")
    for text in paragraphs:
        if len(text) < 60 and text[0].isalpha() and not text.endswith("."):
            builder.add(BlockKind.HEADING, text, level=2)
        else:
            builder.add(BlockKind.PARAGRAPH, text)
    return builder.build(title=title, date="2015-03-05" if "2015" in date else "2021-03-16")
