"""How learners stand in activities, in the database: one row for each learner and block."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from ...activity.play import Standing
from ..access import in_portions, instead, records, write_first


def of_learner(user_id: int, usage_key: str, kind: str) -> Standing:
    """How this learner stands in this block of that kind; the beginning where nothing is on record."""
    with records() as models:
        row = models.ActivityStanding.objects.filter(user_id=user_id, usage_key=usage_key).first()
    return standing_of(row, kind) if row else Standing()


def change(
    *,
    user_id: int,
    username: str,
    course_key: str,
    usage_key: str,
    kind: str,
    step: Callable[[Standing], Standing],
    now: datetime,
) -> tuple[Standing, Standing]:
    """Put `step` of how the learner stands in its place; gives (before, after). What `step` raises changes nothing.

    Of any number of simultaneous calls each gets what the one before it left.
    """
    with records() as models, transaction.atomic():
        mine = models.ActivityStanding.objects.filter(user_id=user_id, usage_key=usage_key)
        write_first(mine, "tries")
        if not mine.exists():
            # Neither by a lock on a row that is not there nor by an insert that may be refused: on MySQL both leave
            # locks in which two first tries wait for each other. This statement waits for the row for itself.
            fresh = models.ActivityStanding(
                user_id=user_id, username=username, course_key=course_key, usage_key=usage_key, kind=kind, started_at=now,
                changed_at=now,
            )  # fmt: skip
            models.ActivityStanding.objects.bulk_create([fresh], **instead(["user_id", "usage_key"], ["username"]))
        row = mine.select_for_update().get()  # SQLite has no such lock and needs none
        before = standing_of(row, kind)
        after = step(before)
        if after == before:
            return before, after
        row.kind, row.username, row.changed_at = kind, username, now
        row.first = row.first if row.first is not None else after.first
        row.answer, row.tries, row.revealed = after.answer, after.tries, after.revealed
        if after.done and row.done_at is None:
            row.done_at = now
        row.save()
        return before, after


def every(usage_key: str) -> Iterator[Any]:
    """All rows of this block, oldest first, read in portions."""
    return in_portions("ActivityStanding", usage_key)


def done_by(usage_keys: Sequence[str], user_ids: Sequence[int]) -> dict[int, int]:
    """In how many of these blocks each of these people is done; who is in none is not in it."""
    with records() as models:
        rows = models.ActivityStanding.objects.filter(
            usage_key__in=list(usage_keys), user_id__in=list(user_ids), done_at__isnull=False
        )
        counts: dict[int, int] = {}
        for user_id in rows.order_by().values_list("user_id", flat=True):
            counts[user_id] = counts.get(user_id, 0) + 1
    return counts


def standing_of(row: Any, kind: str) -> Standing:
    """The standing that a row holds. An answer from when the activity was of another kind is none any more."""
    return Standing(row.first, row.answer if row.kind == kind else {}, row.tries, row.revealed, row.done_at is not None)
