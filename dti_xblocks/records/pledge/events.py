"""What happens around a pledge, event by event. Each is recorded once and linked into the course's chain."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from django.db import transaction

from ...pledge.seal import digest
from ...pledge.signing import moment
from ..access import present_row, records
from .chain import EVENT, keeping, later, queue_link
from .rows import EventRow

OPENED, ENDED, CONSENTED, TAKEN_BACK = "opened", "ended", "consented", "taken-back"
WITHDRAWN, ERASED, STAFF_READ, REMINDED = "withdrawn", "erased", "staff-read", "reminded"
FORMAT = "dti-pledge-event/1"


@dataclass(frozen=True)
class Happening:
    """An event about to be recorded. `user_id` and `username` are the signer's, or for "staff-read" of who reads; `details` are
    JSON values without fractions, and become part of the event's document. `pledge` is the row of the signed pledge, if any."""

    kind: str
    key: str
    user_id: int
    username: str
    course_key: str
    usage_key: str
    at: datetime
    details: dict[str, Any]
    pledge: int | None = None

    def document(self, mark: str) -> dict[str, Any]:
        """The event as it is stored. `mark` is random: it distinguishes this record from another of the same second."""
        return {
            "format": FORMAT,
            "mark": mark,
            "kind": self.kind,
            "key": self.key,
            "user": {"user_id": self.user_id, "username": self.username},
            "place": {"course": self.course_key, "block": self.usage_key},
            "pledge": self.pledge,
            "at": moment(self.at),
            "details": self.details,
        }


def note(happening: Happening) -> tuple[EventRow, bool]:
    """Record it and return (row, True); where its key is on record already, (that row, False).

    The database decides: of any number of simultaneous calls one adds the row.
    """
    document = happening.document(secrets.token_hex(8))
    with records() as models, transaction.atomic():
        rows = models.PledgeEvent.objects.filter(user_id=happening.user_id, usage_key=happening.usage_key, key=happening.key)
        values = {
            name: getattr(happening, name) for name in ("kind", "key", "user_id", "username", "course_key", "usage_key", "pledge")
        }
        at = happening.at.replace(microsecond=0)
        row = models.PledgeEvent(**values, at=at, document=document, document_hash=digest(document))
        # Not by an insert that is refused: see `marks`.
        models.PledgeEvent.objects.bulk_create([row], **keeping(["user_id", "usage_key", "key"]))
        present = cast(EventRow, present_row(rows))  # there is one now
        added = present.document_hash == row.document_hash
        if added:
            queue_link(models, EVENT, present)
    if added:
        later(happening.course_key)
    return present, added


def of_learner(user_id: int, usage_key: str, kinds: Sequence[str] = ()) -> list[EventRow]:
    """What is on record of this person in this block, oldest first; of those `kinds` only, where some are named."""
    with records() as models:
        rows = models.PledgeEvent.objects.filter(user_id=user_id, usage_key=usage_key).order_by("id")
        return list(rows.filter(kind__in=kinds) if kinds else rows)
