"""What staff learn about the runs of one block. The database counts; rows come only for the few people on a page.

`usage_key` names the block everywhere. Runs in Studio, of impersonated learners and of visitors are not on record. Practice is
counted apart, and told of in one person's runs; elsewhere it is left out.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db.models import Case, Count, Exists, F, Max, Min, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Coalesce, Substr, TruncDate

from ..access import records
from .journal import COLUMNS, fold
from .standing import ALL, BEST, FIRST, SHARE, chosen, standing
from .times import text_of_time

__all__ = ["ALL", "BEST", "FIRST", "SHARE"]

COUNTED, PRACTICE = Count("id", filter=Q(practice=False)), Count("id", filter=Q(practice=True))


@dataclass(frozen=True)
class Totals:
    """`started` and `finished` are people, `begun`, `ended` and `practice` runs; `seconds` is the median of those ended."""

    started: int
    finished: int
    begun: int
    ended: int
    seconds: float | None
    practice: int = 0


@dataclass(frozen=True)
class Learner:
    """A learner in the list of people. `best` is a share (0.0 to 1.0); it and `ending` (its id) are None before an ending."""

    user_id: int
    username: str
    begun: int
    ended: int
    best: float | None
    ending: str | None
    result: str | None
    last_active: datetime
    practice: int = 0


@dataclass(frozen=True)
class Run:
    """One run of one learner. What belongs to an ending is None before it, and in practice; `seconds` has one number for each
    decision. The first `given` decisions were taken over from run `replays`."""

    attempt: int
    started_at: datetime
    pace: int
    version: str
    decisions: list[list[str]]
    seconds: list[int | None] = field(default_factory=list)
    finished_at: datetime | None = None
    ending: str | None = None
    result: str | None = None
    earned: float | None = None
    possible: float | None = None
    duration: int | None = None
    practice: bool = False
    replays: int = 0
    given: int = 0


def totals(usage_key: str) -> Totals:
    """How many people and runs began and came to an ending, and how long it took them."""
    with records() as models:
        runs = models.ScenarioRun.objects.filter(usage_key=usage_key)
        begun = models.ScenarioStart.objects.filter(usage_key=usage_key).aggregate(
            people=Count("user_id", distinct=True), runs=COUNTED, practice=PRACTICE
        )
        # Apart, each from an index of its own: together they would read every row.
        people = runs.aggregate(people=Count("user_id", distinct=True))["people"]
        ended = runs.aggregate(runs=Count("id"), timed=Count("seconds"))
        middle = _middle(ended["timed"])
        times = runs.filter(seconds__isnull=False).order_by("seconds").values_list("seconds", flat=True)
        found = list(times[middle]) if ended["timed"] else []
    return Totals(
        begun["people"],
        people,
        begun["runs"],
        ended["runs"],
        sum(found) / len(found) if found else None,
        begun["practice"],
    )


def endings(usage_key: str) -> list[tuple[str, str, int]]:
    """(ending id, result, runs) for each ending that was reached, most first."""
    with records() as models:
        rows = models.ScenarioRun.objects.filter(usage_key=usage_key).order_by().values_list("ending", "result")
        return list(rows.annotate(number=Count("id")).order_by("-number", "ending", "result"))


def choices(usage_key: str, which: str = ALL) -> list[tuple[str, str, str, int]]:
    """(scene id, choice id, how, number) of the decisions that stand, over some runs; how is "" or "time-up".

    `which` runs: "all"; "first", each learner's first, finished or not; "best", each learner's best finished one, the
    earliest of equals.
    """
    with records() as models:
        grouped = chosen(models, usage_key, which).values_list("scene", "choice", "how").annotate(number=Count("id"))
        return list(grouped.order_by("scene", "choice", "how"))


def moves(usage_key: str, which: str = ALL) -> list[tuple[str, str, str, str, int]]:
    """(scene id, choice id, how, id of the scene or ending it led to, number): `choices` told apart by where they led."""
    with records() as models:
        grouped = chosen(models, usage_key, which).values_list("scene", "choice", "how", "led_to").annotate(number=Count("id"))
        return list(grouped.order_by("scene", "choice", "how", "led_to"))


def passed(usage_key: str, pass_mark: int) -> int:
    """How many people finished a run with `pass_mark` per cent of the points or more."""
    with records() as models:
        return int(passing(models, usage_key, pass_mark).aggregate(people=Count("user_id", distinct=True))["people"])


def weeks(usage_key: str) -> dict[date, tuple[int, int]]:
    """By the Monday of a week (UTC), how many people began for the first time in it, and how many finished for the first time."""
    with records() as models:
        starts = models.ScenarioStart.objects.filter(usage_key=usage_key, attempt=1)
        runs = models.ScenarioRun.objects.filter(usage_key=usage_key)
        earlier = runs.filter(user_id=OuterRef("user_id"), attempt__lt=OuterRef("attempt"))
        began = _by_week(starts, "started_at")
        ended = _by_week(runs.filter(Q(attempt=1) | ~Exists(earlier)), "finished_at")  # nothing is earlier than the first
    return {week: (began.get(week, 0), ended.get(week, 0)) for week in sorted({*began, *ended})}


def left(usage_key: str) -> list[tuple[str, int]]:
    """(scene id, runs) for runs that came to no ending so far: the scene where they stand, "" for the first of the scenario.

    A run may also stand in the first scene under its own id, after a loop or with the clock started: add the two up. An
    ending's id stands for runs whose ending could not be recorded.
    """
    with records() as models:
        # Not `entries - 1`: where there are none, MySQL finds that out of the range of its unsigned numbers.
        last = models.ScenarioDecision.objects.alias(after=F("serial") + 1).filter(run=OuterRef("pk"), after=OuterRef("entries"))
        place = last.annotate(place=Case(When(choice="", then=F("scene")), default=F("led_to"))).values("place")
        open_runs = models.ScenarioStart.objects.filter(usage_key=usage_key, practice=False, finish=None).order_by()
        placed = open_runs.annotate(place=Coalesce(Subquery(place), Value(""))).values_list("place")
        return list(placed.annotate(number=Count("id")).order_by("-number", "place"))


def scene_seconds(usage_key: str) -> dict[str, float]:
    """The median of the seconds that a decision took, for each scene, over all runs."""
    with records() as models:
        rows = standing(models, usage_key).filter(seconds__isnull=False).order_by().values_list("scene", "seconds")
        counted = rows.annotate(number=Count("id")).order_by("scene", "seconds")
        return {scene: median([row[1:] for row in group]) for scene, group in groupby(counted, lambda row: row[0])}


def median(counted: list[tuple[int, int]]) -> float:
    """The median of values given as (value, how often), in the order of the values."""
    middle = _middle(sum(number for _value, number in counted))
    found: list[int] = []
    passed = 0
    for value, number in counted:
        found += [value] * (min(middle.stop, passed + number) - max(middle.start, passed))
        passed += number
    return sum(found) / len(found)


def people(usage_key: str, search: str = "", page: int = 1, per_page: int = 25) -> tuple[list[Learner], int]:
    """One page (from 1) of the learners who began, in the order of their usernames, and the number of all of them.

    `search` finds usernames that contain it, in whatever case.
    """
    with records() as models:
        starts = models.ScenarioStart.objects.filter(usage_key=usage_key)
        runs = models.ScenarioRun.objects.filter(usage_key=usage_key)
        matching = starts.filter(username__icontains=search) if search else starts
        total = matching.aggregate(total=Count("user_id", distinct=True))["total"]
        named = matching.order_by().values("user_id").annotate(name=Min("username")).order_by("name", "user_id")
        shown = dict(named[max(page - 1, 0) * per_page : max(page, 1) * per_page].values_list("user_id", "name"))
        began = _by_user(starts.filter(user_id__in=shown), number=COUNTED, practice=PRACTICE, last=Max("started_at"))
        acted = _by_user(starts.filter(user_id__in=shown), last=Max("decisions__at"))
        ended = _by_user(runs.filter(user_id__in=shown), number=Count("id"), best=Max(SHARE), newest=Max("id"))
        newest = runs.in_bulk([row["newest"] for row in ended.values()])
    learners = []
    for user_id, username in shown.items():
        end = ended.get(user_id, {})
        run = newest.get(end.get("newest"))
        times = (began[user_id]["last"], acted[user_id]["last"], run and run.finished_at)
        learners.append(
            Learner(
                user_id=user_id,
                username=username,
                begun=began[user_id]["number"],
                ended=end.get("number", 0),
                best=end.get("best"),
                ending=run and run.ending,
                result=run and run.result,
                last_active=max(time for time in times if time),
                practice=began[user_id]["practice"],
            )
        )
    return learners, total


def paths(usage_key: str, user_id: int, limit: int | None = None) -> tuple[str, list[Run]]:
    """(username, runs) of one learner: newest first, at most `limit`, with every entry that counts; ("", []) for none."""
    with records() as models:
        starts = models.ScenarioStart.objects.filter(usage_key=usage_key, user_id=user_id).order_by("-attempt", "-id")
        chosen = list(starts.select_related("finish")[:limit])
        rows = models.ScenarioDecision.objects.filter(run__in=chosen).order_by("run_id", "serial")
        found = {run: list(group) for run, group in groupby(rows.values_list("run_id", *COLUMNS, "seconds"), itemgetter(0))}
    return chosen[0].username if chosen else "", [_run(start, found.get(start.id, [])) for start in chosen]


def _run(start: Any, rows: list[tuple[Any, ...]]) -> Run:
    seconds: list[int | None] = []
    for row in rows:
        seconds[row[1] :] = [row[-1]]
    end = getattr(start, "finish", None)
    names = ("finished_at", "ending", "result", "earned", "possible")
    return Run(
        attempt=start.attempt,
        started_at=start.started_at,
        pace=start.pace,
        version=start.scenario_version,
        decisions=fold(row[1:-1] for row in rows),
        seconds=seconds,
        **({name: getattr(end, name) for name in names} if end else {}),
        duration=end.seconds if end else None,
        practice=start.practice,
        replays=start.replays,
        given=start.given,
    )


def passing(models: Any, usage_key: str, pass_mark: int) -> Any:
    """The finished runs with `pass_mark` per cent of the points or more."""
    runs = models.ScenarioRun.objects.filter(usage_key=usage_key)
    return runs.alias(has=F("earned") * 100.0, needs=F("possible") * float(pass_mark)).filter(has__gte=F("needs"))


def _by_user(rows: Any, **aggregates: Any) -> dict[int, dict[str, Any]]:
    return {row["user_id"]: row for row in rows.order_by().values("user_id").annotate(**aggregates)}


def _by_week(rows: Any, column: str) -> dict[date, int]:
    """Counted by days, as their text where the database has that for nothing: SQLite asks Python for the week of each row."""
    told = text_of_time(column)
    day = TruncDate(column, tzinfo=UTC) if isinstance(told, str) else Substr(told, 1, 10)
    weekly: dict[date, int] = {}
    for at, number in rows.order_by().annotate(day=day).values_list("day").annotate(number=Count("id")):
        on = date.fromisoformat(str(at))
        monday = on - timedelta(days=on.weekday())
        weekly[monday] = weekly.get(monday, 0) + number
    return weekly


def _middle(count: int) -> slice:
    """Where the one or two middle values of `count` stand."""
    return slice((count - 1) // 2, count // 2 + 1)
