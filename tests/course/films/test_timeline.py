"""Time: a line has the word as long as the longer of its recordings, and everything else follows from that."""

import pytest

from dti_xblocks.course.films.storyboard import Act, At, Clock, Line, OnScreen, Path, Shot, Sound, Storyboard, Words
from dti_xblocks.course.films.timeline import LEAST_SHOT, recorded, timeline

pytestmark = pytest.mark.once
LINES = (Line("n", "Four words of English.", "Cuatro palabras en inglés ya."), Line("n", "Stop.", "Alto."))


def film(*shots):
    return Storyboard("one", Words("One", "Uno"), "lesson", "idea", {}, shots)


def test_a_slot_is_the_longer_of_two_recordings():
    seconds = {"en": {"a-1": 2.0, "a-2": 1.5}, "es": {"a-1": 2.4, "a-2": 1.0}}
    (shot,) = timeline(film(Shot("a", "lot", lines=LINES, hold=0.6)), seconds).shots
    assert [(line.key, line.start, line.end) for line in shot.lines] == [("a-1", 0.45, 2.85), ("a-2", 3.19, 4.69)]
    assert (shot.start, shot.end) == (0, 5.29)


def test_without_recordings_time_is_estimated_from_the_words():
    (shot,) = timeline(film(Shot("a", "lot", lines=LINES)), {}).shots
    assert shot.lines[0].end - shot.lines[0].start == pytest.approx(5 / 2.6, abs=0.002)


def test_shots_follow_each_other_and_none_is_too_short():
    made = timeline(film(Shot("a", "lot"), Shot("b", "lot", lines=LINES), Shot("c", "lot")), {})
    assert [one.start for one in made.shots[1:]] == [one.end for one in made.shots[:-1]]
    assert made.shots[0].end == LEAST_SHOT and made.seconds == made.shots[-1].end
    assert [made.at(second) for second in (0, 2.4, 2.5, made.seconds - 0.1, 99)] == [0, 0, 1, 2, 2]


def test_what_comes_with_a_line_or_at_a_second():
    shot = Shot(
        "b", "lot", Path(), lines=LINES, words=OnScreen(Words("x", "y"), At(line=2)), clock=Clock(At(second=1.0), 10, 0),
        acts=(Act("ann", At(line=2, after=0.5), 4.0),), sounds=(Sound("rain"), Sound("squelch", At(line=1))),
    )  # fmt: skip
    seconds = {"en": {"b-1": 2.0, "b-2": 1.0}}
    made = timeline(film(Shot("a", "lot"), shot), seconds).shots[1]
    assert made.words == made.lines[1].start == 2.5 + 0.45 + 2.0 + 0.34
    assert made.acts[0].start == made.words + 0.5 and made.acts[0].end == made.acts[0].start + 4
    assert made.clock == 3.5 and made.end == 14.0  # the clock runs out, and half a second more
    assert [(one.start, one.end) for one in made.sounds] == [(2.5, made.end), (2.95, 2.95)]


def test_a_movement_comes_to_its_end():
    shot = Shot("a", "lot", lines=LINES, acts=(Act("ann", At(line=2), 5.0),))
    made = timeline(film(shot), {"en": {"a-1": 1.0, "a-2": 1.0}}).shots[0]
    assert made.end == pytest.approx(made.acts[0].end + 0.3)


def test_recordings_are_read_and_those_that_are_not_there_are_none(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one/en.json").write_text('{"a-1": 2.5}')
    (tmp_path / "one/es.json").write_text("broken")
    assert recorded(tmp_path, "one") == {"en": {"a-1": 2.5}, "es": {}}
