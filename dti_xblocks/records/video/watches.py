"""A learner's viewing of a film in the database: read without a lock for showing, held by a lock for changing.

However many requests a learner sends at once, each sees all answers written before: whoever writes holds the row of the
viewing, which counts its answers. A plain read inside of a longer transaction may be older than the lock (MySQL's REPEATABLE
READ); what is missing of the number is then read again, row by row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count

from ...video import watched
from ...video.viewing import Answer, Viewing
from ..access import in_portions, instead, present_row, records, write_first


@dataclass(frozen=True)
class Viewer:
    """Who watches, and where."""

    user_id: int
    username: str
    course_key: str
    usage_key: str


class Held:
    """A locked viewing: nobody else can change it until the transaction ends."""

    def __init__(self, models: Any, row: Any):
        self._models, self._row = models, row
        self.viewing = _viewing(row, _answers(models, row))
        self.finished = row.finished_at is not None

    def write(self, after: Viewing, finished_at: datetime | None = None) -> None:
        """Keep `after`, whose answers are the ones there were and new ones behind them. `finished_at` is kept the first time."""
        row, before = self._row, self.viewing
        for answer in after.answers[len(before.answers) :]:
            self._models.VideoAnswer.objects.create(watch=row, serial=row.entries, **_columns(answer))
            row.entries += 1
        for name in ("position", "credit", "tape", "tape_at", "reached", "still", "still_at", "seen_at"):
            setattr(row, name, getattr(after, name))
        row.spans, row.watched = [list(span) for span in after.spans], watched.length(after.spans)
        if finished_at is not None and row.finished_at is None:
            row.finished_at = finished_at
        row.save()
        self.viewing, self.finished = after, row.finished_at is not None


@contextmanager
def held(viewer: Viewer, now: datetime) -> Iterator[Held]:
    """The viewing, begun where there is none yet, held until the end of the block or of the transaction around it.

    Where the block raises, nothing of what it wrote remains.
    """
    with records() as models:
        mine = models.VideoWatch.objects.filter(user_id=viewer.user_id, usage_key=viewer.usage_key)
        begun = mine.exists()
        with transaction.atomic():
            if not begun:
                # Not by an insert that may be refused: on MySQL that leaves locks in which two first requests wait for ever.
                row = models.VideoWatch(**vars(viewer), began_at=now)
                models.VideoWatch.objects.bulk_create([row], **instead(["user_id", "usage_key"], ["username"]))
            write_first(mine, "position")
            yield Held(models, mine.select_for_update().get())  # SQLite has no such lock and needs none


def read(viewer: Viewer) -> Viewing:
    """The viewing for showing it, without a lock. An empty one before the first act."""
    with records() as models:
        rows = models.VideoWatch.objects.filter(user_id=viewer.user_id, usage_key=viewer.usage_key)
        row = rows.prefetch_related("answers").first()
        if row is None:
            return Viewing()
        return _viewing(row, sorted(row.answers.all(), key=lambda answer: answer.serial))


def every(usage_key: str) -> Iterator[Any]:
    """All viewings of this block, in the order begun, read in portions."""
    return in_portions("VideoWatch", usage_key)


def seen_by(usage_keys: Sequence[str], user_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Of each of these people: how many of these films are finished, and how many moments in them answered. Who began none is not
    in it."""
    with records() as models:
        mine = models.VideoWatch.objects.filter(usage_key__in=list(usage_keys), user_id__in=list(user_ids)).order_by()
        finished = mine.values_list("user_id").annotate(count=Count("finished_at"))
        first = mine.filter(answers__attempt=1).values_list("user_id").annotate(count=Count("answers"))
        answered = dict(first)
        return {user_id: (count, answered.get(user_id, 0)) for user_id, count in finished}


def first_answers(usage_key: str) -> Iterator[Any]:
    """The first answer of everybody to each moment of this block, with its `watch`, in portions."""
    return _in_order(usage_key, only_first=True)


def all_answers(usage_key: str) -> Iterator[Any]:
    """All answers in this block, with their `watch`, in portions."""
    return _in_order(usage_key, only_first=False)


def _in_order(usage_key: str, only_first: bool, size: int = 500) -> Iterator[Any]:
    last = 0
    while True:
        with records() as models:
            rows = models.VideoAnswer.objects.filter(watch__usage_key=usage_key, id__gt=last).select_related("watch")
            portion = list((rows.filter(attempt=1) if only_first else rows).order_by("id")[:size])
        if not portion:
            return
        yield from portion
        last = portion[-1].id


def _answers(models: Any, row: Any) -> list[Any]:
    rows = models.VideoAnswer.objects.filter(watch=row)
    found = list(rows.order_by("serial"))
    return found + [present_row(rows.filter(serial=serial)) for serial in range(len(found), row.entries)]


def _viewing(row: Any, answers: list[Any]) -> Viewing:
    return Viewing(
        spans=tuple((float(start), float(end)) for start, end in row.spans),
        position=row.position,
        credit=row.credit,
        seen_at=row.seen_at,
        tape=row.tape,
        tape_at=row.tape_at,
        reached=row.reached,
        still=row.still,
        still_at=row.still_at,
        answers=tuple(_answer(one) for one in answers),
    )


def _answer(row: Any) -> Answer:
    picked = tuple(str(one) for one in row.picked)
    return Answer(row.moment, row.attempt, picked, row.result, row.points, row.possible, row.how, row.made_at, row.at)


def _columns(answer: Answer) -> dict[str, Any]:
    return {**vars(answer), "picked": list(answer.picked)}
