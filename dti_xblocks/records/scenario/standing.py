"""Which decisions of a block stand, and in which runs: what the report counts.

All learners of a block are in `PORTIONS` portions by their user ids: see `tallies`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Case, Exists, F, FloatField, OuterRef, Q, Value, When, Window
from django.db.models.functions import RowNumber

from ..access import PORTIONS

FIRST, BEST, ALL = "first", "best", "all"

# The share of the points. Where nothing can be earned everybody has it all.
SHARE = Case(When(possible__gt=0, then=F("earned") / F("possible")), default=Value(1.0), output_field=FloatField())


def standing(models: Any, usage_key: str) -> Any:
    """The decisions of this block's runs that count, without the clock's starts and without what was replaced later."""
    later = models.ScenarioDecision.objects.filter(
        run=OuterRef("run"), serial__gt=OuterRef("serial"), position__lte=OuterRef("position")
    )
    # This spares the look at later rows where there are none. It says <= for =, because PostgreSQL expects `=` between two
    # columns to hold for one row in two hundred, and sorts on disk what it could count in memory.
    untouched = Q(run__entries__lte=F("run__length"))
    mine = models.ScenarioDecision.objects.filter(untouched | ~Exists(later), run__usage_key=usage_key, run__practice=False)
    return mine.exclude(choice="")


def chosen(models: Any, usage_key: str, which: str, portions: Iterable[int] | None = None) -> Any:
    """The standing decisions of some runs; see `choices`. With `portions` those of the learners in these (`in_portions`)."""
    rows = in_portions(standing(models, usage_key).order_by(), portions, "run__user_id")
    if which == FIRST:
        return rows.filter(run__in=_first(models, usage_key, portions))
    return rows.filter(run__in=_best(models, usage_key, portions)) if which == BEST else rows


def portion_of(column: str) -> Any:
    """In which portion of all learners the one is whose user id stands in `column`."""
    return F(column) % Value(PORTIONS)


def in_portions(rows: Any, portions: Iterable[int] | None, column: str = "user_id") -> Any:
    """Those of `rows` that belong to learners in `portions`; all of them for None."""
    return rows if portions is None else rows.alias(within=portion_of(column)).filter(within__in=list(portions))


def _first(models: Any, usage_key: str, portions: Iterable[int] | None) -> Any:
    """The starts of each learner's first run in this block."""
    starts = models.ScenarioStart.objects.filter(usage_key=usage_key).order_by()
    earlier = starts.filter(user_id=OuterRef("user_id"), attempt__lt=OuterRef("attempt"))
    return in_portions(starts.filter(~Exists(earlier)), portions).values("id")


def _best(models: Any, usage_key: str, portions: Iterable[int] | None) -> Any:
    """The starts of each learner's best finished run in this block."""
    rank = Window(RowNumber(), partition_by="user_id", order_by=[SHARE.desc(), F("attempt").asc()])
    runs = in_portions(models.ScenarioRun.objects.filter(usage_key=usage_key), portions)
    return runs.order_by().annotate(rank=rank).filter(rank=1).values("start")
