"""Runs of scenarios in the database: begun and finished, added and never changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Count, Max

from .access import records


@dataclass(frozen=True)
class Player:
    """Who plays, and where."""

    user_id: int
    username: str
    course_key: str
    usage_key: str


@dataclass(frozen=True)
class Finished:
    """A run that came to an ending. `path` is the list of decisions as stored; points are the scenario's."""

    attempt: int
    version: str
    path: list
    ending: str
    result: str
    earned: int
    possible: int
    started_at: datetime
    finished_at: datetime


def begin(player: Player, attempt: int, now: datetime) -> int:
    """Record that a run begins; returns its number: `attempt`, or the next that is free.

    A learner whose page state was reset by staff starts at 1 again while earlier runs stay recorded, hence the next free
    number. Two requests at the same time get the same number and leave one row.
    """
    with records() as models:
        mine = models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key)
        latest = mine.aggregate(latest=Max("attempt"))["latest"] or 0
        number = max(attempt, latest + 1)
        try:
            with transaction.atomic():
                mine.create(**vars(player), attempt=number, started_at=now)
        except IntegrityError:
            pass  # the same learner's other request was first
        return number


def finish(player: Player, run: Finished) -> bool:
    """Record a finished run. False when this attempt has its record already: that one stands."""
    with records() as models:
        try:
            with transaction.atomic():
                models.ScenarioRun.objects.create(
                    **vars(player),
                    attempt=run.attempt,
                    scenario_version=run.version,
                    path=run.path,
                    ending=run.ending,
                    result=run.result,
                    earned=run.earned,
                    possible=run.possible,
                    started_at=run.started_at,
                    finished_at=run.finished_at,
                )
        except IntegrityError:
            return False
        return True


def counts(usage_key: str) -> dict:
    """For staff: `begun` and `finished` (people), `runs` (finished ones), and `endings`: (ending, result, runs), most first."""
    with records() as models:
        starts = models.ScenarioStart.objects.filter(usage_key=usage_key)
        runs = models.ScenarioRun.objects.filter(usage_key=usage_key)
        begun = starts.aggregate(people=Count("user_id", distinct=True))["people"]
        totals = runs.aggregate(runs=Count("id"), finished=Count("user_id", distinct=True))
        endings = runs.order_by().values_list("ending", "result").annotate(number=Count("id")).order_by("-number", "ending")
        return {"begun": begun, **totals, "endings": list(endings)}


def every(usage_key: str) -> Iterator:
    """All finished runs of this block, oldest first, read in portions."""
    with records() as models:
        yield from models.ScenarioRun.objects.filter(usage_key=usage_key).order_by("id").iterator(chunk_size=500)
