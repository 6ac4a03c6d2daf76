"""Captions of films: when they come, how long they are, where they break."""

import dataclasses
import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dti_xblocks.course.films.sound.breaking import ROW, cues_of, rows
from dti_xblocks.course.films.sound.captions import captions, srt, vtt
from dti_xblocks.course.films.storyboard import Line, Shot
from dti_xblocks.course.films.timeline import timeline
from dti_xblocks.video.captions import check, read
from tests.course.films.sound.small_film import SECONDS, STORYBOARD, TIMELINE

LANGS = ("en", "es")


@pytest.mark.parametrize("lang", LANGS)
def test_the_player_finds_nothing_wrong_with_them(lang):
    track = read(vtt(captions(TIMELINE, lang, SECONDS)), lang, TIMELINE.seconds)
    assert track.cues and check(track) == []


@pytest.mark.parametrize("lang", LANGS)
def test_every_word_is_in_them_in_order_and_none_comes_early(lang):
    cues = captions(TIMELINE, lang, SECONDS)
    said = re.sub(r"\[[^]]*\] |– ", "", " ".join(cue.text for cue in cues))
    assert said == " ".join(line.written(lang) for _, line in STORYBOARD.lines())
    for line in TIMELINE.lines():
        first = line.line.written(lang).split()[0]
        cue = next(cue for cue in cues if cue.start >= line.start - 0.001)
        assert first in cue.text and cue.start == pytest.approx(line.start)


@pytest.mark.parametrize("lang", LANGS)
def test_they_do_not_overlap_and_can_be_read(lang):
    cues = captions(TIMELINE, lang, SECONDS)
    assert all(one.end <= other.start for one, other in pairwise(cues))
    for cue in cues:
        assert len(cue.rows) <= 2 and all(len(row) <= ROW for row in cue.rows)
        assert len(cue.text) / (cue.end - cue.start) <= 20
    assert cues[-1].end <= TIMELINE.seconds


def test_who_speaks_is_named_and_a_change_of_speaker_has_a_dash():
    track = read(vtt(captions(TIMELINE, "en", SECONDS)), "en")
    assert {cue.speaker for cue in track.cues} == {"", "Sergeant Okafor"}
    second = next(cue for cue in track.cues if cue.speaker)
    assert second.text.startswith("[Handcuffs click] – He's cuffed.")
    third = next(cue for cue in track.cues if "Dispatch" in cue.text)
    assert third.text.startswith("[Radio] Dispatch")
    assert next(cue for cue in captions(TIMELINE, "es", SECONDS) if cue.speaker).speaker == "Sargento Okafor"


@pytest.mark.parametrize(("lang", "begins"), [("en", "[Phone] It's the fourth."), ("es", "[Teléfono] Es la cuarta.")])
def test_a_phone_is_named_as_one(lang, begins):
    line = Line("narrator", "It's the fourth.", "Es la cuarta.", phone=True)
    board = dataclasses.replace(STORYBOARD, shots=(Shot("call", "desk", lines=(line,)),))
    assert captions(timeline(board, {}), lang, {})[0].text == begins


def test_signs_are_escaped_in_webvtt_and_plain_in_subrip():
    cues = captions(TIMELINE, "en", SECONDS)
    assert "wrist &amp; step" in vtt(cues).replace("\n", " ")
    assert "wrist & step" in srt(cues).replace("\n", " ")
    assert srt(cues).startswith("1\n00:00:00,450 --> 00:00:0")


def test_a_note_gives_way_where_words_need_the_time():
    quick = {lang: {key: seconds * 0.72 for key, seconds in said.items()} for lang, said in SECONDS.items()}
    storyboard = dataclasses.replace(STORYBOARD, shots=tuple(dataclasses.replace(shot, hold=0.0) for shot in STORYBOARD.shots))
    cues = captions(timeline(storyboard, quick), "en", quick)
    assert "[Handcuffs" not in vtt(cues)
    assert all(one.end <= other.start for one, other in pairwise(cues))


def test_a_line_shorter_than_its_slot_ends_with_its_words():
    """The picture waits for the longer language; a caption does not stay for it."""
    longer = {"en": {**SECONDS["en"], "room-2": 2.1}, "es": {**SECONDS["es"], "room-2": 6.0}}
    last = captions(timeline(STORYBOARD, longer), "en", longer)[-1]
    assert last.end - last.start < 3.1


@pytest.mark.parametrize(
    ("text", "broken"),
    [
        ("He's cuffed. I've got him.", ["He's cuffed. I've got him."]),
        ("Vance is an arm's length away. He sees the knee.", ["Vance is an arm's length away.", "He sees the knee."]),
        (
            "She's got a voice. She's saving it for somebody senior.",
            ["She's got a voice.", "She's saving it for somebody senior."],
        ),
    ],
)
def test_rows_break_where_the_sense_pauses(text, broken):
    assert rows(text) == broken


def test_a_long_line_breaks_at_its_sentences():
    text = "Vance is an arm's length away. He sees the knee. He's got two hands, and one's holding a flashlight that he never put down."
    assert cues_of(text) == [
        "Vance is an arm's length away. He sees the knee.",
        "He's got two hands, and one's holding a flashlight that he never put down.",
    ]


WORDS = st.lists(
    st.text("abcdefghijklmnñopqrstuvwxyzáé", min_size=1, max_size=14).map(lambda word: word), min_size=1, max_size=30
)


@given(WORDS, st.lists(st.sampled_from(["", "", "", ",", ".", "?"]), min_size=30, max_size=30))
def test_any_text_breaks_into_captions_that_fit(words, marks):
    text = " ".join(word + mark for word, mark in zip(words, marks, strict=False))
    parts = cues_of(text)
    assert " ".join(parts) == text
    for part in parts:
        assert " ".join(rows(part)) == part
        assert len(rows(part)) <= 2 and all(len(row) <= ROW for row in rows(part))


@given(st.lists(st.tuples(WORDS, st.floats(0.3, 9)), min_size=1, max_size=6))
def test_captions_of_any_film_are_in_order_and_apart(said):
    lines = tuple(Line("narrator", " ".join(words), "x") for words, _ in said)
    board = dataclasses.replace(STORYBOARD, shots=(Shot("one", "lot", lines=lines),))
    seconds = {"en": {f"one-{number}": long for number, (_, long) in enumerate(said, 1)}, "es": {}}
    film = timeline(board, seconds)
    cues = captions(film, "en", seconds)
    assert [cue.start for cue in cues] == sorted(cue.start for cue in cues)
    assert all(one.end <= other.start for one, other in pairwise(cues))
    assert all(cue.start < cue.end <= film.seconds for cue in cues)
