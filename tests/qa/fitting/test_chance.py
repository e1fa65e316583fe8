"""The coefficients of the confidence."""

import math

import pytest

from qa.confidence import Evidence
from qa.fitting.chance import Judged, fit_chance, shares_wrong

NEAR = Evidence(nearness=0.0, agreement=1.0, unknown=0.0, cohesion=0.0)
FAR = Evidence(nearness=0.0, agreement=0.0, unknown=0.0, cohesion=0.0)


def test_the_coefficients_give_the_shares_that_were_answered() -> None:
    """Of what agrees three in four are to be answered, of what does not one in four."""
    judged = [Judged(NEAR, True)] * 3 + [Judged(NEAR, False)] + [Judged(FAR, True)] + [Judged(FAR, False)] * 3

    bias, _, agreement, *_ = fit_chance([judged]).tolist()

    assert bias == pytest.approx(math.log(1 / 3), abs=1e-3)
    assert bias + agreement == pytest.approx(math.log(3), abs=1e-3)


def test_answers_and_refusals_weigh_alike_however_many_there_are() -> None:
    judged = [Judged(NEAR, True)] + [Judged(NEAR, False)] * 9

    bias, _, agreement, *_ = fit_chance([judged]).tolist()

    assert bias + agreement == pytest.approx(0.0, abs=1e-3)


def test_what_counts_less_moves_the_coefficients_less() -> None:
    judged = [Judged(NEAR, True), Judged(NEAR, False, weight=0.25), Judged(FAR, False, weight=0.75)]

    bias, _, agreement, *_ = fit_chance([judged]).tolist()

    assert bias + agreement == pytest.approx(math.log(4), abs=0.05)


def test_what_is_wrong_now_is_counted_without_what_counts_less() -> None:
    sure = Evidence(nearness=3.0, agreement=1.0, unknown=0.0, quote=1.9, closeness=1.0)
    judged = [Judged(sure, True)] * 3 + [Judged(FAR, True)] + [Judged(sure, False)] + [Judged(FAR, False)]
    judged += [Judged(sure, False, weight=0.3)] * 5
    assert shares_wrong(judged) == (0.25, 0.5)
