"""No response of a full play holds what is not due: the shipped scenarios along every walk, and a timed one along every path."""

import functools
import json
import re

import pytest

from dti_xblocks.content import inner_xml
from dti_xblocks.scenario import olx, play
from dti_xblocks.scenario.cast import becomes
from dti_xblocks.scenario_block import ScenarioBlock
from tests.blocks.scenario.playing import gone_on, hidden_fields, make
from tests.blocks.scenario.test_scenario_clock import server
from tests.runtime import again, get, make_block, post, view
from tests.scenario import timed
from tests.scenario.example import BEST, MIXED, POSSIBLE, WORST
from tests.scenario.leaks import Secrets
from tests.scenario.test_walks import WALKS, block_node, read_walk, story_of

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
    yield post(again(block), "go_on", {"attempt": "1", "step": "99"}).text
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


def walk(block, secrets: Secrets, steps, server, more=None) -> None:
    """Play (scene, choice, late) steps and look at every response on the way, at those of forged requests where there is `more`
    to look for: a function from text and state to what must not be there before the ending."""
    story = secrets.scenario

    def stands():
        return play.replay(story, again(block).decisions)

    def check(text, place=True, card=False):
        state = stands() if again(block).attempt else None
        assert not secrets.leaked(text, state, place, card)
        if more and not (state and state.ending and place):
            assert not more(text, state)
        open_now = state.choices if state and place else ()
        closed = [choice for choice in state.scene.choices if choice not in open_now] if state and state.scene else ()
        assert not [choice.id for choice in closed if f'"{choice.id}"' in text.replace('\\"', '"')], "a choice that is not open"

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
        for text in probes(block, fields) if more else ():
            check(text)
        server.wait(story.scene(scene).clock if late else 1)
        answer = post(again(block), "choose", {**fields, **({"time_up": "1"} if late else {"choice": choice})})
        assert answer.status_code == 200, answer.text
        came = hidden_fields(answer.json["html"])
        for text in (answer.text, everything_sent(block), *(probes(block, came) if more and not stands().ending else ())):
            check(text, place=False)
        answer = post(again(block), "go_on", came)
        if becomes(story, stands()):
            for text in (answer.text, everything_sent(block)):
                check(text, place=False, card=True)
            answer = post(again(block), "go_on", hidden_fields(answer.json["html"]))
    assert stands().ending is not None
    for text in (answer.text, everything_sent(block)):
        assert not secrets.leaked(text, stands(), end=True)
        assert not more or not more(text, stands())
    answer = post(again(block), "go_on", hidden_fields(answer.json["html"]))
    for text in (answer.text, everything_sent(block)):
        check(text)
        assert len(secrets.shown(text)) < len(secrets.pieces), "even the review keeps the rest of the scenario closed"


# What an author wrote beside words, in the timed scenario: points, effects, meters kept for the end, bounds of conditions.
NUMBERS = ("1100", "2300", "3700", "9000", "4000", "5300", "14300", "3037", "2503", "509", "1511", "5003", "7013", "6304", "709")
MARKUP = ("at-least", "needs", "otherwise", "points=", "effect", "offered", 'to="')


def numbers_before_the_end(text: str, state) -> set[str]:
    """Those of the author's numbers and words of OLX in `text` that are not due: a change of a meter is, once it has happened."""
    changes = () if state is None or state.last is None else zip(state.last.after.meters, state.last.before.meters, strict=True)
    due = {str(abs(after - before)) for after, before in changes}
    found = {number for number in NUMBERS if re.search(rf"(?<![\w.-]){number}(?!\w)", text)}
    return found - due | {word for word in MARKUP if word in text}


@pytest.mark.parametrize("score_by", ["choices", "endings", "both"])
@pytest.mark.parametrize("steps", PATHS, ids=lambda steps: "-".join(choice for _scene, choice, _late in steps))
def test_a_timed_scenario_tells_nothing_early(steps, score_by, server):
    block = make_block(ScenarioBlock, timed.CONTENT, score_by=score_by)
    walk(block, Secrets(olx.read(timed.CONTENT, score_by)), steps, server, numbers_before_the_end)


@pytest.mark.parametrize("path", WALKS, ids=lambda path: path.stem)
def test_a_shipped_scenario_tells_nothing_early(path, server):
    name = path.name.split(".")[0]
    walk(make_block(ScenarioBlock, inner_xml(block_node(name))), secrets_of(name), read_walk(path).steps, server)


# The plain example, by its marks: what becomes known on entering a scene, and on taking a choice. Each stands in it once.
CHOICES = ("Speak", "Wait", "Leave", "Stepin", "Watch", "Report", "Cover", "Tell", "Silent")
PLACES = ("Arrival", "Stairs", "Desk", "Aftermath", "Stopped", "Hidden", "Lost")
SECRETS = {
    *(f"{word}-{part}." for word in CHOICES for part in ("outcome", "why", "text")),
    *(f"{word}-{part}" for word in PLACES for part in ("title", "story")),
    *(f'"{word.lower()}"' for word in PLACES),
    *("7300", "2100", "5200", "4400", "1900", "160", str(POSSIBLE)),
    *("byrd-v-brishke", "Brishke", "points=", 'to="'),
}
ON_SCENE = {
    "arrival": {"Speak-text.", "Wait-text.", "Leave-text."},
    "stairs": {"Stepin-text.", "Watch-text."},
    "desk": {"Report-text.", "Cover-text."},
    "aftermath": {"Tell-text.", "Silent-text."},
}


END_OF = {BEST: "stopped", MIXED: "hidden", WORST: "lost"}


def on(scene):
    return ON_SCENE[scene] | {f'"{scene}"', f"{scene.capitalize()}-title", f"{scene.capitalize()}-story"}


def after(choice):
    word = choice.replace("-", "").capitalize()
    return {f"{word}-outcome.", f"{word}-why.", f"{word}-text.", *({"Brishke", "byrd-v-brishke"} if choice == "speak" else ())}


def marks_in(text):
    plain = text.replace('\\"', '"').replace('type="hidden"', "")
    return {mark for mark in SECRETS if re.search(rf"(?<![\w-]){re.escape(mark)}(?!\d)", plain)}


@pytest.mark.parametrize("path", [BEST, MIXED, WORST])
def test_no_response_holds_what_is_not_due(path):
    block = make()
    for text in (everything_sent(block), get(block, "begin").text, post(again(block), "choose", {"choice": "x"}).text):
        assert marks_in(text) == set()
    answer = post(again(block), "begin")
    for scene, choice in path:
        due = on(scene)
        assert marks_in(answer.text) == marks_in(everything_sent(block)) == due  # all of it, so the search does find things
        fields = hidden_fields(answer.json["html"])
        for text in (
            post(again(block), "choose", {**fields, "choice": "forged"}).text,
            post(again(block), "choose", {**fields, "choice": ""}).text,
            post(again(block), "choose", {**fields, "step": "x"}).text,
            post(again(block), "again", {"attempt": "1"}).text,
            post(again(block), "settle").text,
            post(again(block), "begin").text,
            get(again(block), "runs_csv", json=True).text,
        ):
            assert marks_in(text) <= due
        answer = post(again(block), "choose", {**fields, "choice": choice})
        assert marks_in(answer.text) == marks_in(everything_sent(block)) == after(choice)
        answer = gone_on(block, answer.json["html"])
    strongest = {f"{scene.capitalize()}-title" for scene, _choice in BEST} | {"Stopped-title"} if path == BEST else set()
    ahead = {mark for mark in SECRETS if mark.split("-")[0] in PLACES and mark.split("-")[0].lower() not in dict(path)}
    ending = {"stopped": "Stopped", "hidden": "Hidden", "lost": "Lost"}[END_OF[path]]
    assert marks_in(answer.text) & ahead == {f"{ending}-title", f"{ending}-story"} | (strongest & ahead)
