"""A learner's own marks in a course: highlights, private notes, bookmarks.

Only the learner whose marks they are reads them. Course staff do not: not in a report, not in the admin site, and not by looking
at the course as that learner, which shows them none.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from typing import Concatenate, ParamSpec, TypeVar

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ...case_law.anchoring import Anchor
from ...case_law.model import Authority
from ...case_law.notebook import Entry, Item, Mark, entries
from ...platform import clock
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...records import own_words
from ...records.access import RecordsUnavailableError
from ...records.case_law import marks as mark_records
from ...records.case_law import packets
from ..base import RefusedError
from .host import ReadingListHost
from .reading_list import ReadingList

log = logging.getLogger(__name__)
More = ParamSpec("More")
Answer = TypeVar("Answer")


class Notebook:
    """The marks of one learner. Without the records, or where none are kept (`is_kept`), there are none."""

    def __init__(self, block: ReadingListHost, learner: Learner | None, reading_list: ReadingList):
        self._block, self._learner, self._list = block, learner, reading_list

    @property
    def is_kept(self) -> bool:
        """True where the learner may make marks here."""
        learner = self._learner
        return bool(self._block.notes and learner is not None and keeps_records(self._block) and not is_impersonated(learner))

    def must_be_kept(self) -> Learner:
        """The learner. Raises `RefusedError` where they can make no marks here."""
        if self._learner is None or not self.is_kept:
            raise RefusedError(_("Notes cannot be kept here. Nothing was saved."), 403)
        return self._learner

    # -- reading -----------------------------------------------------------------------------------------------------------

    def own_words(self) -> list[own_words.Words]:
        """What the learner has written in the activities of this course; none where it cannot be read."""
        if self._learner is None or not self.is_kept:
            return []
        try:
            return own_words.in_course(self._learner.user_id, self._block.where.course)
        except RecordsUnavailableError:
            log.exception("A learner's own words cannot be read")
            return []

    def marks(self, slug: str | None = None) -> list[Mark]:
        """The marks in this course, or in one authority of it, oldest first; none where they cannot be read."""
        if self._learner is None or not self.is_kept:
            return []
        try:
            return mark_records.of_learner(self._learner.user_id, self._block.where.course, slug)
        except RecordsUnavailableError:
            log.exception("The marks in %s cannot be read.", self._block.where.usage)
            return []

    def bookmarked(self) -> set[str]:
        """The slugs of the authorities that the learner has bookmarked."""
        return {mark.slug for mark in self.marks() if mark.is_bookmark}

    def count(self) -> int | None:
        """How many marks there are in this course; None where there can be none."""
        return len(self.marks()) if self.is_kept else None

    def entries(self) -> list[Entry]:
        """All marks by authority, each with where its words are now."""
        return entries(self.marks(), self._list.library)

    def items_in(self, authority: Authority) -> list[Item]:
        """The highlights and notes in `authority`, in the order of its text."""
        passages = [mark for mark in self.marks(authority.slug) if not mark.is_bookmark]
        return [item for entry in entries(passages, self._list.library) for item in entry.items]

    # -- writing: each raises `RefusedError` ---------------------------------------------------------------------------------

    def add(self, key: str, slug: str, anchor: Anchor, note: str) -> Mark:
        """Mark a passage. The same `key` marks once."""
        return self._write(mark_records.add, key, slug, anchor, note, clock.now())

    def bookmark(self, slug: str) -> None:
        """Set a bookmark on an authority."""
        self._write(mark_records.add, mark_records.bookmark_key(slug), slug, None, "", clock.now())

    def remove_bookmark(self, slug: str) -> None:
        """Take the bookmark off an authority."""
        self._write(mark_records.remove_bookmark, slug)

    def change(self, mark_id: int, note: str, seen_changed_at: datetime) -> None:
        """Change the note of a mark, as it stood at `seen_changed_at`."""
        self._write(mark_records.change, mark_id, note, clock.now(), seen_changed_at)
        self._forget_packets()

    def remove(self, mark_id: int) -> None:
        """Remove a mark, with its note."""
        self._write(mark_records.remove, mark_id)
        self._forget_packets()

    def _forget_packets(self) -> None:
        """A note that was taken back must not live on in a file that was made with it."""
        try:
            packets.forget(self.must_be_kept().user_id)
        except RecordsUnavailableError:
            log.exception("The packets of a learner in %s cannot be removed; they are within a day.", self._block.where.usage)

    def _write(self, function: Callable[Concatenate[int, str, More], Answer], *values: More.args, **more: More.kwargs) -> Answer:
        """Call a function of `records.case_law.marks` for this learner and course, its refusals as sentences."""
        learner, where = self.must_be_kept(), self._block.where
        try:
            return function(learner.user_id, where.course, *values, **more)
        except mark_records.MarkChangedError as error:
            message = _("This note was changed in another window and now says: “{note}”. Copy your text, then reload the page.")
            raise RefusedError(message.format(note=error.row.note), 409) from error
        except mark_records.MarkRefusedError as error:
            raise RefusedError(_refusal(error.code)) from error
        except RecordsUnavailableError as error:
            log.exception("A mark in %s cannot be kept.", where.usage)
            raise RefusedError(_("Notes cannot be saved at the moment. Copy your text, and try again later."), 503) from error


def _refusal(code: str) -> str:
    longest, most, in_one = mark_records.LONGEST_NOTE, mark_records.MOST_MARKS, mark_records.MOST_IN_ONE
    sentences = {
        "note": ngettext(
            "A note has at most {n} character. Shorten it; nothing was saved.",
            "A note has at most {n} characters. Shorten it; nothing was saved.",
            longest,
        ).format(n=longest),
        "marks": _(
            "There can be at most {here} notes and highlights in one authority, and {n} in a course. Remove some first."
        ).format(here=in_one, n=most),
        "gone": _("This note is not there any more. You may have removed it in another window."),
    }
    return str(sentences.get(code) or _("The form arrived damaged. Nothing was saved. Please try again."))
