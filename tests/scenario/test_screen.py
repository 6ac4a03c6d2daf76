"""What a learner may know: of every state, exactly what is due."""

import dataclasses

import pytest

from dti_xblocks.scenario import play
from dti_xblocks.scenario.model import Choice, Effect, Ending, Level, Media, Meter, Need, Scenario, Scene
from dti_xblocks.scenario.screen import Authority, Countdown, Gauge, present
from tests.scenario import sample_full
from tests.scenario.example import BEST, decisions, scenario
from tests.scenario.sample_full import when

BOOKS = {"byrd-v-brishke": ("Byrd v. Brishke", "466 F.2d 6 (7th Cir. 1972)")}
NOW = when(0)


def at(path):
    return present(scenario(), play.replay(scenario(), decisions(path)), BOOKS.get, NOW)


def full_at(*path, pace=play.NO_CLOCK, now=NOW, content=sample_full.CONTENT):
    story = sample_full.scenario(content)
    return present(story, play.replay(story, sample_full.entries(*path), pace), BOOKS.get, now)


def words_of(value) -> str:
    return repr(dataclasses.asdict(value))


def test_before_the_start_there_are_introduction_and_levels_only():
    screen = present(scenario(), None, BOOKS.get, NOW)
    assert (screen.introduction, screen.made, screen.feedback, screen.moment, screen.close) == (
        *("<p>Introduction-words.</p>", 0, None, None, None),
    )
    assert [(rung.title, rung.here, rung.seen) for rung in screen.ladder] == [
        ("Officer level", False, False),
        ("Supervisor level", False, False),
        ("Agency level", False, False),
    ]
    assert "Arrival" not in words_of(screen)


def test_at_the_start_there_is_the_first_scene():
    screen = at([])
    assert screen.feedback is None
    moment = screen.moment
    assert (moment.id, moment.title, moment.place, moment.time) == ("arrival", "Arrival-title", "Parking-lot", "23:40")
    assert (moment.lines[1].face.name, moment.lines[1].html) == ("Officer Reyes", "Arrival-speech.")
    assert [(option.id, option.text) for option in moment.options] == [
        ("speak", "Speak-text."),
        ("wait", "Wait-text."),
        ("leave", "Leave-text."),
    ]
    assert [rung.here for rung in screen.ladder] == [True, False, False]


def test_after_a_decision_there_is_what_came_of_it():
    screen = at(BEST[:1])
    feedback = screen.feedback
    assert (feedback.taken, feedback.outcome, feedback.why) == ("Speak-text.", "<p>Speak-outcome.</p>", "<p>Speak-why.</p>")
    assert feedback.authorities == (Authority("byrd-v-brishke", "Byrd v. Brishke", "466 F.2d 6 (7th Cir. 1972)"),)
    assert screen.made == 1


def test_an_authority_that_the_library_lacks_is_not_named():
    screen = present(scenario(), play.replay(scenario(), decisions(BEST[:1])), lambda slug: None, NOW)
    assert screen.feedback.authorities == ()


def test_the_ladder_shows_where_one_stands_and_has_been():
    assert [(rung.here, rung.seen) for rung in at(BEST[:2]).ladder] == [(False, True), (True, True), (False, False)]


def test_at_the_ending_there_is_the_ending():
    screen = at(BEST)
    assert (screen.moment, screen.close.title, screen.close.result) == (None, "Stopped-title", "good")
    assert screen.feedback.outcome == "<p>Report-outcome.</p>"


def test_no_screen_holds_points_targets_or_what_is_not_due():
    for made in range(len(BEST)):
        known = words_of(at(BEST[:made]))
        for secret in (
            "7300",
            "5200",
            "4400",
            "2100",
            "desk",
            "aftermath",
            "stopped",
            "hidden",
            "lost-",
            "Wait-outcome",
            "Leave-why",
        ):
            assert secret not in known or (secret == "desk" and made == 2), (made, secret)
        for later in BEST[made + 1 :]:
            assert later[0].capitalize() + "-story" not in known


def test_decisions_that_were_lost_are_counted():
    assert present(scenario(), play.replay(scenario(), [["gone", "x", sample_full.at(0)]]), BOOKS.get, NOW).lost == 1


# -- clocks, meters, levels of choices ---------------------------------------------------------------------------------


def test_before_the_start_one_learns_that_there_are_clocks_and_how_the_meters_stand():
    screen = present(sample_full.scenario(), None, BOOKS.get, NOW)
    assert screen.timed
    assert screen.gauges == (Gauge("Trust-name", "Trust-means.", 50, 0, 100),)
    assert not present(scenario(), None, BOOKS.get, NOW).timed


def test_behind_the_gate_there_is_where_and_how_long_and_no_more():
    screen = full_at(pace=play.AS_WRITTEN)
    assert (screen.moment, screen.close) == (None, None)
    gate = screen.gate
    assert (gate.id, gate.title, gate.place, gate.time, gate.seconds) == ("curb", "Curb-title", "Elm-street", "23:40", 20)
    assert "Curb-story" not in words_of(screen) and "Look-text" not in words_of(screen)
    assert full_at(pace=play.EXTENDED).gate.seconds == 200
    assert full_at(pace=play.NO_CLOCK).gate is None


@pytest.mark.parametrize(("second", "left"), [(0, 20.0), (12.5, 7.5), (21, 0.0)])
def test_a_running_clock_says_how_much_is_left(second, left):
    screen = full_at(("curb", ""), pace=play.AS_WRITTEN, now=when(second))
    assert (screen.gate, screen.moment.clock) == (None, Countdown(20, left))
    assert [option.id for option in screen.moment.options] == ["look", "call"]


def test_a_scene_without_clock_has_none():
    assert full_at(("curb", "look")).moment.clock is None


def test_time_that_ran_out_is_said():
    screen = full_at(("curb", "freeze", "time-up"))
    assert (screen.feedback.late, screen.feedback.taken) == (True, "Freeze-text.")
    assert screen.gauges == (Gauge("Trust-name", "Trust-means.", 5, 0, 100, -45),)
    assert not full_at(("curb", "call")).feedback.late


def test_meters_kept_for_the_end_are_not_told_on_the_way():
    for path in ([], [("curb", "call")], sample_full.BEST):
        assert "Record" not in words_of(full_at(*path))
    assert full_at(*sample_full.BEST[:2]).gauges[0].change == 0  # of the last decision, not of all


def test_choices_that_are_not_open_are_not_told():
    assert [option.text for option in full_at(("curb", "look")).moment.options] == ["Soft-text.", "Retreat-text."]
    assert "firm" not in words_of(full_at(("curb", "look"))).lower()
    assert full_at(("curb", "call")).moment.options[0].text == "Firm-text."


def test_a_place_that_sends_one_on_is_not_told():
    screen = full_at(("curb", "freeze", "time-up"), ("door", "soft"))
    assert screen.moment.id == "yard"
    assert "hall" not in words_of(screen).lower()


def test_one_stands_on_the_level_of_the_scene_or_of_the_last_act_and_on_none_where_that_had_none():
    def rungs(*path, **more):
        return [(rung.here, rung.seen) for rung in full_at(*path, **more).ladder]

    assert rungs() == [(False, False), (False, False)]
    assert rungs(("curb", "call")) == [(False, False), (True, True)]
    assert rungs(("curb", "call"), ("door", "retreat")) == [(True, True), (False, True)]
    assert rungs(("curb", "call"), ("door", "firm")) == [(False, False), (False, True)]
    assert rungs(*sample_full.BEST) == [(False, False), (False, True)]
    placed = sample_full.CONTENT.replace('id="door" title', 'id="door" level="signal" title')
    assert rungs(("curb", "call"), content=placed) == [(True, True), (False, True)]


def test_the_level_of_a_choice_is_told_with_its_outcome():
    assert full_at(("curb", "call")).feedback.level == "Words level"
    assert full_at(("curb", "call"), ("door", "firm")).feedback.level == ""


def test_pictures_and_sound_are_of_the_present_scene():
    door = full_at(("curb", "look"))
    assert [line.kind for line in door.moment.lines if isinstance(line, Media)] == ["video"]
    assert "Door-transcript" in words_of(door) and "curb.png" not in words_of(door) and "hall.mp3" not in words_of(door)


SECRET = (Scenario, Scene, Choice, Ending, Need, Effect, Level, Meter, play.State, play.Step)


@pytest.mark.parametrize("made", range(len(sample_full.BEST) + 1))
@pytest.mark.parametrize("pace", [play.NO_CLOCK, play.AS_WRITTEN])
def test_no_part_of_a_screen_is_a_part_of_the_scenario(made, pace):
    """But for lines and media of the present scene, which hold nothing else."""
    story = sample_full.scenario()
    todo = [present(story, play.replay(story, sample_full.entries(*sample_full.BEST[:made]), pace), BOOKS.get, NOW)]
    while todo:
        part = todo.pop()
        assert not isinstance(part, SECRET), part
        if dataclasses.is_dataclass(part):
            todo += vars(part).values()
        elif isinstance(part, (tuple, list)):
            todo += part
        else:
            assert part is None or isinstance(part, (str, int, float)), part
