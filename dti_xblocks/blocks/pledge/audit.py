"""Each time staff read personal data, an event in the course's chain says who read what, and of how many people."""

from __future__ import annotations

import secrets

from ...platform import clock
from ...platform.learner import Learner
from ...platform.progress import emit
from ...records.pledge import events as pledge_events
from .host import PledgeHost


def note_reading(block: PledgeHost, reader: Learner, what: str, of: str, count: int) -> None:
    """Record that `reader` has read personal data: `what` is "list", "csv", "record" or "bundle", `of` a username or ""."""
    happening = pledge_events.Happening(
        kind=pledge_events.STAFF_READ,
        key=f"staff-read/{secrets.token_hex(8)}",
        user_id=reader.user_id,
        username=reader.username,
        course_key=block.where.course,
        usage_key=block.where.usage,
        at=clock.now(),
        details={"what": what, "of": of, "count": count},
    )
    pledge_events.note(happening)
    emit(block, "dti.pledge.read_by_staff", {"what": what, "count": count})
