"""Finished runs of scenarios in the database: added and never changed. How they begin and go on is in `journal`, and what was
decided in them is there only."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db import IntegrityError, transaction

from ..access import present_row, records, write_first
from ..often import Often
from . import journal
from .player import Player
from .times import iso_of, text_of_time

log = logging.getLogger(__name__)

__all__ = ["Finished", "Player", "Recorded", "finish", "parts", "paths", "portions"]


@dataclass(frozen=True)
class Finished:
    """A run that came to an ending. `path` is the list of its entries, as in `journal`; points are the scenario's."""

    attempt: int
    version: str
    path: list[list[str]]
    ending: str
    result: str
    earned: int
    possible: int
    started_at: datetime
    finished_at: datetime
    seconds: int | None = None
    pace: int = 1


@dataclass(frozen=True, slots=True)
class Recorded:
    """A finished run as reports read it. `path` is the list of its entries, as in `journal`; times are ISO 8601 in UTC."""

    COLUMNS: ClassVar = (
        "id",
        "username",
        "attempt",
        "ending",
        "result",
        "earned",
        "possible",
        "scenario_version",
        "seconds",
        "pace",
    )

    path: list[list[str]]
    started_at: str
    finished_at: str
    id: int
    username: str
    attempt: int
    ending: str
    result: str
    earned: float
    possible: float
    scenario_version: str
    seconds: int | None
    pace: int


def finish(player: Player, run: Finished) -> bool:
    """Record a finished run. False when this attempt already has its record, which then stays.

    A run whose start could not be recorded at its time gets its start now, and what is lacking in its journal, so that every
    report counts it.
    """
    if run.finished_at < run.started_at:
        log.warning("A run of %s ends before it begins. Look at the clocks of the servers.", player.usage_key)
    with records() as models:
        try:
            with transaction.atomic():
                write_first(models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key))
                start = _start_of(models, player, run)
                models.ScenarioRun.objects.create(
                    **vars(player),
                    start=start,
                    attempt=run.attempt,
                    scenario_version=run.version,
                    ending=run.ending,
                    result=run.result,
                    earned=run.earned,
                    possible=run.possible,
                    started_at=run.started_at,
                    finished_at=run.finished_at,
                    seconds=run.seconds,
                    pace=run.pace,
                )
                if start.length != len(run.path):
                    _complete_journal(player, run)
        except IntegrityError:
            return False
        return True


_START = Often(
    lambda models, user_id, usage_key, attempt: models.ScenarioStart.objects.filter(
        user_id=user_id, usage_key=usage_key, attempt=attempt
    ).order_by()
)


def _start_of(models: Any, player: Player, run: Finished) -> Any:
    """The row of the run's start, made from the finished run where there is none."""
    mine = models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key, attempt=run.attempt)
    start = _START.row(models.ScenarioStart, models, player.user_id, player.usage_key, run.attempt)
    if start is not None:
        return start
    try:
        with transaction.atomic():
            start = mine.create(
                **vars(player),
                attempt=run.attempt,
                started_at=run.started_at,
                pace=run.pace,
                scenario_version=run.version,
                entries=len(run.path),
                length=len(run.path),
            )
            models.ScenarioDecision.objects.bulk_create(_journal_of(models, start, run))
            return start
    except IntegrityError:
        return present_row(mine)


def _complete_journal(player: Player, run: Finished) -> None:
    """Write what the journal lacks: entries that could not be written when they were made."""
    with journal.held(player, run.attempt) as held:
        if held is None:
            return
        same = 0
        for there, here in zip(held.decisions, run.path, strict=False):
            if there != list(here):
                break
            same += 1
        for position, (entry, led_to, seconds) in enumerate(_steps(run)):
            if position >= same:
                held.append(entry, led_to, seconds, position)


def _steps(run: Finished) -> Iterator[tuple[list[str], str, int]]:
    """Each entry of the path, where it led, and the seconds since the one before."""
    came, places = run.started_at, [scene for scene, choice, *_rest in run.path if choice]
    came_to = iter([*places[1:], run.ending])
    for entry in run.path:
        at = datetime.fromisoformat(entry[2])
        yield list(entry), next(came_to) if entry[1] else "", max(int((at - came).total_seconds()), 0)
        came = at


def _journal_of(models: Any, start: Any, run: Finished) -> Iterator[Any]:
    for serial, (entry, led_to, seconds) in enumerate(_steps(run)):
        yield models.ScenarioDecision(
            **journal.columns(entry), run=start, serial=serial, position=serial, led_to=led_to, seconds=seconds
        )


def paths(player: Player, first: int = 1) -> dict[int, list[list[str]]]:
    """The entries of this learner's finished runs by their numbers, from number `first` on: what their journals come to."""
    with records() as models:
        mine = models.ScenarioDecision.objects.filter(
            run__user_id=player.user_id, run__usage_key=player.usage_key, run__attempt__gte=first, run__finish__isnull=False
        )
        return journal.of_many(mine, "run__attempt")


def portions(usage_key: str, after_id: int = 0, limit: int = 500) -> list[Recorded]:
    """The next `limit` finished runs of this block after the row `after_id`, in the order recorded, each with its `path`."""
    with records() as models:
        mine = models.ScenarioRun.objects.filter(usage_key=usage_key, id__gt=after_id).order_by("id")
        times = (text_of_time("started_at"), text_of_time("finished_at"))
        rows = list(mine.values_list("start_id", *times, *Recorded.COLUMNS)[:limit])
        decisions = models.ScenarioDecision.objects.filter(run__in=[start for start, *_rest in rows])
        entries = journal.of_many(decisions, "run_id")
    return [
        Recorded(entries.get(start, []), iso_of(started), iso_of(finished), *columns)
        for start, started, finished, *columns in rows
    ]


def parts(usage_key: str, size: int) -> list[tuple[int, int, int]]:
    """(id of the row before the first, number of the first, number of the last) of each part of `size` finished runs."""
    with records() as models:
        runs = models.ScenarioRun.objects.filter(usage_key=usage_key)
        total, ids = runs.count(), runs.order_by("id").values_list("id", flat=True)
        first = [(0, 1, min(size, total))] if total else []
        return first + [(ids[before - 1], before + 1, min(before + size, total)) for before in range(size, total, size)]
