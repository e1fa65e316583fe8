"""The values that cross files in `qa/`: hits, citations and answers."""

from dataclasses import dataclass, field

from index.types import Span


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage with its score, higher is better; `signals` holds what each ranking signal gave it.

    `lost` is what boilerplate took from the score; `cosines` are those of its sentences with the query.
    """

    passage_id: int
    score: float
    signals: dict[str, float] = field(default_factory=dict)
    lost: float = 0.0
    cosines: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """One quote and where it stands. It keeps a copy of what it quotes, so it never changes later.

    `quote` is exactly the document's text from `start` to `end` (Unicode code points).
    `document` is the path relative to the folder, `paragraph` counts from 1, `score` lies in 0 to 1.
    `author` is who wrote or published the document, where it says so. `also_in` are the paths of some
    other documents that hold the same words. `columns` are the heads of the columns where rows of a table
    are quoted, else empty. `emphasis` is where in the document's text the quote has what was asked for, such
    as a date or an amount; it lies within `start` to `end`, in order.
    """

    number: int
    document: str
    title: str
    date: str | None
    headings: tuple[str, ...]
    page: int | None
    paragraph: int
    quote: str
    start: int
    end: int
    score: float
    author: str | None = None
    also_in: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    emphasis: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Searched:
    """How many documents a question was asked of, where it was not all `of` them."""

    documents: int
    of: int


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer with its evidence. A refusal is an answer too: no citations, and what is nearest.

    `answer` is the text to show: the quotes, each with its number, or the sentence of a refusal.
    `understood_as` is the question that was searched for where it is not the one asked (a follow-up).
    `confidence` is the calibrated chance, 0 to 1, that the first quote answers.
    `notice` is a remark on the quotes, such as that the documents differ, or None.
    `searched` tells how much was searched where that was not everything, else None.
    `related` are the nearest passages in the form of citations; `timing_ms` is milliseconds by stage.
    """

    question: str
    understood_as: str | None
    refused: bool
    confidence: float
    answer: str
    citations: tuple[Citation, ...]
    related: tuple[Citation, ...]
    timing_ms: dict[str, float]
    notice: str | None = None
    searched: Searched | None = None
