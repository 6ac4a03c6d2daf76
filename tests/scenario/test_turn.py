"""Where a run turned."""

import pytest

from dti_xblocks.scenario import olx, play
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.turn import turn_of
from tests.scenario.example import BEST, MIXED, POSSIBLE, WORST, decisions, scenario


def turn(path, pass_mark=70, story=None):
    story = story or scenario()
    found = turn_of(story, play.replay(story, decisions(path)), pass_mark)
    return found and (found.number, found.step.scene.id, found.before, found.after)


def test_a_strongest_run_does_not_turn():
    assert turn(BEST) is None


def test_it_turns_where_the_pass_mark_goes_out_of_reach():
    assert turn(MIXED) == (1, "arrival", POSSIBLE, 2100 + 1900)


def test_an_earlier_loss_that_could_be_made_good_is_not_the_turn():
    path = (("arrival", "speak"), ("stairs", "step-in"), ("desk", "cover"))
    assert turn(path) == (3, "desk", POSSIBLE, 7300 + 5200)
    assert turn(path, pass_mark=80) == (3, "desk", POSSIBLE, 7300 + 5200)
    assert turn((("arrival", "wait"), ("stairs", "watch"), ("aftermath", "tell")), pass_mark=50) == (
        2, "stairs", POSSIBLE - 7300, 160 + 1900,
    )  # fmt: skip


def test_without_a_mark_that_was_lost_the_dearest_decision_counts_and_of_equals_the_first():
    assert turn(WORST, pass_mark=0) == (1, "arrival", POSSIBLE, POSSIBLE - 7300) or turn(WORST, pass_mark=0)[1] == "stairs"
    dearest = max((7300, 1), (POSSIBLE - 7300 - 160 - 1900, 2), (1900, 3))
    assert turn(WORST, pass_mark=0)[0] == dearest[1]


def test_an_open_run_turns_too():
    assert turn(MIXED[:1])[:2] == (1, "arrival") and turn(BEST[:2]) is None and turn(()) is None


LOOP = """
<scene id="one" title="One"><p>One.</p>
  <choice id="good" to="two" points="2"><text>Good.</text><outcome><p>So.</p></outcome><why><p>So.</p></why></choice>
  <choice id="bad" to="two" points="0"><text>Bad.</text><outcome><p>So.</p></outcome><why><p>So.</p></why></choice></scene>
<scene id="two" title="Two"><p>Two.</p>
  <choice id="back" to="one" points="0"><text>Back.</text><outcome><p>So.</p></outcome><why><p>So.</p></why></choice>
  <choice id="on" to="end" points="2"><text>On.</text><outcome><p>So.</p></outcome><why><p>So.</p></why></choice></scene>
<ending id="end" title="End" result="good"><p>End.</p></ending>
"""


def test_what_was_lost_does_not_come_back_by_going_round():
    story = olx.read(LOOP)
    round_and_on = (("one", "bad"), ("two", "back"), ("one", "good"), ("two", "on"))
    found = turn(round_and_on, story=story)
    assert found[:2] == (1, "one") and found[3] == 2


@pytest.mark.parametrize(
    ("scene", "strongest"), [("arrival", {"speak"}), ("desk", {"report"}), ("stopped", set()), ("none", set())]
)
def test_all_strongest_choices_of_a_scene(scene, strongest):
    assert analysis(scenario()).strongest_at(scene) == strongest


def test_choices_of_equal_worth_are_strongest_together():
    twins = LOOP.replace('points="0"><text>Bad', 'points="2"><text>Bad')
    assert analysis(olx.read(twins)).strongest_at("one") == {"good", "bad"}
