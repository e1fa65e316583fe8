"""The commands that measure: how good the answers are, and what everything costs."""

import argparse
from collections.abc import Mapping
from functools import partial

from index.errors import SettingError
from qa.commands import chosen_folder
from qa.home import expand_user
from qa.opening import Settings, open_question_set
from qa.output import print_json, progress_line, say
from qa.wording.evaluation import EVALUATING, UNKNOWN_SIGNAL


def evaluate_answers(arguments: argparse.Namespace, settings: Settings) -> None:
    """Measure the answers on a set of questions."""
    from qa.evaluation.evaluate import ablate, answered_foreign, evaluate, evaluate_ranking
    from qa.evaluation.question_sets import read_question_set
    from qa.evaluation.scorecard import Scorecard, render_ablation, render_failures, render_scorecard
    from qa.retrieve import SIGNALS

    weights = _one_signal(arguments.signal, SIGNALS)
    everything = read_question_set(expand_user(arguments.directory), arguments.questions)
    foreign = read_question_set(expand_user(arguments.foreign)).questions if arguments.foreign else ()
    progress = progress_line("")
    engine, sync = open_question_set(everything, settings, progress.show_stage)
    questions = everything.only({entry.path for entry in engine.documents()})
    if arguments.ablation:
        progress.clear()
        say(render_ablation(ablate(engine, questions, SIGNALS)))
        return
    tell = partial(progress.show, EVALUATING)
    outcomes = (
        evaluate_ranking(engine, questions, weights, tell) if weights else evaluate(engine, questions, tell)
    )
    card = Scorecard(
        outcomes,
        sync,
        left_out_questions=len(everything.questions) - len(questions.questions),
        answered_foreign=answered_foreign(engine, foreign),
        signal=arguments.signal,
    ).as_json()
    progress.clear()
    if arguments.json:
        print_json(card)
        return
    say(render_scorecard(card))
    if arguments.show_failures:
        say(f"\n{render_failures(outcomes, arguments.show_failures)}")


def benchmark(arguments: argparse.Namespace, settings: Settings) -> None:
    """Measure what everything costs."""
    from qa.benchmark.run import QUICK_SIZES, SIZES, run_benchmark
    from qa.benchmark.table import render_benchmark
    from qa.wording.benchmark import MEASURING, MEASURING_SIZE

    sizes = arguments.sizes or (QUICK_SIZES if arguments.quick else SIZES)
    progress = progress_line("")

    def tell(what: str) -> None:
        progress.show(MEASURING.get(what) or MEASURING_SIZE.format(what), 0, 1)

    folder = chosen_folder(arguments.folder, settings)
    figures = run_benchmark(folder, settings, sizes, tell, quick=arguments.quick)
    progress.clear()
    if arguments.json:
        print_json(figures)
    else:
        say(render_benchmark(figures))


def _one_signal(name: str | None, signals: Mapping[str, float]) -> dict[str, float] | None:
    if name is None:
        return None
    if name not in signals:
        raise SettingError(UNKNOWN_SIGNAL.format(name=name, names=", ".join(signals)))
    return {name: 1.0}
