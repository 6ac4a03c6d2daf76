"""The films of the course play to their end, with captions in both languages."""

import pytest
from visitor import Visitor

from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.browser
FILMS = [(block.parent.url_name, block) for block in read(shipped_course()).blocks("dti_video")]
CUES = """async film => { const count = {};
    for (const track of film.textTracks) {
        track.mode = 'showing';
        const element = [...film.querySelectorAll('track')].find((one) => one.track === track);
        if (element.readyState < 2) await new Promise((done, failed) => { element.onload = done; element.onerror = failed; });
        count[track.language] = [...track.cues].filter((cue) => cue.endTime <= film.duration + 0.1).length;
        track.mode = 'disabled';
    }
    return count; }"""
# In a player of its own: that of the block goes back to a question that is not answered yet.
PLAY_THE_END = """async film => { const other = document.createElement('video');
    other.muted = true;
    other.src = film.currentSrc;
    document.body.append(other);
    await new Promise((done) => other.addEventListener('loadedmetadata', done, {once: true}));
    other.currentTime = other.duration - 1;
    const end = new Promise((done, failed) => { other.onended = done; other.onerror = failed; setTimeout(failed, 50000); });
    await other.play(); await end; return other.currentTime; }"""


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
