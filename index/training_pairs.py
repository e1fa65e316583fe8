"""Questions with the passages that answer them, as what an encoder is trained on.

A folder holds pairs of files: `NAME.questions.jsonl.gz` with `id, question, passages, fold` and, where it
is known, `answers` (strings that stand in the passage), and `NAME.passages.jsonl.gz` with `id, title, text`.
"""

import gzip
import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
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
class TrainingPair:
    """A question, the passage and sentence that answer it, and what looks alike but does not.

    Passages are their sentences. `wrong_sentences` stand in the right source without the answer.
    """

    question: str
    source: str
    title: str
    passage_id: str
    passage: tuple[str, ...]
    sentence: str
    wrong_passages: tuple[tuple[str, ...], ...]
    wrong_sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A part of a source passage, of the length that is retrieved."""

    passage_id: str
    sentences: tuple[str, ...]
    stems: frozenset[str]


def read_pairs(folder: Path, held_out: int | None = None) -> list[TrainingPair]:
    """Read every set of the folder; questions of fold `held_out`, and their documents, are left out."""
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
    documents: defaultdict[str, list[_Unit]] = defaultdict(list)
    for row in passages.values():
        documents[row["title"]] += _units(row["id"], row["text"])
    for title, rows in asked.items():
        if all(row["fold"] != held_out for row in rows):
            yield from _pairs(name, title, documents[title], rows)


def _read_lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def _units(passage_id: str, text: str) -> Iterator[_Unit]:
    for mark in _MARK:
        text = text.replace(mark, " ")
    sentences = [" ".join(text[span.start : span.end].split()) for span in split_sentences(text)]
    for group in _grouped(sentences):
        yield _Unit(passage_id, group, frozenset(stems(" ".join(group))))


def _grouped(sentences: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """Join neighbours to about the length of the passages that are retrieved."""
    before = accumulate((len(sentence) for sentence in sentences), initial=0)
    groups = [start // JOIN_CHARS for start in before][: len(sentences)]
    starts = [0, *(at for at, (left, right) in enumerate(pairwise(groups), 1) if left != right)]
    for start, end in pairwise([*starts, len(sentences)]):
        yield tuple(sentences[start:end])


def _pairs(
    source: str, title: str, units: Sequence[_Unit], rows: Iterable[dict[str, Any]]
) -> Iterator[TrainingPair]:
    frequency = Counter(stem for unit in units for stem in unit.stems)
    rarity = {stem: log(1 + len(units) / count) for stem, count in frequency.items()}

    def shared(question: frozenset[str], words: Iterable[str]) -> float:
        return sum(rarity.get(word, 0.0) for word in sorted(question.intersection(words)))

    for row in rows:
        question, answers = frozenset(stems(row["question"])), row.get("answers")
        gold = [unit for unit in units if unit.passage_id == row["passages"][0]]
        # Without answer strings the answer is taken to stand where the gold passage begins.
        found = [
            (unit, sentence)
            for unit in (gold if answers else gold[:1])
            for sentence in (unit.sentences if answers else unit.sentences[:3])
            if not answers or any(answer in sentence for answer in answers)
        ]
        if not found:
            continue
        unit, sentence = max(found, key=lambda pair: shared(question, stems(pair[1])))
        others = [other for other in units if other.passage_id not in row["passages"]]
        others.sort(key=lambda other: -shared(question, other.stems))
        yield TrainingPair(
            question=row["question"],
            source=source,
            title=title,
            passage_id=unit.passage_id,
            passage=unit.sentences,
            sentence=sentence,
            wrong_passages=tuple(other.sentences for other in others[:HARD_NEGATIVES]),
            wrong_sentences=tuple(_without(answers, gold)) if answers else (),
        )


def _without(answers: Sequence[str], units: Iterable[_Unit]) -> Iterator[str]:
    for unit in units:
        for sentence in unit.sentences:
            if not any(answer in sentence for answer in answers):
                yield sentence
