"""One rounding of scores for all places that tell them."""

import pytest

from dti_xblocks.scenario.percent import passes, percent


@pytest.mark.parametrize(
    ("earned", "possible", "told"),
    [
        (13, 49, 27),  # 26.53 per cent: the gradebook says 27
        (53, 200, 26),  # 26.5: of two that are equally near, the gradebook takes the even one
        (55, 200, 28),  # 27.5
        (0.265, 1.0, 26),
        (0, 49, 0),
        (-3, 49, 0),
        (60, 49, 100),
        (0, 0, 100),
        (199, 200, 100),
    ],
)
def test_a_score_is_rounded_as_the_gradebook_rounds(earned, possible, told):
    assert percent(earned, possible) == told == percent(earned, possible, 70)


@pytest.mark.parametrize(
    ("earned", "possible", "mark", "told"),
    [
        (1391, 2000, 70, 69.5),
        (1399, 2000, 70, 69.9),
        (13999, 20000, 70, 69.9),
        (1400, 2000, 70, 70),
        (1389, 2000, 70, 69),
        (0.29, 1, 29, 29),  # 100 * 0.29 is a little less than 29 in binary fractions
        (0.7, 1, 70, 70),
        (199, 200, 100, 99.5),
    ],
)
def test_nobody_reads_a_pass_mark_that_was_not_reached(earned, possible, mark, told):
    assert percent(earned, possible, mark) == told


def test_every_score_below_the_mark_reads_below_it_and_every_other_does_not():
    for mark in range(1, 101):
        for earned in range(212):
            assert (percent(earned, 211, mark) >= mark) == passes(earned, 211, mark)
