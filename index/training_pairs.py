"""Questions with the passages that answer them, as what an encoder is trained on.

A folder holds sets in two forms. As pairs of files: `NAME.questions.jsonl.gz` with `id, question, passages,
fold` and, where it is known, `answers` (strings that stand in the passage), and `NAME.passages.jsonl.gz` with
`id, title, text`. And as folders in the document form of `kildesvar evaluate` (`training_documents.py`).
"""

import gzip
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, islice, pairwise
from math import log
from pathlib import Path
from typing import Any

from index.danish import stems
from index.sentences import split_sentences
from index.split import JOIN_CHARS

HARD_NEGATIVES = 6
"""Passages of the same document kept for each question: those that share most words with it."""

_MARK = "[]"
"""Left in some texts where a product's name was cut out."""


@dataclass(frozen=True, slots=True)
class Text:
    """A passage or a sentence: as it is embedded, with what stands above it, and its words alone."""

    whole: str
    words: str


@dataclass(frozen=True, slots=True)
class TrainingPair:
    """A question, the passage and sentence that answer it, and what looks alike but does not.

    `document` names what the passage stands in, `wrong_sentences` stand in the right document without the
    answer, and `unanswered` are questions on the document's subject that it does not answer.
    """

    question: str
    source: str
    document: str
    passage_id: str
    passage: Text
    sentence: Text
    wrong_passages: tuple["Unit", ...] = ()
    wrong_sentences: tuple[Text, ...] = ()
    unanswered: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A passage of the length that is retrieved, its sentences, and its words to compare by."""

    passage_id: str
    text: Text
    sentences: tuple[Text, ...]
    stems: frozenset[str]


class WordOverlap:
    """What questions have in common with some units: the rarer a word is among them, the more it weighs."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._holding: defaultdict[str, list[int]] = defaultdict(list)
        for place, unit in enumerate(units):
            for stem in unit.stems:
                self._holding[stem].append(place)

    def shared(self, question: frozenset[str], words: Iterable[str]) -> float:
        """Return the weight of the stems that stand in both."""
        return sum(map(self._weight, sorted(question.intersection(words))))

    def ranked(self, question: frozenset[str]) -> list[Unit]:
        """Return all units, those that have most in common with the question first."""
        scores = [0.0] * len(self._units)
        for stem in sorted(question):
            weight = self._weight(stem)
            for place in self._holding.get(stem, ()):
                scores[place] += weight
        return [self._units[place] for place in sorted(range(len(scores)), key=lambda at: -scores[at])]

    def _weight(self, stem: str) -> float:
        holding = len(self._holding.get(stem, ()))
        return log(1 + len(self._units) / holding) if holding else 0.0


def read_pairs(folder: Path, held_out: int | None = None) -> list[TrainingPair]:
    """Read every set of paired files; questions of fold `held_out`, and their documents, are left out."""
    return [
        pair
        for questions in sorted(folder.glob("*.questions.jsonl.gz"))
        for pair in _read_set(questions, held_out)
    ]


def _read_set(path: Path, held_out: int | None) -> Iterator[TrainingPair]:
    name = path.name.removesuffix(".questions.jsonl.gz")
    questions = list(_read_lines(path))
    passages = {row["id"]: row for row in _read_lines(path.with_name(f"{name}.passages.jsonl.gz"))}
    asked: defaultdict[str, list[dict[str, Any]]] = defaultdict(list)
    for question in questions:
        asked[passages[question["passages"][0]]["title"]].append(question)
    documents: defaultdict[str, list[Unit]] = defaultdict(list)
    for row in passages.values():
        documents[row["title"]] += _units(row["id"], row["title"], row["text"])
    for title, rows in asked.items():
        if all(row["fold"] != held_out for row in rows):
            yield from _pairs(name, title, documents[title], rows)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _units(passage_id: str, title: str, text: str) -> Iterator[Unit]:
    for mark in _MARK:
        text = text.replace(mark, " ")
    sentences = [" ".join(text[span.start : span.end].split()) for span in split_sentences(text)]
    for group in _grouped(sentences):
        words = " ".join(group)
        texts = tuple(Text(f"{title}: {sentence}", sentence) for sentence in group)
        yield Unit(passage_id, Text(f"{title}\n{words}", words), texts, frozenset(stems(words)))


def _grouped(sentences: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Join neighbours to about the length of the passages that are retrieved."""
    before = accumulate((len(sentence) for sentence in sentences), initial=0)
    groups = [start // JOIN_CHARS for start in before][: len(sentences)]
    starts = [0, *(at for at, (left, right) in enumerate(pairwise(groups), 1) if left != right)]
    for start, end in pairwise([*starts, len(sentences)]):
        yield tuple(sentences[start:end])


def _pairs(
    source: str, title: str, units: Sequence[Unit], rows: Iterable[dict[str, Any]]
) -> Iterator[TrainingPair]:
    overlap = WordOverlap(units)
    for row in rows:
        question, answers = frozenset(stems(row["question"])), row.get("answers")
        gold = [unit for unit in units if unit.passage_id == row["passages"][0]]
        # Without answer strings the answer is taken to stand where the gold passage begins.
        found = [
            (unit, sentence)
            for unit in (gold if answers else gold[:1])
            for sentence in (unit.sentences if answers else unit.sentences[:3])
            if not answers or any(answer in sentence.words for answer in answers)
        ]
        if not found:
            continue
        unit, sentence = max(found, key=lambda pair: overlap.shared(question, stems(pair[1].words)))
        others = (other for other in overlap.ranked(question) if other.passage_id not in row["passages"])
        yield TrainingPair(
            question=row["question"],
            source=source,
            document=title,
            passage_id=unit.passage_id,
            passage=unit.text,
            sentence=sentence,
            wrong_passages=tuple(islice(others, HARD_NEGATIVES)),
            wrong_sentences=tuple(_without(answers, gold)) if answers else (),
        )


def _without(answers: Sequence[str], units: Iterable[Unit]) -> Iterator[Text]:
    for unit in units:
        for sentence in unit.sentences:
            if not any(answer in sentence.words for answer in answers):
                yield sentence
