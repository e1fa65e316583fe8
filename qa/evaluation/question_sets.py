"""Reads the question sets that `evaluate` takes, in the BEIR form or the document form.

BEIR (Thakur et al., 2021): `corpus.jsonl` {id, title, text}, `queries.jsonl` {id, question}, `qrels.tsv`
(query, document, score) with a header line, and where there are gold answers `answers.jsonl` {id, answers}.
Document form: a folder `documents` and `questions.jsonl`
{id, question, kind, previous, document, quote, answer, overlap}.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from index.errors import FolderError, SettingError
from index.os_errors import describe_os_error
from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document

_Read = TypeVar("_Read")

UNANSWERABLE = "unanswerable"
"""What the kind of a question begins with when the documents do not answer it."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what is right: documents (paths), the quote in the first of them, answer strings."""

    id: str
    question: str
    kind: str = "answerable"
    previous: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    quote: str | None = None
    answers: tuple[str, ...] = ()
    overlap: str | None = None

    @property
    def answerable(self) -> bool:
        """Whether the documents answer it; if not, it should be refused."""
        return bool(self.documents) and not self.kind.startswith(UNANSWERABLE)


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions over the folder `documents`, or (`is_corpus`) over the lines of the file `documents`."""

    questions: tuple[Question, ...]
    documents: Path
    is_corpus: bool

    def only(self, readable: set[str]) -> "QuestionSet":
        """Return the set without the questions whose gold documents are not among the `readable` paths."""
        kept = tuple(q for q in self.questions if not q.documents or readable.intersection(q.documents))
        return replace(self, questions=kept)


def read_question_set(directory: Path, questions: Path | None = None) -> QuestionSet:
    """Return the set in `directory`; the file `questions` stands in for its own questions where given.

    Raises `FolderError` where the directory has neither form, `SettingError` where a file makes no sense.
    """
    if (directory / "corpus.jsonl").is_file():
        return _read_beir(directory, questions or directory / "queries.jsonl")
    if (directory / "documents").is_dir():
        found = tuple(_lines(questions or directory / "questions.jsonl", _document_question))
        return QuestionSet(found, directory / "documents", is_corpus=False)
    raise FolderError(
        f"»{directory}« er ikke et spørgsmålssæt: der mangler »corpus.jsonl« eller mappen »documents«."
    )


def read_corpus(corpus: Path) -> Iterator[Document]:
    """Give each line of a BEIR corpus as one document; its id is the path."""
    yield from _lines(corpus, _corpus_document)


def _corpus_document(line: dict[str, Any]) -> Document:
    builder = DocumentBuilder(str(line["id"]))
    for paragraph in str(line["text"]).split("\n\n"):
        builder.add(BlockKind.PARAGRAPH, paragraph)
    return builder.build(title=str(line.get("title") or line["id"]))


def _read_beir(directory: Path, queries: Path) -> QuestionSet:
    relevant = _read_qrels(directory / "qrels.tsv")
    answers_file = directory / "answers.jsonl"
    answers = dict(_lines(answers_file, _gold_answers)) if answers_file.is_file() else {}

    def question(line: dict[str, Any]) -> Question:
        key = str(line["id"])
        documents = tuple(relevant.get(key, ()))
        return Question(key, str(line["question"]), documents=documents, answers=answers.get(key, ()))

    questions = tuple(_lines(queries, question))
    return QuestionSet(
        tuple(q if q.documents else replace(q, kind=UNANSWERABLE) for q in questions),
        directory / "corpus.jsonl",
        is_corpus=True,
    )


def _read_qrels(path: Path) -> dict[str, list[str]]:
    relevant: dict[str, list[str]] = defaultdict(list)
    for number, row in enumerate(_text(path).splitlines()[1:], 2):
        try:
            query, document, score = row.split("\t")
            if float(score) > 0:
                relevant[query].append(document)
        except ValueError as error:
            raise _refused(number, path, "ikke har tre felter med et tal sidst") from error
    return relevant


def _gold_answers(line: dict[str, Any]) -> tuple[str, tuple[str, ...]]:
    return str(line["id"]), tuple(line["answers"])


def _document_question(line: dict[str, Any]) -> Question:
    previous = line.get("previous") or ()
    return Question(
        id=str(line["id"]),
        question=str(line["question"]),
        kind=str(line.get("kind") or "answerable"),
        previous=(previous,) if isinstance(previous, str) else tuple(previous),
        documents=(line["document"],) if line.get("document") else (),
        quote=line.get("quote"),
        answers=(line["answer"],) if line.get("answer") else (),
        overlap=line.get("overlap"),
    )


def _lines(path: Path, read: Callable[[dict[str, Any]], _Read]) -> Iterator[_Read]:
    """Give what `read` makes of each object of a JSON Lines file."""
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield read(dict(json.loads(line)))
        except KeyError as error:
            raise _refused(number, path, f"mangler »{error.args[0]}«") from error
        except (ValueError, TypeError, RecursionError) as error:
            raise _refused(number, path, "ikke er et JSON-objekt med de rigtige felter") from error


def _refused(number: int, path: Path, fault: str) -> SettingError:
    return SettingError(f"Linje {number} i »{path}« kan ikke bruges, for den {fault}; ret linjen.")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise SettingError(f"Filen »{path}« kan ikke læses: {describe_os_error(error)}.") from error
    except UnicodeDecodeError as error:
        raise SettingError(f"Filen »{path}« kan ikke læses: den er ikke UTF-8; gem den som UTF-8.") from error
