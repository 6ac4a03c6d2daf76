"""What the report counts decision by decision in a block of very many runs: each portion of the learners once.

What the runs of a portion come to changes only when one of its learners begins, decides or finishes, or is removed, and the rows
of their runs tell that (`_marks`): the journal counts its entries there. So what was counted of a portion is kept beside the runs
(`ScenarioTally`) with what those rows said, and only the portions that say something else are counted again, in one statement;
the sum over all is kept as well. Nothing shown is older than the request. Where nothing can be kept all is counted each time.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from functools import cached_property
from itertools import groupby
from typing import Any, NamedTuple

from django.core.cache import cache
from django.db.models import Count, Max, Sum

from ..access import PORTIONS, RecordsUnavailableError, instead, records
from . import run_report
from .standing import chosen, in_portions, portion_of, standing

log = logging.getLogger(__name__)

LEAST = 20_000  # entries in the journals of a block; fewer are counted at once
WRITING = 60  # seconds that one request may take to keep its counts: another one meanwhile keeps none
FORMAT = 1  # of what is kept

Row = tuple[Any, ...]  # what is counted, and how often it was found
Stamp = tuple[str, ...]  # the marks of a portion, and a digest of the count that was made with them


class Kept(NamedTuple):
    """What is kept of a portion: what its learners' rows said, and what was counted, as JSON."""

    marks: str
    counted: str

    @property
    def stamp(self) -> Stamp:
        """Which count this is: two requests that read the same marks may have counted different moments."""
        return self.marks, hashlib.sha256(self.counted.encode()).hexdigest()[:16]

    @property
    def numbers(self) -> Counter[Row]:
        """How often each was found."""
        return _counter(json.loads(self.counted))


class Tallies:
    """The counts of one block, as of when they are first asked for. Each raises `RecordsUnavailableError`."""

    def __init__(self, usage_key: str):
        self._usage_key = usage_key

    def choices(self, which: str) -> list[tuple[str, str, str, int]]:
        """As `run_report.choices`."""
        if not self._is_large:
            return run_report.choices(self._usage_key, which)
        found: Counter[Row] = Counter()
        for scene, choice, how, _led_to, number in self.moves(which):
            found[scene, choice, how] += number
        return sorted((*what, number) for what, number in found.items())

    def moves(self, which: str) -> list[tuple[str, str, str, str, int]]:
        """As `run_report.moves`."""
        if not self._is_large:
            return run_report.moves(self._usage_key, which)
        columns = ("scene", "choice", "how", "led_to")
        return sorted(self._counted(which, columns, lambda models, some: chosen(models, self._usage_key, which, some)))

    def scene_seconds(self) -> dict[str, float]:
        """As `run_report.scene_seconds`."""
        if not self._is_large:
            return run_report.scene_seconds(self._usage_key)
        rows = sorted(self._counted("seconds", ("scene", "seconds"), self._timed))
        return {scene: run_report.median([row[1:] for row in group]) for scene, group in groupby(rows, lambda row: row[0])}

    def _timed(self, models: Any, portions: Iterable[int]) -> Any:
        rows = standing(models, self._usage_key).order_by().filter(seconds__isnull=False)
        return in_portions(rows, portions, "run__user_id")

    @property
    def _is_large(self) -> bool:
        return sum(entries for entries, *_rest in self._marks.values()) >= LEAST

    @cached_property
    def _marks(self) -> dict[int, tuple[int, ...]]:
        """By portion: entries, runs begun, the newest of them, runs finished, the newest of them."""
        with records() as models:
            begun = models.ScenarioStart.objects.filter(usage_key=self._usage_key).order_by()
            ended = models.ScenarioRun.objects.filter(usage_key=self._usage_key).order_by()
            marked = begun.annotate(portion=portion_of("user_id")).values_list("portion")
            finished = ended.annotate(portion=portion_of("user_id")).values_list("portion")
            ends = {portion: counted for portion, *counted in finished.annotate(number=Count("id"), newest=Max("id"))}
            rows = list(marked.annotate(entries=Sum("entries"), number=Count("id"), newest=Max("id")))
        return {portion: (*map(int, counted), *ends.get(portion, (0, 0))) for portion, *counted in rows}

    def _counted(self, name: str, columns: tuple[str, ...], rows: Callable[[Any, Iterable[int]], Any]) -> list[Row]:
        """How often each value of `columns` is among the decisions that `rows` gives for some portions, over all of them.

        The sum over all is kept, too, with the counts it was made of: what the portions that changed came to then is taken off,
        and what they come to now is put on. Where one of those counts is kept no more the sum is made anew.
        """
        told = {portion: json.dumps([FORMAT, *marks]) for portion, marks in self._marks.items()}
        made_of, total = self._sums.get(name, ({}, Counter()))
        changed = _differing(told, made_of)
        if not changed:
            return _rows(total)
        kept = self._portions(name, changed)
        if any(portion not in kept or kept[portion].stamp != made_of[portion] for portion in changed if portion in made_of):
            made_of, total, changed = {}, Counter(), sorted(told)
            kept = self._portions(name, changed)
        stale = [each for each in changed if each in told and (each not in kept or kept[each].marks != told[each])]
        counted = self._count(stale, columns, rows)
        fresh = {portion: Kept(told[portion], json.dumps(_rows(numbers))) for portion, numbers in counted.items()}
        made_of, total = dict(made_of), Counter(total)
        for portion in changed:
            if made_of.pop(portion, None):
                total.subtract(kept[portion].numbers)
            if portion in told:
                now = fresh.get(portion) or kept[portion]
                total.update(now.numbers)
                made_of[portion] = now.stamp
        total = +total
        self._sums[name] = (made_of, total)
        self._keep(name, fresh, made_of, total)
        return _rows(total)

    def _count(self, portions: Iterable[int], columns: tuple[str, ...], rows: Callable[..., Any]) -> dict[int, Counter[Row]]:
        wanted = {portion: Counter[Row]() for portion in portions}
        if wanted:
            with records() as models:
                grouped = rows(models, list(wanted)).annotate(portion=portion_of("run__user_id")).values_list("portion", *columns)
                for portion, *what, number in grouped.annotate(number=Count("id")):
                    wanted[portion][tuple(what)] = number
        return wanted

    @cached_property
    def _sums(self) -> dict[str, tuple[dict[int, Stamp], Counter[Row]]]:
        """By name: the sum over all portions, and the counts that it was made of."""
        with records() as models:
            rows = models.ScenarioTally.objects.filter(usage_key=self._usage_key, portion=PORTIONS).order_by()
            found = {name: json.loads(counted) for name, counted in rows.values_list("name", "counted")}
        return {
            name: ({int(portion): tuple(stamp) for portion, stamp in made_of.items()}, _counter(sums))
            for name, (made_of, sums) in found.items()
        }

    def _portions(self, name: str, portions: list[int]) -> dict[int, Kept]:
        with records() as models:
            rows = models.ScenarioTally.objects.filter(usage_key=self._usage_key, name=name, portion__in=portions).order_by()
            return {portion: Kept(*rest) for portion, *rest in rows.values_list("portion", "marks", "counted")}

    def _keep(self, name: str, fresh: dict[int, Kept], made_of: dict[int, Stamp], total: Counter[Row]) -> None:
        """In one statement, so that a sum and what it was made of fit. Two requests that write the same rows could wait for each
        other: one of them leaves it."""
        busy = f"dti-tally-{hashlib.sha256(self._usage_key.encode()).hexdigest()}"
        if not _alone(busy):
            return
        counts = {**dict(sorted(fresh.items())), PORTIONS: Kept("", json.dumps([made_of, _rows(total)]))}
        try:
            with records() as models:
                rows = [
                    models.ScenarioTally(usage_key=self._usage_key, name=name, portion=portion, marks=marks, counted=counted)
                    for portion, (marks, counted) in counts.items()
                ]
                models.ScenarioTally.objects.bulk_create(rows, **instead(["usage_key", "name", "portion"], ["marks", "counted"]))
        except RecordsUnavailableError:
            log.warning("The counts of a block cannot be kept: its runs are counted again with the next page", exc_info=True)
        finally:
            _done(busy)


def _differing(told: dict[int, str], made_of: dict[int, Stamp]) -> list[int]:
    """The portions whose rows say something else than they did for the sum."""
    before = {portion: stamp[0] for portion, stamp in made_of.items()}
    return sorted(portion for portion in {*told, *before} if told.get(portion) != before.get(portion))


def _rows(counted: Counter[Row]) -> list[Row]:
    return [(*what, number) for what, number in counted.items()]


def _counter(rows: Iterable[list[Any]]) -> Counter[Row]:
    return Counter({tuple(what): number for *what, number in rows})


def _alone(busy: str) -> bool:
    """Whether no other request is writing; where the cache does not answer nobody can tell, and nothing is kept."""
    try:
        return bool(cache.add(busy, 1, WRITING))
    except Exception:  # each cache has its own
        log.warning("The cache does not answer: the counts of a block are not kept", exc_info=True)
        return False


def _done(busy: str) -> None:
    try:
        cache.delete(busy)
    except Exception:  # each cache has its own
        log.warning("The cache does not answer: for a minute no counts of a block are kept", exc_info=True)
