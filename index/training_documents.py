"""Training pairs from whole documents, read and split as they are when they are searched.

A set is a folder in the document form of `kildesvar evaluate`: `documents/`, and `questions.jsonl` with
`question, kind, document, quote` and `fold`. A quote is a sentence as it stands in the document's text.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from index.context import passage_text, sentence_text
from index.danish import stems
from index.folder import FolderSource
from index.split import split_passages
from index.training_pairs import HARD_NEGATIVES, Text, TrainingPair, Unit, WordOverlap
from index.types import Document, Passage

FOREIGN_NEGATIVES = 2
"""Passages of other documents kept for each question: a rule is asked for where others have one like it."""


def read_document_pairs(folder: Path, held_out: int | None = None) -> list[TrainingPair]:
    """Read the set in `folder`; documents with questions of fold `held_out` are left out."""
    asked: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in (folder / "questions.jsonl").read_text(encoding="utf-8").splitlines():
        question = json.loads(line)
        if question["fold"] != held_out:
            asked[question["document"]].append(question)
    source = FolderSource(folder / "documents")
    try:
        units = {path: _units(source.read(path)) for path in sorted(asked)}
    finally:
        source.close()
    overlap = WordOverlap([unit for found in units.values() for unit in found])
    return [pair for path, own in units.items() for pair in _pairs(folder.name, own, asked[path], overlap)]


def _units(document: Document) -> list[Unit]:
    return [_unit(document, passage, number) for number, passage in enumerate(split_passages(document))]


def _unit(document: Document, passage: Passage, number: int) -> Unit:
    words = document.text[passage.start : passage.end]
    texts = (document.text[span.start : span.end] for span in passage.sentences)
    sentences = tuple(Text(sentence_text(document.title, passage, text), text) for text in texts)
    whole = passage_text(document.title, passage, words)
    return Unit(f"{document.path}#{number}", Text(whole, words), sentences, frozenset(stems(whole)))


def _pairs(
    source: str, units: Sequence[Unit], rows: Sequence[dict[str, Any]], overlap: WordOverlap
) -> Iterator[TrainingPair]:
    unanswered = tuple(row["question"] for row in rows if not row["quote"])
    for row in rows:
        found = [(unit, text) for unit in units for text in unit.sentences if text.words == row["quote"]]
        for unit, sentence in found[:1]:
            alike = [each for each in overlap.ranked(frozenset(stems(row["question"]))) if each is not unit]
            yield TrainingPair(
                question=row["question"],
                source=source,
                document=row["document"],
                passage_id=unit.passage_id,
                passage=unit.text,
                sentence=sentence,
                wrong_passages=_wrong(alike, units),
                wrong_sentences=tuple(each for each in unit.sentences if each is not sentence),
                unanswered=unanswered,
            )


def _wrong(alike: Sequence[Unit], units: Sequence[Unit]) -> tuple[Unit, ...]:
    """Return the first of the same document, then the first of others."""
    own = {id(unit) for unit in units}
    same = islice((unit for unit in alike if id(unit) in own), HARD_NEGATIVES)
    foreign = islice((unit for unit in alike if id(unit) not in own), FOREIGN_NEGATIVES)
    return (*same, *foreign)
