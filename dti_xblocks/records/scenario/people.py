"""How some people of a course played its scenarios, for the page about the course. A fixed number of statements for any number
of people and scenarios. Who is meant is the caller's business: it gives user ids."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Max, Window
from django.db.models.functions import RowNumber

from ..access import records
from . import journal
from .run_report import SHARE, passing


@dataclass(frozen=True)
class Played:
    """One person in one scenario: runs begun without practice, and the best finished one, the earliest of equals; None where
    there is none.

    `best` is its share of the points (0.0 to 1.0), `start` the number under which `journeys` knows it.
    """

    tries: int
    best: float | None = None
    earned: float = 0.0
    possible: float = 0.0
    start: int | None = None
    version: str = ""
    pace: int = 1


def played(usage_keys: Sequence[str], user_ids: Sequence[int]) -> dict[tuple[int, str], Played]:
    """By (user id, usage key), for each of these people who began a run in one of these blocks."""
    who = {"usage_key__in": list(usage_keys), "user_id__in": list(user_ids)}
    rank = Window(RowNumber(), partition_by=["user_id", "usage_key"], order_by=[SHARE.desc(), F("attempt").asc()])
    with records() as models:
        began = models.ScenarioStart.objects.filter(**who, practice=False).order_by().values_list("user_id", "usage_key")
        tries = {(user, usage): number for user, usage, number in began.annotate(number=Count("id"))}
        ended = models.ScenarioRun.objects.filter(**who).order_by().annotate(rank=rank, share=SHARE).filter(rank=1)
        columns = ("share", "earned", "possible", "start_id", "scenario_version", "pace")
        best = {(user, usage): run for user, usage, *run in ended.values_list("user_id", "usage_key", *columns)}
    return {key: Played(tries.get(key, 1), *best.get(key, ())) for key in {**tries, **best}}


def journeys(starts: Iterable[int]) -> dict[int, list[list[str]]]:
    """The entries of these runs, by the numbers of their starts: see `journal`."""
    with records() as models:
        return journal.of_many(models.ScenarioDecision.objects.filter(run__in=list(starts)), "run_id")


def passed(usage_key: str, pass_mark: int) -> Any:
    """The finished runs with `pass_mark` per cent of the points or more, as a query set, for asking who is not among them."""
    with records() as models:
        return passing(models, usage_key, pass_mark).order_by()


def best(usage_key: str) -> Any:
    """`user_id` and `value`, the best share of each person, as a query set."""
    with records() as models:
        runs = models.ScenarioRun.objects.filter(usage_key=usage_key).order_by()
        return runs.values("user_id").annotate(value=Max(SHARE))


def first_choices(usage_key: str, members: Any, most: int) -> tuple[int, list[tuple[str, str, int]]]:
    """(runs, [(scene id, choice id, number)]) of the `most` newest first runs of people, those among `members` if it is given.

    What was replaced after a change of the scenario is not told apart: it was decided all the same.
    """
    with records() as models:
        starts = models.ScenarioStart.objects.filter(usage_key=usage_key, attempt=1)
        if members is not None:
            starts = starts.filter(user_id__in=members)
        ids = list(starts.order_by("-id").values_list("id", flat=True)[:most])
        rows = models.ScenarioDecision.objects.filter(run__in=ids).exclude(choice="").order_by()
        return len(ids), list(rows.values_list("scene", "choice").annotate(number=Count("id")).order_by("scene", "choice"))
