"""Storyboards: what is written is read, and what is wrong is a problem with its code and line."""

import textwrap

import pytest

from dti_xblocks.course.films.reading import read
from dti_xblocks.course.films.rules import problems
from dti_xblocks.course.films.storyboard import Act, At, Clock, OnScreen, Person, Sound, Words
from tests.suite.house import ROOT

pytestmark = pytest.mark.once
SCENE = """title = "A corner"
alt = "Two people."
description = "x"
camera = { eye = [0, 1, 4], look = [0, 1, 0] }
figure = [{ name = "ann" }, { name = "bob" }]
"""
SHOT = """\
  - id: s{0}
    scene: corner
    camera: {{from: [0.5, 0.5, 1.0], to: [0.54, 0.48, 1.2]}}
    lines:
      - {{who: narrator, en: "One two three four five six seven eight nine ten.", es: "Uno dos tres cuatro cinco seis siete ocho.", speed: 0.3}}
      - {{who: ann, en: "Stop it now.", es: "Basta, ya."}}
    words: {{at: 2, en: "Stop", es: "Basta"}}
    acts:
      - {{who: ann, at: 2, after: 0.5, pose: reach, seconds: 1.5, joints: {{neck: [1, 2, 3]}}, turn: 20}}
      - {{who: bob, at: 1.5, to: [1, 0.5], seconds: 2}}
    look: ann
    sounds: [{{at: 1, kind: squelch}}, {{kind: rain}}]
    clock: {{at: "0.5s", from: 3, to: 0}}
"""
HEAD = """\
title: {en: "One", es: "Uno"}
lesson: m01-professionalism
idea: "An idea."
cast:
  narrator: {voice: narrator}
  ann: {voice: officer-woman, name: {en: "Ann", es: "Ana"}}
shots:
"""
SOUND = HEAD + "".join(SHOT.format(number) for number in range(5))


@pytest.fixture
def media(tmp_path):
    (tmp_path / "scenes").mkdir()
    (tmp_path / "films/scenes").mkdir(parents=True)
    (tmp_path / "scenes/corner.toml").write_text(SCENE, encoding="utf-8")
    return tmp_path


def board(media, text):
    path = media / "films/one.yaml"
    path.write_text(textwrap.dedent(text), encoding="utf-8")
    return path


def found(media, text):
    return [(problem.code, problem.line) for problem in problems(board(media, text), media, {})[1]]


def test_a_sound_storyboard_has_no_problems_and_is_read(media):
    path = board(media, SOUND)
    film, wrong = read(path)
    assert wrong == [] and problems(path, media, {})[1] == []
    assert film.title == Words("One", "Uno") and film.cast["ann"] == Person("officer-woman", Words("Ann", "Ana"))
    shot = film.shots[0]
    assert shot.words == OnScreen(Words("Stop", "Basta"), At(line=2))
    assert shot.acts == (
        Act("ann", At(2, after=0.5), 1.5, "reach", {"neck": [1, 2, 3]}, None, 20, line=16),
        Act("bob", At(second=1.5), 2, to=(1.0, 0.5), line=17),
    )
    assert shot.sounds == (Sound("squelch", At(1)), Sound("rain")) and shot.clock == Clock(At(second=0.5), 3, 0)
    assert [key for key, _ in film.lines()][:3] == ["s0-1", "s0-2", "s1-1"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("title:", "title: [", [("FM001", 2)]),
        ("shots:", "shots: 3\nmore:", [("FM002", 8), ("FM004", 7), ("FM018", 1), ("FM020", 1), ("FM021", 1), ("FM021", 1)]),
        ("lesson:", "lessen:", [("FM002", 2), ("FM003", 1)]),
        ('idea: "An idea."', "idea: 3", [("FM004", 3)]),
        ("id: s1", "id: s0", [("FM005", 8), ("FM005", 21)]),
        ("who: narrator, en", "who: nobody, en", [("FM006", 12)]),
        ("One two three", "and so on " * 6 + "One two three", [("FM007", 12)]),
        ("Basta, ya.", "Basta ya, por favor, y dejen de hacer eso.", [("FM008", 13)]),
        ("scene: corner", "scene: card", [("FM011", 16), ("FM011", 17)]),
        ("scene: corner", "scene: nowhere", [("FM010", 8)]),
        ("who: bob", "who: eve", [("FM011", 17)]),
        ("look: ann", "look: eve", [("FM011", 8)]),
        ("pose: reach", "pose: fly", [("FM012", 16)]),
        ("seconds: 1.5", "seconds: 9", [("FM013", 16)]),
        ("kind: squelch", "kind: bang", [("FM014", 8)]),
        ("{at: 2, en: ", "{at: 3, en: ", [("FM015", 8)]),
        ('en: "Stop",', 'en: "Stop it before somebody is hurt here",', [("FM016", 8)]),
        ("[0.5, 0.5, 1.0]", "[0.5, 0.5, 3.0]", [("FM017", 8)]),
        ("[0.5, 0.5, 1.0]", "[0.4, 0.5, 1.0]", [("FM017", 8)]),
        ("[0.5, 0.5, 1.0]", "[0.4, 0.5]", [("FM004", 10)]),
        ("lesson:", "true_story: true\nlesson:", [("FM023", 1)]),
        ("lesson:", "sources: [no-such-case]\nlesson:", [("FM023", 1)]),
        ("  ann: {voice", "  eve: {voice: narrator}\n  ann: {voice", [("FM021", 1)]),
        ("from: 3, to: 0", "from: 3, too: 0", [("FM002", 20), ("FM003", 20)]),
        ("to: [1, 0.5]", "to: 4", [("FM004", 17)]),
        ("at: 1.5", "at: soon", [("FM004", 17)]),
    ],
)  # fmt: skip
def test_a_mistake_is_found_at_its_line(media, old, new, expected):
    assert old in SOUND
    assert sorted(found(media, SOUND.replace(old, new, 1))) == sorted(expected)


def test_a_film_is_as_long_as_attention_lasts(media):
    assert found(media, SOUND.replace(", speed: 0.3", "")) == [("FM020", 1)]
    assert found(media, HEAD + SHOT.format(1)) == [("FM018", 1), ("FM020", 1)]
    many = HEAD + "".join(SHOT.format(number) for number in range(5)) + "".join(
        f'      - {{who: ann, en: "{"word " * 22}", es: "{"pues " * 22}"}}\n' for _ in range(0)
    )  # fmt: skip
    talk = '      - {who: ann, en: "' + "word " * 24 + '", es: "' + "pues " * 24 + '"}\n'
    spoken = many.replace('    words: {at: 2, en: "Stop"', talk * 2 + '    words: {at: 2, en: "Stop"')
    assert ("FM019", 1) in found(media, spoken)


def test_scenes_of_films_come_first_and_build_on_those_of_pictures(media):
    (media / "films/scenes/corner.toml").write_text('like = "corner"\nfigure = [{ name = "eve" }]\n', encoding="utf-8")
    (media / "films/scenes/night.toml").write_text('like = "corner-of-pictures"\nfigure = [{ name = "eve" }]\n', encoding="utf-8")
    (media / "scenes/corner-of-pictures.toml").write_text(SCENE, encoding="utf-8")
    text = SOUND.replace("scene: corner", "scene: night").replace("who: bob", "who: eve")
    assert found(media, text) == []


def test_the_manual_has_every_code():
    rules = (ROOT / "dti_xblocks/course/films/rules.py").read_text(encoding="utf-8")
    rules += (ROOT / "dti_xblocks/course/films/reading.py").read_text(encoding="utf-8")
    manual = (ROOT / "docs/films.md").read_text(encoding="utf-8")
    codes = {f"FM0{number:02}" for number in range(1, 24)}
    assert {code for code in codes if code in rules} == codes
    assert all(f"| {code} |" in manual for code in codes)
