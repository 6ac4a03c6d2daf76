"""The films of our course: each storyboard is sound, stands in a unit, and stops at least once to ask or to let decide."""

from functools import cache

import pytest
from lxml import etree

from dti_xblocks.course.films.in_course import block, read_moments
from dti_xblocks.course.films.reading import storyboard_files
from dti_xblocks.course.films.rules import problems
from dti_xblocks.course.films.scenes import own_scenes
from dti_xblocks.course.films.timeline import timeline
from dti_xblocks.course.media.scene import LEAST_DESCRIPTION, MOST_ALT, read
from dti_xblocks.course.olx import read as read_course
from dti_xblocks.video.model import Tape
from dti_xblocks.video.olx import examine
from tests.suite.house import ROOT

pytestmark = pytest.mark.once
MEDIA, COURSE = ROOT / "media", ROOT / "course_export"
FILES = storyboard_files(MEDIA)
each = pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])


@cache
def board(path):
    return problems(path, MEDIA, {})


@cache
def names():
    course = read_course(COURSE)
    return {tag: {one.url_name for one in course.blocks(tag)} for tag in ("sequential", "vertical", "dti_activity", "problem")}


@each
def test_a_storyboard_is_sound(path):
    assert board(path)[1] == []


@each
def test_its_film_is_a_block_that_learners_can_use(path):
    made = block(timeline(board(path)[0], {}), MEDIA)
    video, found = examine("".join(etree.tostring(child, encoding="unicode") for child in made))
    assert found == []
    assert video.moments and len({one.id for one in video.moments}) == len(video.moments)


@each
def test_it_stands_in_a_unit_of_its_lesson_and_an_activity_uses_it(path):
    moments, lesson = read_moments(MEDIA, path.stem), board(path)[0].lesson
    assert moments.get("unit") in names()["vertical"]
    assert moments.get("then") in names()["dti_activity"] | names()["problem"]
    assert lesson in ("opener", "closer") or lesson in names()["sequential"]
    assert lesson in ("opener", "closer") or moments.get("unit").startswith(lesson)


def test_every_lesson_has_a_film():
    lessons = {board(path)[0].lesson for path in FILES}
    texts = {name.rsplit("-", 1)[0] for name in names()["vertical"] if name.endswith("-u4")}  # lessons have four units or more
    assert texts - {"m09-final"} <= lessons and {"opener", "closer"} <= lessons


def test_learners_decide_in_time_in_several_films():
    boards = [timeline(board(path)[0], {}) for path in FILES]
    videos = [examine("".join(etree.tostring(one, encoding="unicode") for one in block(made, MEDIA)))[0] for made in boards]
    assert sum(isinstance(moment, Tape) for video in videos for moment in video.moments) >= 5


@pytest.mark.parametrize("path", own_scenes(MEDIA), ids=lambda path: path.stem)
def test_a_scene_says_in_words_what_it_shows(path):
    scene = read(path)
    assert 0 < len(scene.alt) <= MOST_ALT and len(scene.description) >= LEAST_DESCRIPTION


def test_no_scene_is_there_for_nothing():
    used = {shot.scene for path in FILES for shot in board(path)[0].shots}
    kept = {path.stem for path in own_scenes(MEDIA)}
    bases = {path.read_text(encoding="utf-8").split('"')[1] for path in own_scenes(MEDIA)}
    assert kept <= used | bases
