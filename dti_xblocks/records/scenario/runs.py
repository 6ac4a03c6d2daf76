"""Finished runs of scenarios in the database: added and never changed. How they begin and go on is in `journal`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import IntegrityError, transaction

from ..access import portion, present_row, records, write_first


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
    seconds: int | None = None
    pace: int = 1


def finish(player: Player, run: Finished) -> bool:
    """Record a finished run. False when this attempt has its record already: that one stands.

    A run whose start could not be recorded at its time gets its start and its journal now, so that every report counts it.
    """
    with records() as models:
        try:
            with transaction.atomic():
                write_first(models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key))
                models.ScenarioRun.objects.create(
                    **vars(player),
                    start=_start_of(models, player, run),
                    attempt=run.attempt,
                    scenario_version=run.version,
                    path=run.path,
                    ending=run.ending,
                    result=run.result,
                    earned=run.earned,
                    possible=run.possible,
                    started_at=run.started_at,
                    finished_at=run.finished_at,
                    seconds=run.seconds,
                    pace=run.pace,
                )
        except IntegrityError:
            return False
        return True


def _start_of(models, player: Player, run: Finished):
    """The row of the run's start, made from the finished run where there is none."""
    mine = models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key, attempt=run.attempt)
    start = mine.first()
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


def _journal_of(models, start, run: Finished) -> Iterator:
    came, places = run.started_at, [scene for scene, choice, *_rest in run.path if choice]
    came_to = iter([*places[1:], run.ending])
    for serial, (scene, choice, at_text, *how) in enumerate(run.path):
        at = datetime.fromisoformat(at_text)
        yield models.ScenarioDecision(
            run=start,
            serial=serial,
            position=serial,
            scene=scene,
            choice=choice,
            how=how[0] if how else "",
            led_to=next(came_to) if choice else "",
            seconds=max(int((at - came).total_seconds()), 0),
            at=at,
            at_text="" if at_text == at.astimezone(UTC).isoformat() else at_text,
        )
        came = at


def paths(player: Player, first: int = 1) -> dict[int, list]:
    """The paths of this learner's finished runs by their numbers, from number `first` on."""
    with records() as models:
        mine = models.ScenarioRun.objects.filter(user_id=player.user_id, usage_key=player.usage_key, attempt__gte=first)
        return dict(mine.order_by("attempt").values_list("attempt", "path"))


def portions(usage_key: str, after_id: int = 0, limit: int = 500) -> list:
    """The next `limit` finished runs of this block after the row `after_id`, in the order recorded."""
    return portion("ScenarioRun", usage_key, after_id, limit)
