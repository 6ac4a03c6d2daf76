"""Living through a scenario from what is stored."""

import pytest

from dti_xblocks.scenario import olx, play
from tests.scenario import sample_full
from tests.scenario.example import BEST, CONTENT, MIXED, POSSIBLE, WORST, decisions, scenario
from tests.scenario.sample_full import at, entries, when


def live(*path, content=sample_full.CONTENT, score_by="choices", pace=play.NO_CLOCK):
    return play.replay(sample_full.scenario(content, score_by), entries(*path), pace)


@pytest.mark.parametrize(
    ("path", "ending", "earned"), [(BEST, "stopped", POSSIBLE), (MIXED, "hidden", 4000), (WORST, "lost", 160)]
)
def test_a_path_leads_to_its_ending_and_score(path, ending, earned):
    state = play.replay(scenario(), decisions(path))
    assert (state.scene, state.ending.id, state.earned, state.possible) == (None, ending, earned, POSSIBLE)
    assert state.share == earned / POSSIBLE
    assert state.stored() == decisions(path)


def test_the_start_is_the_first_scene():
    state = play.replay(scenario(), [])
    assert (state.scene.id, state.ending, state.last, state.lost, state.since) == ("arrival", None, None, 0, "")


def test_deciding_goes_on_from_the_present_scene():
    story = scenario()
    state = play.decide(story, play.replay(story, []), "leave", when(5))
    assert (state.scene.id, state.last.choice.id, state.stored()) == ("aftermath", "leave", [["arrival", "leave", at(5)]])


def test_a_choice_of_another_scene_is_none():
    start = play.replay(scenario(), [])
    assert play.decide(scenario(), start, "report", when(0)) is None
    assert play.decide(scenario(), start, "", when(0)) is None
    assert play.decide(scenario(), play.replay(scenario(), decisions(BEST)), "report", when(0)) is None


@pytest.mark.parametrize(
    ("change", "kept", "scene"),
    [
        (('id="step-in"', 'id="stand-between"'), 1, "stairs"),
        (('id="stairs"', 'id="steps"'), 1, "steps"),
        (('id="arrival"', 'id="beginning"'), 0, "beginning"),
        (('id="step-in" to="desk"', 'id="step-in" to="aftermath"'), 2, "aftermath"),
        (('id="step-in" to="desk" points="5200"', 'id="step-in" to="desk" points="5200" offered="no"'), 1, "stairs"),
    ],
)
def test_a_changed_scenario_is_resumed_at_the_last_sound_point(change, kept, scene):
    changed = CONTENT.replace(*change).replace('to="stairs"', 'to="steps"' if scene == "steps" else 'to="stairs"')
    state = play.replay(scenario(changed), decisions(BEST))
    assert (len(state.steps), state.lost, state.scene.id) == (kept, 3 - kept, scene)


def test_decisions_after_an_ending_are_cut():
    state = play.replay(scenario(), [*decisions(BEST), ["arrival", "speak", at(99)]])
    assert (state.ending.id, state.lost, len(state.steps)) == ("stopped", 1, 3)


@pytest.mark.parametrize(
    "entry",
    [
        None,
        7,
        "stairs",
        [],
        ["stairs"],
        ["stairs", "step-in"],
        ["stairs", "step-in", None],
        ["stairs", "step-in", ""],
        ["stairs", "step-in", "noon"],
        ["stairs", "step-in", "2026-11-02T10:00:00"],  # of which zone?
        ["stairs", "step-in", "9999-12-31T23:59:59+00:00"],
        ["stairs", "step-in", "0001-01-01T00:00:00+14:00"],
        ["stairs", ["step-in"], at(0)],
        ["stairs", "step-in", at(0), ""],
        ["stairs", "step-in", at(0), "late"],
        ["stairs", "step-in", at(0), play.TIME_UP],  # the scene has no clock and no timeout
        ["stairs", "step-in", at(0), play.TIME_UP, play.TIME_UP],
        ["stairs", "", at(0), play.TIME_UP],
        {"scene": "stairs"},
    ],
)
def test_a_damaged_entry_ends_what_holds(entry):
    state = play.replay(scenario(), [*decisions(BEST)[:1], entry, *decisions(BEST)[2:]])
    assert (state.scene.id, len(state.entries), state.lost) == ("stairs", 1, 2)


def test_where_nothing_can_be_earned_everybody_has_it_all():
    story = olx.read('<scene id="a"><choice id="b" to="c" points="0"/></scene><ending id="c"/>')
    assert play.replay(story, [["a", "b", at(0)]]).share == 1.0


# -- conditions, meters, loops -----------------------------------------------------------------------------------------


def test_a_choice_appears_only_when_its_condition_holds():
    assert [choice.id for choice in live(("curb", "look")).choices] == ["soft", "retreat"]
    assert [choice.id for choice in live(("curb", "call")).choices] == ["firm", "soft", "retreat"]
    trusted = live(("curb", "call"), ("door", "retreat"), ("curb", "call"), ("door", "retreat"), ("curb", "call"))
    assert trusted.standing.meters[0] == 96
    assert [choice.id for choice in trusted.choices] == ["firm", "soft"]


def test_what_is_not_offered_cannot_be_decided():
    story = sample_full.scenario()
    state = play.replay(story, [], play.NO_CLOCK)
    assert [choice.id for choice in state.choices] == ["look", "call"]
    assert play.decide(story, state, "freeze", when(0), play.NO_CLOCK) is None
    assert live(("curb", "freeze")).lost == 1


@pytest.mark.parametrize(
    ("path", "meters"),
    [
        ([], (50, 31)),
        ([("curb", "look")], (55, 31)),
        ([("curb", "call")], (70, 35)),
        ([("curb", "freeze", "time-up")], (5, -40)),
        ([("curb", "freeze", "time-up"), ("door", "retreat"), ("curb", "look")], (5, -40)),  # it fell to 0, not to -2
        ([("curb", "call"), ("door", "firm"), ("hall", "cover")], (70, -40)),
    ],
)
def test_meters_move_and_stay_on_their_scale(path, meters):
    assert live(*path).standing.meters == meters


def test_who_does_not_meet_the_conditions_goes_on_elsewhere():
    assert live(("curb", "look"), ("door", "soft")).scene.id == "hall"
    assert live(("curb", "freeze", "time-up"), ("door", "soft")).scene.id == "yard"
    assert live(*sample_full.BEST).ending.id == "honored"
    assert live(("curb", "look"), ("door", "soft"), ("hall", "report")).ending.id == "blamed"  # no words


def test_one_may_be_sent_on_more_than_once():
    chain = sample_full.CONTENT.replace('title="Blamed-title"', 'title="Blamed-title" otherwise="lost"').replace(
        "<p>Blamed-story.</p>", '<needs choice="hall/cover"/><p>Blamed-story.</p>'
    )
    assert live(("curb", "look"), ("door", "soft"), ("hall", "report"), content=chain).ending.id == "lost"


def test_a_level_is_reached_by_a_scene_or_a_choice_on_it():
    assert live(("curb", "call")).standing.levels == {"words"}
    assert live(("curb", "look")).standing.levels == {"signal"}
    placed = sample_full.CONTENT.replace('id="hall" title="Hall-title"', 'id="hall" title="Hall-title" level="words"')
    assert live(("curb", "look"), ("door", "soft"), ("hall", "report"), content=placed).ending.id == "honored"


def test_the_first_decision_in_a_scene_counts():
    back = [("curb", "look"), ("door", "retreat"), ("curb", "call"), ("door", "firm"), ("hall", "report")]
    assert live(*back).earned == 3100 + 100 + 60
    assert live(*back, score_by="both").earned == 3100 + 100 + 60 + 50
    assert live(*back).standing.meters == (50 + 5 - 7 + 20, 31 + 4)  # what it does to meters counts every time


@pytest.mark.parametrize(
    ("score_by", "earned", "possible"),
    [("choices", 3100 + 400 + 10, 8260), ("endings", 20, 50), ("both", 3100 + 400 + 10 + 20, 8310)],
)
def test_choices_or_endings_or_both_make_the_score(score_by, earned, possible):
    state = live(("curb", "look"), ("door", "soft"), ("hall", "cover"), score_by=score_by)
    assert (state.earned, state.possible) == (earned, possible)
    assert live(*sample_full.BEST, score_by=score_by).share == 1.0


def test_nobody_earns_more_than_there_is():
    """`rules` names the mistake; the score stays a share whatever the author does."""
    paid = sample_full.CONTENT.replace('points="0" offered="no"', 'points="99000" offered="no"')
    state = live(("curb", "freeze", "time-up"), ("door", "soft"), ("yard", "run"), content=paid)
    assert (state.earned, state.possible, state.share) == (8260, 8260, 1.0)


@pytest.mark.parametrize(
    ("change", "kept", "place"),
    [
        (('id="soft" to="hall" points="400">', 'id="soft" to="hall" points="400"><needs choice="yard/run"/>'), 1, "door"),
        (('<needs meter="trust" at-least="40"/>', '<needs meter="trust" at-least="90"/>'), 2, "yard"),
        (('id="hall" title', 'id="hallway" title'), 1, "door"),
        (('meter="trust" by="5"', 'meter="trust" by="-50"'), 2, "yard"),
    ],
)
def test_a_condition_that_is_new_or_moved_is_asked_of_what_is_stored(change, kept, place):
    changed = sample_full.CONTENT.replace(*change).replace('to="hall"', 'to="hallway"' if "hallway" in change[1] else 'to="hall"')
    if "hallway" in change[1]:
        changed = changed.replace('id="soft" to="hallway"', 'id="soft" to="yard"')
        kept, place = 2, "yard"
    state = live(("curb", "look"), ("door", "soft"), ("hall", "report"), content=changed)
    assert (len(state.steps), state.lost, state.standing.place) == (kept, 3 - kept, place)


def test_the_log_tells_what_each_entry_led_to_and_how_long_it_took():
    log = live(("curb", ""), ("curb", "freeze", "time-up"), ("door", "soft")).log(at(0))
    assert [(logged.entry[1], logged.led_to, logged.seconds) for logged in log] == [
        ("", "", 0),
        ("freeze", "door", 10),
        ("soft", "yard", 10),
    ]
    assert live(("curb", "look")).log()[0].seconds is None
