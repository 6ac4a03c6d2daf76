"""The course in Spanish on a phone: a lesson with its film, a question, a scenario. Pages say which language they are in."""

import pytest
from film_scripts import CUES, PLAY_THE_END
from visitor import Visitor

from dti_xblocks.course.films import delivery
from dti_xblocks.course.languages.course import localized
from dti_xblocks.course.languages.markup import text_of
from dti_xblocks.course.languages.memory import Memory
from dti_xblocks.course.languages.outlines import SHIPPED, shipped_languages
from dti_xblocks.course.languages.segments import texts
from dti_xblocks.course.source import shipped_course

pytestmark = pytest.mark.browser
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "es-419"}
UNITS = {
    "m02-section-1983-u1": (
        "vertical/m02-section-1983-u1.xml",
        "html/m02-section-1983-u1-text.html",
        "html/m02-section-1983-u1-law.html",
    ),
    "m05-supervisor-liability-u4": ("vertical/m05-supervisor-liability-u4.xml", "problem/m05-supervisor-liability-q1.xml"),
    "m03-scenario-u1": ("html/m03-scenario-u1-text.html",),
}
LONG = 25  # letters of a text that stands in no other language by chance


@pytest.fixture(scope="module")
def memory():
    return Memory(SHIPPED, shipped_languages()["es-419"])


@pytest.fixture
def visitor(chromium, served, memory):
    def made(folder):
        localized(shipped_course(), memory, folder)
        delivery.put(folder, memory.language.code)
        return folder

    visitor = Visitor(chromium, served("spanish-course", made).address, **PHONE)
    yield visitor
    faults = list(visitor.faults)
    visitor.close()
    assert faults == []


def left_in_english(visitor, files, memory) -> list[str]:
    """The texts of these files that have a translation and are shown in English all the same."""
    said = memory.translations()
    shown = " ".join(visitor.page.locator("main").inner_text().split())
    english = {one.said for name in files for one in texts(name, (shipped_course() / name).read_text(encoding="utf-8"))}
    known = [one for one in english if len(one) >= LONG and said.get(("", one), one) != one]
    assert known, "nothing of this unit is translated"
    return [one for one in known if text_of(one) in shown]


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_in_spanish_and_says_so(visitor, memory, unit):
    visitor.open(f"unit/{unit}")
    page = visitor.page
    assert page.locator("html").get_attribute("lang") == "es-419" and page.locator("main").get_attribute("lang") == "es"
    assert left_in_english(visitor, UNITS[unit], memory) == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
    assert visitor.flaws() == []


def test_the_captions_of_a_film_are_spanish_first(visitor):
    visitor.open("unit/m02-section-1983-u1")
    tracks = visitor.page.locator("video track")
    assert tracks.evaluate_all("all => all.map((one) => one.srclang)") == ["es-419", "en"]


def test_a_film_with_spanish_voices_plays_to_its_end_under_spanish_captions(visitor):
    visitor.open("unit/m02-section-1983-u1")
    visitor.page.wait_for_function("() => document.querySelector('video').readyState >= 1")
    film = visitor.page.locator("video")
    sent = film.evaluate("async (film) => (await (await fetch(film.currentSrc)).arrayBuffer()).byteLength")
    english, spanish = (shipped_course() / "static" / f"film-the-envelope{end}" for end in (".mp4", ".es.mp4"))
    assert sent == spanish.stat().st_size != english.stat().st_size
    assert film.evaluate(CUES)["es-419"] >= 10
    seconds = film.evaluate("film => film.duration")
    assert film.evaluate(PLAY_THE_END) == pytest.approx(seconds, abs=0.3)
