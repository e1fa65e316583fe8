"""The search for traces finds every byte string, wherever it stands, and nothing else."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import traces
from index.traces import MIN_BYTES, Needles, search_folder

NEEDLE = "Kanariefuglen hedder Åse".encode()
ROWS = st.binary(min_size=MIN_BYTES, max_size=40)


@given(st.lists(ROWS, min_size=1, max_size=5), st.binary(max_size=99), st.binary(max_size=99))
def test_what_stands_in_the_data_is_found_and_nothing_else(
    needles: list[bytes], before: bytes, after: bytes
) -> None:
    data = before + needles[0] + after
    assert Needles(needles).found_in(data) == {*Needles([each for each in needles if each in data])}


@given(st.binary(max_size=30))
def test_data_that_holds_none_gives_none(data: bytes) -> None:
    assert Needles([NEEDLE]).found_in(data) == set()


def test_zeros_before_a_vector_are_no_anchor() -> None:
    vector = bytes(100) + b"\1\2\3\4\5\6\7\1" + bytes(100)
    needles = Needles([vector])
    assert needles.found_in(bytes(4000) + vector) == {*needles}
    assert needles.found_in(bytes(4000)) == set()
    zeros = Needles([bytes(16)])
    assert zeros.found_in(bytes(20)) == {*zeros}


def test_short_needles_are_left_out_and_others_taken_away() -> None:
    needles = Needles([b"kort", NEEDLE, b"Hunde skal i snor"])
    assert len(needles) == 2
    assert len(needles.without([b"intet", b"xx Hunde skal i snor xx"])) == 1
    assert len(Needles([])) == 0


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "en").write_bytes(b"x" * 60 + NEEDLE)
    (tmp_path / "to").mkdir()
    (tmp_path / "to" / "tre").write_bytes(b"x" * 60)
    return tmp_path


def test_a_folder_is_searched_file_by_file(folder: Path) -> None:
    search = search_folder(folder, Needles([NEEDLE]))
    assert (search.files, search.bytes, search.found_in) == (2, 120 + len(NEEDLE), ("en",))


def test_what_stands_across_two_blocks_is_found(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in range(1, 70):
        monkeypatch.setattr(traces, "_BLOCK_BYTES", size)
        assert search_folder(folder, Needles([NEEDLE])).found_in == ("en",), size


def test_no_more_of_a_file_is_kept_than_the_longest_that_may_cross_two_blocks(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[int] = []
    monkeypatch.setattr(traces, "_BLOCK_BYTES", 10)
    monkeypatch.setattr(Needles, "found_in", lambda _, data: searched.append(len(data)))
    search_folder(folder / "to", Needles([]))
    search_folder(folder / "to", Needles([bytes(MIN_BYTES)]))
    assert searched == [3, *[10] * 6, 3, 10, 20, *[22] * 4]


def test_a_file_that_goes_while_others_are_searched_holds_nothing(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "wal").write_bytes(NEEDLE)
    stands_in = traces._stands_in
    monkeypatch.setattr(
        traces,
        "_stands_in",
        lambda path, needles: ((folder / "wal").unlink(missing_ok=True), stands_in(path, needles))[1],
    )
    search = search_folder(folder, Needles([NEEDLE]))
    assert (search.files, search.found_in) == (2, ("en",))


def test_a_files_name_is_searched_too(folder: Path) -> None:
    (folder / "Kanariefuglen hedder Åse.txt").touch()
    assert search_folder(folder, Needles([NEEDLE])).found_in == ("Kanariefuglen hedder Åse.txt", "en")


def test_what_is_known_by_its_hashes_alone_is_found(folder: Path) -> None:
    needles = Needles.known_by([*Needles([NEEDLE])])
    assert search_folder(folder, needles).found_in == ("en",)
    assert all(text not in repr([*needles]) for text in ("Kanarie", "hedder"))
