"""Nobody plays the course's scenarios by the look of the choices: the best one has no usual place and no usual length.

What a learner sees counts: the choices that are offered and open to somebody on the strongest path, and elsewhere to whoever
comes by the shortest way.
"""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
from lxml import etree

from dti_xblocks.content import inner_xml, parser
from dti_xblocks.scenario import motion, olx
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Scenario
from tests.scenario.test_walks import COURSE

pytestmark = pytest.mark.content


def scenarios() -> Iterator:
    for path in sorted(COURSE.glob("vertical/*.xml")):
        for node in etree.parse(path, parser()).iterfind(".//dti_scenario"):
            yield pytest.param(olx.read(inner_xml(node)), id=node.get("url_name"))


def looks(story: Scenario) -> Iterator[tuple[int, int, list[int]]]:
    """For each scene: the best choice's position and length, and the lengths of the others."""
    standing = motion.begin(story)
    best, seen = {}, {}
    for scene_id, choice_id in analysis(story).path:
        best[scene_id], seen[scene_id] = choice_id, motion.open_choices(story, standing)
        standing = motion.take(story, standing, story.scene(scene_id).choice(choice_id))
    for scene in story.scenes:
        choice_id = best.get(scene.id) or analysis(story).best_choice_at(scene.id)
        choices = seen.get(scene.id) or [choice for choice in scene.choices if choice.offered]
        lengths = {choice.id: len(re.sub(r"<[^>]+>", "", choice.text)) for choice in choices}
        yield list(lengths).index(choice_id), lengths.pop(choice_id), list(lengths.values())


def test_the_course_has_its_scenarios():
    assert {param.id for param in scenarios()} >= {"m03-night", "m06-seconds", "m08-ladder"}


@pytest.mark.parametrize("story", list(scenarios()))
def test_the_best_choice_has_no_usual_place(story):
    places = Counter(position for position, _best, _others in looks(story))
    assert max(places.values()) <= len(story.scenes) / 2, places


@pytest.mark.parametrize("story", list(scenarios()))
def test_the_best_choice_is_not_known_by_its_length(story):
    longest = sum(best > max(others) for _position, best, others in looks(story))
    shortest = sum(best < min(others) for _position, best, others in looks(story))
    assert longest <= 0.4 * len(story.scenes)
    assert shortest <= 0.4 * len(story.scenes)
