"""The log tells where an error came from, and nothing of what was asked or read."""

import io
import logging
import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import FolderError
from qa.log import MAX_LOG_BYTES, WordlessFormatter, keep_error, keep_trace, log_file, log_without_words


def break_with(error: Exception) -> Exception:
    try:
        try:
            raise KeyError("010190-1234")
        except KeyError:
            raise error from None
    except Exception as caught:
        return caught


def test_it_keeps_the_kind_and_the_place_but_not_the_message(home: Path) -> None:
    path = keep_trace(home, break_with(ValueError("hvad tjener borgmesteren?")))
    text = path.read_text(encoding="utf-8")
    assert "ValueError" in text
    assert "in break_with" in text
    assert "borgmesteren" not in text
    assert "010190" not in text


def test_an_error_of_the_operating_system_keeps_its_reason(home: Path) -> None:
    path = keep_trace(home, break_with(OSError(28, "hemmelig tekst")))
    assert f"OSError ({os.strerror(28)})" in path.read_text(encoding="utf-8")


def test_only_the_owner_may_read_it(home: Path) -> None:
    path = keep_trace(home, ValueError())
    assert path == log_file(home)
    assert (path.stat().st_mode & 0o777, path.parent.stat().st_mode & 0o777) == (0o600, 0o700)


def test_errors_are_added_until_the_log_is_large(home: Path) -> None:
    keep_trace(home, ValueError())
    path = keep_trace(home, TypeError())
    assert [line.split()[1] for line in path.read_text().splitlines()] == ["ValueError", "TypeError"]
    path.write_text("x" * (MAX_LOG_BYTES + 1))
    keep_trace(home, ValueError())
    assert path.stat().st_size < 100


def test_an_error_that_is_meant_for_users_is_kept_as_its_one_line(home: Path) -> None:
    path = keep_error(home, FolderError("Mappen findes ikke:\nx."))
    _, _, line = path.read_text(encoding="utf-8").partition(" ")
    assert line == "Mappen findes ikke: x.\n"


def test_any_other_error_is_kept_as_its_trace(home: Path) -> None:
    text = keep_error(home, break_with(ValueError("hvad tjener borgmesteren?"))).read_text(encoding="utf-8")
    assert "in break_with" in text
    assert "borgmesteren" not in text


def logged(write: Callable[[logging.Logger], None]) -> str:
    """Return what a logger's records look like as a running chat writes them."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(WordlessFormatter())
    logger = logging.Logger("prøve")
    logger.addHandler(handler)
    write(logger)
    return stream.getvalue()


def test_what_a_running_chat_logs_of_an_error_is_its_kind_and_place_without_its_words() -> None:
    question, path = "hvad tjener 010190-1234?", "løn.docx"

    def fail(logger: logging.Logger) -> None:
        try:
            try:
                raise ValueError(question)
            except ValueError as error:
                raise OSError(28, path) from error
        except OSError:
            logger.exception("could not answer a call of %s", "ask")

    text = logged(fail)
    assert re.match(
        r"\S+\+00:00 prøve: could not answer a call of ask\nOSError \(No space left on device\)", text
    )
    assert "< ValueError" in text
    assert "test_log.py" in text
    assert not re.search("010190|tjener|løn", text)


def test_only_the_first_line_of_a_message_is_kept() -> None:
    text = logged(lambda logger: logger.error("Task exception was never retrieved\nfuture: <hemmelig>"))
    assert text.endswith(" prøve: Task exception was never retrieved\n")


def test_everything_that_the_process_logs_goes_that_way(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.root.handlers[:]
    logging.root.handlers[:] = []
    try:
        log_without_words()
        logging.getLogger("uvicorn.error").error("a\nhemmelig")
    finally:
        logging.root.handlers[:] = before
    assert capsys.readouterr().err.endswith(" uvicorn.error: a\n")
