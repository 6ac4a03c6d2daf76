"""Finished runs of scenarios in the database: added and never changed.

How they begin and go on is in `journal`, and so are their decisions: that is the one place where they are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import IntegrityError, transaction

from ..access import portion, present_row, records, write_first
from . import journal
from .player import Player

__all__ = ["Finished", "Player", "Recorded", "finish", "paths", "portions"]


@dataclass(frozen=True)
class Finished:
    """A run that came to an ending. `path` is the list of its entries as in `journal`; points are the scenario's."""

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


def finish(player: Player, run: Finished) -> bool:
    """Record a finished run. False when this attempt has its record already: that one stands.

    A run whose start could not be recorded at its time gets its start and its journal now, and so does what is missing in its
    journal, so that every report counts it.
    """
    with records() as models:
        try:
            with transaction.atomic():
                write_first(models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key))
                start = _start_of(models, player, run)
                if start.length != len(run.path):
                    _complete(player, run)
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
        except IntegrityError:
            return False
        return True


def _start_of(models: Any, player: Player, run: Finished) -> Any:
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


def _complete(player: Player, run: Finished) -> None:
    """Write down what of the run is not in its journal; what differs there is overruled."""
    entries = list(_with_outcomes(run))
    with journal.held(player, run.attempt) as kept:
        if kept is None:
            return
        same = [before == entry for before, (entry, _led_to, _seconds) in zip(kept.decisions, entries, strict=False)]
        first = same.index(False) if False in same else len(same)
        for position, (entry, led_to, seconds) in enumerate(entries[first:], start=first):
            kept.append(entry, led_to, seconds, position)


def _journal_of(models: Any, start: Any, run: Finished) -> Iterator[Any]:
    for serial, (entry, led_to, seconds) in enumerate(_with_outcomes(run)):
        scene, choice, at_text, *how = entry
        at = datetime.fromisoformat(at_text)
        yield models.ScenarioDecision(
            run=start,
            serial=serial,
            position=serial,
            scene=scene,
            choice=choice,
            how=how[0] if how else "",
            led_to=led_to,
            seconds=seconds,
            at=at,
            at_text="" if at_text == at.astimezone(UTC).isoformat() else at_text,
        )


def _with_outcomes(run: Finished) -> Iterator[tuple[list[str], str, int]]:
    """Each entry, where it led to, and the whole seconds since the one before."""
    came, places = run.started_at, [scene for scene, choice, *_rest in run.path if choice]
    came_to = iter([*places[1:], run.ending])
    for entry in run.path:
        at = datetime.fromisoformat(entry[2])
        yield entry, next(came_to) if entry[1] else "", max(int((at - came).total_seconds()), 0)
        came = at


def paths(player: Player, first: int = 1) -> dict[int, list[list[str]]]:
    """The entries of this learner's finished runs by their numbers, from number `first` on."""
    with records() as models:
        mine = models.ScenarioRun.objects.filter(user_id=player.user_id, usage_key=player.usage_key, attempt__gte=first)
        starts = dict(mine.order_by("attempt").values_list("attempt", "start_id"))
        found = journal.paths(models, starts.values())
    return {attempt: found.get(start, []) for attempt, start in starts.items()}


@dataclass(frozen=True)
class Recorded:
    """A finished run on record: its row `id`, who played it, and the entries of its journal as `path`."""

    id: int
    username: str
    attempt: int
    scenario_version: str
    path: list[list[str]]
    ending: str
    result: str
    earned: float
    possible: float
    started_at: datetime
    finished_at: datetime
    seconds: int | None
    pace: int


def portions(usage_key: str, after_id: int = 0, limit: int = 500) -> list[Recorded]:
    """The next `limit` finished runs of this block after the row `after_id`, in the order recorded."""
    names = [name for name in Recorded.__dataclass_fields__ if name != "path"]
    with records() as models:
        rows = portion("ScenarioRun", usage_key, after_id, limit)
        found = journal.paths(models, [row.start_id for row in rows])
    return [Recorded(path=found.get(row.start_id, []), **{name: getattr(row, name) for name in names}) for row in rows]
