"""Scenes that run against a clock. The clock is the server's: it is worked out from what is stored and the time that is given."""

import pytest

from dti_xblocks.scenario import play
from tests.scenario import sample_full
from tests.scenario.sample_full import when as second

STORY = sample_full.scenario()  # its first scene has a clock of 20 seconds
BEGIN = second(0)


def running(pace=play.AS_WRITTEN, story=STORY):
    """The state at second 0, with the clock just started."""
    return play.start_clock(story, play.replay(story, [], pace), BEGIN, pace)


def test_a_scene_with_a_clock_waits_until_the_learner_starts_it():
    state = play.replay(STORY, [], now=second(0))
    assert (state.scene.id, state.waits, state.clock) == ("curb", True, play.Clock(20, ""))
    assert play.decide(STORY, state, "call", second(0)) is None
    assert play.time_up(STORY, state, second(99)) is None
    assert play.replay(STORY, [], now=second(999_999)).waits  # nobody loses time before the start
    assert state.clock.left(second(999)) == 20


def test_starting_the_clock_is_stored_and_happens_once():
    state = running()
    assert state.stored() == [["curb", "", BEGIN.isoformat()]]
    assert (state.waits, state.steps, state.since) == (False, (), BEGIN.isoformat())
    assert play.start_clock(STORY, state, second(15)) is None
    again = play.replay(STORY, [*state.stored(), ["curb", "", second(15).isoformat()]])
    assert (again.lost, again.clock.started) == (1, BEGIN.isoformat())


def test_there_is_nothing_to_start_where_no_clock_is():
    at_the_door = play.decide(STORY, running(), "call", second(3))
    assert at_the_door.clock is None
    assert play.start_clock(STORY, at_the_door, second(4)) is None
    ended = play.replay(STORY, sample_full.entries(*sample_full.BEST), play.NO_CLOCK)
    assert play.start_clock(STORY, ended, second(4)) is None


def test_a_decision_in_time_is_taken():
    state = play.decide(STORY, running(), "call", second(19.9))
    assert (state.scene.id, state.last.late, state.last.since) == ("door", False, BEGIN.isoformat())
    assert state.stored()[1] == ["curb", "call", second(19.9).isoformat()]


@pytest.mark.parametrize(("when", "late"), [(0, False), (19.9, False), (20, False), (22.9, False), (23, True), (999_999, True)])
def test_after_the_time_and_its_grace_the_clock_decides(when, late):
    stored = running().stored()
    state = play.replay(STORY, stored, now=second(when))
    assert bool(state.steps) is late
    if late:
        assert (state.last.choice.id, state.last.late, state.last.at) == ("freeze", True, second(20).isoformat())
        assert state.stored() == [*stored, ["curb", "freeze", second(20).isoformat(), play.TIME_UP]]
        assert (state.scene.id, state.lost) == ("door", 0)


def test_a_decision_that_arrives_within_the_grace_counts_and_none_after_it():
    assert play.decide(STORY, running(), "call", second(22.9)).last.choice.id == "call"
    assert play.decide(STORY, running(), "call", second(23)) is None


@pytest.mark.parametrize(("when", "over"), [(0, False), (19.9, False), (20, True), (21, True)])
def test_the_page_may_say_that_time_is_up_as_soon_as_it_is(when, over):
    state = play.time_up(STORY, running(), second(when))
    assert (state is not None) is over
    if over:
        assert state.stored()[-1] == ["curb", "freeze", second(20).isoformat(), play.TIME_UP]


def test_what_is_derived_is_the_same_when_it_is_stored():
    stored = running().stored()
    derived = play.replay(STORY, stored, now=second(500))
    assert play.replay(STORY, derived.stored(), now=second(900)) == derived


def test_one_clock_runs_out_and_the_next_waits():
    """However late somebody comes back, only the scene that was running has passed without them."""
    back = play.replay(STORY, sample_full.entries(("curb", "look"), ("door", "retreat"), ("curb", "")), now=second(99_999))
    assert [step.choice.id for step in back.steps] == ["look", "retreat", "freeze"]
    loop = sample_full.scenario(sample_full.CONTENT.replace('id="freeze" to="door"', 'id="freeze" to="curb"'))
    state = play.replay(loop, running(story=loop).stored(), now=second(99_999))
    assert ([step.choice.id for step in state.steps], state.waits) == (["freeze"], True)


@pytest.mark.parametrize(("when", "late"), [(22.9, False), (199, False), (202.9, False), (203, True)])
def test_ten_times_the_time(when, late):
    state = running(play.EXTENDED)
    assert state.clock.seconds == 200
    assert bool(play.replay(STORY, state.stored(), play.EXTENDED, second(when)).steps) is late


def test_without_a_clock_nothing_waits_and_nothing_runs_out():
    state = play.replay(STORY, [], play.NO_CLOCK, second(999))
    assert (state.clock, state.waits) == (None, False)
    assert play.decide(STORY, state, "call", second(999), play.NO_CLOCK).last.choice.id == "call"
    assert play.start_clock(STORY, state, second(0), play.NO_CLOCK) is None


def test_a_clock_switched_off_while_it_ran_lets_one_decide():
    state = play.replay(STORY, running().stored(), play.NO_CLOCK, second(999))
    assert (state.clock, state.steps, state.scene.id) == (None, (), "curb")


def test_time_that_ran_out_stays_so_when_the_clock_is_taken_away():
    stored = play.replay(STORY, running().stored(), now=second(500)).stored()
    without = sample_full.scenario(sample_full.CONTENT.replace('clock="20" ', ""))
    assert [play.replay(story, stored, pace).scene.id for story in (STORY, without) for pace in (0, 1, 10)] == ["door"] * 6


@pytest.mark.parametrize(
    "entry",
    [
        ["curb", "call", BEGIN.isoformat(), play.TIME_UP],  # the clock takes the timeout, and nothing else
        ["curb", "", BEGIN.isoformat(), play.TIME_UP],
        ["curb", "freeze", BEGIN.isoformat()],  # and only the clock does
        ["door", "", BEGIN.isoformat()],
    ],
)
def test_entries_that_no_clock_wrote_do_not_hold(entry):
    state = play.replay(STORY, [entry])
    assert (state.lost, state.entries, state.waits) == (1, (), True)


def test_the_clock_takes_its_choice_whatever_the_conditions():
    content = sample_full.CONTENT.replace('<effect meter="trust" by="-45"/>', '<needs choice="yard/run"/>')
    state = play.replay(sample_full.scenario(content), running().stored(), now=second(30))
    assert state.last.choice.id == "freeze"


@pytest.mark.parametrize(("when", "left"), [(-5, 20), (0, 20), (4.5, 15.5), (20, 0), (99, 0)])
def test_the_time_left_is_between_all_and_none(when, left):
    """Also where the clocks of two servers differ by some seconds."""
    assert running().clock.left(second(when)) == left


def test_a_clock_without_a_sound_timeout_does_not_run():
    for timeout in ('timeout="melt"', ""):
        story = sample_full.scenario(sample_full.CONTENT.replace('timeout="freeze"', timeout))
        state = play.replay(story, [], now=second(99))
        assert (state.clock, state.waits) == (None, False)
        assert story.timed
    assert not sample_full.scenario(sample_full.CONTENT.replace('clock="20" ', "")).timed


def test_a_clock_that_ran_for_a_decision_that_is_gone_waits_again():
    """The author renamed the choice. The learner decided in time: it was not the clock that ran out."""
    state = play.decide(STORY, running(), "call", second(9))
    renamed = sample_full.scenario(sample_full.CONTENT.replace('id="call"', 'id="shout"').replace("curb/call", "curb/shout"))
    resumed = play.replay(renamed, state.stored(), now=second(99_999))
    assert (resumed.scene.id, resumed.waits, resumed.lost, resumed.entries) == ("curb", True, 2, ())
