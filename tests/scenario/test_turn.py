"""Where a run turned: the decision that closed the better way, and what was still possible after it."""

import pytest

from dti_xblocks.scenario import olx, play
from dti_xblocks.scenario.turn import Turn, turn_of
from tests.scenario.sample_full import at

CHOICE = '<choice id="{id}" to="{to}" points="{points}"><text>T.</text><outcome><p>O.</p></outcome><why><p>W.</p></why></choice>'


def scene(name, *choices):
    made = "".join(CHOICE.format(id=to, to=to, points=points) for to, points in choices)
    return f'<scene id="{name}" title="{name.upper()}"><p>S.</p>{made}</scene>'


ENDING = '<ending id="end" title="End" result="good"><p>E.</p></ending>'
# The strongest path is a, b, c with 10 points; by way of d there are 4 at most.
STORY = olx.read(
    "<introduction><p>I.</p></introduction>"
    + scene("a", ("b", 2), ("d", 1))
    + scene("b", ("c", 4), ("end", 0))
    + scene("c", ("end", 4), ("d", 0))
    + scene("d", ("end", 3), ("a", 0))
    + ENDING
)


def turn(*choices, mark=70):
    place, entries = "a", []
    for number, choice in enumerate(choices):
        entries.append([place, choice, at(number)])
        place = choice
    state = play.replay(STORY, entries)
    assert state.ending and not state.lost
    return turn_of(STORY, state, mark)


def test_a_strongest_run_has_not_turned():
    assert turn("b", "c", "end") is None


@pytest.mark.parametrize(
    ("choices", "mark", "where"),
    [
        (("d", "end"), 70, Turn(1, "A", False, 4, True)),
        (("b", "end"), 70, Turn(2, "B", False, 2, True)),
        (("b", "c", "d", "end"), 95, Turn(3, "C", False, 9, True)),
    ],
)
def test_a_run_that_failed_turned_where_passing_was_over(choices, mark, where):
    assert turn(*choices, mark=mark) == where


def test_a_run_that_passed_turned_where_most_was_lost():
    assert turn("b", "c", "d", "end") == Turn(3, "C", False, 9, False)


def test_who_goes_round_never_has_more_ahead_than_before():
    assert turn("d", "a", "b", "end").points <= 10
    assert turn("d", "a", "b", "end").closed
