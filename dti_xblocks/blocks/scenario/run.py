"""The present run of a learner: from the journal in the database where there is one, else from the block's own state."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from typing import Any

from django.db import OperationalError

from ...records.access import RecordsUnavailableError
from ...records.scenario import journal
from ...records.scenario.player import Player
from ...scenario import play
from ...scenario.model import Scenario
from . import aside
from .host import ScenarioHost

log = logging.getLogger(__name__)


class Run:
    """A run as it is now. `entries` are those of `scenario.play`; `write` keeps what comes after them.

    `practice`, `given` and `asked` are as in `records.scenario.journal`.
    """

    def __init__(self, block: ScenarioHost, kept: journal.Entries | None):
        self._block = block
        self._journal = kept if isinstance(kept, journal.Journal) else None
        self.pace = block.pace if kept is None else kept.pace
        self.started = block.started if kept is None else kept.started_at.isoformat()
        self.practice = aside.is_practice(block) if kept is None else kept.practice
        self.given = aside.given(block) if kept is None else kept.given
        self.asked = aside.asked_after(block) if kept is None else kept.asked
        self.entries = list(block.decisions) if kept is None else _newest(block.decisions, kept)

    def state(self, scenario: Scenario, now: datetime) -> play.State:
        """The state of the run at `now`."""
        return play.replay(scenario, self.entries, self.pace, now)

    def open_answers(self, at: datetime) -> bool:
        """Keep that the learner opened the strongest answers after this run. False where that was so already."""
        new = not self.asked if self._journal is None else self._journal.open_answers(at)
        self.asked = True
        return new

    def write(self, state: play.State) -> list[play.Logged]:
        """Keep the entries of `state` and return the new ones.

        What stands in the journal and no longer fits is overruled there, never removed. Raises `RecordsUnavailableError`.
        """
        entries = state.stored()
        log = state.log(self.started)
        if self._journal is not None:
            for position in range(_common(self._journal.decisions, entries), len(entries)):
                logged = log[position]
                self._journal.append(list(logged.entry), logged.led_to, logged.seconds, position)
        new = log[_common(self.entries, entries) :]
        if self._block.decisions != entries:
            self._block.decisions = entries
        self.entries = entries
        return new


@contextmanager
def held(block: ScenarioHost, player: Player | None) -> Iterator[Run]:
    """The run, with nobody else able to change it until the end. Nothing is recorded where there is no `player`.

    Without the records a learner goes on all the same, with what the block's own state holds.
    """
    with ExitStack() as stack:
        kept = None
        if player is not None and block.attempt:
            try:
                kept = stack.enter_context(journal.held(player, block.attempt))
            except RecordsUnavailableError as error:
                if _passes(error.__cause__):  # the journal is there: to go on beside it could decide the same moment twice
                    raise
                log.exception("The journal of a run of %s cannot be kept.", block.scope_ids.usage_id)
        yield Run(block, kept)


def shown(block: ScenarioHost, player: Player | None) -> Run:
    """The run for showing it, without a lock."""
    if player is None or not block.attempt:
        return Run(block, None)
    try:
        return Run(block, journal.read(player, block.attempt))
    except RecordsUnavailableError:
        log.exception("The journal of a run of %s cannot be read.", block.scope_ids.usage_id)
        return Run(block, None)


def latest(player: Player | None) -> int:
    """The number of the learner's latest run; the first run after a reset has the next one."""
    if player is None:
        return 0
    try:
        return journal.latest_attempt(player)
    except RecordsUnavailableError:
        return 0


def _common(first: list[Any], second: list[Any]) -> int:
    """How many entries both begin with."""
    differing = (place for place, pair in enumerate(zip(first, second, strict=False)) if list(pair[0]) != list(pair[1]))
    return next(differing, min(len(first), len(second)))


def _newest(stored: list[Any], kept: journal.Entries) -> list[Any]:
    """The journal is the truth; the block's state goes further only where the journal could not be kept for a while.

    It may also hold an earlier run: a request that took long has saved what it knew after another had begun the next run.
    """
    written = kept.decisions
    longer = len(stored) > len(written) and [list(entry) for entry in stored[: len(written)]] == written
    return list(stored if longer and not _older(stored[len(written)], kept.started_at) else written)


def _older(entry: Any, started: datetime) -> bool:
    """True for an entry from before `started`."""
    try:
        return datetime.fromisoformat(entry[2]) < started
    except (IndexError, TypeError, ValueError):  # damaged; replaying stops there
        return False


def _passes(cause: BaseException | None) -> bool:
    """True for a fault of the database that the next try may not meet: a lock that was not given in time, a deadlock."""
    if not isinstance(cause, OperationalError):
        return False
    state = getattr(cause.__cause__, "sqlstate", None) or getattr(cause.__cause__, "pgcode", None)
    return cause.args[:1] in ((1205,), (1213,)) or state in ("40001", "40P01", "55P03") or "database is locked" in str(cause)
