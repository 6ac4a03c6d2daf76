"""The course's scenarios, walked to every ending: in one go, from stored state after each decision, and through the block."""

import json
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.content_xml import inner_xml, parser
from dti_xblocks.scenario import olx, play, rules
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import again, make_block, post

HERE = Path(__file__).parent
COURSE = HERE.parent.parent / "course_export"
FILES = {"m03-night": "vertical/m03-scenario-u1.xml", "m08-ladder": "vertical/m08-how-to-intervene-u3.xml"}


@dataclass(frozen=True)
class Walk:
    """One walk file."""

    steps: list
    ending: str
    earned: int
    possible: int


def block_node(name):
    node = etree.parse(COURSE / FILES[name], parser()).find(f".//dti_scenario[@url_name='{name}']")
    assert node is not None, f"{FILES[name]} has no {name}"
    return node


def story_of(name):
    return olx.read(inner_xml(block_node(name)))


def read_walk(path: Path) -> Walk:
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    told = dict(line.split(": ", 1) for line in lines if re.match(r"(ending|score): ", line))
    earned, possible = told["score"].split(" of ")
    steps = [line.split(" > ") for line in lines if " > " in line and not line.startswith("#")]
    return Walk(steps, told["ending"], int(earned), int(possible))


WALKS = sorted((HERE / "walks").glob("*.txt"))


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_courses_scenario_is_sound(name):
    node = block_node(name)
    problems = rules.check(story_of(name), library().slugs, int(node.get("pass_mark", ScenarioBlock.pass_mark.default)))
    assert problems == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_ending_has_a_walk(name):
    walked = {read_walk(path).ending for path in WALKS if path.name.startswith(f"{name}.")}
    assert walked == {ending.id for ending in story_of(name).endings}


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_ends_where_it_says(path):
    walk, story = read_walk(path), story_of(path.name.split(".")[0])
    state = play.replay(story, [[scene, choice, "2026-11-02T10:00:00+00:00"] for scene, choice in walk.steps])
    assert state.lost == 0
    assert (state.ending and state.ending.id, state.earned, state.possible) == (walk.ending, walk.earned, walk.possible)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_from_stored_state_is_the_same(path):
    walk, story = read_walk(path), story_of(path.name.split(".")[0])
    stored = "[]"
    for scene, choice in walk.steps:
        state = play.replay(story, json.loads(stored))
        assert state.scene.id == scene
        stored = json.dumps(play.decide(story, state, choice, "2026-11-02T10:00:00+00:00").stored())
    state = play.replay(story, json.loads(stored))
    assert (state.ending.id, state.earned) == (walk.ending, walk.earned)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_through_the_block_is_graded_so(path):
    name = path.name.split(".")[0]
    walk, story = read_walk(path), story_of(name)
    block = make_block(ScenarioBlock, inner_xml(block_node(name)))
    answer = post(block, "begin")
    for number, (scene, choice) in enumerate(walk.steps):
        form = {"attempt": "1", "step": str(number), "scene": scene, "choice": choice}
        answer = post(again(block), "choose", form)
        assert answer.status_code == 200
    assert f"{walk.earned} of {walk.possible} points" in answer.json["html"]
    assert story.ending(walk.ending).title in answer.json["html"].replace("&#x27;", "'")
    assert block.runtime.place.events("grade") == [{"value": walk.earned / walk.possible, "max_value": 1.0}]
