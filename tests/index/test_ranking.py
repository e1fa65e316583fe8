"""A ranking: the best first, ties by lower id, whatever order the passages come in."""

import numpy as np
import pytest

from index.ranking import NOTHING, Ranking


def test_the_best_come_first_and_ties_by_lower_id() -> None:
    ids, scores = np.array([7, 3, 9, 1]), np.array([0.5, 0.25, 0.75, 0.5], dtype=np.float32)
    assert Ranking.best(ids, scores, 4).pairs() == [(9, 0.75), (1, 0.5), (7, 0.5), (3, 0.25)]


@pytest.mark.parametrize(("top_k", "ids"), [(0, []), (1, [9]), (2, [9, 1]), (99, [9, 1, 7])])
def test_no_more_than_are_asked_for(top_k: int, ids: list[int]) -> None:
    ranking = Ranking.best(np.array([7, 9, 1]), np.array([0.5, 0.75, 0.5]), top_k)
    assert (len(ranking), ranking.ids.tolist()) == (len(ids), ids)


def test_passages_with_their_scores_are_ranked() -> None:
    assert Ranking.of({2: 1.0, 5: 3.0, 4: 3.0}).pairs() == [(4, 3.0), (5, 3.0), (2, 1.0)]


def test_nothing_is_a_ranking_too() -> None:
    assert (len(NOTHING), NOTHING.pairs(), Ranking.of({}).pairs()) == (0, [], [])
