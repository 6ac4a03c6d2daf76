"""Course reviews in the database: one per learner and block, which the learner may change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db.models import Avg, Count

from ..access import in_portions, instead, records


def save(
    *, user_id: int, username: str, shown_as: str, course_key: str, usage_key: str, stars: int, text: str, now: datetime
) -> None:
    """Record the review, or change the existing one. A constraint of the database keeps it to one. A reply stays."""
    with records() as models:
        change = {"stars": stars, "text": text, "username": username, "shown_as": shown_as, "changed_at": now}
        row = models.CourseReview(user_id=user_id, usage_key=usage_key, course_key=course_key, created_at=now, **change)
        # Not by an update that finds nothing, or an insert that is refused: on MySQL both leave locks in which two first
        # reviews of one learner wait for each other. This statement waits for the row for itself.
        models.CourseReview.objects.bulk_create([row], **instead(["user_id", "usage_key"], list(change)))


def of_learner(user_id: int, usage_key: str) -> Any | None:
    """This learner's review in this block, or None."""
    with records() as models:
        return models.CourseReview.objects.filter(user_id=user_id, usage_key=usage_key).first()


def reply(usage_key: str, number: int, text: str, now: datetime) -> bool:
    """Set the staff's reply to a review of this block by its row number; "" takes it away. False where there is none."""
    with records() as models:
        rows = models.CourseReview.objects.filter(id=number, usage_key=usage_key)
        return bool(rows.update(reply=text, replied_at=now if text else None))


def hide(usage_key: str, number: int, reason: str, now: datetime) -> bool:
    """Hide a review of this block by its row number, with a reason; "" shows it again. False where there is no such review."""
    with records() as models:
        rows = models.CourseReview.objects.filter(id=number, usage_key=usage_key)
        return bool(rows.update(hidden_reason=reason, hidden_at=now if reason else None))


def summary(usage_key: str) -> dict[str, Any]:
    """The figures of the reviews that are not hidden: `count`, `average` (None without reviews) and `per_star`, a dict of 5 to 1
    with the number of each; `hidden` says how many are."""
    with records() as models:
        everything = models.CourseReview.objects.filter(usage_key=usage_key)
        rows = everything.filter(hidden_at=None)
        totals = rows.aggregate(count=Count("id"), average=Avg("stars"))
        found = dict(rows.order_by().values_list("stars").annotate(Count("id")))
        hidden = everything.exclude(hidden_at=None).count()
    return {**totals, "per_star": {stars: found.get(stars, 0) for stars in range(5, 0, -1)}, "hidden": hidden}


def latest(usage_key: str, limit: int) -> list[Any]:
    """The reviews changed last, newest first, hidden ones too."""
    with records() as models:
        return list(models.CourseReview.objects.filter(usage_key=usage_key).order_by("-changed_at", "-id")[:limit])


def stars_of(usage_keys: Sequence[str], user_ids: Sequence[int]) -> dict[int, int]:
    """The stars that each of these people gave in one of these blocks; their last review counts. Who chose to be read without a
    name is left out."""
    with records() as models:
        rows = models.CourseReview.objects.filter(usage_key__in=list(usage_keys), user_id__in=list(user_ids))
        return dict(rows.exclude(shown_as="").order_by("changed_at", "id").values_list("user_id", "stars"))


def every(usage_key: str) -> Iterator[Any]:
    """All reviews of this block, oldest first, read in portions."""
    return in_portions("CourseReview", usage_key)
