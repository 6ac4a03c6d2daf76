"""Lines and bars: everything is where its number says."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.drawing.numbers import MOST_LEVELS, bars, levels_to, lines


@given(st.integers(0, 10**9))
def test_levels_hold_the_greatest_and_are_few_round_and_even(most):
    levels = levels_to(most)
    apart = {after - before for before, after in itertools.pairwise(levels)}
    assert levels[0] == 0 and levels[-1] >= most and 2 <= len(levels) <= MOST_LEVELS + 1 and len(apart) == 1
    assert str(apart.pop()).rstrip("0") in ("1", "2", "5")


def test_lines_stand_at_their_numbers():
    graph = lines([[0, 5, 10], [10, 0, 0]], width=640, height=200)
    assert graph.xs == (graph.left, (graph.left + graph.right) / 2, graph.right)
    bottom, top = graph.levels[0].y, graph.levels[-1].y
    assert graph.levels[0].value == 0 and graph.levels[-1].value >= 10 and top < bottom
    at = {level.value: level.y for level in graph.levels}
    assert next(y for _x, y in graph.dots[0]) == bottom and [y for _x, y in graph.dots[1]][1:] == [bottom, bottom]
    assert (
        graph.dots[0][2][1]
        == graph.dots[1][0][1]
        == pytest.approx(at.get(10, bottom - (bottom - top) * 10 / graph.levels[-1].value))
    )
    assert graph.paths[0].startswith(f"M{graph.left:g},{bottom:g}L") and graph.paths[0].count("L") == 2


def test_one_moment_stands_in_the_middle():
    graph = lines([[3]])
    assert graph.xs == ((graph.left + graph.right) / 2,) and graph.paths[0].count("L") == 0


def test_nothing_but_zeros_is_drawn_on_the_ground():
    graph = lines([[0, 0]])
    assert {y for _x, y in graph.dots[0]} == {graph.bottom}


def test_bars_are_in_proportion_and_never_invisible():
    assert bars([0, 1, 50, 100, 1000], 240) == [0, 1, 12, 24, 240]
    assert bars([0, 0], 240) == [0, 0] and bars([], 240) == []
