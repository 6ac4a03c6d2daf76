"""What learners have written for themselves in activities: each learner's own, and nobody else's.

Every function takes the learner and touches no row of another. What is written is in no log: faults of the database are told by
their kind alone, because databases put values into their messages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F

from .access import RecordsUnavailableError, instead, records, write_first

PORTION = 500  # rows read at a time
PLAN = "plan"  # the kind of activity in which a learner makes a plan


@dataclass(frozen=True)
class Words:
    """What a learner has written in one activity. The words stay out of logs, so they are not in the `repr`."""

    usage_key: str
    kind: str
    title: str = field(repr=False)
    words: dict[str, str] = field(repr=False)
    version: int
    created_at: datetime
    changed_at: datetime

    @classmethod
    def of(cls, row: Any) -> Words:
        """The words that `row` holds."""
        return cls(**{name: getattr(row, name) for name in cls.__dataclass_fields__})


class WordsChangedError(Exception):
    """Other words stand there by now than those that their writer has seen."""


def of_learner(user_id: int, usage_key: str) -> Words | None:
    """What this learner has written in this block, or None."""
    with _records() as models:
        row = models.OwnWords.objects.filter(user_id=user_id, usage_key=usage_key).first()
        return Words.of(row) if row and row.words else None


def in_course(user_id: int, course_key: str) -> list[Words]:
    """All that this learner has written in this course, oldest first."""
    return list(_each(user_id, course_key))


def plan_of(user_id: int, course_key: str) -> Words | None:
    """The plan that this learner made, or changed, last in this course; None where there is none."""
    return max(_each(user_id, course_key, kind=PLAN), key=lambda words: words.changed_at, default=None)


def _each(user_id: int, course_key: str, **which: str) -> Iterator[Words]:
    """What this learner has written in this course, oldest first, read in portions: nothing is left out."""
    last = 0
    while True:
        with _records() as models:
            mine = models.OwnWords.objects.filter(user_id=user_id, course_key=course_key, **which)
            rows = list(mine.filter(id__gt=last).order_by("id")[:PORTION])
        yield from (Words.of(row) for row in rows if row.words)
        if len(rows) < PORTION:
            return
        last = rows[-1].id


def write(
    *, user_id: int, course_key: str, usage_key: str, kind: str, title: str, words: Mapping[str, str], seen: int, now: datetime
) -> Words:
    """Keep `words` in place of those whose `version` the writer has seen (0: none).

    The same words once more, of a double press say, change nothing. Raises `WordsChangedError`, with which nothing is lost: what
    stands there stays, and the writer still has the new words.
    """
    with _records() as models, transaction.atomic():
        mine = models.OwnWords.objects.filter(user_id=user_id, usage_key=usage_key)
        write_first(mine, "version")
        if not mine.exists():  # see `records.activity.standings`
            fresh = models.OwnWords(
                user_id=user_id, course_key=course_key, usage_key=usage_key, kind=kind, title=title[:255], words={}, version=0,
                created_at=now, changed_at=now,
            )  # fmt: skip
            models.OwnWords.objects.bulk_create([fresh], **instead(["user_id", "usage_key"], ["course_key"]))
        row = mine.select_for_update().get()  # SQLite has no such lock and needs none
        if row.words == words:
            return Words.of(row)
        if row.words and row.version != seen:
            raise WordsChangedError
        row.words, row.title, row.kind, row.version, row.changed_at = dict(words), title[:255], kind, row.version + 1, now
        row.save()
        return Words.of(row)


def forget(user_id: int, usage_key: str) -> None:
    """Remove what this learner has written in this block. An empty row stays, so that what is written next finds it."""
    with _records() as models:
        rows = models.OwnWords.objects.filter(user_id=user_id, usage_key=usage_key)
        rows.update(words={}, title="", version=F("version") + 1)


@contextmanager
def _records() -> Iterator[Any]:
    try:
        with records() as models:
            yield models
    except RecordsUnavailableError as error:
        raise RecordsUnavailableError(f"own words: {type(error.__cause__).__name__}") from None
