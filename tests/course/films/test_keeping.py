"""When a film may keep its sound: as long as nothing is changed that is heard in it, or that decides when."""

from dataclasses import replace

import pytest

from dti_xblocks.course.films.build import Plan, digest
from dti_xblocks.course.films.index import Built, Track, captions_file, film_file, note
from dti_xblocks.course.films.keeping import heard, kept, lengths
from dti_xblocks.course.films.reading import read

pytestmark = pytest.mark.once
BOARD = """title: {en: "One", es: "Uno"}
lesson: m01
idea: "An idea."
cast: {n: {voice: narrator}}
shots:
  - id: a
    scene: card
    camera: {from: [0.5, 0.5, 1.0], to: [0.5, 0.5, 1.1]}
    lines: [{who: n, en: "Go.", es: "Ya.", speed: 0.9}]
    acts: [{who: man, at: 0.3, pose: reach, seconds: 0.5}]
    sounds: [{at: 1, kind: steps}]
    words: {at: 1, en: "Go", es: "Ya"}
    hold: 0.9
"""


@pytest.fixture
def planned(tmp_path):
    """The plan of a film that is built, with another storyboard if wanted."""
    media, static = tmp_path / "media", tmp_path / "static"
    (media / "films").mkdir(parents=True)
    static.mkdir()
    path = media / "films/one.yaml"
    for language in ("en", "es"):
        (static / film_file("one", language)).write_bytes(b"a film")
        (static / captions_file("one", language)).write_text("WEBVTT\n", encoding="utf-8")

    def plan(text=BOARD):
        path.write_text(text, encoding="utf-8")
        return Plan(path, read(path)[0], media, static, tmp_path / "var", ("en",))

    def enter(**more):
        one = plan()
        tracks = {
            language: Track("f", digest(static / film_file("one", language)), 6, -16.0, -2.0, heard=heard(one, language))
            for language in ("en", "es")
        }
        note(media, "one", replace(Built("b", "r", "k", 4.0, 1, 1, 0.0, 9.0, tracks, lengths(one)), **more))

    enter()
    return plan


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("to: [0.5, 0.5, 1.1]", "to: [0.5, 0.5, 1.3]"),
        ("pose: reach", "pose: point"),
        ("at: 0.3", "at: 0.6"),
        ('en: "Go", es', 'en: "Come", es'),
    ],
)
def test_another_camera_pose_or_word_on_screen_is_not_heard(planned, old, new):
    assert kept(planned(BOARD.replace(old, new)), "en")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('en: "Go."', 'en: "Go on."'), ("speed: 0.9", "speed: 0.8"), ("kind: steps", "kind: door"), ("hold: 0.9", "hold: 3.2"),
        ("seconds: 0.5", "seconds: 2.5"), ("at: 1, kind", "at: 0.2, kind"), ("voice: narrator", "voice: man"),
        ("scene: card", "scene: card\n    rain: true"), ("speed: 0.9", "speed: 0.9, radio: true"),
    ],
)  # fmt: skip
def test_what_is_heard_or_decides_when_is_not_kept(planned, old, new):
    assert kept(planned(), "en") and kept(planned(BOARD.replace(old, new)), "en") is None


def test_words_in_one_language_leave_the_sound_of_the_other(planned):
    plan = planned(BOARD.replace('es: "Ya."', 'es: "Ahora."'))
    assert kept(plan, "en") and kept(plan, "es") is None


def test_a_film_whose_lines_last_otherwise_is_not_kept(planned):
    plan = planned()
    (plan.var / "one").mkdir(parents=True)
    (plan.var / "one/en.json").write_text('{"a-1": 3.25}')
    assert kept(planned(), "en") is None and kept(planned(), "es") is None


@pytest.mark.parametrize("lost", [film_file("one"), captions_file("one", "en")])
def test_without_the_film_or_its_captions_there_is_nothing_to_keep(planned, lost):
    plan = planned()
    (plan.static / lost).unlink()
    assert kept(plan, "en") is None


def test_a_file_that_is_another_is_not_taken_over(planned):
    plan = planned()
    (plan.static / film_file("one")).write_bytes(b"another film")
    assert kept(plan, "en") is None
