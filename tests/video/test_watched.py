"""Intervals: merged, cut, and held against the time that has passed."""

import json
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.video import watched

TIMES = st.floats(0, 100, allow_nan=False).map(lambda value: round(value, 1))
SPANS = st.lists(st.tuples(TIMES, TIMES).map(lambda pair: (min(pair), max(pair))), max_size=20)


def test_intervals_that_touch_are_one():
    assert watched.merged([(5, 6), (0, 2), (1, 3), (3.4, 4)]) == ((0, 4), (5, 6))
    assert watched.merged([(2, 2)]) == () and watched.length(((0, 4), (5, 6))) == 5


@given(SPANS)
def test_merging_keeps_every_second_and_no_order_matters(spans):
    kept = watched.merged(spans)
    assert kept == watched.merged(reversed(spans)) == watched.merged(kept)
    assert all(one[1] + watched.GAP < other[0] for one, other in pairwise(kept))
    assert all(any(start <= one[0] and one[1] <= end for start, end in kept) for one in spans if one[0] < one[1])


@given(SPANS, TIMES)
def test_a_share_is_a_share(spans, seconds):
    assert 0 <= watched.share(spans, seconds) <= 1
    assert watched.percent(0.999) == 99 and watched.percent(1.0) == 100


def test_a_player_that_is_a_little_off_the_mark_has_played_all():
    assert watched.share([(0.4, 11.6)], 12) == 1.0 and watched.share([(0.6, 12)], 12) < 1
    assert watched.share([(11.8, 12)], 12) < 0.1


def test_a_report_is_cut_to_the_film():
    assert watched.read_spans("[[0, 4], [10, 99], [12, 13], [3, 3]]", 12) == [(0, 4), (10, 12)]


@pytest.mark.parametrize("text", ["", "x", "5", "[[1]]", "[[1, 2, 3]]", "[[2, 1]]", '[["1", 2]]', "[[-1, 2]]", "[[0, 1e9]]", "[null]",
                                  json.dumps([[0, 1]] * 201), "[" * 5000])  # fmt: skip
def test_what_is_no_report(text):
    with pytest.raises(watched.SpansUnreadableError):
        watched.read_spans(text, 12)


def test_nobody_watches_faster_than_the_player_plays():
    assert watched.credit_after([(0, 5)], 0, None) == 0  # what a first report may hold
    assert watched.credit_after([(0, 6)], 0, None) is None
    assert watched.credit_after([(0, 21)], 0, 10) == 0  # twice the speed, and a little
    assert watched.credit_after([(0, 21.1)], 0, 10) is None
    assert watched.credit_after([(0, 21.1)], 5, 10) == 4.9
    assert watched.credit_after([(0, 10)], 5, 1000) == watched.SAVED  # no more is kept for later
    assert watched.credit_after([], 0, 3600) == watched.GRACE  # a pause is not saved up
    assert watched.credit_after([(0, 1300)], 0, 3600) is None
    assert watched.credit_after([(0, 1)], 1, -5) == 0  # a clock that was set back gives nothing


def test_a_report_that_was_long_on_its_way_costs_the_next_one_nothing():
    credit = watched.credit_after([(0, 10)], 0, 10)  # in time
    credit = watched.credit_after([(10, 20)], credit, 40)  # the server was away for half a minute, while the film played on
    assert watched.credit_after([(20, 50)], credit, 0.2) is not None
    assert watched.credit_after([(20, 50 + watched.SAVED)], credit, 0.2) is None


@given(st.lists(st.tuples(TIMES, TIMES.map(lambda value: value / 10)), max_size=30))
def test_many_small_reports_are_worth_no_more_than_one(reports):
    credit, total, passed = watched.GRACE, 0.0, 0.0
    for length, since in reports:
        after = watched.credit_after([(0, length)], credit, since)
        if after is not None:
            credit, total = after, total + length
        passed += since
    assert total <= watched.GRACE + watched.FASTEST * watched.MARGIN * passed + 0.1 * len(reports)


def test_an_audience_is_counted_by_the_middle_of_each_part():
    assert watched.audience([[(0, 10)], [(0, 2)], [(4, 6)]], 10, 5) == [2, 1, 2, 1, 1]
