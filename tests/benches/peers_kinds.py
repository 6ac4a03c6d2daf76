"""What `make bench-peers` measures: the blocks, where each comes from, and what a learner sends to it.

Steps are generators: each yields (name, handler, body) and is sent the answer.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from tests.video.samples import FILM  # noqa: E402 - the path comes first

Steps = Generator[tuple[str, str, Any], Any, None]


class Kind(NamedTuple):
    """A block that is measured: the element `tag` of our unit `unit`, or `content`; `steps(bench, person)` is what somebody does."""

    name: str
    package: str
    tag: str
    steps: Callable[[Any, Any], Steps]
    unit: str = ""
    content: str = ""
    posts_forms: bool = True

    def olx(self) -> str:
        """The element of the block."""
        if not self.unit:
            return f'<{self.tag} url_name="measured"{self.content or "/>"}'
        text = (ROOT / "course_export/vertical" / f"{self.unit}.xml").read_text(encoding="utf-8")
        found = re.search(rf"<{self.tag}\b.*?</{self.tag}>", text, re.DOTALL)
        if not found:
            raise SystemExit(f"{self.unit} has no {self.tag}.")
        return found[0]


def next_step(steps: Steps, answer: Any) -> tuple[str, str, Any] | None:
    """The step after `answer`, None after the last."""
    try:
        return steps.send(answer)
    except StopIteration:
        return None


def hidden_fields(html: str) -> dict[str, str]:
    """The hidden fields of the first form that plays on."""
    form = re.search(r"<form.*?</form>", html, re.DOTALL)
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', form[0] if form else ""))


def play_scenario(bench, person) -> Steps:
    """The strongest path of the scenario, which is as long as any; its first and its last decision are told apart."""
    from dti_xblocks.blocks.scenario.loading import scenario_of
    from dti_xblocks.scenario.explore import analysis

    scenario = bench.work(person, lambda _runtime, block: scenario_of(block))
    path = analysis(scenario).path
    fields = hidden_fields(bench.render(person).body_html())
    answer = yield "begin", "begin", {**fields, "pace": "1"}
    for number, (scene, choice) in enumerate(path):
        fields = hidden_fields(answer.json["html"])
        if scenario.scene(scene).clock:
            answer = yield "start clock", "enter", fields
            fields = hidden_fields(answer.json["html"])
        name = "submit" if number == 0 else "last decision" if number == len(path) - 1 else "later decisions"
        answer = yield name, "choose", {**fields, "choice": choice}
        answer = yield "going on", "go_on", hidden_fields(answer.json["html"])
        if "beat" in hidden_fields(answer.json["html"]):
            answer = yield "going on" if number < len(path) - 1 else "review", "go_on", hidden_fields(answer.json["html"])


def sort_cards(bench, person) -> Steps:
    """All cards are put into the first group and checked; then into the second: two whole answers."""
    html = bench.render(person).body_html()
    cards = dict.fromkeys(re.findall(r'<select[^>]* name="(card-\d+)"', html))
    answer = yield "submit", "answer", {**hidden_fields(html), **dict.fromkeys(cards, "1")}
    yield "second submit", "answer", {**hidden_fields(answer.json["html"]), **dict.fromkeys(cards, "2")}


def watch_film(_bench, _person) -> Steps:
    """Four seconds are watched and reported, and the question in them is answered."""
    yield "watched", "watch", {"spans": "[[0, 4]]", "position": "4"}
    yield "submit", "answer", {"moment": "heard", "choice": "breath", "attempt": "0", "how": "film"}


def drop_item(_bench, _person) -> Steps:
    """One item is dropped where it belongs."""
    yield "submit", "drop_item", {"val": 0, "zone": "top"}


def vote(_bench, _person) -> Steps:
    """One vote."""
    yield "submit", "vote", {"choice": "R"}


def report_h5p(_bench, _person) -> Steps:
    """What the player in the browser reports, which has judged the answer itself."""
    yield "submit", "result_handler", {"result": {"score": {"raw": 1, "max": 1, "min": 0, "scaled": 1}}}


NODES = 13  # of a branching scenario: as many decisions as the longest way through our night


def branches() -> str:
    """The attributes of a scenario of branching-xblock, as long as ours: at each node three ways on, each with points and a hint."""
    text = "<p>" + "A patrol car stands in the lot, and two officers hold a man against it. " * 6 + "</p>"
    nodes = {}
    for number in range(NODES + 1):
        onward = f"n{number + 1}"
        choices = [{"text": f"Way {way} on from here", "target_node_id": onward, "score": 10 * way} for way in range(3)]
        media = {"type": "", "url": "", "alt": ""}
        nodes[f"n{number}"] = {
            "id": f"n{number}", "content": text, "media": media, "hint": "<p>Look at the hands.</p>",
            "choices": choices if number < NODES else [],
        }  # fmt: skip
    data = escape(json.dumps({"start_node_id": "n0", "nodes": nodes}), {'"': "&quot;"})
    return f' enable_scoring="true" max_score="260" scenario_data="{data}"/>'


def branch(_bench, _person) -> Steps:
    """The same way on at each node."""
    for number in range(NODES):
        name = "submit" if number == 0 else "last decision" if number == NODES - 1 else "later decisions"
        yield name, "select_choice", {"choice_index": 1}


OURS = "dti-xblocks"
KINDS = {
    "scenario": Kind("dti_scenario (m03-night)", OURS, "dti_scenario", play_scenario, "m03-scenario-u1"),
    "clock": Kind("dti_scenario (m06-seconds)", OURS, "dti_scenario", play_scenario, "m06-opportunity-u3"),
    "sort": Kind("dti_activity (sort, m03)", OURS, "dti_activity", sort_cards, "m03-scenario-t1"),
    "film": Kind("dti_video (12 seconds)", OURS, "dti_video", watch_film, content=f' weight="4">{FILM}</dti_video>'),
    "branching": Kind(
        "branching-xblock", "branching-xblock", "branching_xblock", branch, content=branches(), posts_forms=False,
    ),
    "dnd": Kind("xblock-drag-and-drop-v2", "xblock-drag-and-drop-v2", "drag-and-drop-v2", drop_item, posts_forms=False),
    "poll": Kind("xblock-poll", "xblock-poll", "poll", vote, posts_forms=False),
    "h5p": Kind(
        "h5p-xblock", "h5p-xblock", "h5pxblock", report_h5p,
        content=' has_score="true" h5p_content_json_path="/media/h5p/measured"/>', posts_forms=False,
    ),
}  # fmt: skip
