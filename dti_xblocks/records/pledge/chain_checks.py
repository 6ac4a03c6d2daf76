"""Checks of a whole chain that staff ask for. That one was asked for and what came of it are events of the chain themselves."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from ...seals.site import site_keys
from ..access import records
from . import events as pledge_events
from .check import check
from .rows import EventRow

log = logging.getLogger(__name__)

ASKED, CHECKED = "check-asked", "checked"
AT_ONCE = 2000  # records that are checked while one waits
PATIENCE = timedelta(minutes=30)
LONGEST = 500  # characters of the sentence about a fault


@dataclass(frozen=True)
class Result:
    """The last check of a chain. `state` is "working", "lost" (nothing was heard of it), "sound" or "faults"; `at` is when it was
    asked for or had its result."""

    state: str
    at: datetime
    records: int = 0
    faults: int = 0
    first: str = ""
    head: str = ""


def ask(user_id: int, username: str, course_key: str, usage_key: str, now: datetime) -> EventRow:
    """Record that this member of staff asks for a check of the course's chain; the event."""
    happening = pledge_events.Happening(
        kind=ASKED,
        key=f"check/{secrets.token_hex(8)}",
        user_id=user_id,
        username=username,
        course_key=course_key,
        usage_key=usage_key,
        at=now,
        details={},
    )
    return pledge_events.note(happening)[0]


def run(event_id: int, now: Callable[[], datetime]) -> None:
    """Check the chain that the event asks for, and record the result, once."""
    with records() as models:
        asked = models.PledgeEvent.objects.filter(id=event_id, kind=ASKED).first()
    if asked is None:
        return
    report = check(asked.course_key, site_keys().ring)
    first = report.first
    happening = pledge_events.Happening(
        kind=CHECKED,
        key=f"checked/{asked.id}",
        user_id=asked.user_id,
        username=asked.username,
        course_key=asked.course_key,
        usage_key=asked.usage_key,
        at=now(),
        details={
            "records": report.records,
            "faults": report.faults,
            "first": str(first)[:LONGEST] if first else "",
            "head": str(report.head),
        },
    )
    pledge_events.note(happening)


def last(course_key: str, usage_key: str, now: datetime) -> Result | None:
    """The last check that was asked for in this block, or None."""
    with records() as models:
        rows = models.PledgeEvent.objects.filter(usage_key=usage_key, course_key=course_key).order_by("-id")
        asked = rows.filter(kind=ASKED).first()
        done = rows.filter(kind=CHECKED).first()
    if done is not None and (asked is None or done.id > asked.id):
        details = (done.document or {}).get("details", {})
        return Result(
            "faults" if details.get("faults") else "sound",
            done.at,
            details.get("records", 0),
            details.get("faults", 0),
            details.get("first", ""),
            details.get("head", ""),
        )
    if asked is None:
        return None
    return Result("lost" if now - asked.at > PATIENCE else "working", asked.at)
