"""The scenarios that an author may start from."""

from pathlib import Path

import pytest

from dti_xblocks.case_law.library import library
from dti_xblocks.scenario import olx, rules, starters
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario.model import Scenario

STARTERS = starters.starters()
TOLD = [starter for starter in STARTERS if starter.id != "blank"]
by_id = pytest.mark.parametrize("starter", STARTERS, ids=lambda starter: starter.id)


def story(starter) -> Scenario:
    return olx.read(starter.content)


def test_every_file_is_a_starter_and_the_blank_one_comes_first():
    files = {path.stem for path in Path(starters.__file__).parent.glob("*.xml")}
    assert {starter.id for starter in STARTERS} == files
    assert STARTERS[0].id == "blank"


@by_id
def test_a_starter_is_sound(starter):
    assert rules.check(story(starter), library().slugs, 70) == []


@by_id
def test_a_starters_strongest_path_ends_well(starter):
    scenario = story(starter)
    assert scenario.ending(analysis(scenario).ending).result == "good"


def test_the_blank_one_is_as_small_as_can_be():
    scenario = story(STARTERS[0])
    assert (len(scenario.scenes), len(scenario.scenes[0].choices), len(scenario.endings)) == (1, 2, 2)


@pytest.mark.parametrize("starter", TOLD, ids=lambda starter: starter.id)
def test_a_told_starter_shows_what_the_format_can_do(starter):
    scenario = story(starter)
    choices = [choice for scene in scenario.scenes for choice in scene.choices]
    assert 3 <= len(scenario.scenes) <= 5
    assert scenario.levels and scenario.meters
    assert [scene.clock for scene in scenario.scenes if scene.clock]
    assert [choice for choice in choices if choice.needs]
    assert [ending for ending in scenario.endings if ending.needs]
    assert {effect.meter for choice in choices for effect in choice.effects} == {meter.id for meter in scenario.meters}
