"""The films of the course play to their end, with captions in both languages."""

import pytest
from film_scripts import CUES, PLAY_THE_END
from visitor import Visitor

from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.browser
FILMS = [(block.parent.url_name, block) for block in read(shipped_course()).blocks("dti_video")]


@pytest.mark.parametrize(("unit", "block"), FILMS, ids=[block.url_name for _unit, block in FILMS])
def test_a_film_plays_to_its_end_with_captions_in_both_languages(chromium, preview, unit, block):
    seconds = float(block.node.find("film").get("seconds"))
    viewer = Visitor(chromium, preview)
    viewer.open(f"unit/{unit}")
    film = viewer.block(block).locator("video")
    viewer.page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    assert film.evaluate("film => [film.videoWidth, film.videoHeight]") == [1280, 720]
    assert abs(film.evaluate("film => film.duration") - seconds) < 0.5
    cues = film.evaluate(CUES)
    assert set(cues) == {"en", "es-419"} and min(cues.values()) >= 10
    assert film.evaluate(PLAY_THE_END) >= seconds - 0.5
    assert viewer.faults == []
    viewer.close()
