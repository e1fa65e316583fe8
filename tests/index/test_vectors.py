"""Vectors written and opened again: cosines worked by hand, order, and files that are not to be trusted."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import faiss
import numpy as np
import pytest

from index.embed import Embeddings
from index.vectors import VectorIndex, build_vectors
from tests.full_disk import files_no_larger_than

PASSAGES = np.array([[1.0, 0.0], [0.6, 0.8], [0.0, 1.0], [0.6, 0.8]], dtype=np.float32)
IDS = [3, 5, 8, 9]
OWNERS = [3, 5, 5, 9]
SENTENCES = np.array([[1.0, 0.0], [0.5, 0.25], [0.0, 1.0], [0.25, 0.5]], dtype=np.float32)
"""Numbers that 16-bit floats hold exactly; the lengths do not matter for a dot product."""


def query(*numbers: float) -> Embeddings:
    return np.array([numbers], dtype=np.float32)


@pytest.fixture
def vectors(tmp_path: Path) -> VectorIndex:
    build_vectors(tmp_path, [(IDS, PASSAGES)], [(OWNERS, SENTENCES)])
    return VectorIndex(tmp_path)


def test_the_nearest_come_first_and_ties_by_lower_id(vectors: VectorIndex) -> None:
    found = vectors.search(query(0.8, 0.6), 4).pairs()
    assert [passage_id for passage_id, _ in found] == [5, 9, 3, 8]
    assert [score for _, score in found] == pytest.approx([0.96, 0.96, 0.8, 0.6], abs=1e-3)


@pytest.mark.parametrize(("top_k", "ids"), [(0, []), (-1, []), (1, [5]), (3, [5, 9, 3]), (99, [5, 9, 3, 8])])
def test_no_more_are_found_than_are_asked_for_or_there(
    vectors: VectorIndex, top_k: int, ids: list[int]
) -> None:
    assert vectors.search(query(0.8, 0.6), top_k).ids.tolist() == ids


@pytest.mark.parametrize("top_k", [1, 10, 30, 100, 110, 200])
def test_ties_at_the_cut_go_to_the_lower_ids(tmp_path: Path, top_k: int) -> None:
    passages = np.zeros((200, 2), dtype=np.float32)
    passages[0::2, 0], passages[1::2, 0] = 0.5, 1.0
    build_vectors(tmp_path, [(range(200), passages)], [])
    found = VectorIndex(tmp_path).search(query(1.0, 0.0), top_k).ids.tolist()
    assert found == [*range(1, 200, 2), *range(0, 200, 2)][:top_k]


@pytest.mark.parametrize(
    ("only", "top_k", "ids"),
    [([3, 8, 9], 4, [9, 3, 8]), ([3, 8, 9], 1, [9]), ([5, 9], 1, [5]), ([8], 9, [8]), ([], 4, [])],
)
def test_only_those_that_are_named_are_searched(
    vectors: VectorIndex, only: list[int], top_k: int, ids: list[int]
) -> None:
    everything = dict(vectors.search(query(0.8, 0.6), 4).pairs())
    assert vectors.search(query(0.8, 0.6), top_k, only).pairs() == [(each, everything[each]) for each in ids]


def test_a_query_takes_one_core_and_leaves_its_thread_as_many_as_before(
    vectors: VectorIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    cores: list[int] = []
    index = vectors._passages._index

    class Watched:
        ntotal = index.ntotal

        def search(self, *arguments: Any, **options: Any) -> Any:
            cores.append(faiss.omp_get_max_threads())
            return index.search(*arguments, **options)

    monkeypatch.setattr(vectors._passages, "_index", Watched())

    def cores_after_asking() -> int:
        faiss.omp_set_num_threads(2)
        vectors.search(query(0.8, 0.6), 1)
        return int(faiss.omp_get_max_threads())

    with ThreadPoolExecutor(1) as another:
        assert another.submit(cores_after_asking).result() == 2
    assert {*cores} == {1}


def test_passages_are_compared_in_the_order_asked_for(vectors: VectorIndex) -> None:
    scores = vectors.sentence_scores(query(1.0, 0.5), np.array([9, 5, 3]))
    assert scores.best().tolist() == [0.5, 0.625, 1.0]


def test_sentences_are_compared_in_their_order_each_with_its_passage(vectors: VectorIndex) -> None:
    scores = vectors.sentence_scores(query(1.0, 0.5), np.array([9, 5, 3, 8]))
    assert [scores.of(place) for place in range(4)] == [(0.5,), (0.625, 0.5), (1.0,), ()]
    assert scores.best().tolist() == [0.5, 0.625, 1.0, -1.0]


def test_a_passage_without_sentences_takes_none_of_its_neighbours(vectors: VectorIndex) -> None:
    scores = vectors.sentence_scores(query(1.0, 0.5), np.array([8, 9, 8, 5]))
    assert scores.best().tolist() == [-1.0, 0.5, -1.0, 0.625]


def test_without_passages_there_are_no_sentences_to_compare(vectors: VectorIndex) -> None:
    assert vectors.sentence_scores(query(1.0, 0.5), np.array([], dtype=np.int64)).best().tolist() == []


def test_the_number_of_passages_is_the_length(vectors: VectorIndex) -> None:
    assert len(vectors) == 4


def test_no_passages_at_all_find_nothing(tmp_path: Path) -> None:
    build_vectors(tmp_path, [], [])
    vectors = VectorIndex(tmp_path)
    assert (len(vectors), len(vectors.search(query(0.8, 0.6), 5))) == (0, 0)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=r"passages\.faiss"):
        VectorIndex(tmp_path)


def test_a_file_cut_short_is_an_os_error_at_every_length(tmp_path: Path, vectors: VectorIndex) -> None:
    path = tmp_path / "passages.faiss"
    whole = path.read_bytes()
    for length in range(len(whole)):
        path.write_bytes(whole[:length])
        with pytest.raises(OSError, match=r"passages\.faiss"):
            VectorIndex(tmp_path)


def test_a_stated_length_beyond_the_file_is_refused_before_memory_is_taken(
    tmp_path: Path, vectors: VectorIndex
) -> None:
    path = tmp_path / "passages.faiss"
    whole = bytearray(path.read_bytes())
    numbers = PASSAGES.astype("<f2").tobytes()
    length = whole.index(numbers) - 8  # the vectors' length stands before them, in 64 bits
    assert int.from_bytes(whole[length : length + 8], "little") in (PASSAGES.size, len(numbers))
    whole[length : length + 8] = (2**20).to_bytes(8, "little")
    path.write_bytes(whole)
    with pytest.raises(OSError, match="get_deserialization_vector_byte_limit"):
        VectorIndex(tmp_path)


def test_another_kind_of_index_is_refused(tmp_path: Path, vectors: VectorIndex) -> None:
    path = tmp_path / "passages.faiss"
    whole = path.read_bytes()
    path.write_bytes(whole[whole.index(b"IxSQ") :])  # the flat index inside, without its ids
    with pytest.raises(OSError, match=r"passages\.faiss: IndexScalarQuantizer"):
        VectorIndex(tmp_path)


def test_an_array_of_python_objects_is_never_unpickled(tmp_path: Path, vectors: VectorIndex) -> None:
    np.save(tmp_path / "sentence_passages.npy", np.array([{}], dtype=object), allow_pickle=True)
    with pytest.raises((OSError, ValueError), match="Python objects"):
        VectorIndex(tmp_path)


def test_a_disk_that_is_full_is_an_os_error(tmp_path: Path) -> None:
    (tmp_path / "passages.faiss").symlink_to("/dev/full")
    with pytest.raises(OSError, match="No space left on device"):
        build_vectors(tmp_path, [(IDS, PASSAGES)], [(OWNERS, SENTENCES)])


def test_a_disk_that_becomes_full_at_the_end_of_the_owners_is_an_os_error(tmp_path: Path) -> None:
    with files_no_larger_than(128 + 8 * len(OWNERS) - 1), pytest.raises(OSError, match="File too large"):
        build_vectors(tmp_path, [(IDS, PASSAGES)], [(OWNERS, SENTENCES)])
