"""One request of one person to an activity: what is authored, how the person stands, and what of it is kept where."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from dataclasses import asdict
from functools import cached_property
from typing import Any

from ...activity import olx, rules
from ...activity.deal import Deal, deal
from ...activity.kinds import CARDS
from ...activity.model import Activity
from ...activity.play import Standing, share
from ...content import Problem
from ...platform import clock
from ...platform.learner import Learner, keeps_records
from ...platform.progress import emit, report_completion, report_grade
from ...records.activity import standings
from .host import ActivityHost

log = logging.getLogger(__name__)


class Visit:
    """`learner` is None in an author's preview without a known user."""

    def __init__(self, block: ActivityHost, learner: Learner | None):
        self.block, self.learner = block, learner
        activity, self.problems = olx.examine(block.content, block.activity)
        self.stopping: list[Problem] = rules.stopping(self.problems)
        self.sound: Activity | None = None if self.stopping else activity

    @property
    def activity(self) -> Activity:
        """The activity, where it is sound."""
        if self.sound is None:
            raise LookupError("whoever asks has to look at `sound` first")
        return self.sound

    @cached_property
    def deal(self) -> Deal:
        """The cards as this person has them."""
        return deal(self.activity, f"{self.block.where.usage} {self.learner.user_id if self.learner else 0}")

    @cached_property
    def version(self) -> str:
        """A short name for what a form of this page speaks of: the cards and groups by their places."""
        named = [card.id for card in (*self.deal.cards, *self.deal.backs)] + [group.id for group in self.activity.groups]
        return hashlib.sha256("\n".join([self.activity.kind, *named]).encode()).hexdigest()[:12]

    @property
    def kept(self) -> bool:
        """Whether what is done here becomes a record."""
        return self.learner is not None and keeps_records(self.block)

    def standing(self) -> Standing:
        """How the person stands. Raises `RecordsUnavailableError`."""
        if self.learner is None or not self.kept:
            return _read(self.block.trial, self.block.activity)
        return standings.of_learner(self.learner.user_id, self.block.where.usage, self.block.activity)

    def change(self, step: Callable[[Standing], Standing]) -> Standing:
        """Put `step` of the standing in its place, and tell the platform what is new. Raises what `step` raises, and
        `RecordsUnavailableError`."""
        if self.learner is None or not self.kept:
            after = step(_read(self.block.trial, self.block.activity))
            self.block.trial = {**asdict(after), "kind": self.block.activity}
            return after
        before, after = standings.change(
            user_id=self.learner.user_id,
            username=self.learner.username,
            course_key=self.block.where.course,
            usage_key=self.block.where.usage,
            kind=self.block.activity,
            step=step,
            now=clock.now(),
        )
        self._tell(before, after)
        return after

    def report_done(self, standing: Standing) -> None:
        """Report completion for what is on record, unless done: also when staff have reset the learner's state."""
        if standing.done and self.kept and not self.block.reported:
            report_completion(self.block)
            self.block.reported = True

    def _tell(self, before: Standing, after: Standing) -> None:
        kind = self.block.activity
        if after.tries > before.tries and kind in CARDS:
            emit(self.block, "dti.activity.tried", {"kind": kind, "tries": after.tries, "right": round(self.share(after), 4)})
        if after.done and not before.done:
            emit(self.block, "dti.activity.done", {"kind": kind, "tries": after.tries, "answers_shown": after.revealed})
        self.report_done(after)
        if self.block.weight > 0 and after != before and after.answer and self._counts(after):
            report_grade(self.block, self.share(after), 1.0, only_if_higher=True)

    @property
    def counting(self) -> int:
        """How many first tries count in the grade; 0: all of them, or there is no grade."""
        return max(self.block.graded_tries, 0) if self.block.weight > 0 else 0

    def _counts(self, standing: Standing) -> bool:
        """Whether the latest try counts. Where each card is a step of its own, a round of all of them is one try."""
        kind = CARDS.get(self.block.activity)
        steps = len(self.activity.cards) if kind is not None and kind.steps else 1
        return not self.counting or standing.tries <= self.counting * steps

    def share(self, standing: Standing) -> float:
        """How much is right, 0.0 to 1.0; of words of one's own whether they are there."""
        return share(self.activity, standing) if self.activity.kind in CARDS else float(standing.done)


def _read(trial: dict[str, Any], kind: str) -> Standing:
    """The standing in a block's own state, where nothing is on record; the beginning where that is of another kind."""
    if trial.get("kind") != kind:
        return Standing()
    try:
        return Standing(**{name: value for name, value in trial.items() if name != "kind"})
    except TypeError:  # of another version
        return Standing()
