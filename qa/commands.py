"""The commands of every day: what each does and prints. What takes long to import is imported late."""

import argparse
import signal
import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from index.errors import SettingError
from qa.chat.port import require_free_port
from qa.chat.reach import read_reach
from qa.home import expand_user, last_folder, remember_folder
from qa.opening import Settings, follow_folder, open_for_questions, plan_folder, update_folder
from qa.output import EXIT_DONE, EXIT_ERROR, print_json, print_lines, progress_line, say, warn
from qa.terminal import render_answer
from qa.wording import terminal as wording
from qa.wording.access import NAME_MISSING, NO_USERS
from qa.wording.danish import counted
from qa.wording.feedback import CLEAR_FEEDBACK, CLEARED_FEEDBACK, KEPT_FEEDBACK

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

    from qa.engine import Engine
    from qa.feedback import Feedback

_Found = TypeVar("_Found", bound="DataclassInstance")


def index(arguments: argparse.Namespace, settings: Settings) -> None:
    """Read what is new or changed in a folder, or tell what that would be."""
    from qa.status import find_personal_numbers, render_plan, render_report

    folder = expand_user(arguments.folder)
    if arguments.dry_run:
        _show(plan_folder(folder, settings), render_plan, arguments)
        return
    progress = progress_line("")
    report = update_folder(folder, settings, progress.show_stage)
    progress.clear()
    remember_folder(settings.home, folder)
    numbers = find_personal_numbers(folder, settings.home)
    if arguments.json:
        print_json({**asdict(report), "personal_numbers": numbers})
        return
    print_lines(render_report(report, numbers))


def ask(arguments: argparse.Namespace, settings: Settings) -> None:
    """Answer one question."""
    from qa.privacy import hide_in_answer, warn_of_question
    from qa.question import clean_question
    from qa.running import ask_running
    from qa.scope import choose_documents

    question, *previous = map(_as_text, (arguments.question, *arguments.previous))
    clean_question(question)  # said at once, not after the model has been loaded
    folder, documents = chosen_folder(arguments.folder, settings), [*map(_as_text, arguments.document)]
    answer = ask_running(question, previous, documents, folder, settings)
    if answer is None:
        engine = _open_with_progress(folder, settings)
        answer = engine.ask(question, previous, choose_documents(documents, engine.documents))
    if warning := warn_of_question(question):
        warn(warning)
    if arguments.json:
        print_json(asdict(answer))
        return
    shown = answer if arguments.show_cpr else hide_in_answer(answer)
    say(render_answer(shown))
    if shown != answer:
        say(f"\n{wording.NUMBERS_HIDDEN}")


def status(arguments: argparse.Namespace, settings: Settings) -> None:
    """Show what has been read, and what could not be."""
    from qa.status import read_status, render_status

    _show(read_status(chosen_folder(arguments.folder, settings), settings.home), render_status, arguments)


def chat(arguments: argparse.Namespace, settings: Settings) -> None:
    """Serve the chat until it is stopped."""
    from qa.users import Users

    reach = read_reach(
        arguments.port, arguments.host, arguments.public_url, behind_proxy=arguments.behind_proxy
    )
    users = Users(settings.home)
    if reach.is_server and not users.names():
        raise SettingError(NO_USERS)
    require_free_port(reach)
    folder = chosen_folder(arguments.folder, settings)
    engine = _open_with_progress(folder, settings)
    from qa.chat.launch import run_chat
    from qa.chat.local_files import local_files
    from qa.feedback import Feedback
    from qa.running import answering

    feedback = Feedback(settings.home, counts_refusals=arguments.count_refusals)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # stopped as by Ctrl-C: what is begun is ended
    with follow_folder(folder, settings, engine.embedder) as follower, answering(engine, folder, settings):
        files = local_files(engine, folder, settings, follower)
        open_browser = not (arguments.no_browser or reach.is_server)
        run_chat(engine, feedback, reach, users, files, open_browser=open_browser)


def manage_users(arguments: argparse.Namespace, settings: Settings) -> None:
    """List, add and remove the users of a server."""
    from qa.accounts import add_user, list_users, remove_user
    from qa.users import Users

    users = Users(settings.home)
    if arguments.action == "list":
        print_lines(list_users(users))
    elif arguments.name is None:
        raise SettingError(NAME_MISSING.format(action=arguments.action))
    elif arguments.action == "add":
        print_lines(add_user(users, arguments.name, password_from_stdin=arguments.password_stdin))
    else:
        print_lines(remove_user(users, arguments.name))


def show_feedback(arguments: argparse.Namespace, settings: Settings) -> None:
    """Show, export or clear what visitors said of answers."""
    from qa.feedback import Feedback, render_feedback, write_csv

    feedback = Feedback(settings.home)
    if arguments.clear:
        _clear_feedback(feedback, agreed=arguments.yes)
    elif arguments.csv:
        say(write_csv(feedback.opinions()), end="")
    else:
        print_lines(render_feedback(feedback.opinions(), feedback.refused_topics()))


def _clear_feedback(feedback: "Feedback", *, agreed: bool) -> None:
    """Forget what visitors said once that is agreed to, by an option or by the word that is asked for."""
    opinions = counted(len(feedback.opinions()), "svar", "svar")
    if agreed or _answers_yes(CLEAR_FEEDBACK.format(opinions)):
        feedback.clear()
        say(CLEARED_FEEDBACK)
    else:
        say(KEPT_FEEDBACK)


def _answers_yes(question: str) -> bool:
    """Ask on the terminal; where nobody can answer, the answer is no."""
    say(question, end="", flush=True)
    return sys.stdin.readline().strip().casefold() == "ja"


def doctor(arguments: argparse.Namespace, settings: Settings) -> int:
    """Examine a library; the exit code tells whether it is sound."""
    from qa.doctor import examine_folder, render_examination

    folder = chosen_folder(arguments.folder, settings)
    if arguments.privacy:
        return _show_privacy(folder, arguments, settings)
    examination = examine_folder(folder, settings, thorough=arguments.all, repair=arguments.repair)
    _show(examination, render_examination, arguments)
    return EXIT_DONE if examination.is_sound else EXIT_ERROR


def _show_privacy(folder: Path, arguments: argparse.Namespace, settings: Settings) -> int:
    from qa.data_protection import look_at_privacy, render_privacy

    privacy = look_at_privacy(folder, settings)
    _show(privacy, render_privacy, arguments)
    return EXIT_DONE if privacy.is_sound else EXIT_ERROR


def forget(arguments: argparse.Namespace, settings: Settings) -> int:
    """Take a document out of everything that Kildesvar keeps, and prove it."""
    from qa.forget import forget_document, render_proof

    folder = chosen_folder(arguments.folder, settings)
    document = _as_text(arguments.document)
    proof = forget_document(folder, document, settings, delete_file=arguments.delete_file)
    _show(proof, render_proof, arguments)
    return EXIT_DONE if proof.is_clean else EXIT_ERROR


def chosen_folder(given: Path | None, settings: Settings) -> Path:
    """Return the folder that was given, or the one used last; raises `SettingError` without either."""
    folder = given or last_folder(settings.home)
    if folder is None:
        raise SettingError(wording.NO_FOLDER)
    return expand_user(folder)


def _show(found: _Found, render: Callable[[_Found], list[str]], arguments: argparse.Namespace) -> None:
    """Print what was found, as one JSON object or in words."""
    if arguments.json:
        print_json(asdict(found))
    else:
        print_lines(render(found))


def _as_text(argument: str) -> str:
    """Return an argument without what was no UTF-8 on the command line."""
    return argument.encode("utf-8", "replace").decode("utf-8")


def _open_with_progress(folder: Path, settings: Settings) -> "Engine":
    progress = progress_line(wording.UPDATING.format(folder=folder))
    busy = wording.BUSY.format(folder=folder)
    engine = open_for_questions(folder, settings, progress.show_stage, lambda: warn(busy))
    progress.clear()
    remember_folder(settings.home, folder)
    return engine
