"""Each time staff read who has signed, an event in the course's chain says who read what, and of how many people."""

from __future__ import annotations

import secrets

from django.http import HttpRequest

from ..platform import clock
from ..platform.staff_course import StaffCourse
from ..records.pledge import events
from .parts import Parts


def note_reading(request: HttpRequest, course: StaffCourse, parts: Parts, what: str, count: int) -> None:
    """Record that the person of `request` has read codes and days of `count` people; `what` is "list", "roster",
    "csv", "training-csv" or "training-pdf"."""
    if not parts.pledges or not count:
        return
    user = request.user
    events.note(
        events.Happening(
            kind=events.STAFF_READ,
            key=f"staff-read/{secrets.token_hex(8)}",
            user_id=int(user.pk or 0),
            username=str(user.get_username()),
            course_key=course.key,
            usage_key=parts.pledges[0].usage,
            at=clock.now(),
            details={"what": what, "of": "", "count": count},
        )
    )
