"""The films of the course that are built: what the index says they are, and what a film has to be."""

import pytest

from dti_xblocks.content import ERROR
from dti_xblocks.course.films.checks import every_finding
from dti_xblocks.course.films.index import captions_file, film_file, read_index
from dti_xblocks.course.films.listed import table
from dti_xblocks.course.films.mp4 import probe
from dti_xblocks.video.captions import check
from dti_xblocks.video.captions import read as read_captions
from tests.suite.house import ROOT

pytestmark = [pytest.mark.once, pytest.mark.content]
MEDIA, STATIC = ROOT / "media", ROOT / "course_export/static"
BUILT = read_index(MEDIA)


def test_nothing_is_wrong_with_a_film_that_is_built():
    assert BUILT
    assert every_finding(MEDIA, STATIC, ROOT / "var/films", tuple(BUILT)) == []


@pytest.mark.parametrize("name", BUILT)
def test_a_film_is_what_the_index_says(name):
    film, built = probe(STATIC / film_file(name)), BUILT[name]
    assert sorted(film.codecs) == ["avc1", "mp4a"] and film.fast_start and film.profile == "High"
    assert film.seconds == pytest.approx(built.seconds, abs=0.2) and 60 <= built.seconds <= 120
    assert built.words <= 220 and built.flashes <= 3 and built.contrast >= 4.5
    assert abs(built.tracks["en"].loudness + 16) <= 1 and built.tracks["en"].peak <= -1


@pytest.mark.parametrize("name", BUILT)
@pytest.mark.parametrize("language", ["en", "es"])
def test_captions_end_with_the_film(name, language):
    text = (STATIC / captions_file(name, language)).read_text(encoding="utf-8")
    track = read_captions(text, language, BUILT[name].seconds)
    assert track.cues and [problem for problem in check(track) if problem.severity == ERROR] == []


def test_the_manual_lists_the_films_that_are_built():
    assert table(MEDIA, "../course_export/static") in (ROOT / "docs/films.md").read_text(encoding="utf-8")
