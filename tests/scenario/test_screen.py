"""What a learner may know: of every state, exactly what is due."""

import dataclasses

from dti_xblocks.scenario import play
from dti_xblocks.scenario.model import Line
from dti_xblocks.scenario.screen import Authority, present
from tests.scenario.example import BEST, decisions, scenario

BOOKS = {"byrd-v-brishke": ("Byrd v. Brishke", "466 F.2d 6 (7th Cir. 1972)")}


def at(path):
    return present(scenario(), play.replay(scenario(), decisions(path)), BOOKS.get)


def words_of(value) -> str:
    return repr(dataclasses.asdict(value))


def test_before_the_start_there_are_introduction_and_levels_only():
    screen = present(scenario(), None, BOOKS.get)
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
    assert moment.lines[1] == Line("Arrival-speech.", "Officer Reyes")
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
    assert feedback.authorities == (Authority("Byrd v. Brishke", "466 F.2d 6 (7th Cir. 1972)"),)
    assert screen.made == 1


def test_an_authority_that_the_library_lacks_is_not_named():
    screen = present(scenario(), play.replay(scenario(), decisions(BEST[:1])), lambda slug: None)
    assert screen.feedback.authorities == ()


def test_the_ladder_shows_where_one_stands_and_has_been():
    assert [(rung.here, rung.seen) for rung in at(BEST[:2]).ladder] == [(False, True), (True, False), (False, False)]


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
    assert present(scenario(), play.replay(scenario(), [["gone", "x", ""]]), BOOKS.get).lost == 1
