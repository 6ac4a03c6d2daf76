"""The films of the course that are built: what the index says they are, and what a film has to be."""

import pytest

from dti_xblocks.content import ERROR
from dti_xblocks.course.films.checks import every_finding
from dti_xblocks.course.films.dubbing import parts, stretches
from dti_xblocks.course.films.index import captions_file, film_file, read_index
from dti_xblocks.course.films.listed import table
from dti_xblocks.course.films.mp4 import avc_config, frames, keyframes, probe, sizes
from dti_xblocks.course.films.reading import read
from dti_xblocks.course.films.timeline import timeline
from dti_xblocks.video.captions import check
from dti_xblocks.video.captions import read as read_captions
from tests.suite.house import ROOT

pytestmark = [pytest.mark.once, pytest.mark.content]
MEDIA, STATIC = ROOT / "media", ROOT / "course_export/static"
BUILT = read_index(MEDIA)


def test_nothing_is_wrong_with_a_film_that_is_built():
    assert BUILT
    assert every_finding(MEDIA, STATIC, ROOT / "var/films", tuple(BUILT)) == []


@pytest.mark.parametrize(("name", "language"), [(name, language) for name in BUILT for language in BUILT[name].tracks])
def test_a_film_is_what_the_index_says(name, language):
    film, built = probe(STATIC / film_file(name, language)), BUILT[name]
    assert sorted(film.codecs) == ["avc1", "mp4a"] and film.fast_start and film.profile == "High"
    assert film.seconds == pytest.approx(built.seconds, abs=0.2) and 60 <= built.seconds <= 120
    assert built.words <= 220 and built.flashes <= 3 and built.contrast >= 4.5
    assert abs(built.tracks[language].loudness + 16) <= 1 and built.tracks[language].peak <= -1


@pytest.mark.parametrize("name", [name for name in BUILT if "es" in BUILT[name].tracks])
def test_a_film_with_spanish_voices_has_the_english_picture_where_no_words_are(name):
    """Key frames stand at the same places, and every frame of a shot without words has the same size in both."""
    english, spanish = (STATIC / film_file(name, language) for language in ("en", "es"))
    assert BUILT[name].tracks["es"].picture == BUILT[name].tracks["en"].file
    count, keys = frames(english), keyframes(english)
    assert frames(spanish) == count and avc_config(spanish) == avc_config(english)
    board, _ = read(MEDIA / "films" / f"{name}.yaml")
    own = stretches(timeline(board, {"en": BUILT[name].lines}), "es", keys, count)
    shared = [number for (begin, end), is_own in parts(own, count) if not is_own for number in range(begin, end)]
    one, other = sizes(english), sizes(spanish)
    assert shared and [number for number in shared if one[number] != other[number]] == []


def test_the_lines_of_every_film_that_is_built_have_their_times():
    """Without them no film can be built in another language, or be placed, where it was not recorded."""
    for name, built in BUILT.items():
        board, _ = read(MEDIA / "films" / f"{name}.yaml")
        assert set(built.lines) == {key for key, _ in board.lines()}, name
        assert timeline(board, {"en": built.lines}).seconds == pytest.approx(built.seconds, abs=0.01), name


@pytest.mark.parametrize("name", BUILT)
@pytest.mark.parametrize("language", ["en", "es"])
def test_captions_end_with_the_film(name, language):
    text = (STATIC / captions_file(name, language)).read_text(encoding="utf-8")
    track = read_captions(text, language, BUILT[name].seconds)
    assert track.cues and [problem for problem in check(track) if problem.severity == ERROR] == []


def test_the_manual_lists_the_films_that_are_built():
    assert table(MEDIA, "../course_export/static") in (ROOT / "docs/films.md").read_text(encoding="utf-8")
