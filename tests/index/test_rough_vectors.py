"""Rough searches beside exact ones, over vectors that lie in clusters as those of texts do."""

import tracemalloc
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from index import rough_vectors, vectors
from index.vector_kind import VectorKind
from index.vectors import VectorIndex, build_vectors

COUNT = 3000
"""Passages, of ids 10, 20, 30 …, each with one sentence: itself."""


def clustered(count: int) -> NDArray[np.float16]:
    random = np.random.default_rng(7)
    centres = random.standard_normal((30, 64))
    rows = centres[random.integers(0, 30, count)] + random.standard_normal((count, 64))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float16)


ROWS = clustered(COUNT)
IDS = [10 * (row + 1) for row in range(COUNT)]


@pytest.fixture
def small_limits(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make this library a very large one, of three shards."""
    monkeypatch.setattr(vectors, "MAX_EXACT_PASSAGES", 100)
    monkeypatch.setattr(rough_vectors, "_PASSAGES_A_SHARD", 1024)
    monkeypatch.setattr(rough_vectors, "_CANDIDATES", (120, 240, 480, 960, 1920))


def built(directory: Path) -> VectorIndex:
    directory.mkdir(exist_ok=True)
    portions = [(IDS[start : start + 700], ROWS[start : start + 700]) for start in range(0, COUNT, 700)]
    build_vectors(directory, portions, portions)
    return VectorIndex(directory)


@pytest.mark.usefixtures("small_limits")
def test_what_is_found_are_the_nearest_with_their_exact_cosines(tmp_path: Path) -> None:
    rough = built(tmp_path)
    assert len(rough) == COUNT
    whole = ROWS.astype(np.float32)
    shares = []
    for query in whole[5::300]:
        cosines = whole @ query
        expected = np.argsort(-cosines, kind="stable")[:100]
        found = rough.search(query[None], 100).pairs()
        assert [score for _, score in found] == sorted((score for _, score in found), reverse=True)
        assert [score for _, score in found] == pytest.approx(
            [cosines[i // 10 - 1] for i, _ in found], abs=1e-6
        )
        shares.append(len({i for i, _ in found} & {IDS[row] for row in expected}) / 100)
    assert np.mean(shares) > 0.97


@pytest.mark.usefixtures("small_limits")
def test_the_breadth_is_the_least_that_finds_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rough_vectors, "_NEAREST", 10)
    monkeypatch.setattr(rough_vectors, "_CANDIDATES", (30, 60, 120))  # 30 find .929 of the ten, 60 find .9985
    built(tmp_path)
    kind = VectorKind.load(tmp_path)
    assert kind.candidates == 60
    assert rough_vectors.LEAST_RECALL_AT_100 <= kind.recall_at_100 <= 1.0


@pytest.mark.usefixtures("small_limits")
def test_the_same_vectors_give_the_same_files(tmp_path: Path) -> None:
    built(tmp_path / "a")
    built(tmp_path / "b")
    names = sorted(path.name for path in (tmp_path / "a").iterdir())
    assert [name for name in names if name.endswith(".faiss")] == [f"passages-{n}.faiss" for n in range(3)]
    assert all((tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes() for name in names)


@pytest.mark.usefixtures("small_limits")
def test_among_some_passages_alone_the_search_is_exact(tmp_path: Path) -> None:
    rough = built(tmp_path)
    only = IDS[::7]
    query = ROWS[3].astype(np.float32)
    cosines = {i: float(ROWS[i // 10 - 1].astype(np.float32) @ query) for i in only}
    expected = sorted(only, key=lambda i: (-cosines[i], i))[:20]
    assert rough.search(query[None], 20, only).ids.tolist() == expected


def test_the_truth_to_measure_by_is_found_without_a_cosine_for_each_pair_in_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    many = clustered(20_000)
    queries = many[::100].astype(np.float32)
    expected = np.argsort(-(queries @ many.T.astype(np.float32)), axis=1, kind="stable")[:, :100]
    monkeypatch.setattr(rough_vectors, "_AT_ONCE", 1_106)  # the last block has fewer than 100
    tracemalloc.start()
    found = rough_vectors._exact(many, queries)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found == [set(rows) for rows in expected.tolist()]
    assert peak_bytes < 4 * len(queries) * len(many)


def test_a_library_that_is_not_large_is_searched_exactly(tmp_path: Path) -> None:
    exact = built(tmp_path)
    assert VectorKind.load(tmp_path) == VectorKind(candidates=None, recall_at_100=1.0)
    query = ROWS[3].astype(np.float32)
    expected = np.argsort(-(ROWS.astype(np.float32) @ query), kind="stable")[:50]
    assert exact.search(query[None], 50).ids.tolist() == [IDS[row] for row in expected]
    assert not (tmp_path / "passages.npy").exists()
