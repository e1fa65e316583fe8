"""What visitors said of answers, and what was asked in vain: kept in a small database on this machine.

A question is kept only when a visitor says whether its answer helped, and after being told so. Of refused
questions only the topic is counted - the title of the nearest document, never a word of the question - and
only where the owner has switched it on.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from index.database import Connection, rewrite, small_database, transaction, truncate_log
from index.personal_numbers import hide_personal_numbers
from qa.terminal import harmless
from qa.wording.danish import grouped
from qa.wording.feedback import FEEDBACK_COLUMNS, FEEDBACK_SUMMARY, FEEDBACK_UNUSABLE, HELPED, REFUSED_TOPICS

_SCHEMA = """
CREATE TABLE IF NOT EXISTS feedback (
    id       INTEGER PRIMARY KEY,
    given    TEXT NOT NULL,     -- ISO 8601, UTC, to the minute
    helped   INTEGER NOT NULL,  -- 1 yes, 0 no
    question TEXT NOT NULL,
    document TEXT NOT NULL,     -- of the first quote
    quote    TEXT NOT NULL,
    comment  TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS refusals (
    topic TEXT PRIMARY KEY,
    count INTEGER NOT NULL
) WITHOUT ROWID;
"""

MAX_A_MINUTE = 30
"""More opinions in one minute than this come from a program, not from people."""

_FORMULA_SIGNS = tuple("=+-@＝＋－＠")
"""A cell that begins with one of these is taken for a formula by spreadsheet programs.

OWASP, "CSV Injection", names them, and tab and carriage return, which become blanks here.
"""


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one visitor said of one answer; `document` and `quote` are those of its first citation."""

    helped: bool
    question: str
    document: str
    quote: str
    comment: str
    given: str = ""


@dataclass(frozen=True, slots=True)
class RefusedTopic:
    """How many questions came near a document, by its title, and were refused."""

    topic: str
    count: int


class Feedback:
    """The database in the home folder; a connection a call, so any thread may use it.

    Refused questions are counted only where `counts_refusals` says so.
    """

    def __init__(self, home: Path, *, counts_refusals: bool = False) -> None:
        self._counts_refusals = counts_refusals
        self._path = home / "feedback" / "feedback.sqlite"

    def keep(self, opinion: Opinion) -> bool:
        """Keep an opinion with the time of now, unless `MAX_A_MINUTE` came in this minute; tell whether.

        Of personal numbers the dates alone are kept.

        Raises `LibraryError` where it cannot be written.
        """
        given = datetime.now(UTC).isoformat(timespec="minutes")
        texts = (
            hide_personal_numbers(opinion.question),
            hide_personal_numbers(opinion.document),
            hide_personal_numbers(opinion.quote),
            hide_personal_numbers(opinion.comment.strip()),
        )
        with self._open(make=True) as database, transaction(database, "IMMEDIATE"):
            just_now = database.execute("SELECT COUNT(*) FROM feedback WHERE given = ?", (given,)).fetchone()
            if just_now[0] >= MAX_A_MINUTE:
                return False
            database.execute(
                "INSERT INTO feedback (given, helped, question, document, quote, comment)"
                " VALUES (?, ?, ?, ?, ?, ?)",
                (given, opinion.helped, *texts),
            )
        return True

    def count_refusal(self, topic: str) -> None:
        """Count one more refused question of a topic, if the owner wants that.

        Raises `LibraryError` where it cannot be written.
        """
        if not self._counts_refusals:
            return
        with self._open(make=True) as database, transaction(database, "IMMEDIATE"):
            database.execute(
                "INSERT INTO refusals VALUES (?, 1) ON CONFLICT (topic) DO UPDATE SET count = count + 1",
                (hide_personal_numbers(topic),),
            )

    def clear(self) -> None:
        """Forget all opinions and topics; nothing of them stays in the file."""
        with self._open() as database:
            with transaction(database, "IMMEDIATE"):
                database.execute("DELETE FROM feedback")
                database.execute("DELETE FROM refusals")
            _leave_no_trace(database)

    def opinions(self) -> tuple[Opinion, ...]:
        """Return all opinions, the oldest first."""
        with self._open() as database:
            rows = database.execute(
                "SELECT helped, question, document, quote, comment, given FROM feedback ORDER BY id"
            ).fetchall()
        return tuple(Opinion(bool(helped), *texts) for helped, *texts in rows)

    def refused_topics(self) -> tuple[RefusedTopic, ...]:
        """Return the topics of refused questions, the most frequent first."""
        with self._open() as database:
            rows = database.execute("SELECT topic, count FROM refusals ORDER BY count DESC, topic").fetchall()
        return tuple(RefusedTopic(*row) for row in rows)

    def forget(self, document: str, topic_hash: str | None = None) -> int:
        """Erase what was said of a document, and the topic of this hash (`hash_topic`), if there is one.

        Documents whose names differ in hidden digits alone are kept under one name, and go together.
        Returns how many opinions were erased. Raises `LibraryError` where it cannot be written.
        """
        with self._open() as database:
            kept_as = hide_personal_numbers(document)
            erased = database.execute("DELETE FROM feedback WHERE document = ?", (kept_as,)).rowcount
            for (topic,) in database.execute("SELECT topic FROM refusals").fetchall():
                if _sha256(topic) == topic_hash:
                    database.execute("DELETE FROM refusals WHERE topic = ?", (topic,))
            _leave_no_trace(database)
        return erased

    def _open(self, *, make: bool = False) -> AbstractContextManager[Connection]:
        return small_database(self._path, _SCHEMA, FEEDBACK_UNUSABLE, make=make)


def _leave_no_trace(database: Connection) -> None:
    rewrite(database)
    truncate_log(database)


def hash_topic(title: str) -> str:
    """Return the SHA-256 of a document's title as it is kept among the topics."""
    return _sha256(hide_personal_numbers(title))


def _sha256(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()


def write_csv(opinions: Iterable[Opinion]) -> str:
    """Return opinions as CSV, as Danish spreadsheet programs read it: semicolons, and the columns' heads.

    A cell that such a program would take for a formula begins with an apostrophe.
    """
    text = io.StringIO()
    rows = csv.writer(text, delimiter=";", lineterminator="\n")
    rows.writerow(FEEDBACK_COLUMNS)
    for each in opinions:
        cells = (each.given, HELPED[each.helped], each.question, each.document, each.quote, each.comment)
        rows.writerow([make_harmless(cell) for cell in cells])
    return text.getvalue()


def render_feedback(opinions: Sequence[Opinion], topics: Sequence[RefusedTopic]) -> list[str]:
    """Return as lines how many answers helped, and which topics were asked about in vain."""
    helped = sum(opinion.helped for opinion in opinions)
    failed = len(opinions) - helped
    lines = [FEEDBACK_SUMMARY.format(*map(grouped, (len(opinions), helped, failed)))]
    if topics:
        lines.append(REFUSED_TOPICS)
    return lines + [f"{topic.count:6} {topic.topic}" for topic in topics]


def make_harmless(cell: str) -> str:
    """Return a cell, on one line, that no spreadsheet takes for a formula and no terminal for a command."""
    text = harmless(cell)
    return f"'{text}" if text.lstrip().startswith(_FORMULA_SIGNS) else text
