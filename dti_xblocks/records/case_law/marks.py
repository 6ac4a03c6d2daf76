"""Learners' marks in the database: each learner's own, in one course, and nobody else's.

Every function takes the learner and the course and touches no row of another. What a mark says is in no log: faults of the
database are logged by their kind alone, because databases put values into their messages.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from ...case_law.anchoring import LONGEST_QUOTE, Anchor
from ...case_law.library import LONGEST_SLUG
from ...case_law.notebook import LONGEST_NOTE, Mark, clean_note
from ..access import RecordsUnavailableError, present_row, records, tried_again, write_first

__all__ = [
    "LONGEST_KEY",
    "LONGEST_NOTE",
    "MOST_IN_ONE",
    "MOST_MARKS",
    "MarkChangedError",
    "MarkRefusedError",
    "add",
    "bookmark_key",
    "change",
    "of_learner",
]

MOST_MARKS = 2000  # of one learner in one course
MOST_IN_ONE = 200  # of them in one authority: all of them are shown in one page
LONGEST_KEY = 60
BOOKMARK = "bookmark:"
NOWHERE = ""  # the slug of a bookmark that was taken away
KEY = re.compile(rf"[a-z0-9:-]{{1,{LONGEST_KEY}}}")
LARGEST_ID = 2**63 - 1
LAST_PARAGRAPH = 2**15 - 1


class MarkRefusedError(ValueError):
    """A mark that cannot be kept. `code` says why: "key", "place" (what is marked), "note" (its length), "marks" (their number)
    or "gone"."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


class MarkChangedError(Exception):
    """The note of the mark has changed since its writer last saw it. `row` is the present mark."""

    def __init__(self, row: Mark):
        super().__init__("the mark has been changed")
        self.row = row


def bookmark_key(slug: str) -> str:
    """The key of the bookmark on an authority: one learner can have only one in a course."""
    key = BOOKMARK + slug
    if KEY.fullmatch(key):
        return key
    return BOOKMARK + hashlib.sha256(slug.encode("utf-8", "replace")).hexdigest()[: LONGEST_KEY - len(BOOKMARK)]


def of_learner(user_id: int, course_key: str, slug: str | None = None) -> list[Mark]:
    """This learner's marks in this course, or in one authority in it, oldest first."""
    with _records() as models:
        rows = _mine(models, user_id, course_key).exclude(slug=NOWHERE)
        if slug is not None:
            rows = rows.filter(slug=slug)
        return [Mark.of(row) for row in rows.order_by("id")[:MOST_MARKS]]


@tried_again
def add(user_id: int, course_key: str, key: str, slug: str, anchor: Anchor | None, note: str, now: datetime) -> Mark:
    """Add the mark, a bookmark where `anchor` is None; where `key` has its mark already, that is returned.

    The database decides: of any number of simultaneous calls one adds the row and all return it. A bookmark has a key of its
    own, whatever `key` says. Raises `MarkRefusedError`, and `MarkChangedError` where the key's mark has another note than this
    one: then two notes claim one place, and neither may be lost without a word. (Calls at the same moment may together go over
    `MOST_MARKS` and `MOST_IN_ONE` by their number.)
    """
    key, values = _checked(key, slug, anchor, note)
    with _records() as models, transaction.atomic():
        mine = _mine(models, user_id, course_key)
        here = mine.filter(key=key)
        write_first(here, "slug")
        row = here.exclude(slug=NOWHERE).first()
        if row is None:
            if mine.exclude(slug=NOWHERE).count() >= MOST_MARKS or mine.filter(slug=slug).count() >= MOST_IN_ONE:
                raise MarkRefusedError("marks")
            owner = {"user_id": user_id, "course_key": course_key, "key": key}
            _insert(models, models.ReaderMark(**owner, **values, created_at=now, changed_at=now))
            row = present_row(here)
    if values["note"] not in ("", row.note):
        raise MarkChangedError(Mark.of(row))
    return Mark.of(row)


def change(user_id: int, course_key: str, mark_id: int, note: str, now: datetime, seen_changed_at: datetime) -> Mark:
    """Put `note` in place of the one that stood when the mark's `changed_at` was `seen_changed_at`.

    Raises `MarkChangedError` where another stands by now, and `MarkRefusedError`. The same note once more changes nothing.
    """
    note = _checked_note(note)
    with _records() as models, transaction.atomic():
        row = None
        if _is_id(mark_id):
            here = _mine(models, user_id, course_key).filter(id=mark_id)
            write_first(here, "slug")
            row = here.select_for_update().first()  # SQLite has no such lock and needs none
        if row is None:
            raise MarkRefusedError("gone")
        if row.note == note:
            return Mark.of(row)
        if row.changed_at != seen_changed_at:
            raise MarkChangedError(Mark.of(row))
        row.note = note
        row.changed_at = max(now, row.changed_at + timedelta(microseconds=1))  # so that every change can be told from the last
        row.save(update_fields=["note", "changed_at"])
        return Mark.of(row)


@tried_again
def remove(user_id: int, course_key: str, mark_id: int) -> bool:
    """Remove the mark, with its note. False where it is gone already."""
    if not _is_id(mark_id):
        return False
    with _records() as models, transaction.atomic():
        mine = _mine(models, user_id, course_key)
        here = mine.filter(id=mark_id)
        write_first(here, "slug")
        row = here.first() or present_row(here)
        if row is None:
            return False
        if row.key.startswith(BOOKMARK):
            return _empty(mine, row.key)
        # The row is locked by its key first, as `_insert` does it, so that neither waits for the other.
        locked = mine.select_for_update().filter(key=row.key).first()
        return locked is not None and here.delete()[0] > 0


@tried_again
def remove_bookmark(user_id: int, course_key: str, slug: str) -> bool:
    """Take the bookmark off an authority. False where there is none."""
    with _records() as models, transaction.atomic():
        return _empty(_mine(models, user_id, course_key), bookmark_key(slug))


def _empty(mine: QuerySet, key: str) -> bool:
    """Take the authority from the row of a bookmark. The row stays, so that the next bookmark there finds it.

    Bookmarks are set and taken away again, by double clicks too. Were the row deleted, MySQL would leave those who are just
    setting it a lock on the gap (REPEATABLE READ), in which then none of them could insert.
    """
    emptied: int = mine.filter(key=key).exclude(slug=NOWHERE).update(slug=NOWHERE)
    return emptied > 0


def _insert(models: Any, row: Any) -> None:
    """Write `row` where its key has none; where it has one, that stays, but for the authority and times of a bookmark.

    Not by an insert that is refused: MySQL then leaves each who was refused a shared lock, and when the row is deleted at the
    same moment two of them may wait for each other. This statement waits for the row for itself.
    """
    target = ["user_id", "course_key", "key"] if connection.features.supports_update_conflicts_with_target else None
    changed = ["slug", "created_at", "changed_at"] if row.key.startswith(BOOKMARK) else ["key"]
    models.ReaderMark.objects.bulk_create([row], update_conflicts=True, update_fields=changed, unique_fields=target)


def _mine(models: Any, user_id: int, course_key: str) -> QuerySet:
    return models.ReaderMark.objects.filter(user_id=user_id, course_key=course_key)


def _is_id(mark_id: int) -> bool:
    return 0 < mark_id <= LARGEST_ID


def _checked(key: str, slug: str, anchor: Anchor | None, note: str) -> tuple[str, dict[str, Any]]:
    """The key, and the values of a new row."""
    if not slug or len(slug) > LONGEST_SLUG:
        raise MarkRefusedError("place")
    note = _checked_note(note)
    if anchor is None:
        return bookmark_key(slug), {"slug": slug, "note": note}
    if not KEY.fullmatch(key) or key.startswith(BOOKMARK):
        raise MarkRefusedError("key")
    fits = anchor.section and anchor.quote and 0 <= anchor.paragraph <= LAST_PARAGRAPH and anchor.start >= 0
    if not fits or len(anchor.quote) > LONGEST_QUOTE:
        raise MarkRefusedError("place")
    return key, {"slug": slug, "note": note, **vars(anchor)}


def _checked_note(note: str) -> str:
    note = clean_note(note)
    if len(note) > LONGEST_NOTE:
        raise MarkRefusedError("note")
    return note


@contextmanager
def _records() -> Iterator[Any]:
    """`records`, without what the database says about values."""
    try:
        with records() as models:
            yield models
    except RecordsUnavailableError as error:
        raise RecordsUnavailableError(f"the marks: {type(error.__cause__).__name__}") from None
