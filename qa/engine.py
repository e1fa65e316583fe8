"""One library opened for questions: what the command line, the chat and the measurements ask.

Safe to use from several threads. Each question reads one generation of the library from start to end,
whatever is written meanwhile.
"""

import threading
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from index.derived import SearchIndex, open_search_index
from index.embed import Embedder
from index.errors import LibraryError, OutdatedState, SettingError
from index.library import Library
from index.local_engine import LOCAL
from index.readers import Readers
from index.search_engine import SearchEngine
from index.types import Document, DocumentEntry, Notice, StoredPassage
from qa.answer import Asked, compose_answer, weigh
from qa.confidence import Evidence
from qa.conversation import leaned_on, understand
from qa.duplicates import find_distinct
from qa.expected import expected_answers
from qa.find import State, look_up, search
from qa.question import clean_question
from qa.retrieve import SIGNALS
from qa.scope import narrow
from qa.stopwatch import Stopwatch
from qa.types import Answer, Hit

FOUND_PASSAGES = 10
"""How many passages the quotes and the related passages are chosen from."""


_ATTEMPTS = 5
"""How often a state is looked for anew, while others are published."""


class Engine:
    """Answers questions from one library."""

    def __init__(self, directory: Path, embedder: Embedder, search_engine: SearchEngine = LOCAL) -> None:
        """Open the library in `directory`; raises `LibraryError` if it is missing or of another model."""
        self._embedder = embedder
        self._search_engine = search_engine
        self._readers = Readers(directory)
        self._index: SearchIndex | None = None
        self._opening = threading.Lock()
        with self._reading():
            pass  # what cannot be read is told now, not at the first question

    def ask(
        self, question: str, previous: Sequence[str] = (), within: Collection[str] | None = None
    ) -> Answer:
        """Answer a question; `previous` are the questions before it, oldest first.

        Where `within` holds paths of documents, the answer comes from those alone. Raises `QuestionError` if
        the question is empty, too long or without words, or if there is no document within which to search.
        """
        stopwatch = Stopwatch()
        asked = _read_question(question, previous)
        embedding = self._embedder.embed_queries([asked.query])
        stopwatch.lap("embed")
        with self._reading(within) as state:
            found = find_distinct(state, asked.query, embedding, FOUND_PASSAGES)
            stopwatch.lap("retrieve")
            answer = compose_answer(asked, weigh(asked, found, state), state)
        stopwatch.lap("answer")
        return replace(answer, timing_ms=stopwatch.milliseconds())

    def rank(
        self,
        question: str,
        previous: Sequence[str] = (),
        top_k: int = 10,
        signals: Mapping[str, float] | None = None,
    ) -> tuple[Hit, ...]:
        """Return the `top_k` best passages before any refusal, by the weights `signals` if given."""
        if top_k < 1:
            raise SettingError(f"Der kan ikke søges efter {top_k} steder; antallet skal være mindst 1.")
        asked = _read_question(question, previous)
        embedding = self._embedder.embed_queries([asked.query])
        with self._reading() as state:
            retrieved = search(state, asked.query, embedding, signals or SIGNALS)
            found = look_up(state, asked.query, retrieved, top_k)
        return tuple(each.hit for each in found)

    def weigh(
        self, question: str, previous: Sequence[str] = (), within: Collection[str] | None = None
    ) -> Evidence:
        """Return the evidence for an answer that `ask` would go by; raises as it does."""
        asked = _read_question(question, previous)
        embedding = self._embedder.embed_queries([asked.query])
        with self._reading(within) as state:
            found = find_distinct(state, asked.query, embedding, FOUND_PASSAGES)
            return weigh(asked, found, state).evidence

    def passage(self, passage_id: int) -> StoredPassage:
        """Return the passage of a hit; raises `LibraryError` if it has gone meanwhile."""
        with self._reading() as state:
            passage = state.library.passages([passage_id]).get(passage_id)
        if passage is None:
            raise LibraryError(
                f"Sted nr. {passage_id} findes ikke mere i biblioteket; stil spørgsmålet igen."
            )
        return passage

    def passages(self) -> tuple[StoredPassage, ...]:
        """Return every passage."""
        with self._reading() as state:
            return tuple(state.library.all_passages())

    def document(self, path: str) -> Document | None:
        """Return one whole document, or None where there is none of that path."""
        with self._reading() as state:
            return state.library.document(path)

    def documents(self) -> tuple[DocumentEntry, ...]:
        """List the documents by path."""
        with self._reading() as state:
            return state.library.entries()

    def skipped(self) -> tuple[Notice, ...]:
        """List the files that could not be read, each with its reason."""
        with self._reading() as state:
            return state.library.skipped()

    @property
    def embedder(self) -> Embedder:
        """The model that the library's texts and the questions are embedded by."""
        return self._embedder

    @contextmanager
    def _reading(self, within: Collection[str] | None = None) -> Iterator[State]:
        with self._readers.reader() as library, ExitStack() as stack:
            with self._opening:  # one by one, so that none holds an older state than the index opened last
                index = self._enter_state(library, stack)
            yield State(library, index, narrow(library, within))

    def _enter_state(self, library: Library, stack: ExitStack) -> SearchIndex:
        """Hold the newest state with its search index; looks again where one is published meanwhile."""
        for attempt in range(_ATTEMPTS):
            with ExitStack() as held:
                held.enter_context(library.snapshot())
                self._check_model(library)
                try:
                    index = self._index_of(library)
                except OutdatedState:
                    if attempt == _ATTEMPTS - 1:
                        raise
                    continue
                stack.enter_context(held.pop_all())
                return index
        raise AssertionError("the last attempt returns or raises")

    def _index_of(self, library: Library) -> SearchIndex:
        """Return the search index of this state; opened once, shared by all threads."""
        if self._index is None or self._index.state != library.state():
            self._index = open_search_index(library, self._search_engine)
        return self._index

    def _check_model(self, library: Library) -> None:
        """Refuse a library of another model; asked anew each time, as a sync may have changed it."""
        if library.setting("model") != self._embedder.fingerprint:
            made_with = library.setting("model_name")
            raise LibraryError(
                f"Biblioteket er lavet med modellen »{made_with}« og ikke med »{self._embedder.name}«; "
                "kør »kildesvar index MAPPE« med den model, der skal bruges."
            )


def _read_question(question: str, previous: Sequence[str]) -> Asked:
    """Clean the question and understand it by those before it; raises `QuestionError`."""
    question = clean_question(question)
    understood_as = understand(question, previous)
    # "hvad med børn?" after "hvad koster det?" asks for an amount too
    leaned = reversed(leaned_on(previous)) if understood_as else ()
    kinds = next(filter(None, map(expected_answers, (question, *leaned))), ())
    return Asked(question, understood_as, kinds)
