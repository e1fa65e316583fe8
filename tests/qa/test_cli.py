"""Commands from end to end over real folders, with the small embedding model; and every bad input."""

import io
import json
import os
import signal
import socket
import sys
import threading
from pathlib import Path
from typing import Any

import pytest

from index.library import library_directory
from index.lock import locked
from index.writing import WritableLibrary
from qa import cli, commands, opening
from qa.feedback import Feedback, Opinion
from qa.log import log_file
from qa.output import EXIT_INTERRUPTED
from tests.fakes import WordEmbedder

REGULATION = "Regler for høring\n\n5. marts 2015\n\nFristen for høringssvar er den 1. maj 2015.\n"
MEETING = "Referat\n\nBestyrelsen mødes den første onsdag i hver måned.\n"
LONG_AGO = 1_600_000_000
"""A file's time, so that it does not look as if it may still be changing."""


@pytest.fixture(autouse=True)
def _small_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "load_model", lambda settings: WordEmbedder())


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "sager"
    folder.mkdir()
    (folder / "regler.txt").write_text(REGULATION, encoding="utf-8")
    (folder / "referat.txt").write_text(MEETING, encoding="utf-8")
    for path in folder.iterdir():
        os.utime(path, (LONG_AGO, LONG_AGO))
    return folder


class Command:
    """Runs commands with one home and gives what they said."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self._home = home
        self._capsys = capsys

    def __call__(self, *arguments: object) -> tuple[int, str, str]:
        code = cli.main([*map(str, arguments), "--home", str(self._home)])
        said = self._capsys.readouterr()
        return code, said.out, said.err

    def json(self, *arguments: object) -> Any:
        code, out, _ = self(*arguments, "--json")
        assert code == 0
        return json.loads(out)


@pytest.fixture
def kildesvar(home: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(home, capsys)


def test_index_reports_what_it_did_in_the_form_of_the_contract(kildesvar: Command, folder: Path) -> None:
    (folder / "gammel.doc").write_bytes(b"x")
    report = kildesvar.json("index", folder)
    assert list(report) == [
        "documents", "passages", "sentences", "added", "changed", "removed",
        "unchanged", "skipped", "partly_read", "seconds", "renamed", "personal_numbers",
    ]  # fmt: skip
    assert report["documents"] == 2
    assert report["added"] == ["referat.txt", "regler.txt"]
    assert [list(entry) for entry in report["skipped"]] == [["document", "reason"]]
    assert report["skipped"][0]["document"] == "gammel.doc"


def test_a_second_index_finds_nothing_new(kildesvar: Command, folder: Path) -> None:
    kildesvar("index", folder)
    report = kildesvar.json("index", folder)
    assert (report["added"], report["unchanged"]) == ([], 2)


def test_index_names_each_file_that_was_not_read_and_sums_up(kildesvar: Command, folder: Path) -> None:
    (folder / "gammel.doc").write_bytes(b"x")
    code, out, err = kildesvar("index", folder)
    first, last = out.splitlines()
    assert (code, err) == (0, "")
    assert first.startswith("Kunne ikke læses: gammel.doc (")
    assert last.startswith("2 dokumenter med ")
    assert "2 nye, 0 ændrede, 0 fjernede, 0 uændrede" in last


def test_a_dry_run_lists_what_would_change_and_does_nothing(
    kildesvar: Command, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kildesvar("index", folder)
    before = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    monkeypatch.setattr(opening, "load_model", None)  # so it may not be called
    (folder / "referat.txt").rename(folder / "møde.txt")
    (folder / "regler.txt").write_text("Regler\n\nNye regler.\n", encoding="utf-8")
    (folder / "gammel.doc").write_bytes(b"x")
    code, out, err = kildesvar("index", folder, "--dry-run")
    assert (code, err) == (0, "")
    assert [line.partition(" (")[0] for line in out.splitlines()] == [
        "Ændret: regler.txt",
        "Omdøbt: referat.txt → møde.txt",
        "Kunne ikke læses: gammel.doc",
        "0 nye, 1 ændrede, 1 omdøbte, 0 fjernede, 0 uændrede. Biblioteket er ikke rørt.",
    ]
    plan = kildesvar.json("index", folder, "--dry-run")
    assert (plan["added"], plan["removed"]) == (["møde.txt"], ["referat.txt"])
    assert plan["renamed"] == [{"old": "referat.txt", "new": "møde.txt"}]
    assert {path: path.read_bytes() for path in home.rglob("*") if path.is_file()} == before


def test_a_dry_run_of_a_folder_never_read_makes_no_library(
    kildesvar: Command, home: Path, folder: Path
) -> None:
    plan = kildesvar.json("index", folder, "--dry-run")
    assert (plan["added"], plan["unchanged"]) == (["referat.txt", "regler.txt"], 0)
    assert list(home.iterdir()) == []


def test_ask_brings_the_library_up_to_date_and_says_so(kildesvar: Command, folder: Path) -> None:
    _, _, first = kildesvar("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    _, _, second = kildesvar("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    assert first == f"Bringer biblioteket for »{folder}« ajour …\n"
    assert second == ""


def test_ask_prints_an_answer_in_the_form_of_the_contract(kildesvar: Command, folder: Path) -> None:
    answer = kildesvar.json("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    assert list(answer) == [
        "question", "understood_as", "refused", "confidence", "answer", "citations", "related", "timing_ms",
        "notice", "searched",
    ]  # fmt: skip
    [citation] = answer["citations"]
    assert list(citation) == [
        "number", "document", "title", "date", "headings", "page", "paragraph",
        "quote", "start", "end", "score", "author", "also_in", "columns",
    ]  # fmt: skip
    assert citation["document"] == "regler.txt"
    assert citation["quote"] == "Fristen for høringssvar er den 1. maj 2015."
    assert citation["date"] == "2015-03-05"
    assert answer["timing_ms"]["total"] > 0


def test_ask_searches_in_the_documents_named_alone(kildesvar: Command, folder: Path) -> None:
    question = ("Hvornår er fristen for høringssvar?", "--folder", folder)
    answer = kildesvar.json("ask", *question, "--document", "referat.txt")
    assert (answer["refused"], answer["searched"]) == (True, {"documents": 1, "of": 2})
    both = kildesvar.json("ask", *question, "--document", "referat.txt", "--document", "regler.txt")
    assert both["citations"][0]["document"] == "regler.txt"
    code, _, err = kildesvar("ask", *question, "--document", "hest.txt")
    assert (code, err.strip()) == (
        1,
        "Der er intet dokument og ingen mappe, der hedder »hest.txt«; se navnene med »kildesvar status«.",
    )


def test_ask_shows_the_quote_with_its_source(kildesvar: Command, folder: Path) -> None:
    code, out, _ = kildesvar("ask", "Hvornår er fristen for høringssvar?", "--folder", folder)
    assert code == 0
    assert out.startswith(
        "[1] »Fristen for høringssvar er den 1. maj 2015.«\n    Regler for høring, 5. marts 2015, "
    )


def test_a_refusal_is_an_answer_and_ends_with_0(kildesvar: Command, folder: Path) -> None:
    answer = kildesvar.json("ask", "Hvordan bager man rugbrød?", "--folder", folder)
    assert answer["refused"]
    assert answer["citations"] == []


def test_the_folder_used_last_is_used_again(kildesvar: Command, folder: Path) -> None:
    kildesvar("index", folder)
    answer = kildesvar.json("ask", "Hvornår mødes bestyrelsen?")
    assert answer["citations"][0]["document"] == "referat.txt"


def test_a_removed_document_is_not_cited_again(kildesvar: Command, folder: Path) -> None:
    kildesvar("index", folder)
    (folder / "regler.txt").unlink()
    answer = kildesvar.json("ask", "Hvornår er fristen for høringssvar?")
    assert "regler.txt" not in {citation["document"] for citation in answer["citations"] + answer["related"]}


def test_the_chat_follows_its_folder_until_it_ends(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def threads() -> set[str]:
        return {thread.name for thread in threading.enumerate()}

    seen: list[bool] = []
    monkeypatch.setattr("qa.chat.launch.run_chat", lambda *_, **__: seen.append("following" in threads()))
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    assert kildesvar("chat", folder, "--port", port, "--no-browser")[0] == 0
    assert (seen, "following" in threads()) == ([True], False)


def test_a_chat_that_is_told_to_stop_ends_what_it_began(
    kildesvar: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def be_told_to_stop(*_: object, **__: object) -> None:
        assert signal.getsignal(signal.SIGTERM) is signal.default_int_handler
        assert len([*(home / "running").iterdir()]) == 1
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr("qa.chat.launch.run_chat", be_told_to_stop)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
    before = signal.getsignal(signal.SIGTERM)
    assert kildesvar("chat", folder, "--port", port, "--no-browser")[0] == EXIT_INTERRUPTED
    signal.signal(signal.SIGTERM, before)
    assert [*(home / "running").iterdir()] == []


def test_status_lists_the_documents_and_what_was_skipped(kildesvar: Command, folder: Path) -> None:
    (folder / "gammel.doc").write_bytes(b"x")
    kildesvar("index", folder)
    status = kildesvar.json("status", folder)
    assert (status["documents"], status["model"]) == (2, "ordmodel")
    assert [entry["path"] for entry in status["entries"]] == ["referat.txt", "regler.txt"]
    assert [entry["document"] for entry in status["skipped"]] == ["gammel.doc"]
    _, out, _ = kildesvar("status", folder)
    assert "  regler.txt: »Regler for høring«, 5. marts 2015, " in out
    assert "Kunne ikke læses: gammel.doc (" in out


def test_status_of_a_folder_that_was_never_read_says_what_to_do(kildesvar: Command, folder: Path) -> None:
    assert kildesvar("status", folder) == (
        1, "", f"Mappen »{folder}« er ikke læst endnu; kør »kildesvar index {folder}« først.\n",
    )  # fmt: skip


def test_evaluate_asks_the_questions_of_a_set_of_documents(
    kildesvar: Command, folder: Path, tmp_path: Path
) -> None:
    folder.rename(tmp_path / "documents")
    right = {"kind": "answerable", "document": "regler.txt", "quote": "den 1. maj 2015", "answer": "1. maj"}
    lines = [
        {"id": "1", "question": "Hvornår er fristen for høringssvar?", "overlap": "high", **right},
        {"id": "2", "question": "Hvordan bager man rugbrød?", "kind": "unanswerable_offtopic"},
        {"id": "3", "question": "Hvad?", "kind": "answerable", "document": "billede.xyz", "quote": "x"},
    ]
    (tmp_path / "questions.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    card = kildesvar.json("evaluate", tmp_path, "--foreign", tmp_path)
    assert (card["questions"], card["answerable"], card["left_out"]["questions"]) == (2, 1, 1)
    assert (card["mrr_at_10"], card["quote_hit_at_1"], card["answer_in_first_quote"]) == (1, 1, 1)
    assert (card["answered_unanswerable"], card["signal"]) == (0, None)
    one_signal = kildesvar.json("evaluate", tmp_path, "--signal", "stems")
    assert one_signal["signal"] == "stems"
    assert (one_signal["mrr_at_10"], one_signal["answer_in_first_quote"]) == (1, None)
    _, table, _ = kildesvar("evaluate", tmp_path, "--show-failures", 1)
    assert ["MRR@10", "1,000"] in [line.split() for line in table.splitlines()]
    assert "0 af 0 spørgsmål, der gik galt (ud af 2):" in table
    _, ablation, _ = kildesvar("evaluate", tmp_path, "--ablation")
    assert "kun stems" in ablation


def test_evaluate_takes_a_corpus_and_embeds_it_once(kildesvar: Command, tmp_path: Path) -> None:
    corpus = [
        {"id": "d1", "title": "Kat", "text": "Katten sover."},
        {"id": "d2", "title": "Hund", "text": "Den gør."},
    ]
    (tmp_path / "corpus.jsonl").write_text("\n".join(map(json.dumps, corpus)), encoding="utf-8")
    (tmp_path / "queries.jsonl").write_text('{"id": "q1", "question": "Hvem er katten, der sover?"}\n')
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\nq1\td1\t1\n")
    first = kildesvar.json("evaluate", tmp_path)
    assert (first["passages"], first["hit_rate_at_1"], first["quote_hit_at_1"]) == (2, 1, None)
    assert first["indexing"]["passages_per_second"] > 0
    second = kildesvar.json("evaluate", tmp_path)
    assert second["indexing"]["passages_per_second"] is None


# Bad input: one Danish line on stderr, and the library as it was


def fails_with(said: tuple[int, str, str], part: str) -> None:
    code, out, err = said
    assert (code, out) == (1, "")
    assert part in err
    assert err.count("\n") == 1


@pytest.mark.parametrize("command", ["index", "ask"])
def test_a_folder_that_is_missing(kildesvar: Command, tmp_path: Path, command: str) -> None:
    place = [tmp_path / "nix"] if command == "index" else ["Hvad?", "--folder", tmp_path / "nix"]
    fails_with(kildesvar(command, *place), "findes ikke")


def test_a_folder_that_is_a_file(kildesvar: Command, folder: Path) -> None:
    fails_with(kildesvar("index", folder / "regler.txt"), "er ikke en mappe")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read(kildesvar: Command, folder: Path) -> None:
    folder.chmod(0)
    fails_with(kildesvar("index", folder), "kan ikke læses")
    folder.chmod(0o700)


def test_a_folder_without_documents(kildesvar: Command, tmp_path: Path) -> None:
    (tmp_path / "tom").mkdir()
    fails_with(kildesvar("ask", "Hvad?", "--folder", tmp_path / "tom"), "Der er ingen dokumenter")


def test_a_folder_that_has_become_empty_costs_the_library_nothing(
    kildesvar: Command, folder: Path, tmp_path: Path
) -> None:
    before = kildesvar.json("index", folder)["documents"]
    folder.rename(tmp_path / "væk")
    folder.mkdir()
    fails_with(kildesvar("index", folder), "Der er ingen dokumenter i")
    folder.rmdir()
    (tmp_path / "væk").rename(folder)
    assert kildesvar.json("index", folder)["unchanged"] == before


QUESTIONS_REFUSED = [
    ("", "skriv et spørgsmål"),
    (" \n ", "skriv et spørgsmål"),
    ("x" * 5000, "for langt"),
    ("?!", "ord"),
]


@pytest.mark.parametrize(("question", "part"), QUESTIONS_REFUSED)
def test_a_question_that_cannot_be_asked(kildesvar: Command, folder: Path, question: str, part: str) -> None:
    fails_with(kildesvar("ask", question, "--folder", folder), part)


QUESTIONS_ANSWERED = [
    "hvad er det?",
    "When is the deadline?",
    "Hvornår er\x00 fristen?",
    "👩‍👧 fristen 🎉?",
    "\udcff frist",
]


@pytest.mark.parametrize("question", QUESTIONS_ANSWERED)
def test_a_strange_question_gets_an_answer(kildesvar: Command, folder: Path, question: str) -> None:
    answer = kildesvar.json("ask", question, "--folder", folder)
    assert isinstance(answer["refused"], bool)


def test_a_home_that_cannot_be_written(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    code = cli.main(["index", str(folder), "--home", str(tmp_path / "file")])
    said = capsys.readouterr()
    fails_with((code, said.out, said.err), "kan ikke skrive i sin datamappe")


def test_a_library_of_another_model_is_made_again(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kildesvar("index", folder)
    monkeypatch.setattr(WordEmbedder, "fingerprint", "ordmodel-2")
    answer = kildesvar.json("ask", "Hvornår er fristen for høringssvar?")
    assert answer["citations"][0]["document"] == "regler.txt"


def test_a_file_that_vanishes_while_it_is_read_is_named(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from index.folder import FolderSource

    real = FolderSource.content_hash

    def vanish(source: FolderSource, path: str) -> str:
        (folder / "regler.txt").unlink(missing_ok=True)
        return real(source, path)

    monkeypatch.setattr(FolderSource, "content_hash", vanish)
    report = kildesvar.json("index", folder)
    assert report["documents"] == 1
    assert [entry["document"] for entry in report["skipped"]] == ["regler.txt"]


def test_a_port_that_is_taken_is_found_out_before_anything_is_read(kildesvar: Command, folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        fails_with(kildesvar("chat", folder, "--port", port), f"Port {port} er optaget af et andet program")
    assert kildesvar("status", folder)[0] == 1


def test_a_library_of_another_format_says_what_to_do(kildesvar: Command, home: Path, folder: Path) -> None:
    kildesvar("index", folder)
    directory = library_directory(home, folder)
    with WritableLibrary(directory) as library, library.writing():
        library.remember("format", "99")
    fails_with(kildesvar("ask", "Hvornår er fristen?"), "har format 99")


@pytest.mark.parametrize("command", [["index"], ["ask", "Skal hunde i snor?", "--folder"], ["evaluate"]])
def test_a_search_engine_that_does_not_exist(kildesvar: Command, folder: Path, command: list[str]) -> None:
    (folder / "documents").mkdir()
    (folder / "documents" / "a.txt").write_text("Hunde skal føres i snor.", encoding="utf-8")
    (folder / "questions.jsonl").write_text('{"id": "1", "question": "Hvad?"}', encoding="utf-8")
    said = kildesvar(*command, str(folder), "--engine", "faiss")
    fails_with(said, "»faiss« er ingen søgemaskine, der kan bruges; skriv milvus://")


def test_a_signal_that_does_not_exist(kildesvar: Command, tmp_path: Path) -> None:
    fails_with(kildesvar("evaluate", tmp_path, "--signal", "nix"), "Signalet »nix« findes ikke")


def test_a_folder_that_is_no_question_set(kildesvar: Command, tmp_path: Path) -> None:
    fails_with(kildesvar("evaluate", tmp_path), "ikke et spørgsmålssæt")


# What nobody foresaw


def test_a_bug_is_one_line_and_its_trace_goes_to_the_log(
    kildesvar: Command, home: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_down(*_: object) -> None:
        raise ZeroDivisionError(REGULATION)

    monkeypatch.setattr(commands, "update_folder", break_down)
    fails_with(
        kildesvar("index", folder),
        f"Der skete en uventet fejl (ZeroDivisionError); hvad der gik galt, står i »{log_file(home)}«",
    )
    log = log_file(home).read_text(encoding="utf-8")
    assert "in break_down" in log
    assert "høringssvar" not in log


def test_an_interruption_ends_quietly(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(commands, "update_folder", interrupt)
    assert kildesvar("index", folder) == (130, "", "")


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["--version"]) == 0
    assert capsys.readouterr().out.startswith("kildesvar ")


def test_no_command_is_wrong_usage(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main([])
    assert capsys.readouterr().err == "Der mangler en kommando. Se »kildesvar --help«.\n"


def test_the_command_line_imports_nothing_heavy() -> None:
    heavy = {"torch", "sentence_transformers", "gradio", "faiss", "tantivy", "numpy", "sqlite3"}
    code = f"import sys, qa.cli; qa.cli.build_parser(); sys.exit(' '.join({heavy} & set(sys.modules)) or 0)"
    assert os.spawnv(os.P_WAIT, sys.executable, [sys.executable, "-c", code]) == 0


def test_feedback_is_counted_and_written_as_a_table(kildesvar: Command, home: Path) -> None:
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(helped=False, question="Hvem?", document="a.txt", quote="=1", comment="+45"))
    feedback.count_refusal("Skole")
    assert kildesvar("feedback") == (
        0,
        "Svar bedømt: 1. De 0 hjalp, de 1 hjalp ikke.\n"
        "Spørgsmål uden svar, talt efter det nærmeste dokuments titel:\n     1 Skole\n",
        "",
    )
    code, table, _ = kildesvar("feedback", "--csv")
    assert code == 0
    assert table.splitlines()[1].endswith(";nej;Hvem?;a.txt;'=1;'+45")


def test_feedback_is_cleared_once_that_is_agreed_to(
    kildesvar: Command, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feedback = Feedback(home, counts_refusals=True)
    feedback.keep(Opinion(helped=True, question="Hvem er hemmelig?", document="a.txt", quote="x", comment=""))
    feedback.count_refusal("Hemmelig titel")
    question = "Slet 1 svar og alle talte emner? Skriv »ja« og tryk Enter: "
    for answer in ("nej\n", ""):
        monkeypatch.setattr("sys.stdin", io.StringIO(answer))
        assert kildesvar("feedback", "--clear") == (0, f"{question}Intet er slettet.\n", "")
    assert len(feedback.opinions()) == 1
    monkeypatch.setattr("sys.stdin", io.StringIO("Ja\n"))
    assert kildesvar("feedback", "--clear") == (0, f"{question}Slettet.\n", "")
    assert (feedback.opinions(), feedback.refused_topics()) == ((), ())
    kept = b"".join(path.read_bytes() for path in (home / "feedback").iterdir())
    assert b"emmelig" not in kept
    assert kildesvar("feedback", "--clear", "--yes") == (0, "Slettet.\n", "")


NUMBERS = "Afgørelse\n\nBorgeren med personnummer 070761-4285 får bevilget hjælp.\n"
"""The number is the one that descriptions of personal numbers use as an example."""


def test_personal_numbers_in_documents_are_told_of_by_index_and_status(
    kildesvar: Command, folder: Path
) -> None:
    assert kildesvar.json("index", folder)["personal_numbers"] == []
    (folder / "afgørelse.txt").write_text(NUMBERS, encoding="utf-8")
    line = "Personnumre står i 1 dokument: afgørelse.txt"
    assert line in kildesvar("index", folder)[1].splitlines()
    assert line in kildesvar("status", folder)[1].splitlines()
    assert kildesvar.json("status", folder)["personal_numbers"] == ["afgørelse.txt"]


def test_personal_numbers_are_hidden_on_the_terminal_until_asked_for_and_never_in_json(
    kildesvar: Command, folder: Path
) -> None:
    (folder / "afgørelse.txt").write_text(NUMBERS, encoding="utf-8")
    question = "Hvad får borgeren med personnummer bevilget?"
    _, hidden, _ = kildesvar("ask", question, "--folder", folder)
    assert "070761-••••" in hidden
    assert "4285" not in hidden
    assert hidden.endswith("\n\nPersonnumre er skjult; se dem med --show-cpr.\n")
    _, shown, _ = kildesvar("ask", question, "--folder", folder, "--show-cpr")
    assert "070761-4285" in shown
    assert "skjult" not in shown
    answer = kildesvar.json("ask", question, "--folder", folder)
    places = [*answer["citations"], *answer["related"]]
    assert any("070761-4285" in place["quote"] for place in places)


def test_personal_number_in_a_question_is_warned_of(kildesvar: Command, folder: Path) -> None:
    _, _, err = kildesvar("ask", "Hvornår møder 070761-4285 bestyrelsen?", "--folder", folder)
    assert err.splitlines()[-1].startswith("Der står et personnummer i dit spørgsmål.")
    assert "Der står" not in kildesvar("ask", "Hvornår mødes bestyrelsen?", "--folder", folder)[2]


def test_a_question_is_answered_from_what_is_there_while_another_program_reads_the_folder(
    kildesvar: Command, folder: Path, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opening, "SHORT_PATIENCE_SECONDS", 0.0)
    question = "Hvornår er fristen for høringssvar?"
    with locked(library_directory(home, folder)):
        code, _, said = kildesvar("ask", question, "--folder", folder)
        assert (code, "er ikke bygget færdigt" in said or "intet bibliotek" in said) == (1, True)
    _, before, _ = kildesvar("ask", question, "--folder", folder)
    (folder / "regler.txt").unlink()
    with locked(library_directory(home, folder)):
        code, answer, said = kildesvar("ask", question, "--folder", folder)
    assert (code, answer) == (0, before)
    assert said == (
        f"Et andet program er ved at læse mappen »{folder}«; "
        "der svares ud fra det, der sidst blev læst færdigt.\n"
    )


def test_an_unchanged_folder_is_indexed_without_the_model(
    kildesvar: Command, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kildesvar("index", folder)
    monkeypatch.setattr(opening, "load_model", None)  # so it may not be called
    assert kildesvar.json("index", folder)["unchanged"] == 2


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
@pytest.mark.parametrize("command", [["status"], ["status", "--json"], ["--version"]])
def test_output_to_a_full_disk_is_said_in_one_line_and_is_no_bug(
    kildesvar: Command,
    folder: Path,
    home: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: list[str],
) -> None:
    kildesvar("index", folder)
    with open("/dev/full", "w", encoding="utf-8") as full:  # noqa: PTH123 - a device
        monkeypatch.setattr("sys.stdout", full)
        assert cli.main([*command, *(["--home", str(home)] if command != ["--version"] else [])]) == 1
    assert capsys.readouterr().err == (
        "Svaret kunne ikke skrives: disken er fuld; skriv det et andet sted hen.\n"
    )
    assert not log_file(home).exists()


@pytest.mark.parametrize("option", ["--home", "--model", "--engine"])
def test_a_value_that_is_empty_is_wrong_usage(capsys: pytest.CaptureFixture[str], option: str) -> None:
    for arguments in (["status", option, ""], ["status", option, "  "]):
        with pytest.raises(SystemExit, match="2"):
            cli.main(arguments)
        assert capsys.readouterr().err == (
            f"{option} må ikke være tom; skriv en værdi. Se »kildesvar status --help«.\n"
        )


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (["status", ""], "MAPPE"),
        (["index", ""], "MAPPE"),
        (["chat", ""], "MAPPE"),
        (["ask", "Hvem?", "--folder", ""], "--folder"),
        (["evaluate", ""], "SÆT"),
        (["evaluate", "x", "--questions", ""], "--questions"),
        (["evaluate", "x", "--signal", ""], "--signal"),
        (["chat", "--host", ""], "--host"),
        (["chat", "--public-url", " "], "--public-url"),
        (["ask", "Hvem?", "--document", ""], "--document"),
        (["forget", ""], "DOKUMENT"),
    ],
)
def test_a_place_that_is_empty_is_wrong_usage(
    capsys: pytest.CaptureFixture[str], arguments: list[str], name: str
) -> None:
    with pytest.raises(SystemExit, match="2"):
        cli.main(arguments)
    assert capsys.readouterr().err.startswith(f"{name} må ikke være tom; skriv en værdi. Se »kildesvar ")
