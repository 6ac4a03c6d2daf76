"""Jobs: work apart from requests, done once however many ask for it. A row of a table is a job and says how far it is.

A job goes from "waiting" to "working" to "ready" or "failed", and each step is one statement that says from which state: of
any number of requests and workers one takes it. A worker gives a sign of life every second or so; where none is heard for
`silence` the job is taken again, `tries` times in all. What a worker that was given up still says is not heard (`tries` is its
token).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from .access import records

WAITING, WORKING, READY, FAILED = "waiting", "working", "ready", "failed"
LOST = "lost"  # why a job failed that was tried often enough
LONGEST_REASON = 200


class OvertakenError(Exception):
    """The job is in other hands."""


@dataclass(frozen=True)
class Job:
    """A row in the hands of one worker. `attempt` is the worker's token."""

    id: int
    attempt: int


@dataclass(frozen=True)
class Jobs:
    """The jobs of one model, which has the columns `state`, `tries`, `done`, `reason` and `beat_at`.

    `cleared` are values of columns that a job needs no longer once it has come to an end.
    """

    model: str
    silence: timedelta
    tries: int
    cleared: Mapping[str, Any] = field(default_factory=dict)

    def given_up(self, row: Any, now: datetime) -> bool:
        """True where nothing was heard of the job `row` for long, so that a worker has to be sent again: of all who ask, one.

        Its worker has died, or the message to one was lost. `take` counts the tries.
        """
        if row.state not in (WAITING, WORKING) or now - row.beat_at <= self.silence:
            return False
        return self.change(row, state=WAITING, beat_at=now)

    def change(self, row: Any, **columns: Any) -> bool:
        """Set columns of a job that is still as in `row`; False where it has changed since."""
        with records() as models:
            rows = getattr(models, self.model).objects.filter(id=row.id, state=row.state, tries=row.tries, beat_at=row.beat_at)
            return bool(rows.update(**columns))

    def take(self, number: int, now: datetime, **columns: Any) -> Any | None:
        """Take the job with this id and give its row, with `columns` set in it.

        None where it is done, in other hands, gone, or was tried often enough (then it has failed).
        """
        with records() as models:
            mine = getattr(models, self.model).objects.filter(id=number)
            spent = {"state": FAILED, "reason": LOST, "beat_at": now, **self.cleared}
            if mine.filter(self._free(now), tries__gte=self.tries).update(**spent):
                return None
            if not mine.filter(self._free(now)).update(state=WORKING, beat_at=now, tries=F("tries") + 1, **columns):
                return None
            return mine.first()

    def heartbeat(self, job: Job, done: int, now: datetime) -> bool:
        """A sign of life, and how much is done. False where the job is not this worker's any more."""
        with records() as models:
            return bool(self._in_hand(models, job).update(done=done, beat_at=now))

    def finish(self, job: Job, now: datetime, **columns: Any) -> bool:
        """Say that it is done. False where that came too late."""
        with records() as models:
            ready = {"state": READY, "reason": "", "beat_at": now, **self.cleared}
            return bool(self._in_hand(models, job).update(**ready, **columns))

    def fail(self, job: Job, reason: str, now: datetime) -> bool:
        """Say that it cannot be done, and why, as a code. False where that came too late."""
        with records() as models:
            failed = {"state": FAILED, "reason": reason[:LONGEST_REASON], "beat_at": now, **self.cleared}
            return bool(self._in_hand(models, job).update(**failed))

    def waiting(self, now: datetime) -> list[int]:
        """The ids of the jobs that no worker has taken, the oldest first."""
        with records() as models:
            rows = getattr(models, self.model).objects.filter(self._free(now))
            return list(rows.order_by("id").values_list("id", flat=True))

    def _free(self, now: datetime) -> Q:
        return Q(state=WAITING) | Q(state=WORKING, beat_at__lt=now - self.silence)

    def _in_hand(self, models: Any, job: Job) -> Any:
        return getattr(models, self.model).objects.filter(id=job.id, state=WORKING, tries=job.attempt)
