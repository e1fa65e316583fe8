"""What the page can ask the server for. The server keeps nothing of a visitor.

The conversation is in the visitor's tab, and the page sends what is needed of it with each question.

Every function takes one JSON object, which may hold anything at all, and returns one. A reply with `error`
holds a Danish line for the user.
"""

import base64
import logging
from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import wraps
from threading import BoundedSemaphore
from typing import Any

from starlette.responses import JSONResponse

from index.errors import KildesvarError
from index.personal_numbers import hide_personal_numbers
from index.types import Document
from qa.chat.documents import find_wanted, list_documents
from qa.chat.engine import ChatEngine
from qa.chat.local_files import LocalFiles
from qa.chat.payload import (
    Payload,
    read_filter,
    read_flag,
    read_marks,
    read_opinion,
    read_scope,
    read_text,
    read_texts,
    read_turns,
)
from qa.chat.segments import Mark, cut_segments, draw_document
from qa.chat.suggestions import Suggestion, Suggestions
from qa.chat.word_file import write_word_file
from qa.feedback import Feedback
from qa.privacy import hide_in_answer, hide_in_document, warn_of_question
from qa.types import Answer, Citation
from qa.wording.answers import confidence_in_words, searched_in_words
from qa.wording.page import CHAT

MAX_WAITING = 32
"""Questions that may be under way at once; the next one is asked politely to wait."""

MAX_PREVIOUS = 5
"""Earlier questions that a follow-up is understood by."""

SUGGESTIONS = 4

Reply = dict[str, Any]
ServerFunction = Callable[[Any], JSONResponse]

_log = logging.getLogger(__name__)


def make_server_functions(
    engine: ChatEngine, opinions: Feedback | None = None, files: LocalFiles | None = None
) -> list[ServerFunction]:
    """Return the functions that the page may call, by their names: welcome, ask, document and so on."""
    questions = Suggestions(engine)
    questions.get(SUGGESTIONS)  # begins to make them, before the first visitor comes
    gate = BoundedSemaphore(MAX_WAITING)

    @_answer_errors
    def welcome(_: Payload) -> Reply:
        return {"documents": len(engine.documents())}

    @_answer_errors
    def suggestions(_: Payload) -> Reply:
        made = [_draw_suggestion(suggestion) for suggestion in questions.get(SUGGESTIONS)]
        return {"questions": made, "ready": questions.are_ready()}

    @_answer_errors
    def ask(payload: Payload) -> Reply:
        if not gate.acquire(blocking=False):
            return {"error": CHAT["busy"]}
        try:
            answer = _ask(engine, payload)
        finally:
            gate.release()
        if opinions and answer.refused:
            _count_refusal(opinions, answer)
        return _draw_answer(answer, shows_numbers=read_flag(payload, "show_numbers"))

    @_answer_errors
    def document(payload: Payload) -> Reply:
        path = read_text(payload, "file")
        found = engine.document(path)
        if found is None:
            return {"error": CHAT["document_gone"], "file": hide_personal_numbers(path)}
        return _draw_shown(found, payload)

    @_answer_errors
    def documents(payload: Payload) -> Reply:
        return list_documents(engine.documents(), engine.skipped(), read_filter(payload))

    @_answer_errors
    def word_file(payload: Payload) -> Reply:
        file = write_word_file(CHAT["saved_title"], read_turns(payload))
        return {"file": base64.b64encode(file).decode("ascii")}

    @_answer_errors
    def feedback(payload: Payload) -> Reply:
        opinion = read_opinion(payload)
        if opinions is None or opinion is None:
            return {"error": CHAT["unexpected"]}
        return {} if opinions.keep(opinion) else {"error": CHAT["feedback_busy"]}

    functions = [welcome, suggestions, ask, document, documents, word_file, feedback]
    return [*functions, *_make_file_functions(files)] if files else functions


def _make_file_functions(files: LocalFiles) -> list[ServerFunction]:
    """Return the functions about added files; adding itself goes by a route of its own."""

    @_answer_errors
    def added(payload: Payload) -> Reply:
        if read_flag(payload, "read"):
            files.read_now()
        return files.list_added()

    @_answer_errors
    def take_out(payload: Payload) -> Reply:
        files.take_out(read_text(payload, "file"))
        return files.list_added()

    return [added, take_out]


def _answer_errors(function: Callable[[Payload], Reply]) -> ServerFunction:
    """Turn an error into a Danish line; one that is not meant for users goes to the log."""

    @wraps(function)
    def answer(payload: Any) -> JSONResponse:
        try:
            reply = function(payload if isinstance(payload, Mapping) else {})
        except KildesvarError as error:
            reply = {"error": str(error)}
        except Exception:
            _log.exception("the chat could not answer a call of %s", function.__name__)
            reply = {"error": CHAT["unexpected"]}
        return JSONResponse(reply)  # as it stands: going through every block for its type would take a second

    answer.__annotations__ = {}
    return answer


def _ask(engine: ChatEngine, payload: Payload) -> Answer:
    scope = read_scope(payload)
    within = None if scope.wants_all else find_wanted(engine.documents(), scope)
    previous = read_texts(payload, "previous")[-MAX_PREVIOUS:]
    return engine.ask(read_text(payload, "question"), previous, within=within)


def _count_refusal(opinions: Feedback, answer: Answer) -> None:
    """Count the refused question by the nearest document's title; the answer does not fail with it."""
    try:
        opinions.count_refusal(answer.related[0].title if answer.related else "")
    except KildesvarError:
        _log.exception("a refused question could not be counted")


def _draw_answer(answer: Answer, *, shows_numbers: bool) -> Reply:
    level, words = confidence_in_words(answer.confidence)
    shown = answer if shows_numbers else hide_in_answer(answer)
    return {
        **asdict(shown),
        "citations": list(map(_draw_citation, answer.citations, shown.citations)),
        "related": list(map(_draw_citation, answer.related, shown.related)),
        "confidence": {"level": level, "words": words},
        "searched": searched_in_words(**asdict(answer.searched)) if answer.searched else None,
        "warning": warn_of_question(answer.question),
        "hides_numbers": shown != answer,
    }


def _draw_citation(whole: Citation, shown: Citation) -> Reply:
    """Draw a citation with its paths twice: as the page asks for the documents, and as it shows them.

    `parts` is the quote in parts, each with 1 where it is what was asked for, and else 0.
    """
    marks = [Mark(1, each.start - shown.start, each.end - shown.start) for each in shown.emphasis]
    return {
        **asdict(shown),
        "document": whole.document,
        "also_in": whole.also_in,
        "shown_document": shown.document,
        "shown_also_in": shown.also_in,
        "parts": list(cut_segments(shown.quote, 0, len(shown.quote), marks)),
    }


def _draw_suggestion(suggestion: Suggestion) -> Reply:
    return {key: hide_personal_numbers(text) for key, text in asdict(suggestion).items()}


def _draw_shown(document: Document, payload: Payload) -> Reply:
    """Draw a document; where personal numbers are hidden, it says so."""
    shown = document if read_flag(payload, "show_numbers") else hide_in_document(document)
    return {**draw_document(shown, read_marks(payload)), "hides_numbers": shown != document}
