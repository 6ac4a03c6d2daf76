"""The journal of a run: what a learner decided, entry by entry, in the database. This is the truth about a run.

An entry is `[scene id, choice id, ISO 8601 time]`, with a fourth item "time-up" where the clock decided; an empty choice id
says that the learner started the scene's clock.

However many requests a learner sends at once, one entry is written per step: whoever writes holds the row of the run
(`held`), and sees every entry written before. That must also be so inside a longer transaction whose view of the database
is older (MySQL's REPEATABLE READ under ATOMIC_REQUESTS), and no two requests may wait for each other. Hence the row of the
run counts its entries: rows are never changed, so a plain read that gives that many is complete, and only what is missing
is read again one row at a time with a lock. A locking read of a range would also lock the gap after it, in which another
learner's entries belong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.db.models import Max

from ..access import must_write_first, present_row, records, write_first
from ..often import Often, OftenWritten, changing
from .player import Player
from .times import iso, iso_of, text_of_time


@dataclass(frozen=True)
class Origin:
    """How a run begins where it does not simply count and begin at the start.

    `practice`: it counts for nothing. `replays`: number of the run whose last part it plays again, 0 for none; `given` are the
    decisions of that one which it begins with, each an entry with the id of the scene it led to.
    """

    practice: bool = False
    replays: int = 0
    given: tuple[tuple[list[str], str], ...] = ()


@dataclass(frozen=True)
class Begun:
    """The run that is now present, `given` so many decisions. `new` is False where another request had begun one already."""

    attempt: int
    new: bool
    started_at: datetime
    pace: int
    version: str
    practice: bool = False
    replays: int = 0
    given: int = 0


@dataclass
class Entries:
    """What a journal says: the list of entries, and how and when the run began. `practice` and `given` are as in `Begun`; `asked`
    when the learner opened the strongest answers after the run."""

    decisions: list[list[str]]
    started_at: datetime
    pace: int
    version: str
    practice: bool = False
    given: int = 0
    asked: bool = False


class Journal(Entries):
    """A locked journal: nobody else can write to it until the transaction ends."""

    def __init__(self, models: Any, start: Any, decisions: list[list[str]]):
        told = (start.practice, start.given, start.answers_at is not None)
        super().__init__(decisions, start.started_at, start.pace, start.scenario_version, *told)
        self._models, self._start = models, start

    def append(self, entry: list[str], led_to: str = "", seconds: int | None = None, position: int | None = None) -> None:
        """Write `entry` down at the end, or at `position`: then the entries from there on are replaced by it.

        `led_to` is the scene or ending that comes next; `seconds` are those since the learner came to the scene.
        """
        position = len(self.decisions) if position is None else position
        if not 0 <= position <= len(self.decisions):
            raise ValueError(f"There is no position {position} among {len(self.decisions)} entries.")
        _DECISION.write(
            self._models.ScenarioDecision(
                **columns(entry), run=self._start, serial=self._start.entries, position=position, led_to=led_to, seconds=seconds
            )
        )
        self.decisions[position:] = [list(entry)]
        self._start.entries += 1
        self._start.length = len(self.decisions)
        _COUNTERS.change(self._models, self._start.id, self._start.entries, self._start.length)

    def open_answers(self, at: datetime) -> bool:
        """Write down that the learner opened the strongest answers at `at`. False where that stands there already."""
        if self.asked:
            return False
        self.asked, self._start.answers_at = True, at
        self._start.save(update_fields=["answers_at"])
        return True


def latest_attempt(player: Player) -> int:
    """The number of this learner's latest run; 0 before the first."""
    with records() as models:
        return _mine(models, player).aggregate(latest=Max("attempt"))["latest"] or 0


def practice_runs(player: Player, first: int) -> int:
    """How many of this learner's runs from number `first` on are practice."""
    with records() as models:
        return int(_mine(models, player).filter(attempt__gte=first, practice=True).count())


def begin(player: Player, after: int, now: datetime, pace: int = 1, version: str = "", origin: Origin | None = None) -> Begun:
    """Begin run `after + 1`, where `after` is the number of the run on the learner's page (0: none).

    Where a later run than that has begun already, in another tab or by the same click, nothing is written and the latest is
    returned.
    """
    with records() as models:
        mine = _mine(models, player)
        if connection.in_atomic_block:
            write_first(mine)
        row = mine.filter(attempt__gt=after).order_by("-attempt").first()
        if row is not None:
            return _begun(row, new=False)
        try:
            with transaction.atomic():
                origin = origin or Origin()
                given = len(origin.given)
                row = mine.create(
                    **vars(player),
                    attempt=after + 1,
                    started_at=now,
                    pace=pace,
                    scenario_version=version,
                    entries=given,
                    length=given,
                    practice=origin.practice,
                    replays=origin.replays,
                    given=given,
                )
                models.ScenarioDecision.objects.bulk_create(_given(models, row, origin))
                return _begun(row, new=True)
        except IntegrityError:
            row = mine.filter(attempt__gt=after).order_by("-attempt").first() or present_row(mine.filter(attempt=after + 1))
            if row is None:
                raise
            return _begun(row, new=False)


@contextmanager
def held(player: Player, attempt: int) -> Iterator[Journal | None]:
    """The journal of a run, held until the end of the block or of the transaction around it. None without such a run.

    Where the block raises, nothing of what it wrote remains.
    """
    with records() as models, transaction.atomic(savepoint=False):  # `records` has set one, where there is a transaction
        if must_write_first():
            write_first(_mine(models, player).filter(attempt=attempt))
        start = _START.row(models.ScenarioStart, models, player.user_id, player.usage_key, attempt)
        yield None if start is None else Journal(models, start, _held_entries(models, start))


def read(player: Player, attempt: int) -> Entries | None:
    """The journal of a run for showing it, without a lock. None without such a run."""
    names = [f"decisions__{name}" for name in COLUMNS]
    with records() as models:
        found = _mine(models, player).filter(attempt=attempt).order_by("decisions__serial")
        run = ("started_at", "pace", "scenario_version", "practice", "given", "answers_at")
        rows = list(found.values_list("decisions__serial", *run, *names))
    if not rows:
        return None
    _serial, started_at, pace, version, practice, given, answers_at = rows[0][: 1 + len(run)]
    entries = fold([row[1 + len(run) :] for row in rows if row[0] is not None])
    return Entries(entries, started_at, pace, version, practice, given, answers_at is not None)


def present(player: Player, attempt: int) -> list[list[str]]:
    """The entries of a run as they now are, also where this transaction's view is older; [] without such a run.

    Nothing is locked for writing: after an insert that was refused (`begin`), several requests share the row.
    """
    with records() as models:
        start = present_row(_mine(models, player).filter(attempt=attempt))
        return _held_entries(models, start) if start is not None else []


COLUMNS = ("position", "scene", "choice", "how", "at", "at_text")


def columns(entry: Sequence[str]) -> dict[str, Any]:
    """The columns of the row of `entry` that do not depend on its position."""
    scene, choice, at_text, *how = entry
    at = datetime.fromisoformat(at_text)
    decision = {"scene": scene, "choice": choice, "how": how[0] if how else ""}
    return {**decision, "at": at, "at_text": "" if at_text == iso(at) else at_text}


def of_many(rows: Any, number: str) -> dict[int, list[list[str]]]:
    """The entries of the runs to which the query set `rows` of decisions belongs, by the column `number` of the run.

    For thousands of runs at once: see `text_of_time`.
    """
    told = rows.order_by(number, "serial").values_list(number, *COLUMNS[:4], text_of_time("at"), "at_text")
    return {run: _folded(list(group)) for run, group in groupby(told.iterator(chunk_size=2000), itemgetter(0))}


def _folded(rows: list[tuple[Any, ...]]) -> list[list[str]]:
    """As `fold`, of rows with the run before `COLUMNS` and times for `iso_of`."""
    entries = [
        [scene, choice, at_text or iso_of(at), how] if how else [scene, choice, at_text or iso_of(at)]
        for _run, _position, scene, choice, how, at, at_text in rows
    ]
    if rows[-1][1] == len(rows) - 1:  # nothing was replaced: each row made the list longer by one
        return entries
    kept: list[list[str]] = []
    for (_run, position, *_rest), entry in zip(rows, entries, strict=True):
        kept[position:] = [entry]
    return kept


def fold(rows: Iterable[tuple[Any, ...]]) -> list[list[str]]:
    """The list of entries that `rows` of `COLUMNS`, in the order of their serial numbers, come to."""
    entries: list[list[str]] = []
    for position, scene, choice, how, at, at_text in rows:
        entries[position:] = [[scene, choice, at_text or iso(at), *([how] if how else [])]]
    return entries


def _held_entries(models: Any, start: Any) -> list[list[str]]:
    if not start.entries:
        return []
    told = _ENTRIES.values(models, start.pk) if connection.timezone_name == "UTC" else _entries(models, start.pk)
    rows = [(*row, at, at_text) for *row, at_text, at in told]
    for serial in range(len(rows), start.entries):
        row = present_row(models.ScenarioDecision.objects.filter(run=start, serial=serial))
        rows.append((start.pk, *(getattr(row, name) for name in COLUMNS)))
    return _folded(rows)


def _start(models: Any, user_id: int, usage_key: str, attempt: int) -> Any:
    """One row, held until the end of the transaction. SQLite has no such lock and needs none."""
    mine = models.ScenarioStart.objects.filter(user_id=user_id, usage_key=usage_key, attempt=attempt).order_by()
    return mine.select_for_update()


def _entries(models: Any, run: int) -> Any:
    rows = models.ScenarioDecision.objects.filter(run_id=run).order_by("serial")
    return rows.values_list("run_id", *COLUMNS[:4], "at_text", text_of_time("at"))


def _counters(models: Any, run: int, entries: int, length: int) -> Any:
    return changing(models.ScenarioStart.objects.filter(id=run).order_by(), entries=entries, length=length)


_START, _ENTRIES, _COUNTERS, _DECISION = Often(_start), Often(_entries), Often(_counters), OftenWritten()


def _mine(models: Any, player: Player) -> Any:
    return models.ScenarioStart.objects.filter(user_id=player.user_id, usage_key=player.usage_key)


def _begun(row: Any, new: bool) -> Begun:
    run = (row.started_at, row.pace, row.scenario_version, row.practice, row.replays, row.given)
    return Begun(row.attempt, new, *run)


def _given(models: Any, start: Any, origin: Origin) -> list[Any]:
    """The rows of the decisions that a run begins with. How long they took is known in the run they were made in."""
    return [
        models.ScenarioDecision(**columns(entry), run=start, serial=serial, position=serial, led_to=led_to)
        for serial, (entry, led_to) in enumerate(origin.given)
    ]
