"""The background of a library: the median worked by hand, and what one good answer must not move."""

from collections.abc import Sequence

import numpy as np
import pytest

from index.background import Background, measure_background
from index.embed import Embeddings
from index.probes import ANSWERS, PROBES
from tests.fakes import WordEmbedder


class _ProbeEmbedder(WordEmbedder):
    """Gives the probes the cosines it is told, with a passage that points along the first axis."""

    def __init__(self, *cosines: float) -> None:
        self._cosines = cosines

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        assert queries == PROBES
        return np.array([[cosine, 0.0] for cosine in self._cosines], dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        assert texts == ANSWERS
        return np.array([[1.0, 0.0]] * len(self._cosines), dtype=np.float32)


ALONG = np.array([[1.0, 0.0]], dtype=np.float32)
ALONG_AND_HALF = np.array([[0.5, 0.0], [1.0, 0.0]], dtype=np.float32)


@pytest.mark.parametrize("passages", [ALONG, ALONG_AND_HALF], ids=["one passage", "the best of two"])
def test_the_middle_is_the_median(passages: Embeddings) -> None:
    measured = measure_background(_ProbeEmbedder(0.70, 0.72, 0.74, 0.78, 0.99), [passages])
    assert measured.middle == pytest.approx(0.74, abs=1e-6)


def test_a_probe_that_the_library_answers_moves_nothing() -> None:
    without = measure_background(_ProbeEmbedder(0.70, 0.72, 0.74, 0.78, 0.79), [ALONG])
    assert measure_background(_ProbeEmbedder(0.70, 0.72, 0.74, 0.78, 1.0), [ALONG]) == without


def test_cosines_that_are_all_alike_do_not_divide_by_nothing() -> None:
    assert measure_background(_ProbeEmbedder(0.5, 0.5, 0.5), [ALONG]) == Background(
        0.5, strangers=0.5, answers=pytest.approx(0.51)
    )


def test_a_library_without_passages_has_a_neutral_background() -> None:
    nothing = np.zeros((0, 0), dtype=np.float32)
    measured = measure_background(WordEmbedder(), [nothing])
    assert measured.middle == 0.0


class _ScaledEmbedder(WordEmbedder):
    """Three probes along three axes; each answer leans towards its own by 0.8 and the next one's by 0.6."""

    def embed_queries(self, queries: Sequence[str]) -> Embeddings:
        return np.eye(3, dtype=np.float32)

    def embed_passages(self, texts: Sequence[str]) -> Embeddings:
        return np.array([[0.8, 0.6, 0.0], [0.0, 0.8, 0.6], [0.6, 0.0, 0.8]], dtype=np.float32)


def test_the_scale_runs_from_strangers_to_answers() -> None:
    measured = measure_background(_ScaledEmbedder(), [])
    # with other probes' answers 0, 0, 0, 0.6, 0.6 and 0.6, whose median is 0.3; with their own 0.8
    assert (measured.strangers, measured.answers) == pytest.approx((0.3, 0.8))


def test_closeness_is_0_for_strangers_and_1_for_answers() -> None:
    scaled = Background(0.5, strangers=0.25, answers=0.75)
    assert [scaled.closeness(cosine) for cosine in (0.25, 0.5, 0.75)] == [0.0, 0.5, 1.0]


def test_what_is_merely_far_above_a_small_library_is_no_closer_to_an_answer() -> None:
    small, large = (Background(middle, strangers=0.4, answers=0.8) for middle in (0.45, 0.6))
    assert small.nearness(0.6) > 0.3 > large.nearness(0.6)
    assert small.closeness(0.6) == large.closeness(0.6) == pytest.approx(0.5)


@pytest.mark.parametrize("scale", ["", ', "strangers": 0.0, "answers": 1.0'])
def test_a_library_of_before_the_scale_was_measured_can_be_read(scale: str) -> None:
    assert Background.from_json('{"middle": 0.5, "deviation": 0.1' + scale + "}") == Background(0.5)


def test_nearness_counts_what_is_above_the_middle_on_the_scale() -> None:
    assert Background(0.5, 0.25, 0.75).nearness(0.75) == 0.5
    assert Background(0.5, 0.25, 0.75).nearness(0.25) == -0.5


def test_a_background_reads_back_as_it_was_written() -> None:
    measured = Background(0.1 + 0.2, 1 / 3, 0.83)
    assert Background.from_json(measured.to_json()) == measured


def test_the_probes_are_questions_each_once() -> None:
    assert len(set(PROBES)) == len(PROBES) == 32
    assert all(probe.endswith("?") for probe in PROBES)


def test_every_probe_has_an_answer_of_its_own() -> None:
    assert len(set(ANSWERS)) == len(ANSWERS) == len(PROBES)
    assert all(answer.endswith(".") for answer in ANSWERS)
