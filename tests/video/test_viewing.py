"""What each act makes of a viewing, and what cannot have been."""

from datetime import UTC, datetime, timedelta

import pytest

from dti_xblocks.video import olx
from dti_xblocks.video import viewing as views
from dti_xblocks.video.viewing import Answer, Viewing
from tests.video.samples import FILM

NOW = datetime(2026, 11, 30, 9, 0, tzinfo=UTC)
VIDEO = olx.read(FILM)
QUESTION, TAPE = VIDEO.moments


def later(seconds):
    return NOW + timedelta(seconds=seconds)


def run_to(seconds):
    """A viewing in which the tape has run to that time of the film."""
    viewing = views.rolling(views.began(Viewing(), NOW), TAPE, NOW)
    return views.reported(viewing, VIDEO, [(3, seconds)], seconds, later(seconds - 3))


def test_several_right_choices_must_all_be_picked_and_no_other():
    text = FILM.replace('id="heard" at="2"', 'id="heard" at="2" multiple="true"').replace('id="joke"', 'id="joke" correct="true"')
    question = olx.read(text).moments[0]
    results = [
        views.answered(Viewing(), question, picked, "film", NOW).answers[0].result for picked in (["breath"], ["breath", "joke"])
    ]
    assert results == ["wrong", "right"]


@pytest.mark.parametrize(("picked", "reason"), [([], "choose"), (["x"], "unknown"), (["breath", "joke"], "choose-one")])
def test_what_is_no_answer(picked, reason):
    with pytest.raises(views.UnacceptableError) as refused:
        views.answered(Viewing(), QUESTION, picked, "film", NOW)
    assert refused.value.reason == reason


def test_a_tape_that_runs_is_not_begun_again():
    viewing = run_to(6)
    assert views.rolling(viewing, TAPE, later(9)) is viewing and viewing.reached == 6


def test_a_time_before_the_tape_is_its_beginning_and_one_behind_it_its_end():
    assert views.decided(Viewing(), TAPE, "words", 0, "film", NOW).answers[0].at == 3
    assert views.decided(Viewing(), TAPE, "words", 99, "film", NOW).answers[0].at == 10


def test_the_film_cannot_have_run_faster_than_the_player_plays():
    viewing = views.rolling(Viewing(), TAPE, NOW)
    with pytest.raises(views.ImplausibleError):
        views.stepped_in(viewing, TAPE, "words", 9.9, later(0.5))
    assert views.stepped_in(viewing, TAPE, "words", 9.9, later(2)).answers[0].result == "too-late"


def test_who_lets_it_run_out_leaves_the_tape():
    viewing = views.let_go(run_to(10), TAPE, "film", later(8))
    assert (viewing.tape, viewing.tape_at, viewing.reached, viewing.answers[0].result) == ("", None, 0.0, "never")


def test_points_are_those_of_first_answers_to_moments_that_there_are():
    answers = [
        Answer("heard", 1, ("joke",), "wrong", 0, 1, "film", NOW),
        Answer("heard", 2, ("breath",), "right", 1, 1, "film", NOW),
        Answer("gone", 1, (), "right", 9, 9, "film", NOW),
        Answer("knee", 1, ("words",), "in-time", 99, 99, "film", NOW, 6),  # the author has changed the points since
    ]
    assert views.score(Viewing(answers=tuple(answers)), VIDEO) == (3, 4)


def test_a_result_that_the_author_has_taken_away_is_read_by_its_time():
    answer = Answer("knee", 1, ("words",), "gone", 0, 3, "film", NOW, 6)
    assert views.window_of(TAPE, answer).kind == "in-time"
    assert views.window_of(TAPE, Answer("knee", 1, (), "gone", 0, 3, "film", NOW)).kind == "never"


def test_who_changes_to_the_stills_comes_to_where_the_film_was_but_not_past_what_is_open():
    assert views.opened(Viewing(), VIDEO, 11, NOW)[1] == 0  # the question at 2 waits, in the first still
    answered = views.answered(Viewing(), QUESTION, ["breath"], "film", NOW)
    assert views.opened(answered, VIDEO, 11, NOW)[1] == 1
    assert views.opened(views.let_go(answered, TAPE, "film", NOW), VIDEO, 11, NOW)[1] == 5
