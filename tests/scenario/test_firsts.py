"""What others did first: round figures of whole tens of people, from which nobody can be told."""

import itertools

import pytest

from dti_xblocks.scenario import olx
from dti_xblocks.scenario.firsts import in_tens, stepped_in
from tests.scenario import timed

STORY = olx.read(timed.CONTENT)
CURB = STORY.scene("curb")  # "sign" is on a level, "look" is on none


def told(stepped, of, others=True, scene=CURB):
    acts = [("curb", "sign")] * stepped + [("curb", "look")] * (of - stepped)
    return stepped_in(scene, in_tens(acts).get("curb", {}), others)


@pytest.mark.parametrize(
    ("stepped", "of", "tenths"),
    [
        (6, 10, 6),
        (0, 10, 1),
        (1, 10, 1),
        (2, 10, 2),
        (8, 10, 8),
        (9, 10, 9),
        (10, 10, 9),
        (11, 20, 6),
        (13, 30, 4),
        (650, 1000, 7),
    ],
)
def test_a_share_is_told_in_tenths_and_never_all_or_none(stepped, of, tenths):
    assert told(stepped, of) == tenths


@pytest.mark.parametrize("of", range(10))
def test_fewer_than_ten_are_told_of_to_nobody(of):
    assert told(of, of) is None and told(0, of) is None


def test_whoever_is_among_the_ten_reads_of_twenty():
    assert told(6, 10, others=False) is told(6, 19, others=False) is None and told(12, 20, others=False) == 6


def test_one_more_person_changes_nothing():
    """Who watches the figure while somebody finishes learns nothing: it changes with ten."""
    for first in itertools.product(("sign", "look"), repeat=3):
        acts = [("curb", "sign")] * 5 + [("curb", "look")] * 5
        before = in_tens(acts)
        for choice in first:
            acts.append(("curb", choice))
            assert in_tens(acts) == before
    assert in_tens([("curb", "sign"), ("hood", "call")] * 9) == {}


def test_where_every_act_is_on_a_level_or_none_is_there_is_nothing_to_tell():
    after = STORY.scene("after")
    assert stepped_in(after, {"write": 10, "skip": 10}, True) is None
    assert stepped_in(STORY.scene("hood"), {"call": 5, "grab": 5, "froze": 10}, True) == 5, "what a clock took is no step in"
    assert stepped_in(CURB, {"gone": 20, "sign": 9}, True) is None, "choices that are gone since count for nothing"
