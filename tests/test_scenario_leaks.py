"""No response of a full play holds what is not due: the shipped scenarios along every walk, and a timed one along every path."""

import functools
import json

import pytest

from dti_xblocks.content_xml import inner_xml
from dti_xblocks.scenario import olx, play
from dti_xblocks.scenario_block import ScenarioBlock
from tests.runtime import again, get, make_block, post, view
from tests.scenario import timed
from tests.scenario.leaks import Secrets
from tests.scenario.test_walks import WALKS, block_node, read_walk, story_of
from tests.test_scenario_block import hidden_fields
from tests.test_scenario_clock import server

__all__ = ["server"]

PATHS = [
    [("curb", "sign", False), ("hood", "grab", False), ("after", "write", False)],
    [("curb", "look", False), ("hood", "call", False), ("after", "skip", False)],
    [
        *[("curb", "look", False), ("hood", "froze", True), ("late", "back", False), ("curb", "sign", False)],
        *[("hood", "froze", True), ("late", "walk", False)],
    ],
]


def everything_sent(block) -> str:
    """All that the browser is sent on loading the page: the fragment with its init arguments, and what the APIs tell."""
    fragment = view(again(block))
    apis = (again(block).student_view_data(), again(block).index_dictionary())
    return "\n".join([fragment.content, json.dumps(fragment.to_dict()), *map(json.dumps, apis)])


def probes(block, fields: dict):
    """What else a browser could ask in this moment, none of it granted."""
    for changes in ({"choice": "forged"}, {"choice": ""}, {"step": "x"}, {"scene": "other"}, {"time_up": "1"}, {"attempt": "7"}):
        yield post(again(block), "choose", {**fields, **changes}).text
    yield post(again(block), "again", {"attempt": "1"}).text
    yield post(again(block), "settle").text
    yield post(again(block), "begin").text
    for handler in ("runs_csv", "report", "review_pdf", "authority"):
        yield get(again(block), handler, "after=0&ref=x", json=True).text
    yield post(again(block), "studio_play", {}).text
    yield post(again(block), "studio_save", {}).text


@functools.cache
def secrets_of(name: str) -> Secrets:
    return Secrets(story_of(name))


def walk(block, secrets: Secrets, steps, server, probed: bool = True) -> None:
    """Play (scene, choice, late) steps and look at every response on the way."""
    story = secrets.scenario

    def stands():
        return play.replay(story, again(block).decisions)

    def check(text):
        assert not secrets.leaked(text, stands() if again(block).attempt else None)

    for text in (everything_sent(block), *probes(block, {"attempt": "0", "step": "0", "scene": ""})):
        check(text)
    answer = post(again(block), "begin", {"attempt": "0", "pace": "1"})
    for scene, choice, late in steps:
        if stands().waits:
            check(answer.text)
            check(everything_sent(block))
            answer = post(again(block), "enter", hidden_fields(answer.json["html"]))
        assert stands().scene.id == scene
        check(answer.text)
        check(everything_sent(block))
        assert secrets.shown(answer.text), "the search finds what is there"
        fields = hidden_fields(answer.json["html"])
        for text in probes(block, fields) if probed else ():
            check(text)
        server.wait(story.scene(scene).clock if late else 1)
        answer = post(again(block), "choose", {**fields, **({"time_up": "1"} if late else {"choice": choice})})
        assert answer.status_code == 200, answer.text
    assert stands().ending is not None
    for text in (answer.text, everything_sent(block)):
        check(text)
        assert len(secrets.shown(text)) < len(secrets.pieces), "even the review keeps the rest of the scenario closed"


@pytest.mark.parametrize("steps", PATHS, ids=lambda steps: "-".join(choice for _scene, choice, _late in steps))
def test_a_timed_scenario_tells_nothing_early(steps, server):
    walk(make_block(ScenarioBlock, timed.CONTENT), Secrets(olx.read(timed.CONTENT)), steps, server)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_shipped_scenario_tells_nothing_early(path, server):
    name = path.name.split(".")[0]
    walk(make_block(ScenarioBlock, inner_xml(block_node(name))), secrets_of(name), read_walk(path).steps, server, probed=False)
