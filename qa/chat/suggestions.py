"""Questions to begin with, made from the documents themselves and kept only when the documents answer them.

A few Danish sentence patterns tell what a text answers: when something happens, who holds an office, what a
body must do, what a named person says. Each candidate is asked, and stays only when it is answered from the
paragraph that it came from.
"""

import logging
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from index.types import Block, BlockKind, Document, DocumentEntry
from qa.chat.engine import ChatEngine
from qa.types import Citation
from qa.wording.danish import MONTHS

MAX_DOCUMENTS = 24
"""Documents that are looked through, spread over the library."""

MAX_PARAGRAPHS = 300
"""Paragraphs of each document that are looked through."""

MAX_TRIED = 24
"""Candidates that are asked; each costs the time of one question."""

MAX_QUESTION_CHARS = 90

_NAME = r"[A-ZÆØÅ][\w-]+(?: [A-ZÆØÅ][\w-]+)+"
_OFFICE = r"(?:formand|næstformand|direktør|borgmester|leder|chef|rektor|minister) (?:for|i|af) [^.,;:”«\n]+"
_MONTH = f"(?:{'|'.join(MONTHS)})"
_SUBJECT = r"(?:[A-ZÆØÅ]\S*|vi|de|[a-zæøå]{3,}(?:en|et|ne))"

_PATTERNS = (
    (
        # The verb stands before its subject, as in a question, when the sentence begins with something else.
        re.compile(
            rf"\b((?:forventer|træder|udløber|skal|vil) {_SUBJECT} [^.,;:”«\n]{{5,70}}?)"
            rf" (?:i|den|senest|fra) (?:\d{{1,2}}\. )?{_MONTH}\b"
        ),
        "Hvornår {0}?",
    ),
    (re.compile(rf"\b{_NAME}, ({_OFFICE})"), "Hvem er {0}?"),
    (re.compile(r"\b([A-ZÆØÅ][a-zæøå]{3,}(?:en|et|ne)) (skal|kan|må) ([a-zæøå]+e)\b"), "Hvad {1} {0} {2}?"),
    (re.compile(rf"\bsiger ({_NAME})"), "Hvad siger {0}?"),
)
"""What a sentence looks like, and the question that it answers."""

_log = logging.getLogger(__name__)

_BODIES = 2
"""The pattern whose first word begins a sentence, and so is written with a small letter in the question."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A question, and the paragraph that it was made from."""

    question: str
    document: str
    paragraph: Block

    def is_answered_by(self, citation: Citation) -> bool:
        """Tell whether the citation quotes the paragraph."""
        inside = self.paragraph.start <= citation.start < self.paragraph.end
        return inside and citation.document == self.document


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question to begin with, and the title of the document that answers it."""

    question: str
    title: str


class Suggestions:
    """Makes the questions once for each state of the library, in a thread of its own, so that nobody waits.

    Safe to use from several threads.
    """

    def __init__(self, engine: ChatEngine) -> None:
        self._engine = engine
        self._lock = threading.Lock()
        self._maker: threading.Thread | None = None
        self._made_from: Sequence[DocumentEntry] | None = None
        self._questions: tuple[Suggestion, ...] = ()

    def get(self, count: int) -> tuple[Suggestion, ...]:
        """Return up to `count` questions that the documents answered when they were last asked.

        When the library has changed since, new ones are begun.
        """
        with self._lock:
            entries = self._engine.documents()
            if entries != self._made_from and self.are_ready():
                self._made_from = entries
                self._maker = threading.Thread(target=self._make, args=(entries, count), daemon=True)
                self._maker.start()
            return self._questions[:count]

    def are_ready(self) -> bool:
        """Tell whether no questions are being made just now."""
        return self._maker is None or not self._maker.is_alive()

    def wait(self) -> None:
        """Return when no questions are being made."""
        if self._maker:
            self._maker.join()

    def _make(self, entries: Sequence[DocumentEntry], count: int) -> None:
        try:
            tried = islice(find_candidates(self._engine, entries), MAX_TRIED)
            self._questions = tuple(islice(self._answered(tried), count))
        except Exception:  # nobody waits for them, and the chat goes on without
            _log.exception("no questions to begin with could be made")

    def _answered(self, candidates: Iterator[Candidate]) -> Iterator[Suggestion]:
        for candidate in candidates:
            answer = self._engine.ask(candidate.question)
            titles = [each.title for each in answer.citations if candidate.is_answered_by(each)]
            if titles:
                yield Suggestion(candidate.question, titles[0])


def find_candidates(engine: ChatEngine, entries: Sequence[DocumentEntry]) -> Iterator[Candidate]:
    """Yield candidates, each question once, taking one document after the other in turn."""
    step = max(1, len(entries) // MAX_DOCUMENTS)
    documents = (engine.document(entry.path) for entry in entries[::step][:MAX_DOCUMENTS])
    by_document = [list(_candidates_of(document)) for document in documents if document]
    seen: set[str] = set()
    for row in zip_longest(*by_document):
        for candidate in row:
            if candidate and candidate.question not in seen:
                seen.add(candidate.question)
                yield candidate


def _candidates_of(document: Document) -> Iterator[Candidate]:
    paragraphs = [block for block in document.blocks if block.kind is BlockKind.PARAGRAPH][:MAX_PARAGRAPHS]
    for number, (pattern, _) in enumerate(_PATTERNS):
        for block in paragraphs:
            for found in pattern.finditer(document.text, block.start, block.end):
                question = _ask_for(found, number)
                if len(question) <= MAX_QUESTION_CHARS:
                    yield Candidate(question, document.path, block)


def _ask_for(found: re.Match[str], number: int) -> str:
    words = list(found.groups())
    if number == _BODIES:
        words[0] = words[0].lower()
    return _PATTERNS[number][1].format(*words).replace("’", "'")
