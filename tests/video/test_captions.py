"""Caption files: read as browsers do, and held against what readers need."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.video import captions
from tests.video.samples import FILES

HEAD = "WEBVTT\n\n"


def codes(text, seconds=0.0):
    return [problem.code for problem in captions.check(captions.read(text, "en", seconds))]


def test_the_captions_of_the_sample_are_sound():
    for name in ("film-en.vtt", "film-es.vtt"):
        track = captions.read((FILES / name).read_text(encoding="utf-8"), name)
        assert captions.check(track) == [] and len(track.cues) == 4
        assert track.cues[1].speaker == "Dana" and track.cues[1].start == 5.2


def test_a_file_is_read_as_browsers_do():
    text = (
        "\ufeffWEBVTT - made by hand\r\n\r\nSTYLE\r\n::cue { color: red }\r\n\r\nNOTE a remark\r\n\r\nfirst\r\n"
        "00:01.000 --> 00:02.500 line:0 align:start\r\n<c.loud>Stop</c> &amp; <i>listen</i>\r\nnow\r\n\r\n"
        "01:00:01.000\t-->\t01:00:02.000\r\n<v.dti Ana Reyes>Yes"
    )
    track = captions.read(text)
    assert [(cue.start, cue.end, cue.lines, cue.speaker) for cue in track.cues] == [
        (1, 2.5, ("Stop & listen", "now"), ""), (3601, 3602, ("Yes",), "Ana Reyes"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1\n00:00:01,000 --> 00:00:02,000\nsrt", "VD030"),
        (HEAD, "VD030"),
        (HEAD + "00:01.000 --> 00:02.000\nYes\n\n00:03 --> 00:04\nno", "VD030"),
        (HEAD + "00:02.000 --> 00:01.000\nYes", "VD031"),
        (HEAD + "00:05.000 --> 00:06.000\nYes\n\n00:01.000 --> 00:02.000\nNo", "VD031"),
        (HEAD + "00:01.000 --> 00:03.000\nYes\n\n00:02.000 --> 00:04.000\nNo", "VD032"),
        (HEAD + f"00:01.000 --> 00:02.000\n{'a' * 21}", "VD033"),
        (HEAD + "00:01.000 --> 00:03.000\na\nb\nc", "VD034"),
    ],
)
def test_each_rule_finds_its_fault(text, code):
    assert set(codes(text)) == {code}


def test_captions_of_another_film_are_noticed():
    assert codes(HEAD + "00:20.000 --> 00:22.000\nYes", 12) == ["VD035"]


def test_every_rule_is_tried_here():
    assert captions.RULES.codes == [f"VD03{number}" for number in range(6)]


@given(st.text(max_size=300))
def test_no_text_breaks_the_reading(text):
    captions.check(captions.read(text))
    captions.check(captions.read("WEBVTT\n\n00:01.000 --> 00:02.000\n" + text))
