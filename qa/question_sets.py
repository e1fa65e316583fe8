"""Reads the question sets that `evaluate` takes, in the BEIR form or the document form.

BEIR (Thakur et al., 2021): `corpus.jsonl` {id, title, text}, `queries.jsonl` {id, question}, `qrels.tsv`
(query, document, score) with a header line, and where there are gold answers `answers.jsonl` {id, answers}.
Document form: a folder `documents` and `questions.jsonl`
{id, question, kind, previous, document, quote, answer, overlap}.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from index.errors import FolderError, SettingError
from index.read.builder import DocumentBuilder
from index.types import BlockKind, Document

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
        found = tuple(_document_question(line) for line in _lines(questions or directory / "questions.jsonl"))
        return QuestionSet(found, directory / "documents", is_corpus=False)
    raise FolderError(
        f"»{directory}« er ikke et spørgsmålssæt: der mangler »corpus.jsonl« eller mappen »documents«."
    )


def read_corpus(corpus: Path) -> Iterator[Document]:
    """Give each line of a BEIR corpus as one document; its id is the path."""
    for line in _lines(corpus):
        builder = DocumentBuilder(str(line["id"]))
        for paragraph in str(line["text"]).split("\n\n"):
            builder.add(BlockKind.PARAGRAPH, paragraph)
        yield builder.build(title=str(line.get("title") or line["id"]))


def _read_beir(directory: Path, queries: Path) -> QuestionSet:
    relevant = _read_qrels(directory / "qrels.tsv")
    answers_file = directory / "answers.jsonl"
    answers = {str(line["id"]): tuple(line["answers"]) for line in _lines(answers_file, optional=True)}
    questions = tuple(
        Question(
            id=str(line["id"]),
            question=str(line["question"]),
            documents=tuple(relevant.get(str(line["id"]), ())),
            answers=answers.get(str(line["id"]), ()),
        )
        for line in _lines(queries)
    )
    return QuestionSet(
        tuple(q if q.documents else replace(q, kind=UNANSWERABLE) for q in questions),
        directory / "corpus.jsonl",
        is_corpus=True,
    )


def _read_qrels(path: Path) -> dict[str, list[str]]:
    relevant: dict[str, list[str]] = defaultdict(list)
    for row in _text(path).splitlines()[1:]:
        query, document, score = row.split("\t")
        if float(score) > 0:
            relevant[query].append(document)
    return relevant


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


def _lines(path: Path, *, optional: bool = False) -> Iterator[dict[str, Any]]:
    """Give the objects of a JSON Lines file."""
    if optional and not path.is_file():
        return
    for number, line in enumerate(_text(path).split("\n"), 1):
        if not line.strip():
            continue
        try:
            yield dict(json.loads(line))
        except (ValueError, TypeError) as error:
            raise SettingError(f"Linje {number} i »{path}« er ikke et JSON-objekt: {error}.") from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(f"Filen »{path}« kan ikke læses: {error}.") from error
