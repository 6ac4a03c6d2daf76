"""The look back at an ending."""

import dataclasses

import pytest

from dti_xblocks.scenario import play
from dti_xblocks.scenario.debrief import LevelScore, Stronger, look_back, passes, percent
from tests.scenario.example import BEST, CONTENT, MIXED, POSSIBLE, WORST, decisions, scenario


def look(path, pass_mark=70, content=CONTENT):
    story = scenario(content)
    return look_back(story, play.replay(story, decisions(path)), pass_mark, lambda slug: (f"Caption of {slug}", "1 U.S. 1"))


def test_the_strongest_path_has_nothing_stronger():
    review = look(BEST)
    assert (review.earned, review.possible, review.percent, review.passed) == (POSSIBLE, POSSIBLE, 100, True)
    assert [decision.stronger for decision in review.decisions] == [None] * 3
    assert review.levels == (
        LevelScore("Officer level", 12500, 12500),
        LevelScore("Supervisor level", 4400, 4400),
        LevelScore("Agency level", reached=False),
    )


def test_a_level_that_no_scene_is_on_cannot_be_missed():
    content = CONTENT.replace('level="agency"', 'level="officer"')
    assert [level.title for level in look(BEST, content=content).levels] == ["Officer level", "Supervisor level"]


def test_each_decision_is_told_with_what_came_of_it():
    first, second = look(MIXED).decisions
    assert (first.number, first.scene, first.level, first.points, first.best) == (1, "Arrival-title", "Officer level", 2100, 7300)
    assert (first.taken, first.outcome, first.why) == ("Leave-text.", "<p>Leave-outcome.</p>", "<p>Leave-why.</p>")
    assert first.stronger == Stronger("Speak-text.", "<p>Speak-why.</p>")
    assert (second.scene, second.stronger) == ("Aftermath-title", None)


def test_scenes_off_the_path_stay_closed():
    told = repr(dataclasses.asdict(look(MIXED)))
    for closed in ("Stairs", "Desk", "Watch", "Stepin", "Report", "Cover", "Stopped", "Lost", "Wait-"):
        assert closed not in told


def test_stronger_means_the_strongest_path_not_the_most_points_at_once():
    content = CONTENT.replace('points="2100"', 'points="9000"')  # more at once, but the way on is weak
    first = look(MIXED, content=content).decisions[0]
    assert (first.points, first.best, first.stronger.text) == (9000, 9000, "Speak-text.")


def test_an_equally_strong_choice_is_not_corrected():
    content = CONTENT.replace('id="wait" to="stairs" points="0"', 'id="wait" to="stairs" points="7300"')
    path = (("arrival", "wait"), *BEST[1:])
    assert [decision.stronger for decision in look(path, content=content).decisions] == [None] * 3


@pytest.mark.parametrize("mark, passed", [(23, True), (24, False), (100, False)])
def test_the_pass_mark_is_compared_in_whole_points(mark, passed):
    assert look(MIXED, mark).passed is passed  # 4000 of 16900 are 23.67 per cent
    assert look(MIXED, mark).percent == 23


def test_a_share_that_floats_get_wrong_passes():
    content = '<scene id="a"><choice id="b" to="c" points="7"/><choice id="d" to="c" points="10"/></scene><ending id="c"/>'
    state = play.replay(scenario(content), [["a", "b", ""]])
    assert passes(state, 70) and not passes(state, 71)
    assert percent(7, 10) == 70 and percent(0, 0) == 100


def test_before_an_ending_there_is_no_debrief():
    with pytest.raises(ValueError, match="ending"):
        look(WORST[:2])
