"""The look back at an ending."""

import dataclasses

import pytest

from dti_xblocks.scenario import play
from dti_xblocks.scenario.debrief import LevelScore, Practice, Stronger, look_back
from dti_xblocks.scenario.percent import passes, percent
from tests.scenario import sample_full
from tests.scenario.example import BEST, CONTENT, MIXED, POSSIBLE, WORST, decisions, scenario


def look(path, pass_mark=70, content=CONTENT):
    story = scenario(content)
    state = play.replay(story, decisions(path))
    return look_back(story, state, pass_mark, lambda slug: (f"Caption of {slug}", "1 U.S. 1"), answers=True)


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


def test_scenes_off_both_paths_stay_closed():
    told = repr(dataclasses.asdict(look(MIXED)))
    for closed in ("Stairs-story", "Desk-story", "Watch", "Stepin-out", "Report-why", "Cover", "Stopped-story", "Lost", "Wait-"):
        assert closed not in told


def test_stronger_means_the_strongest_path_not_the_most_points_at_once():
    content = CONTENT.replace('points="2100"', 'points="9000"')  # more at once, but the way on is weak
    first = look(MIXED, content=content).decisions[0]
    assert (first.points, first.best, first.stronger.text) == (9000, 9000, "Speak-text.")


def test_an_equally_strong_choice_is_not_corrected():
    content = CONTENT.replace('id="wait" to="stairs" points="0"', 'id="wait" to="stairs" points="7300"')
    path = (("arrival", "wait"), *BEST[1:])
    assert [decision.stronger for decision in look(path, content=content).decisions] == [None] * 3


@pytest.mark.parametrize(("mark", "passed", "told"), [(23, True, 24), (24, False, 23.6), (100, False, 24)])
def test_the_pass_mark_is_compared_in_whole_points(mark, passed, told):
    assert look(MIXED, mark).passed is passed  # 4000 of 16900 are 23.67 per cent
    assert look(MIXED, mark).percent == told, "24% would read as the mark that was not reached"


def test_a_share_that_floats_get_wrong_passes():
    content = '<scene id="a"><choice id="b" to="c" points="7"/><choice id="d" to="c" points="10"/></scene><ending id="c"/>'
    state = play.replay(scenario(content), [["a", "b", "2026-11-02T10:00:00+00:00"]])
    assert passes(state.earned, state.possible, 70) and not passes(state.earned, state.possible, 71)
    assert percent(7, 10, 70) == 70 and percent(0, 0) == 100


def test_before_an_ending_there_is_no_debrief():
    with pytest.raises(ValueError, match="ending"):
        look(WORST[:2])


# -- the richer example: clocks, meters, loops, endings that count -----------------------------------------------------

BEGUN = sample_full.at(-7)
LATE = (("curb", "freeze", "time-up"), ("door", "retreat"), ("curb", "look"), ("door", "soft"), ("yard", "run"))


def look_at(*path, score_by="choices", content=sample_full.CONTENT, started=BEGUN, pace=play.NO_CLOCK):
    story = sample_full.scenario(content, score_by)
    return look_back(story, play.replay(story, sample_full.entries(*path), pace), 70, lambda slug: None, started, answers=True)


def test_each_decision_is_told_with_its_time_level_effect_and_points():
    review = look_at(*LATE)
    told = [(d.scene, d.level, d.late, d.again, d.points, d.best, d.seconds) for d in review.decisions]
    assert told == [
        ("Curb-title", "", True, False, 0, 7300, 7),
        ("Door-title", "Signal level", False, False, 100, 400, 10),
        ("Curb-title", "Signal level", False, True, 0, 0, 10),
        ("Door-title", "", False, True, 0, 0, 10),
        ("Yard-title", "", False, False, 2, 5, 10),
    ]
    effects = [[(gauge.title, gauge.value, gauge.change) for gauge in decided.changes] for decided in review.decisions]
    assert effects[0] == [("Trust-name", 5, -45), ("Record-name", -40, -71)]  # of ninety, seventy-one were left to lose
    assert effects[1:] == [[("Trust-name", 0, -5)], [("Trust-name", 5, 5)], [], []]
    assert (review.earned, review.seconds) == (102, 47)


def test_a_decision_is_timed_from_the_start_of_its_clock():
    assert look_at(("curb", ""), ("curb", "call"), *sample_full.BEST[1:], pace=play.AS_WRITTEN).decisions[0].seconds == 10


def test_times_that_are_not_known_are_not_made_up():
    review = look_at(*sample_full.BEST, started="")
    assert (review.seconds, review.decisions[0].seconds, review.decisions[1].seconds) == (None, None, 10)


def test_meters_are_all_told_at_the_end_with_how_they_moved():
    assert [(gauge.title, gauge.value, gauge.change) for gauge in look_at(*sample_full.BEST).meters] == [
        ("Trust-name", 70, 20),
        ("Record-name", 35, 4),
    ]


def test_the_score_by_level_is_that_of_the_choices():
    review = look_at(("curb", "call"), ("door", "retreat"), ("curb", "look"), ("door", "soft"), ("hall", "report"))
    none = LevelScore("", 60, 60)
    assert review.levels == (LevelScore("Signal level", 100, 900), LevelScore("Words level", 7300, 7300), none)
    assert look_at(*sample_full.BEST).levels == (
        LevelScore("Signal level", reached=False),
        LevelScore("Words level", 7300, 7300),
        LevelScore("", 960, 960),
    )


def test_two_levels_of_the_same_name_are_counted_apart():
    same = sample_full.CONTENT.replace("Words level", "Signal level")
    assert [(level.points, level.reached) for level in look_at(*sample_full.BEST, content=same).levels] == [
        (0, False),
        (7300, True),
        (960, True),
    ]


@pytest.mark.parametrize(("score_by", "points", "best"), [("choices", None, None), ("endings", 20, 50), ("both", 20, 50)])
def test_the_outcome_is_scored_where_endings_count(score_by, points, best):
    review = look_at(("curb", "look"), ("door", "soft"), ("hall", "report"), score_by=score_by)
    assert (review.ending_points, review.ending_best) == (points, best)


def test_what_to_practise_is_what_kept_points_away_or_was_left_to_the_clock():
    assert look_at(*sample_full.BEST).practice == ()
    review = look_at(*LATE)
    assert review.practice == (
        Practice("", ("Curb-title", "Yard-title"), missed=7303, late=1),
        Practice("Signal level", ("Door-title", "Curb-title"), missed=300, late=0),
    )


def test_the_map_puts_both_paths_side_by_side_where_they_meet():
    rows = [(row.yours and row.yours.title, row.strongest and row.strongest.title, row.same) for row in look_at(*LATE).map]
    assert rows == [
        ("Curb-title", "Curb-title", False),
        ("Door-title", "Door-title", False),
        ("Curb-title", None, False),
        ("Door-title", None, False),
        ("Yard-title", None, False),
        ("Lost-title", None, False),
        (None, "Hall-title", False),
        (None, "Honored-title", False),
    ]
    best = look_at(*sample_full.BEST).map
    assert all(row.same and row.yours == row.strongest for row in best)
    assert (best[-1].yours.result, best[-1].yours.choice) == ("good", "")


def test_whoever_comes_back_is_told_the_stronger_choice_there_too():
    review = look_at(*LATE)
    assert [decided.stronger and decided.stronger.text for decided in review.decisions] == [
        "Call-text.",
        "Soft-text.",
        "Call-text.",
        None,
        "Wait-text.",
    ]


def test_a_map_of_very_long_runs_is_still_made():
    around = [("curb", "look"), ("door", "retreat")] * 400
    review = look_at(*around, ("curb", "look"), ("door", "soft"), ("yard", "wait"))
    assert len(review.decisions) == 803


def test_decisions_on_no_level_are_counted_beside_the_levels():
    """A silence is on no rung, and what it kept away must be in the table all the same."""
    silent = look_at(*LATE)
    assert silent.levels[-1].title == ""
    assert silent.levels[-1].best > silent.levels[-1].points
    assert sum(score.best for score in silent.levels) == sum(decided.best for decided in silent.decisions)


def test_the_review_says_where_the_run_turned_and_what_was_open_from_there():
    turn = look(MIXED).turn
    assert (turn.number, turn.scene, turn.late, turn.points, turn.closed) == (1, "Arrival-title", False, 2100 + 1900, True)
    assert turn.percent == look(MIXED).percent == 24
    assert look(BEST).turn is None
    assert not look(MIXED, pass_mark=20).turn.closed
