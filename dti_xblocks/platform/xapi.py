"""Tracking events as parts of xAPI 1.0.3 statements: the table of docs/events.md as code.

Nothing here needs the platform: `record_store.py` hands the parts to event-routing-backends, which adds actor, time and course.
Only ids, numbers and the words of a fixed list are taken over from an event, by name; a field that is new says nothing here.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Data = Mapping[str, Any]  # the fields of an event
Json = dict[str, Any]

VERBS = {
    "answered": "http://adlnet.gov/expapi/verbs/answered",
    "attempted": "http://adlnet.gov/expapi/verbs/attempted",
    "commented": "http://adlnet.gov/expapi/verbs/commented",
    "completed": "http://adlnet.gov/expapi/verbs/completed",
    "experienced": "http://adlnet.gov/expapi/verbs/experienced",
    "initialized": "http://adlnet.gov/expapi/verbs/initialized",
    "resumed": "http://adlnet.gov/expapi/verbs/resumed",
    "agreed": "http://activitystrea.ms/schema/1.0/agree",
    "approved": "http://activitystrea.ms/schema/1.0/approve",
    "read": "http://activitystrea.ms/schema/1.0/read",
    "retracted": "http://activitystrea.ms/schema/1.0/retract",
    "downloaded": "http://id.tincanapi.com/verb/downloaded",
    "rated": "http://id.tincanapi.com/verb/rated",
}
SIMULATION = "http://adlnet.gov/expapi/activities/simulation"
INTERACTION = "http://adlnet.gov/expapi/activities/cmi.interaction"
COURSE = "http://adlnet.gov/expapi/activities/course"
FILE = "http://adlnet.gov/expapi/activities/file"
RESOURCE = "http://id.tincanapi.com/activitytype/resource"
ARTICLE = "http://activitystrea.ms/schema/1.0/article"
REVIEW = "http://activitystrea.ms/schema/1.0/review"
VIDEO = "https://w3id.org/xapi/video/activity-type/video"
VIDEO_EXTENSIONS = "https://w3id.org/xapi/video/extensions/"
OURS = "urn:dti-xblocks:xapi:"
OF_CONTEXT = {"attempt": "attempt", "decision": "decision", "pace": "pace", "version": "version", "wording_hash": "version"}
OF_RESULT = {"led_to": "led-to", "ending": "ending"}
OUTCOMES = ("good", "mixed", "bad")
MATCHING = {"order": "sequencing", "sort": "matching", "match": "matching"}


@dataclass(frozen=True)
class Statement:
    """What an event says: the name of a verb, what it is about, and what came of it.

    `below` is what follows the block's address in the object's id. `about_course` says that the object is the course.
    `result` and `context` are ready for JSON; `context` has extensions only.
    """

    verb: str
    type: str
    below: str = ""
    interaction: str = ""
    about_course: bool = False
    result: Json = field(default_factory=dict)
    context: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """One row of the table: how an event becomes a statement. `below` and `result` are given its fields."""

    verb: str
    type: str
    below: Callable[[Data], str] = lambda data: ""
    result: Callable[[Data], Json] = lambda data: {}
    interaction: Callable[[Data], str] = lambda data: ""
    about_course: bool = False
    context: Callable[[Data], Json] = lambda data: {}


def score(raw: float, highest: float, lowest: float = 0) -> Json:
    """A score on a scale, with what it is of 1. With nothing to earn all is earned."""
    scaled = (raw - lowest) / (highest - lowest) if highest > lowest else 1.0
    return {"raw": raw, "min": lowest, "max": max(highest, raw), "scaled": round(min(max(scaled, 0.0), 1.0), 4)}


def _duration(data: Data) -> Json:
    return {} if data.get("seconds") is None else {"duration": f"PT{data['seconds']}S"}


def _decision(data: Data) -> Json:
    return {"response": data["choice"], **_duration(data)}


def _ended(data: Data) -> Json:
    outcome = {OURS + "outcome": data["result"]} if data["result"] in OUTCOMES else {}
    return {"completion": True, "score": score(data["earned"], data["possible"]), **_duration(data), "extensions": outcome}


def _answer(data: Data) -> Json:
    return {"success": data["result"] == "right", "response": "[,]".join(data["choices"]), "score": {"raw": data["points"]}}


def _stepped_in(data: Data) -> Json:
    at = {} if data["at"] is None else {VIDEO_EXTENSIONS + "time": data["at"]}
    way = {"response": data["way"]} if data["way"] else {}
    return {"success": data["result"] == "in-time", **way, "score": {"raw": data["points"]}, "extensions": at}


def _watched(data: Data) -> Json:
    progress = {VIDEO_EXTENSIONS + "progress": round(data["watched"] / 100, 2)}
    return {"completion": True, "score": score(data["earned"], data["possible"]), "extensions": progress}


def _under(kind: str, name: str, more: str = "") -> Callable[[Data], str]:
    return lambda data: f"/{kind}/{data[name]}{more}"


def _at(place: str) -> Callable[[Data], str]:
    return lambda data: place


def _is(kind: str) -> Callable[[Data], str]:
    return lambda data: kind


def _done(data: Data) -> Json:
    return {"completion": True}


ROWS = {
    "dti.scenario.started": Row("attempted", SIMULATION),
    "dti.scenario.retried": Row("attempted", SIMULATION),
    "dti.scenario.replayed": Row("resumed", SIMULATION),
    "dti.scenario.clock_started": Row("initialized", INTERACTION, _under("scene", "scene"), interaction=_is("other")),
    "dti.scenario.decided": Row("answered", INTERACTION, _under("scene", "scene"), _decision, _is("choice")),
    "dti.scenario.timed_out": Row(
        "answered",
        INTERACTION,
        _under("scene", "scene"),
        lambda data: {**_decision(data), "extensions": {OURS + "timed-out": True}},
        _is("choice"),
    ),
    "dti.scenario.ended": Row("completed", SIMULATION, result=_ended),
    "dti.scenario.practiced": Row("experienced", SIMULATION),
    "dti.scenario.answers_opened": Row("experienced", RESOURCE, _at("/answers")),
    "dti.scenario.report.viewed": Row("experienced", RESOURCE, _at("/report")),  # whose page it was is in the event alone
    "dti.case_law.read": Row("experienced", RESOURCE, _under("authority", "ref")),
    "dti.case_law.finished": Row("completed", RESOURCE, _under("authority", "ref"), _done),
    "dti.case_law.answered": Row(
        "answered", INTERACTION, _under("authority", "ref", "/question"), lambda data: {"success": True}, _is("choice")
    ),
    "dti.case_law.downloaded": Row("downloaded", FILE, _at("/packet")),
    "dti.pledge.opened": Row("experienced", ARTICLE),
    "dti.pledge.read_to_end": Row("read", ARTICLE),
    "dti.pledge.consented": Row("agreed", ARTICLE, _at("/disclosure")),
    "dti.pledge.consent_taken_back": Row("retracted", ARTICLE, _at("/disclosure")),
    "dti.pledge.signed": Row("agreed", ARTICLE, result=_done),
    "dti.pledge.read_by_staff": Row("experienced", RESOURCE, _at("/signatures")),
    "dti.pledge.withdrawn": Row("retracted", ARTICLE),
    "dti.activity.tried": Row(
        "answered",
        INTERACTION,
        result=lambda data: {"score": {"scaled": data["right"]}},
        interaction=lambda data: MATCHING.get(data["kind"], "other"),
    ),
    "dti.activity.done": Row(
        "completed", INTERACTION, result=_done, interaction=lambda data: MATCHING.get(data["kind"], "other")
    ),
    "dti.review.submitted": Row("rated", COURSE, result=lambda data: {"score": score(data["stars"], 5, 1)}, about_course=True),
    "dti.review.replied": Row("commented", REVIEW, _under("review", "review")),
    "dti.review.hidden": Row("retracted", REVIEW, _under("review", "review")),
    "dti.review.shown": Row("approved", REVIEW, _under("review", "review")),
    "dti.video.started": Row("initialized", VIDEO, context=lambda data: {VIDEO_EXTENSIONS + "length": data["seconds"]}),
    "dti.video.answered": Row("answered", INTERACTION, _under("moment", "moment"), _answer, _is("choice")),
    "dti.video.stepped_in": Row("answered", INTERACTION, _under("moment", "moment"), _stepped_in, _is("other")),
    "dti.video.finished": Row("completed", VIDEO, result=_watched),
}
EVENTS = tuple(ROWS)


def statement(name: str, data: Data) -> Statement:
    """What the event `name` with the fields `data` says. Raises `KeyError` where there is no such event."""
    row = ROWS[name]
    result = row.result(data)
    extensions = result.pop("extensions", {})
    extensions |= {OURS + theirs: data[ours] for ours, theirs in OF_RESULT.items() if ours in data}
    if extensions:
        result["extensions"] = extensions
    context = {OURS + theirs: data[ours] for ours, theirs in OF_CONTEXT.items() if ours in data} | row.context(data)
    return Statement(row.verb, row.type, row.below(data), row.interaction(data), row.about_course, result, context)
