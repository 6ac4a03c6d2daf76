"""How far a learner has come with a block's list: in the records, and in the block's own state beside them."""

from __future__ import annotations

import logging

from ...case_law import progress as rules_of
from ...case_law.model import Authority
from ...case_law.progress import CHECKED, ENDED, OPENED, Steps, Summary
from ...platform import clock
from ...platform.learner import Learner, is_impersonated, keeps_records
from ...platform.progress import emit, report_completion
from ...records.access import RecordsUnavailableError
from ...records.case_law import reading as progress_records
from .host import ReadingListHost
from .reading_list import ReadingList

log = logging.getLogger(__name__)

# The steps through an authority, and the field of the block's state that has them too.
FIELDS = {OPENED: "read_refs", ENDED: "ended_refs", CHECKED: "checked_refs"}
EVENTS = {OPENED: "dti.case_law.read", ENDED: "dti.case_law.finished", CHECKED: "dti.case_law.answered"}


class Progress:
    """The steps of one learner (None: nobody is known) through the list of one block."""

    def __init__(self, block: ReadingListHost, learner: Learner | None, reading_list: ReadingList):
        self._block, self._learner, self._list = block, learner, reading_list

    def steps(self) -> dict[str, set[str]]:
        """The steps taken, by slug: what the records say and what the block's own state says."""
        taken: dict[str, set[str]] = {}
        for step, field in FIELDS.items():
            for slug in getattr(self._block, field):
                taken.setdefault(slug, set()).add(step)
        if self._learner is not None and keeps_records(self._block):
            usage = self._block.where.usage
            try:
                for slug, steps in progress_records.of_learner(self._learner.user_id, usage).items():
                    taken.setdefault(slug, set()).update(steps)
            except RecordsUnavailableError:
                log.exception("The reading progress in %s cannot be read.", usage)
        return taken

    def take_step(self, slug: str, step: str) -> None:
        """Remember that the learner has taken `step` with an authority of the list; nothing where it is none of the list."""
        authorities = self._list.readable()
        if self._learner is None or is_impersonated(self._learner) or slug not in {one.slug for one in authorities}:
            return
        if self._remember(self._learner, slug, step):
            emit(self._block, EVENTS[step], {"ref": slug})
        self._publish(authorities)  # also where the author has changed the list or the rule since

    def packet_taken(self, kind: str) -> None:
        """Remember that the learner has downloaded the packet of this list; `kind` is "pdf" or "html"."""
        if self._learner is None or is_impersonated(self._learner):
            return
        self._block.packet_downloaded = True
        emit(self._block, "dti.case_law.downloaded", {"format": kind})
        self._publish(self._list.readable())

    def summary(self, authorities: list[Authority], steps: Steps) -> Summary:
        """For a progress line, of `steps` as they were read: how many of `authorities` are done, whether the part is complete."""
        return rules_of.summary(steps, authorities, self._block.complete_when, self._block.packet_downloaded)

    def _publish(self, authorities: list[Authority]) -> None:
        if self.summary(authorities, self.steps()).complete:
            report_completion(self._block)

    def _remember(self, learner: Learner, slug: str, step: str) -> bool:
        """Put the step on record. True where it is new."""
        field = FIELDS[step]
        before: list[str] = getattr(self._block, field)
        new = slug not in before
        if new:
            setattr(self._block, field, [*before, slug])
        if not keeps_records(self._block):
            return new
        where = self._block.where
        try:
            return progress_records.note(learner, where.course, where.usage, slug, step, clock.now()) or new
        except RecordsUnavailableError:
            log.exception("A step in %s is kept in the block's state only.", where.usage)
            return new


def readers(block: ReadingListHost) -> tuple[int, dict[str, dict[str, int]]]:
    """For staff: how many people have opened anything in the list, and by slug how many have taken each step."""
    if not keeps_records(block):
        return 0, {}
    try:
        return progress_records.people(block.where.usage), progress_records.counts(block.where.usage)
    except RecordsUnavailableError:
        return 0, {}
