"""A small part of each torture, by a fixed seed; `make torture` runs them at full size."""

from pathlib import Path

import pytest

from tests.torture.damage import craft_headers, damage_files
from tests.torture.faults import fail_calls
from tests.torture.kills import POINTS, kill_at_points, kill_at_random
from tests.torture.power import cut_power
from tests.torture.readers import ask_while_it_changes
from tests.torture.strace import strace_works
from tests.torture.table import with_row

needs_strace = pytest.mark.skipif(not strace_works(), reason="needs strace")


def test_a_sync_killed_at_random_loses_nothing(tmp_path: Path) -> None:
    assert kill_at_random(tmp_path, seed=1, count=7).kills == 7


def test_a_sync_killed_at_any_named_point_leaves_the_state_that_belongs_to_it(tmp_path: Path) -> None:
    kills = kill_at_points(tmp_path, seed=1, times=1)
    assert (kills.kills, kills.states["new"]) == (len(POINTS), 5)


@needs_strace
def test_a_power_cut_after_any_call_leaves_one_whole_state(tmp_path: Path) -> None:
    cuts = cut_power(tmp_path, seed=1, count=12)
    assert (cuts.cuts, cuts.not_synced) == (12, [])
    assert cuts.renamed_files > 50


@needs_strace
def test_a_call_that_fails_is_told_in_one_line(tmp_path: Path) -> None:
    faults = fail_calls(tmp_path, seed=1, count=5)
    assert (faults.runs, faults.told + faults.harmless, faults.unforeseen) == (5, 5, [])


def test_whoever_asks_meanwhile_gets_one_state(tmp_path: Path) -> None:
    seen = ask_while_it_changes(tmp_path, seed=1, questions=80, syncs=3, threads=4)
    assert (seen.questions, seen.wrong) == (80, [])


def test_every_damage_is_found_and_none_changes_an_answer(tmp_path: Path) -> None:
    damages = damage_files(tmp_path, seed=1, count=25)
    assert (damages.found, damages.done) == (25, 25)


def test_no_crafted_header_is_accepted_or_ends_the_process(tmp_path: Path) -> None:
    headers = craft_headers(tmp_path, seed=1, count=6)
    assert (headers.given, headers.accepted, headers.signals) == (6, 0, 0)


def test_a_figure_takes_the_place_of_the_one_before_it() -> None:
    text = "# A\n<!-- figures: written by `make torture` -->\n<!-- end of figures -->\nB\n"
    for promise, name, figure in (("R5", "readers", "1"), ("R1", "kills", "2"), ("R5", "readers", "3")):
        text = with_row(text, promise, name, figure, "make torture", "here")
    assert [line for line in text.splitlines() if line.startswith("| R")] == [
        "| R1 | kills | 2 | `make torture` | here |",
        "| R5 | readers | 3 | `make torture` | here |",
    ]
    assert text.endswith("<!-- end of figures -->\nB\n")
