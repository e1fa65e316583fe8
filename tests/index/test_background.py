"""The background of a library: medians worked by hand, and what one good answer must not move."""

from collections.abc import Sequence

import numpy as np
import pytest

from index import background
from index.background import PROBES, Background, measure_background
from index.embed import Embeddings
from tests.fakes import WordEmbedder


class _ProbeEmbedder(WordEmbedder):
    """Gives the probes the cosines it is told, with a passage that points along the first axis."""

    def __init__(self, *cosines: float) -> None:
        self._cosines = cosines

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        assert queries == PROBES
        return np.array([[cosine, 0.0] for cosine in self._cosines], dtype=np.float32)


ALONG = np.array([[1.0, 0.0]], dtype=np.float32)
ALONG_AND_HALF = np.array([[0.5, 0.0], [1.0, 0.0]], dtype=np.float32)


@pytest.mark.parametrize("passages", [ALONG, ALONG_AND_HALF], ids=["one passage", "the best of two"])
def test_middle_and_deviation_are_medians(passages: Embeddings) -> None:
    measured = measure_background(_ProbeEmbedder(0.70, 0.72, 0.74, 0.78, 0.99), [passages])
    # median 0.74; distances from it 0.04, 0.02, 0, 0.04, 0.25 have the median 0.04
    assert (measured.middle, measured.deviation) == pytest.approx((0.74, 0.04 * 1.4826), abs=1e-6)


def test_a_probe_that_the_library_answers_moves_nothing() -> None:
    without = measure_background(_ProbeEmbedder(0.70, 0.72, 0.74, 0.78, 0.79), [ALONG])
    assert measure_background(_ProbeEmbedder(0.70, 0.72, 0.74, 0.78, 1.0), [ALONG]) == without


def test_cosines_that_are_all_alike_do_not_divide_by_nothing() -> None:
    assert measure_background(_ProbeEmbedder(0.5, 0.5, 0.5), [ALONG]) == Background(0.5, 0.005)


def test_a_library_without_passages_has_a_neutral_background() -> None:
    nothing = np.zeros((0, 0), dtype=np.float32)
    assert measure_background(WordEmbedder(), [nothing]) == Background(0.0, 1.0)


def test_nearness_counts_deviations_above_the_middle() -> None:
    assert Background(0.75, 0.125).nearness(1.0) == 2.0
    assert Background(0.75, 0.125).nearness(0.625) == -1.0


def test_a_background_reads_back_as_it_was_written() -> None:
    measured = Background(0.1 + 0.2, 1 / 3)
    assert Background.from_json(measured.to_json()) == measured


def test_the_probes_are_questions_each_once() -> None:
    assert len(set(background.PROBES)) == len(PROBES) == 32
    assert all(probe.endswith("?") for probe in PROBES)
