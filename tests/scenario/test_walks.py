"""The course's scenarios, walked to every ending: in one go, from stored state after each decision, and through the block."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from lxml import etree

from dti_xblocks.case_law.library import library
from dti_xblocks.content import inner_xml, parser
from dti_xblocks.platform import clock
from dti_xblocks.scenario import olx, play, rules
from dti_xblocks.scenario.explore import analysis
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import again, make_block, post

HERE = Path(__file__).parent
COURSE = HERE.parent.parent / "course_export"
FILES = {
    "m03-night": "vertical/m03-scenario-u1.xml",
    "m06-seconds": "vertical/m06-opportunity-u3.xml",
    "m08-ladder": "vertical/m08-how-to-intervene-u3.xml",
}
LEAST_DECISIONS = {"m03-night": 14, "m06-seconds": 14, "m08-ladder": 10}  # on the strongest path
LEAST_ENDINGS = {"m03-night": 7, "m06-seconds": 4, "m08-ladder": 8}
SLOW_READER = 100  # words a minute
BEGINNING = datetime(2026, 11, 2, 22, 0, tzinfo=UTC)
TO_DECIDE = timedelta(seconds=8)  # sooner than any clock of the course runs out


@dataclass(frozen=True)
class Walk:
    """One walk file. A step is (scene id, choice id, True when the clock ran out)."""

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
    told_steps = [re.fullmatch(r"(\S+) > (\S+)( \(time-up\))?", line) for line in lines if " > " in line and line[0] != "#"]
    steps = [(step[1], step[2], bool(step[3])) for step in told_steps]
    return Walk(steps, told["ending"], int(earned), int(possible))


class Watch:
    """The time that a block under test sees."""

    def __init__(self):
        self.now = BEGINNING

    def __call__(self):
        return self.now


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


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_strongest_path_is_long_enough_and_ends_well(name):
    story = story_of(name)
    assert len(analysis(story).path) >= LEAST_DECISIONS[name]
    assert story.ending(analysis(story).ending).result == "good"
    assert len(story.endings) >= LEAST_ENDINGS[name]


@pytest.mark.parametrize("name", sorted(FILES))
def test_nobody_passes_on_the_way_to_a_bad_ending(name):
    node, story = block_node(name), story_of(name)
    bad = {ending.id for ending in story.endings if ending.result == "bad"}
    for path in WALKS:
        walk = read_walk(path)
        if path.name.startswith(f"{name}.") and walk.ending in bad:
            assert 100 * walk.earned < int(node.get("pass_mark")) * walk.possible


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_clock_leaves_time_to_read_twice(name):
    """The scene and every choice that it offers, at a slow reader's pace; and running out is never a choice one can press."""
    for scene in story_of(name).scenes:
        if scene.clock:
            prose = " ".join(
                [
                    *(getattr(line, "html", "") for line in scene.lines),
                    *(choice.text for choice in scene.choices if choice.offered),
                ]
            )
            words = re.sub(r"<[^>]+>", " ", prose).split()
            assert scene.clock >= 2 * len(words) * 60 / SLOW_READER, (scene.id, len(words))
            assert not scene.choice(scene.timeout).offered


def test_every_timeout_of_the_course_is_walked():
    walked = {(path.name.split(".")[0], *step[:2]) for path in WALKS for step in read_walk(path).steps if step[2]}
    timed = {(name, scene.id, scene.timeout) for name in FILES for scene in story_of(name).scenes if scene.clock}
    assert walked == timed


def test_every_choice_that_depends_on_something_is_walked():
    walked = {(path.name.split(".")[0], *step[:2]) for path in WALKS for step in read_walk(path).steps}
    for name in FILES:
        for scene in story_of(name).scenes:
            assert {(name, scene.id, choice.id) for choice in scene.choices if choice.needs} <= walked


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_ends_where_it_says(path):
    walk, story = read_walk(path), story_of(path.name.split(".")[0])
    entries = [[scene, choice, BEGINNING.isoformat(), *["time-up"] * late] for scene, choice, late in walk.steps]
    state = play.replay(story, entries)
    assert state.lost == 0
    assert (state.ending and state.ending.id, state.earned, state.possible) == (walk.ending, walk.earned, walk.possible)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_from_stored_state_is_the_same(path):
    walk, story = read_walk(path), story_of(path.name.split(".")[0])
    stored, now = "[]", BEGINNING
    for scene, choice, late in walk.steps:
        state = play.replay(story, json.loads(stored), now=now)
        assert state.scene.id == scene
        if state.waits:
            state = play.start_clock(story, state, now)
        now += timedelta(seconds=state.clock.seconds) if late else TO_DECIDE
        after = play.time_up(story, state, now) if late else play.decide(story, state, choice, now)
        assert after.last.choice.id == choice
        stored = json.dumps(after.stored())
    state = play.replay(story, json.loads(stored), now=now)
    assert (state.ending.id, state.earned) == (walk.ending, walk.earned)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_walk_through_the_block_is_graded_so(path, monkeypatch):
    name = path.name.split(".")[0]
    walk, story = read_walk(path), story_of(name)
    watch = Watch()
    monkeypatch.setattr(clock, "now", watch)
    block = make_block(ScenarioBlock, inner_xml(block_node(name)))
    answer = post(block, "begin")
    entries = 0
    for scene, choice, late in walk.steps:
        form = {"attempt": "1", "step": str(entries), "scene": scene}
        seconds = story.scene(scene).clock
        if seconds:
            assert post(again(block), "enter", form).status_code == 200
            entries += 1
        watch.now += timedelta(seconds=seconds) if late else TO_DECIDE
        form = {**form, "step": str(entries), **({"time_up": "1"} if late else {"choice": choice})}
        answer = post(again(block), "choose", form)
        assert answer.status_code == 200
        entries += 1
    story_told = post(again(block), "go_on", {"attempt": "1", "step": str(entries)})
    assert "points" not in story_told.json["html"]
    answer = post(again(block), "go_on", {"attempt": "1", "step": str(entries), "beat": "end"})
    assert f"{walk.earned} of {walk.possible} points" in answer.json["html"]
    assert story.ending(walk.ending).title in answer.json["html"].replace("&#x27;", "'")
    assert block.runtime.place.events("grade") == [{"value": walk.earned / walk.possible, "max_value": 1.0}]
    assert [entry[:2] for entry in again(block).decisions if entry[1]] == [[scene, choice] for scene, choice, _ in walk.steps]


def test_every_walk_is_told_once():
    walked = Counter((path.name.split(".")[0], *map(tuple, read_walk(path).steps)) for path in WALKS)
    assert max(walked.values()) == 1
