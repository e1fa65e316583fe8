"""The command line: what a command prints, and how errors end. What takes long to import is imported late."""

import argparse
import io
import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.errors import KildesvarError, OutputError, SettingError
from index.os_errors import describe_os_error
from qa.arguments import build_parser
from qa.chat.port import require_free_port
from qa.chat.reach import read_reach
from qa.home import expand_user, home_folder, last_folder, remember_folder
from qa.log import keep_trace
from qa.opening import (
    Settings,
    follow_folder,
    open_for_questions,
    open_question_set,
    plan_folder,
    update_folder,
)
from qa.terminal import escape_for_terminal, harmless, render_answer
from qa.wording import terminal as wording
from qa.wording.access import NAME_MISSING, NO_USERS
from qa.wording.arguments import NO_COMMAND
from qa.wording.danish import counted
from qa.wording.evaluation import EVALUATING, UNKNOWN_SIGNAL
from qa.wording.feedback import CLEAR_FEEDBACK, CLEARED_FEEDBACK, KEPT_FEEDBACK

if TYPE_CHECKING:
    from qa.engine import Engine
    from qa.feedback import Feedback
    from qa.progress import ProgressLine

EXIT_DONE, EXIT_ERROR, EXIT_INTERRUPTED = 0, 1, 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return the exit code (wrong usage exits with 2 by itself)."""
    _speak_utf8()
    parser = build_parser()
    parsed = parser.parse_args(arguments)
    if not (parsed.command or parsed.version):
        parser.refuse(NO_COMMAND)
    try:
        return _print_version() if parsed.version else _run(parsed)
    except OutputError as error:
        return _fail(str(error))
    except KeyboardInterrupt:
        return EXIT_INTERRUPTED
    except BrokenPipeError:
        _discard_output()  # nobody reads on: end quietly
        return EXIT_ERROR


def _run(arguments: argparse.Namespace) -> int:
    try:
        settings = Settings(
            home_folder(arguments.home), arguments.model, arguments.allow_download, arguments.engine
        )
    except KildesvarError as error:
        return _fail(str(error))
    try:
        code = _COMMANDS[arguments.command](arguments, settings)
        _flush_output()  # what cannot be written is found out here, not when the process ends
    except KildesvarError as error:
        return _fail(str(error))
    except BrokenPipeError:
        raise
    except Exception as error:  # a bug: its trace goes to the log, one line to the user
        return _fail(_describe(error, settings.home))
    return code or EXIT_DONE


def _index(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.status import find_personal_numbers, render_report

    folder = expand_user(arguments.folder)
    if arguments.dry_run:
        _show_plan(folder, arguments, settings)
        return
    progress = _progress("")
    report = update_folder(folder, settings, progress.show_stage)
    progress.clear()
    remember_folder(settings.home, folder)
    numbers = find_personal_numbers(folder, settings.home)
    if arguments.json:
        _print_json({**asdict(report), "personal_numbers": numbers})
        return
    _print_lines(render_report(report, numbers))


def _show_plan(folder: Path, arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.status import render_plan

    plan = plan_folder(folder, settings)
    if arguments.json:
        _print_json(asdict(plan))
    else:
        _print_lines(render_plan(plan))


def _ask(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.privacy import hide_in_answer, warn_of_question
    from qa.question import clean_question
    from qa.running import ask_running

    question, *previous = map(_as_text, (arguments.question, *arguments.previous))
    clean_question(question)  # said at once, not after the model has been loaded
    folder, documents = _chosen_folder(arguments.folder, settings), [*map(_as_text, arguments.document)]
    answer = ask_running(question, previous, documents, folder, settings)
    if answer is None:
        engine = _open_with_progress(folder, settings)
        answer = engine.ask(question, previous, _chosen_documents(documents, engine))
    if warning := warn_of_question(question):
        print(warning, file=sys.stderr)
    if arguments.json:
        _print_json(asdict(answer))
        return
    shown = answer if arguments.show_cpr else hide_in_answer(answer)
    _say(render_answer(shown))
    if shown != answer:
        _say(f"\n{wording.NUMBERS_HIDDEN}")


def _status(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.status import read_status, render_status

    status = read_status(_chosen_folder(arguments.folder, settings), settings.home)
    if arguments.json:
        _print_json(asdict(status))
    else:
        _print_lines(render_status(status))


def _chat(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.users import Users

    reach = read_reach(
        arguments.port, arguments.host, arguments.public_url, behind_proxy=arguments.behind_proxy
    )
    users = Users(settings.home)
    if reach.is_server and not users.names():
        raise SettingError(NO_USERS)
    require_free_port(reach)
    folder = _chosen_folder(arguments.folder, settings)
    engine = _open_with_progress(folder, settings)
    from qa.chat.launch import run_chat
    from qa.chat.local_files import local_files
    from qa.feedback import Feedback
    from qa.running import answering

    feedback = Feedback(settings.home, counts_refusals=arguments.count_refusals)
    with follow_folder(folder, settings, engine.embedder) as follower, answering(engine, folder, settings):
        files = local_files(engine, folder, settings, follower)
        open_browser = not (arguments.no_browser or reach.is_server)
        run_chat(engine, feedback, reach, users, files, open_browser=open_browser)


def _users(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.accounts import add_user, list_users, remove_user
    from qa.users import Users

    users = Users(settings.home)
    if arguments.action == "list":
        _print_lines(list_users(users))
    elif arguments.name is None:
        raise SettingError(NAME_MISSING.format(action=arguments.action))
    elif arguments.action == "add":
        _print_lines(add_user(users, arguments.name, password_from_stdin=arguments.password_stdin))
    else:
        _print_lines(remove_user(users, arguments.name))


def _feedback(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.feedback import Feedback, render_feedback, write_csv

    feedback = Feedback(settings.home)
    if arguments.clear:
        _clear_feedback(feedback, agreed=arguments.yes)
    elif arguments.csv:
        _say(write_csv(feedback.opinions()), end="")
    else:
        _print_lines(render_feedback(feedback.opinions(), feedback.refused_topics()))


def _clear_feedback(feedback: "Feedback", *, agreed: bool) -> None:
    """Forget what visitors said once that is agreed to, by an option or by the word that is asked for."""
    opinions = counted(len(feedback.opinions()), "svar", "svar")
    if agreed or _answers_yes(CLEAR_FEEDBACK.format(opinions)):
        feedback.clear()
        _say(CLEARED_FEEDBACK)
    else:
        _say(KEPT_FEEDBACK)


def _answers_yes(question: str) -> bool:
    """Ask on the terminal; where nobody can answer, the answer is no."""
    _say(question, end="", flush=True)
    return sys.stdin.readline().strip().casefold() == "ja"


def _evaluate(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.evaluate import ablate, answered_foreign, evaluate, evaluate_ranking
    from qa.question_sets import read_question_set
    from qa.retrieve import SIGNALS
    from qa.scorecard import Scorecard, render_ablation, render_failures, render_scorecard

    weights = _one_signal(arguments.signal, SIGNALS)
    everything = read_question_set(expand_user(arguments.directory), arguments.questions)
    foreign = read_question_set(expand_user(arguments.foreign)).questions if arguments.foreign else ()
    progress = _progress("")
    engine, sync = open_question_set(everything, settings, progress.show_stage)
    questions = everything.only({entry.path for entry in engine.documents()})
    if arguments.ablation:
        progress.clear()
        _say(render_ablation(ablate(engine, questions, SIGNALS)))
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
        _print_json(card)
        return
    _say(render_scorecard(card))
    if arguments.show_failures:
        _say(f"\n{render_failures(outcomes, arguments.show_failures)}")


def _doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    from qa.doctor import examine_folder, render_examination

    folder = _chosen_folder(arguments.folder, settings)
    if arguments.privacy:
        return _show_privacy(folder, arguments, settings)
    examination = examine_folder(folder, settings, thorough=arguments.all, repair=arguments.repair)
    if arguments.json:
        _print_json(asdict(examination))
    else:
        _print_lines(render_examination(examination))
    return EXIT_DONE if examination.is_sound else EXIT_ERROR


def _show_privacy(folder: Path, arguments: argparse.Namespace, settings: Settings) -> int:
    from qa.data_protection import look_at_privacy, render_privacy

    privacy = look_at_privacy(folder, settings)
    if arguments.json:
        _print_json(asdict(privacy))
    else:
        _print_lines(render_privacy(privacy))
    return EXIT_DONE if privacy.is_sound else EXIT_ERROR


def _forget(arguments: argparse.Namespace, settings: Settings) -> int:
    from qa.forget import forget_document, render_proof

    folder = _chosen_folder(arguments.folder, settings)
    document = _as_text(arguments.document)
    proof = forget_document(folder, document, settings, delete_file=arguments.delete_file)
    if arguments.json:
        _print_json(asdict(proof))
    else:
        _print_lines(render_proof(proof))
    return EXIT_DONE if proof.is_clean else EXIT_ERROR


def _benchmark(arguments: argparse.Namespace, settings: Settings) -> None:
    from qa.benchmark import QUICK_SIZES, SIZES, run_benchmark
    from qa.benchmark_table import render_benchmark
    from qa.wording.benchmark import MEASURING, MEASURING_SIZE

    sizes = arguments.sizes or (QUICK_SIZES if arguments.quick else SIZES)
    progress = _progress("")

    def tell(what: str) -> None:
        progress.show(MEASURING.get(what) or MEASURING_SIZE.format(what), 0, 1)

    folder = _chosen_folder(arguments.folder, settings)
    figures = run_benchmark(folder, settings, sizes, tell, quick=arguments.quick)
    progress.clear()
    if arguments.json:
        _print_json(figures)
    else:
        _say(render_benchmark(figures))


_COMMANDS: dict[str, Callable[[argparse.Namespace, Settings], int | None]] = {
    "chat": _chat,
    "index": _index,
    "ask": _ask,
    "status": _status,
    "evaluate": _evaluate,
    "benchmark": _benchmark,
    "feedback": _feedback,
    "users": _users,
    "doctor": _doctor,
    "forget": _forget,
}


def _one_signal(name: str | None, signals: Mapping[str, float]) -> dict[str, float] | None:
    if name is None:
        return None
    if name not in signals:
        raise SettingError(UNKNOWN_SIGNAL.format(name=name, names=", ".join(signals)))
    return {name: 1.0}


def _chosen_folder(given: Path | None, settings: Settings) -> Path:
    """Return the folder that was given, or the one used last; raises `SettingError` without either."""
    folder = given or last_folder(settings.home)
    if folder is None:
        raise SettingError(wording.NO_FOLDER)
    return expand_user(folder)


def _chosen_documents(names: Iterable[str], engine: "Engine") -> frozenset[str] | None:
    """Return the documents to search in, or None for all; raises `QuestionError` for a name of none."""
    from qa.scope import choose_documents

    chosen = choose_documents(names, [entry.path for entry in engine.documents()])
    return chosen or None


def _as_text(argument: str) -> str:
    """Return an argument without what was no UTF-8 on the command line."""
    return argument.encode("utf-8", "replace").decode("utf-8")


def _open_with_progress(folder: Path, settings: Settings) -> "Engine":
    progress = _progress(wording.UPDATING.format(folder=folder))
    busy = wording.BUSY.format(folder=folder)
    engine = open_for_questions(folder, settings, progress.show_stage, lambda: _warn(busy))
    progress.clear()
    remember_folder(settings.home, folder)
    return engine


def _progress(beginning: str) -> "ProgressLine":
    from qa.progress import ProgressLine

    return ProgressLine(sys.stderr, harmless(beginning))


def _warn(message: str) -> None:
    print(harmless(message), file=sys.stderr)


def _fail(message: str) -> int:
    with suppress(OSError):  # nowhere to say it
        print(harmless(message), file=sys.stderr)
    return EXIT_ERROR


def _say(text: str, end: str = "\n", *, flush: bool = False) -> None:
    with _writing():
        print(text, end=end, flush=flush)


def _flush_output() -> None:
    with _writing():
        if sys.stdout:  # there is none where it was closed before the start
            sys.stdout.flush()


@contextmanager
def _writing() -> Iterator[None]:
    """Say it in Danish when the output cannot be written, and write no more of it."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        _discard_output()
        raise OutputError(wording.NOT_WRITTEN.format(reason=describe_os_error(error))) from error


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _describe(error: Exception, home: Path) -> str:
    """Return one line about a bug; with KILDESVAR_DEBUG in the environment it is raised instead."""
    if os.environ.get("KILDESVAR_DEBUG"):
        raise error
    kind = type(error).__name__
    try:
        return wording.UNEXPECTED_ERROR.format(kind=kind, log=keep_trace(home, error))
    except OSError:
        return wording.UNEXPECTED_ERROR_NOT_KEPT.format(kind=kind)


def _print_json(value: Any) -> None:
    _say(escape_for_terminal(json.dumps(value, ensure_ascii=False, indent=2)))


def _print_lines(lines: Iterable[str]) -> None:
    for line in lines:
        _say(harmless(line))


def _print_version() -> int:
    from importlib.metadata import version

    _say(f"kildesvar {version('kildesvar')}", flush=True)
    return EXIT_DONE


def _speak_utf8() -> None:
    """Write UTF-8 wherever the output goes, so that æ, ø and å never stop a command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
