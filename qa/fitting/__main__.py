"""Fit the weights of the ranking signals and of the confidence to question sets, and print them.

    python -m qa.fitting SET SET … [--home DIR]

Every set has a form that `kildesvar evaluate` reads. The ranking is fitted to all sets, and with each left
out in turn, to see what the weights are worth on documents that they were not fitted to. The confidence is
fitted to the whole sets and to small parts of each, and how often it is wrong now is printed for both.
"""

import argparse
from collections.abc import Iterator, Mapping, Sequence
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import torch
from torch import Tensor

from qa.confidence import COEFFICIENTS
from qa.evaluation.question_sets import Question
from qa.fitting.chance import Judged, fit_chance, read_judged, shares_wrong
from qa.fitting.parts import cut_parts
from qa.fitting.ranking import Ranked, fit_ranking, mrr_at_10, read_ranked
from qa.fitting.sets import OpenSet
from qa.home import home_folder
from qa.opening import Settings
from qa.retrieve import SIGNALS

_FOREIGN_QUESTIONS = 300
"""As many questions of each other set are asked of a set's documents."""

_PARTS = 8
"""As many small libraries are cut out of each set's documents."""

_FOREIGN_TO_A_PART = 10
"""As many questions of the same set, and of the others, are asked of a part that does not answer them."""


def main() -> None:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m qa.fitting")
    parser.add_argument("sets", type=Path, nargs="+")
    parser.add_argument("--home")
    options = parser.parse_args()
    settings = Settings(home_folder(options.home))
    opened = [OpenSet.of(directory, settings) for directory in options.sets]
    _print_ranking({each.name: read_ranked(each, list(SIGNALS)) for each in opened})
    _print_confidence(opened)


def _print_ranking(sets: Mapping[str, Sequence[Ranked]]) -> None:
    _print_weights("now", torch.tensor(list(SIGNALS.values())), sets)
    _print_weights("fitted to all", fit_ranking(list(sets.values())), sets)
    for left_out in sets if len(sets) > 1 else ():
        others = [ranked for name, ranked in sets.items() if name != left_out]
        _print_weights(f"without {left_out}", fit_ranking(others), sets)


def _print_weights(label: str, weights: Tensor, sets: Mapping[str, Sequence[Ranked]]) -> None:
    told = zip(SIGNALS, (weights / weights[0]).tolist(), strict=True)
    print(f"{label}:", ", ".join(f"{name} {weight:.2f}" for name, weight in told))
    print("    MRR@10", ", ".join(f"{name} {mrr_at_10(found, weights):.4f}" for name, found in sets.items()))


def _print_confidence(opened: Sequence[OpenSet]) -> None:
    with TemporaryDirectory() as directory:
        parts = [list(_read_parts(each, opened, Path(directory))) for each in opened]
    wholes = [list(read_judged(each, _foreign_to(each, opened))) for each in opened]
    for label, judged in (("", wholes), (", small parts", parts)):
        for each, rows in zip(opened, judged, strict=True):
            refused, answered = shares_wrong(rows)
            print(f"{each.name}{label}: {refused:.3f} wrongly refused, {answered:.3f} wrongly answered")
    fitted = fit_chance([*wholes, *parts])
    for (name, now), coefficient in zip(COEFFICIENTS.items(), fitted.tolist(), strict=True):
        print(f"confidence, {name}: {now:.2f} now, {coefficient:.2f} fitted")


def _read_parts(one: OpenSet, opened: Sequence[OpenSet], directory: Path) -> Iterator[Judged]:
    """Yield the evidence for questions over small parts of a set, those they answer and as many others."""
    foreign = _foreign_to(one, opened)
    for number, part in enumerate(cut_parts(one, directory, _PARTS)):
        rest = [each for each in one.answerable if each not in part.questions]
        asked = (questions[number::_PARTS][:_FOREIGN_TO_A_PART] for questions in (rest, foreign))
        yield from read_judged(part, chain.from_iterable(asked))


def _foreign_to(one: OpenSet, opened: Sequence[OpenSet]) -> list[Question]:
    others = (other.answerable[:_FOREIGN_QUESTIONS] for other in opened if other is not one)
    return [question for questions in others for question in questions]


if __name__ == "__main__":
    main()
