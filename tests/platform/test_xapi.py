"""Tracking events as xAPI statements: the table of the guide is the code, and each statement keeps to the specification."""

import re
from pathlib import Path

import pytest

from dti_xblocks.platform import xapi
from tests import xapi_rules
from tests.test_docs import blocks_of_json, events_in_code

GUIDE = (Path(__file__).parents[2] / "docs/events.md").read_text(encoding="utf-8")
EXAMPLES = blocks_of_json()
SECRET = "a word of the learner's own"


def whole(name: str, data: dict) -> dict:
    """The statement of an event with what event-routing-backends adds: who, when, in which course."""
    said = xapi.statement(name, data)
    definition = {"type": said.type} | ({"interactionType": said.interaction} if said.interaction else {})
    statement = {
        "id": "7b6f4c0a-31f5-5b4c-9a70-2c1c9b0d4a11",
        "actor": {"objectType": "Agent", "account": {"homePage": "https://lms.example.org", "name": "32e08e30-f8ae-4ce2-94a8"}},
        "verb": {"id": xapi.VERBS[said.verb], "display": {"en": said.verb}},
        "object": {
            "objectType": "Activity",
            "id": "https://lms.example.org/xblock/block-v1:DTI+DTI101+2026+type@x+block@y" + said.below,
            "definition": definition,
        },
        "timestamp": "2026-11-30T10:00:00.123456+00:00",
        "context": {"extensions": said.context},
    }
    return statement | ({"result": said.result} if said.result else {})


def test_every_event_becomes_a_statement():
    assert set(xapi.EVENTS) == events_in_code()


@pytest.mark.parametrize("name", xapi.EVENTS)
def test_the_table_of_the_guide_has_verb_and_type(name):
    row = re.search(rf"^\| `{re.escape(name)}` \| `(http[^`]*)` \| (.*)$", GUIDE, re.MULTILINE)
    assert row[1] == xapi.VERBS[xapi.ROWS[name].verb]
    assert f"`{xapi.ROWS[name].type}`" in row[2]


@pytest.mark.parametrize("name", xapi.EVENTS)
def test_a_statement_keeps_to_the_specification(name):
    assert xapi_rules.faults(whole(name, EXAMPLES[name])) == []


@pytest.mark.parametrize("name", xapi.EVENTS)
def test_nothing_reaches_a_statement_that_is_not_named(name):
    more = {"text": SECRET, "learner": "reyes", "user": "reyes", "note": SECRET}
    told = str(whole(name, {**EXAMPLES[name], **more}))
    assert SECRET not in told and "reyes" not in told


def test_a_run_with_nothing_to_earn_is_earned():
    data = EXAMPLES["dti.scenario.ended"] | {"earned": 0, "possible": 0}
    assert xapi.statement("dti.scenario.ended", data).result["score"]["scaled"] == 1


def test_who_never_stepped_in_has_no_time_and_no_way():
    data = EXAMPLES["dti.video.stepped_in"] | {"result": "never", "at": None, "way": "", "points": 0.0}
    assert xapi.statement("dti.video.stepped_in", data).result == {"success": False, "score": {"raw": 0.0}}
    assert xapi_rules.faults(whole("dti.video.stepped_in", data)) == []


def test_a_decision_without_a_time_has_no_duration():
    data = EXAMPLES["dti.scenario.decided"] | {"seconds": None}
    assert "duration" not in xapi.statement("dti.scenario.decided", data).result


def test_a_clock_that_ran_out_can_be_told_from_an_answer():
    late = xapi.statement("dti.scenario.timed_out", EXAMPLES["dti.scenario.timed_out"])
    chosen = xapi.statement("dti.scenario.decided", EXAMPLES["dti.scenario.decided"])
    mark = xapi.OURS + "timed-out"
    assert (late.verb, late.result["extensions"][mark]) == ("answered", True)
    assert mark not in chosen.result["extensions"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"id": "12"}, "the id is no UUID"),
        (
            {"actor": {"mbox": "mailto:a@example.org", "openid": "https://a.example.org"}},
            "the actor is no agent with one account",
        ),
        ({"verb": {"id": "answered"}}, "the verb's id is no IRI"),
        ({"object": {"id": "a page"}}, "object is no activity"),
        ({"timestamp": "2026-11-30T10:00:00"}, "the timestamp has no time zone"),
        ({"result": {"score": {"scaled": 1.2}}}, "score.scaled is outside of -1 to 1"),
        ({"result": {"score": {"raw": 9, "min": 0, "max": 5}}}, "score.raw is outside of its scale"),
        ({"result": {"duration": "14 seconds"}}, "the duration is none"),
        ({"result": {"extensions": {"led-to": "a"}}}, "the key led-to in the extensions of result is no IRI"),
        ({"result": {"success": None}}, "result.success is null"),
    ],
)
def test_the_rules_find_what_breaks_them(change, fault):
    assert fault in xapi_rules.faults(whole("dti.scenario.decided", EXAMPLES["dti.scenario.decided"]) | change)
