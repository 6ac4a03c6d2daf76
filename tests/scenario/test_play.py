"""Living through a scenario from what is stored."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.scenario import play
from dti_xblocks.scenario.model import Choice, Ending, Scenario, Scene
from tests.scenario.example import BEST, CONTENT, MIXED, POSSIBLE, WORST, decisions, scenario


@pytest.mark.parametrize("path, ending, earned", [(BEST, "stopped", POSSIBLE), (MIXED, "hidden", 4000), (WORST, "lost", 160)])
def test_a_path_leads_to_its_ending_and_score(path, ending, earned):
    state = play.replay(scenario(), decisions(path))
    assert (state.scene, state.ending.id, state.earned, state.possible) == (None, ending, earned, POSSIBLE)
    assert state.share == earned / POSSIBLE
    assert state.stored() == decisions(path)


def test_the_start_is_the_first_scene():
    state = play.replay(scenario(), [])
    assert (state.scene.id, state.ending, state.last, state.lost) == ("arrival", None, None, 0)


def test_deciding_goes_on_from_the_present_scene():
    state = play.decide(scenario(), play.replay(scenario(), []), "leave", "now")
    assert (state.scene.id, state.last.choice.id, state.stored()) == ("aftermath", "leave", [["arrival", "leave", "now"]])


def test_a_choice_of_another_scene_is_none():
    start = play.replay(scenario(), [])
    assert play.decide(scenario(), start, "report", "now") is None
    assert play.decide(scenario(), play.replay(scenario(), decisions(BEST)), "report", "now") is None


@pytest.mark.parametrize(
    "change, kept, scene",
    [
        (('id="step-in"', 'id="stand-between"'), 1, "stairs"),
        (('id="stairs"', 'id="steps"'), 1, "steps"),
        (('id="arrival"', 'id="beginning"'), 0, "beginning"),
        (('id="step-in" to="desk"', 'id="step-in" to="aftermath"'), 2, "aftermath"),
    ],
)
def test_a_changed_scenario_is_resumed_at_the_last_sound_point(change, kept, scene):
    changed = CONTENT.replace(*change).replace('to="stairs"', 'to="steps"' if scene == "steps" else 'to="stairs"')
    state = play.replay(scenario(changed), decisions(BEST))
    assert (len(state.steps), state.lost, state.scene.id) == (kept, 3 - kept, scene)


def test_decisions_after_an_ending_are_cut():
    state = play.replay(scenario(), [*decisions(BEST), ["arrival", "speak", "later"]])
    assert (state.ending.id, state.lost, len(state.steps)) == ("stopped", 1, 3)


@given(st.recursive(st.none() | st.integers() | st.text(), lambda inner: st.lists(inner, max_size=4), max_leaves=8))
def test_damaged_data_never_crashes(junk):
    state = play.replay(scenario(), [*decisions(BEST)[:1], junk, ["stairs", "step-in", "x"]])
    assert state.scene is not None


def test_where_nothing_can_be_earned_everybody_has_it_all():
    content = '<scene id="a"><choice id="b" to="c" points="0"/></scene><ending id="c"/>'
    assert play.replay(scenario(content), [["a", "b", ""]]).share == 1.0


@st.composite
def stories(draw):
    """Random scenarios without loops: a choice leads only onward."""
    size = draw(st.integers(1, 7))
    scenes = []
    for number in range(size):
        options = draw(st.lists(st.tuples(st.integers(number + 1, size), st.integers(0, 9)), min_size=1, max_size=3))
        choices = tuple(Choice(f"c{i}", f"s{to}", points, "t", "o", "w") for i, (to, points) in enumerate(options))
        scenes.append(Scene(f"s{number}", "t", "l", "", "", (), choices))
    return Scenario("", (), tuple(scenes), (Ending(f"s{size}", "e", "good", ()),))


def every_path(story, scene, points=0):
    for choice in scene.choices:
        following = story.scene(choice.to)
        if following is None:
            yield points + choice.points
        else:
            yield from every_path(story, following, points + choice.points)


@given(stories(), st.data())
def test_the_strongest_path_is_the_best_of_all_paths(story, data):
    assert story.possible == max(every_path(story, story.start))
    state = play.replay(story, [])
    while state.scene:
        state = play.decide(story, state, data.draw(st.sampled_from(state.scene.choices)).id, "now")
    assert 0 <= state.earned <= story.possible
    state = play.replay(story, [])
    while state.scene:
        state = play.decide(story, state, story.strongest[state.scene.id][1], "now")
    assert state.earned == state.possible
