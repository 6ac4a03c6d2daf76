"""What the tests of retention share."""

import itertools
from datetime import UTC, datetime

from dti_xblocks.records import models
from dti_xblocks.records.pledge import events as pledge_events
from tests.records.pledge import race_pledges

NOW = datetime(2030, 1, 1, 12, tzinfo=UTC)
people = itertools.count(7700)


def staff_read(course, of, staff=42):
    """A member of staff looks at the record of `of`."""
    details = {"what": "record", "of": of, "count": 1}
    happening = pledge_events.Happening(
        "staff-read", f"staff-read/{next(people)}", staff, "sergeant", course, f"block-of-{course}", NOW, details
    )
    return pledge_events.note(happening)[0]


def signed(user_id, course, turn=1):
    """Somebody goes the whole way, has the file made, and is looked at."""
    race_pledges.whole_way(user_id, course, turn)
    row = models.SignedPledge.objects.get(user_id=user_id, course_key=course, turn=turn)
    models.PledgeCopy.objects.create(pledge=row.id, body=b"%PDF", digest="d" * 64, made_at=NOW)
    staff_read(course, row.username)
    return row


def kept(model, pk) -> dict:
    return model.objects.filter(pk=pk).values().get()


def of(model, user_id):
    return list(model.objects.filter(user_id=user_id).order_by("id").values())
