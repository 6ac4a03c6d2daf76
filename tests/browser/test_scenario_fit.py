"""Every beat of the shipped scenarios on a phone and on a small laptop: how much of it is seen without scrolling."""

from __future__ import annotations

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
from dti_xblocks.scenario import olx, play
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Scenario
from dti_xblocks.scenario.screen import CONSEQUENCE, PLACE
from tests.scenario.sample_full import when

pytestmark = pytest.mark.browser
STYLES = Path(__file__).parents[2] / "static/css"
SIZES = {"phone": (390, 844), "laptop": (1366, 768)}
AROUND = 16  # px of the page on either side of a unit on a phone
ACTIONS = ("begin", "enter", "choose", "go_on", "again", "settle", "review_pdf")
# For each screen: its height, where its first choice and its last button end, how high the head-up line is.
MEASURED = """screens => screens.map((screen) => {
    const top = screen.getBoundingClientRect().top;
    const end = (selector) => Math.max(0, ...[...screen.querySelectorAll(selector)].slice(0, 1).map((part) => part.getBoundingClientRect().bottom - top));
    return {name: screen.id, height: screen.getBoundingClientRect().height, choice: end(".dti-choice-row"),
        button: end(".dti-go-on .dti-button"), line: screen.querySelector(".dti-standing")?.getBoundingClientRect().height ?? 0,
        wide: screen.scrollWidth - screen.clientWidth};
})"""


def lookup(slug: str):
    found = library().get(slug)
    return found.caption, found.citation.removeprefix(found.caption), "/authority", short_html(found)


def states(scenario: Scenario):
    """A state after each decision that can be made and at each scene that can be come to: the shortest way to it."""
    begun = play.replay(scenario, [], play.NO_CLOCK)
    waiting, seen = [begun], set()
    yield begun
    while waiting:
        state = waiting.pop(0)
        for choice in state.scene.choices if state.scene else ():
            late = choice not in state.choices
            if (state.scene.id, choice.id) in seen or (late and choice.id != state.scene.timeout):
                continue
            entry = [state.scene.id, choice.id, when(len(state.steps)).isoformat(), *([play.TIME_UP] if late else [])]
            after = play.replay(scenario, [*state.stored(), entry], play.NO_CLOCK)
            seen.add((state.scene.id, choice.id))
            waiting.append(after)
            yield after


def screens():
    """(name, HTML) of every beat that can be come to, without clocks."""
    for block in read(shipped_course()).blocks("dti_scenario"):
        scenario = olx.read(inner_xml(block.node), block.node.get("score_by", "choices"))
        places = set()
        for number, state in enumerate(states(scenario)):
            played = Played(scenario, state, when(0).isoformat(), play.NO_CLOCK, None, ())
            frame = {"uid": f"{block.url_name}-{number}", "attempt": 1, **dict.fromkeys(ACTIONS, "/handler")}
            terms = Terms(70, None, True, "off", "best")
            if state.steps:
                name = f"{state.last.scene.id}/{state.last.choice.id}"
                yield f"{block.url_name} {name}", learner_html(played, terms, lookup, when(0), frame, CONSEQUENCE)
            if state.scene and state.scene.id not in places:
                places.add(state.scene.id)
                yield f"{block.url_name} {state.scene.id}", learner_html(played, terms, lookup, when(0), frame, PLACE)
        assert places == analysis(scenario).reached & {scene.id for scene in scenario.scenes}


@pytest.fixture(scope="module")
def everything() -> str:
    """One page with all of them."""
    css = "".join((STYLES / f"{name}.css").read_text("utf-8") for name in ("dti", "scenario/page"))
    with translation.override("en"):
        made = "".join(
            f'<div class="dti dti-scenario"><div data-dti-screen id="{name}">{html}</div></div>' for name, html in screens()
        )
    return f'<!DOCTYPE html><meta name="viewport" content="width=device-width"><style>body {{ margin: {AROUND}px; font-family: system-ui, sans-serif; }}{css}</style>{made}'


@pytest.mark.parametrize("size", SIZES)
def test_a_beat_fits_the_screen_or_shows_its_first_choice(everything, size):
    width, height = SIZES[size]
    page = one_chromium.browser().new_page(viewport={"width": width, "height": height})
    page.set_content(everything)
    measured = page.locator("[data-dti-screen]").evaluate_all(MEASURED)
    page.close()
    assert len(measured) > 150
    beats = [beat for beat in measured if beat["button"]]
    scenes = [beat for beat in measured if beat["choice"]]
    assert len(beats) + len(scenes) == len(measured)
    assert [beat for beat in beats if beat["button"] > height] == []
    assert [scene for scene in scenes if scene["choice"] > height] == []
    assert [beat for beat in measured if beat["line"] > 56 or beat["wide"] > 0] == []
