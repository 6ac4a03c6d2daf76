"""Every beat of the shipped scenarios on a phone and on a small laptop: how much of it is seen without scrolling."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from django.utils import translation
from suite import chromium as one_chromium

from dti_xblocks.case_law.library import library
from dti_xblocks.content import inner_xml
from dti_xblocks.course.olx import read
from dti_xblocks.course.source import shipped_course
from dti_xblocks.pages.case_law.views import short_html
from dti_xblocks.pages.scenario.screen import Played, Terms, learner_html
from dti_xblocks.scenario import olx, play, results
from dti_xblocks.scenario.cast import becomes, opening_picture
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Media, Scenario
from dti_xblocks.scenario.screen import CONSEQUENCE, END, PLACE, ROLE
from tests.scenario.sample_full import when
from tests.scenario.test_walks import WALKS, read_walk

pytestmark = pytest.mark.browser
STYLES = Path(__file__).parents[2] / "static/css"
SIZES = {"phone": (390, 844), "laptop": (1366, 768)}
AROUND = 16  # px of the page on either side of a unit on a phone
ACTIONS = ("begin", "enter", "choose", "go_on", "again", "replay", "open_answers", "settle", "review_pdf")
# For each screen: its height, where its first choice, its last button and its result end, how high the head-up line is.
MEASURED = """screens => screens.map((screen) => {
    const top = screen.getBoundingClientRect().top;
    const end = (selector) => Math.max(0, ...[...screen.querySelectorAll(selector)].slice(0, 1).map((part) => part.getBoundingClientRect().bottom - top));
    return {name: screen.id, height: screen.getBoundingClientRect().height, choice: end(".dti-choice-row"),
        button: end(".dti-go-on .dti-button"), result: end(".dti-side"), line: screen.querySelector(".dti-standing")?.getBoundingClientRect().height ?? 0,
        wide: screen.scrollWidth - screen.clientWidth};
})"""


def lookup(slug: str):
    found = library().get(slug)
    return found.caption, found.citation.removeprefix(found.caption), "/authority", short_html(found)


def states(scenario: Scenario):
    """A state after each decision that can be made and at each scene that can be come to: the strongest path, then the shortest ways."""
    begun = play.replay(scenario, [], play.NO_CLOCK)
    waiting, seen = [begun], set()
    yield begun

    def decided(state, scene_id, choice_id, late=False):
        entry = [scene_id, choice_id, when(len(state.steps)).isoformat(), *([play.TIME_UP] if late else [])]
        after = play.replay(scenario, [*state.stored(), entry], play.NO_CLOCK)
        seen.add((scene_id, choice_id))
        waiting.append(after)
        return after

    state = begun
    for scene_id, choice_id in analysis(scenario).path:
        state = decided(state, scene_id, choice_id)
        yield state
    while waiting:
        state = waiting.pop(0)
        for choice in state.scene.choices if state.scene else ():
            late = choice not in state.choices
            if (state.scene.id, choice.id) in seen or (late and choice.id != state.scene.timeout):
                continue
            yield decided(state, state.scene.id, choice.id, late)


def staged(scenario: Scenario) -> Scenario:
    """With a picture behind the title of every scene that has none yet."""
    picture = Media("image", "/static/lot.webp", alt="A parking lot at night")
    scenes = [
        scene if opening_picture(scene.lines) else replace(scene, lines=(picture, *scene.lines)) for scene in scenario.scenes
    ]
    return replace(scenario, scenes=tuple(scenes))


def screens():
    """(name, HTML) of every beat that can be come to, without clocks."""
    for block in read(shipped_course()).blocks("dti_scenario"):
        scenario = staged(olx.read(inner_xml(block.node), block.node.get("score_by", "choices")))
        places, roles = set(), set()
        for number, state in enumerate(states(scenario)):
            played = Played(scenario, state, when(0).isoformat(), play.NO_CLOCK, None, ())
            frame = {"uid": f"{block.url_name}-{number}", "attempt": 1, **dict.fromkeys(ACTIONS, "/handler")}
            terms = Terms(70, None, True, "off", "best")
            if state.steps:
                name = f"{state.last.scene.id}/{state.last.choice.id}"
                yield f"{block.url_name} {name}", learner_html(played, terms, lookup, when(0), frame, CONSEQUENCE)
            become = becomes(scenario, state)
            if become and become.id not in roles:
                roles.add(become.id)
                yield f"{block.url_name} {become.id}", learner_html(played, terms, lookup, when(0), frame, ROLE)
            if state.scene and state.scene.id not in places:
                places.add(state.scene.id)
                yield f"{block.url_name} {state.scene.id}", learner_html(played, terms, lookup, when(0), frame, PLACE)
        assert roles == {scene.you for scene in scenario.scenes} - {scenario.start.you}
        assert places == analysis(scenario).reached & {scene.id for scene in scenario.scenes}


def endings():
    """(name, HTML) of how each walk ends and of its result, with all that can stand there: several runs, not passed yet."""
    stories = {
        block.url_name: staged(olx.read(inner_xml(block.node), block.node.get("score_by", "choices")))
        for block in read(shipped_course()).blocks("dti_scenario")
    }
    for path in WALKS:
        scenario, walk = stories[path.name.split(".")[0]], read_walk(path)
        steps = [
            [scene, choice, when(n).isoformat(), *([play.TIME_UP] if late else [])]
            for n, (scene, choice, late) in enumerate(walk.steps)
        ]
        state = play.replay(scenario, steps, play.NO_CLOCK)
        assert state.ending.id == walk.ending
        runs = tuple(
            results.Result(attempt, 1, 2, "any", "Any", "bad", scenario.version, when(attempt).isoformat()) for attempt in (1, 2)
        )
        played = Played(scenario, state, when(0).isoformat(), play.NO_CLOCK, None, runs)
        frame = {"uid": path.stem, "attempt": 1, **dict.fromkeys(ACTIONS, "/handler"), "incomplete": True}
        terms = Terms(70, 2, True, "off", "best")
        for beat in (END, PLACE):
            yield f"{path.stem} {beat}", learner_html(played, terms, lookup, when(0), frame, beat)


def one_page(screens) -> str:
    css = "".join((STYLES / f"{name}.css").read_text("utf-8") for name in ("dti", "scenario/page", "scenario/people"))
    with translation.override("en"):
        made = "".join(
            f'<div class="dti dti-scenario"><div data-dti-screen id="{name}">{html}</div></div>' for name, html in screens
        )
    return f'<!DOCTYPE html><meta name="viewport" content="width=device-width"><style>body {{ margin: {AROUND}px; font-family: system-ui, sans-serif; }}{css}</style>{made}'


@pytest.fixture(scope="module")
def everything() -> str:
    """One page with all beats of decisions."""
    return one_page(screens())


@pytest.fixture(scope="module")
def ended() -> str:
    """One page with both beats of every ending."""
    return one_page(endings())


def measure(html: str, size: str) -> list[dict]:
    width, height = SIZES[size]
    page = one_chromium.browser().new_page(viewport={"width": width, "height": height})
    page.set_content(html)
    measured = page.locator("[data-dti-screen]").evaluate_all(MEASURED)
    page.close()
    assert [beat for beat in measured if beat["line"] > 56 or beat["wide"] > 0] == []
    return measured


@pytest.mark.parametrize("size", SIZES)
def test_an_ending_and_its_result_are_each_one_screen(ended, size):
    measured = measure(ended, size)
    assert len(measured) == 2 * len(WALKS)
    stories = [screen for screen in measured if screen["name"].endswith(END)]
    assert [story for story in stories if not 0 < story["button"] <= SIZES[size][1]] == []
    found = [screen for screen in measured if screen["name"].endswith(PLACE)]
    assert [result for result in found if not 0 < result["result"] <= SIZES[size][1]] == [], "from the ring to the ways on"


@pytest.mark.parametrize("size", SIZES)
def test_a_beat_fits_the_screen_or_shows_its_first_choice(everything, size):
    height, measured = SIZES[size][1], measure(everything, size)
    assert len(measured) > 150
    beats = [beat for beat in measured if beat["button"]]
    scenes = [beat for beat in measured if beat["choice"]]
    assert len(beats) + len(scenes) == len(measured)
    assert [beat for beat in beats if beat["button"] > height] == []
    assert [scene for scene in scenes if scene["choice"] > height] == []
