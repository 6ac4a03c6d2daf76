"""What the specification of xAPI 1.0.3 (part two, statements) asks of a statement, as far as ours have what it speaks of."""

import re
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\s<>\"{}|\\^`]+", re.IGNORECASE)
DURATION = re.compile(r"P(?=\d|T\d)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=\d)(\d+H)?(\d+M)?(\d+(\.\d+)?S)?)?")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")
PROPERTIES = {"id", "actor", "verb", "object", "result", "context", "timestamp", "stored", "authority", "version", "attachments"}
OF_RESULT = {"score": dict, "success": bool, "completion": bool, "response": str, "duration": str, "extensions": dict}
OF_AGENT = ("mbox", "mbox_sha1sum", "openid", "account")
INTERACTIONS = {
    "true-false",
    "choice",
    "fill-in",
    "long-fill-in",
    "matching",
    "performance",
    "sequencing",
    "likert",
    "numeric",
    "other",
}
CONTEXT = {
    "registration",
    "instructor",
    "team",
    "contextActivities",
    "revision",
    "platform",
    "language",
    "statement",
    "extensions",
}


def faults(statement: dict) -> list[str]:
    """What is wrong with a statement, each in a few words."""
    return list(_faults(statement))


def _faults(statement: dict) -> Iterator[str]:
    yield from (f"unknown property {name}" for name in statement if name not in PROPERTIES)
    yield from (f"{place} is null" for place in _nulls(statement, ""))
    yield from _identity(statement)
    yield from _actor(statement.get("actor") or {})
    verb = statement.get("verb") or {}
    if not _is_iri(verb.get("id")):
        yield "the verb's id is no IRI"
    yield from _language_map("verb.display", verb.get("display", {}))
    yield from _activity("object", statement.get("object") or {})
    yield from _result(statement.get("result", {}))
    yield from _context(statement.get("context", {}))


def _identity(statement: dict) -> Iterator[str]:
    try:
        UUID(str(statement.get("id")))
    except ValueError:
        yield "the id is no UUID"
    try:
        if datetime.fromisoformat(str(statement.get("timestamp"))).tzinfo is None:
            yield "the timestamp has no time zone"
    except ValueError:
        yield "the timestamp is none"
    if not str(statement.get("version", "1.0.0")).startswith("1.0."):
        yield "the version is another"


def _actor(actor: dict) -> Iterator[str]:
    if [name for name in OF_AGENT if name in actor] != ["account"] or actor.get("objectType", "Agent") != "Agent":
        yield "the actor is no agent with one account"
    elif not (_is_iri(actor["account"].get("homePage")) and isinstance(actor["account"].get("name"), str)):
        yield "the account has no home page or name"


def _activity(where: str, activity: dict) -> Iterator[str]:
    if not _is_iri(activity.get("id")) or activity.get("objectType", "Activity") != "Activity":
        yield f"{where} is no activity"
    definition = activity.get("definition", {})
    if "type" in definition and not _is_iri(definition["type"]):
        yield f"the type of {where} is no IRI"
    if definition.get("interactionType", "other") not in INTERACTIONS:
        yield f"the interaction type of {where} is not known"
    yield from _language_map(f"{where}.name", definition.get("name", {}))


def _result(result: dict) -> Iterator[str]:
    for name, value in result.items():
        if not isinstance(value, OF_RESULT.get(name, type(None))):
            yield f"result.{name} is no {OF_RESULT.get(name)}"
    if not DURATION.fullmatch(result.get("duration", "PT0S")):
        yield "the duration is none"
    score = result.get("score", {})
    numbers = {name: value for name, value in score.items() if isinstance(value, int | float) and not isinstance(value, bool)}
    if numbers != score or set(score) - {"scaled", "raw", "min", "max"}:
        yield "the score has something that is no number"
    if not -1 <= score.get("scaled", 0) <= 1:
        yield "score.scaled is outside of -1 to 1"
    if not score.get("min", score.get("raw", 0)) <= score.get("raw", 0) <= score.get("max", score.get("raw", 0)):
        yield "score.raw is outside of its scale"
    if "min" in score and "max" in score and score["min"] >= score["max"]:
        yield "score.min is not below score.max"
    yield from _extensions("result", result.get("extensions", {}))


def _context(context: dict) -> Iterator[str]:
    yield from (f"unknown context.{name}" for name in context if name not in CONTEXT)
    for kind, activities in context.get("contextActivities", {}).items():
        if kind not in ("parent", "grouping", "category", "other"):
            yield f"unknown context activities {kind}"
        for activity in activities:
            yield from _activity(kind, activity)
    yield from _extensions("context", context.get("extensions", {}))


def _extensions(where: str, extensions: dict) -> Iterator[str]:
    yield from (f"the key {key} in the extensions of {where} is no IRI" for key in extensions if not _is_iri(key))


def _language_map(where: str, words: dict) -> Iterator[str]:
    if not all(LANGUAGE.fullmatch(language) and isinstance(text, str) for language, text in words.items()):
        yield f"{where} is no language map"


def _nulls(value: object, place: str) -> Iterator[str]:
    """Where there is a null: it may stand in extensions only."""
    for name, inside in value.items() if isinstance(value, dict) else ():
        if inside is None:
            yield f"{place}{name}"
        elif name != "extensions":
            yield from _nulls(inside, f"{place}{name}.")


def _is_iri(value: object) -> bool:
    return isinstance(value, str) and bool(IRI.fullmatch(value))
