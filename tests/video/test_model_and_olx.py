"""The text of a film: what is read of it, times, and what has no meaning."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.video import olx
from dti_xblocks.video.model import Question, Tape, clock_text, read_time
from tests.video.samples import FILM


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("8", 8), ("8.25", 8.2), ("68.5", 68.5), ("1:08.5", 68.5), ("1:02:03", 3723), ("100", 100), (" 5 ", 5)],
)
def test_times_are_read(text, seconds):
    assert read_time(text) == seconds


@pytest.mark.parametrize("text", ["", "-1", "1:75", "1:2:3:4", "five", "1,5", "٣", "1e3", "999999", ":5", "1:"])
def test_what_is_no_time(text):
    assert read_time(text) is None


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_times(text):
    seconds = read_time(text)
    assert seconds is None or seconds >= 0


def test_times_are_written_as_players_do():
    assert [clock_text(seconds) for seconds in (0, 8.9, 68, 3723)] == ["0:00", "0:08", "1:08", "1:02:03"]


def test_the_sample_is_read_whole():
    video, problems = olx.examine(FILM)
    assert problems == [] and video is not None and video.strays == ()
    assert (video.film.name, video.film.seconds, len(video.stills), video.possible) == ("film.mp4", 12, 6, 4)
    question, tape = video.moments
    assert isinstance(question, Question) and [choice.correct for choice in question.choices] == [True, False]
    assert isinstance(tape, Tape) and [window.kind for window in tape.windows] == ["early", "in-time", "late", "too-late"]
    assert tape.windows[1].other == (12, 14) and tape.never.feedback == "<p>Nobody acted.</p>"
    assert tape.ways[0].text == "Say: <em>Get off him, now</em>"
    assert [tape.window_at(at).kind for at in (3, 4.9, 5, 7, 8.9, 9, 10, 99)] == [
        "early", "early", "in-time", "late", "late", "too-late", "too-late", "too-late",
    ]  # fmt: skip
    assert video.tape_at(2.9) is None and video.tape_at(3) is tape and video.tape_at(10) is None


def test_moments_are_put_in_the_order_of_the_film():
    video = olx.read('<film src="/static/a.mp4" seconds="9"/><question id="b" at="5"/><question id="a" at="1"/>')
    assert [moment.id for moment in video.moments] == ["a", "b"] and video.moment("b") is not None


def test_a_name_that_leads_elsewhere_is_no_file_of_the_course():
    for src in ("/static/../secret.mp4", "https://example.org/a.mp4", "/static/", "javascript:alert(1)", "/static/a.mp4?x=1"):
        assert olx.read(f'<film src="{src}" seconds="9"/>').film.name == ""


def test_what_is_no_xml_is_said():
    video, problems = olx.examine("<film")
    assert video is None and [problem.code for problem in problems] == ["VD000"]
