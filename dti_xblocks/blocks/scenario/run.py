"""The present run of a learner: from the journal in the database where there is one, else from the block's own state."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime, timedelta

from django.db import OperationalError
from django.utils.translation import gettext as _

from ...content import whole_number
from ...platform.learner import course_key, current_learner, in_studio, is_impersonated
from ...platform.progress import emit, publish_completion
from ...records.access import RecordsUnavailableError
from ...records.scenario import journal, runs
from ...records.scenario.runs import Player
from ...scenario import play, results
from ...scenario.model import Scenario
from ...studio.kit.form import forget_changes
from ..base import RefusedError

log = logging.getLogger(__name__)
PACES = {"on": play.AS_WRITTEN, "extended": play.EXTENDED, "off": play.NO_CLOCK}
A_MOMENT = timedelta(seconds=30)  # longer than the platform takes from a handler's start to the saving of the state
MOST_ENTRIES = 1000  # of one run; a learner who goes round in a loop for ever must not fill the database
LONGEST_RESULT = 10  # of the word for an ending, in the records; an author's mistake must not cost the learner the record


class Run:
    """A run as it is now. `entries` are those of `scenario.play`; `write` keeps what comes after them."""

    def __init__(self, block, kept: journal.Entries | None):
        self._block = block
        self._journal = kept if isinstance(kept, journal.Journal) else None
        self.pace = block.pace if kept is None else kept.pace
        self.started = block.started if kept is None else kept.started_at.isoformat()
        self.entries = list(block.decisions) if kept is None else _newest(block.decisions, kept)

    def state(self, scenario: Scenario, now: datetime) -> play.State:
        """Where the run stands at `now`."""
        return play.replay(scenario, self.entries, self.pace, now)

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
def held(block, player: Player | None) -> Iterator[Run]:
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


def shown(block, player: Player | None) -> Run:
    """The run for showing it, without a lock."""
    if player is None or not block.attempt:
        return Run(block, None)
    try:
        return Run(block, journal.read(player, block.attempt))
    except RecordsUnavailableError:
        log.exception("The journal of a run of %s cannot be read.", block.scope_ids.usage_id)
        return Run(block, None)


def latest(player) -> int:
    """The number of the learner's latest run, from which a first run after a reset goes on."""
    if player is None:
        return 0
    try:
        return journal.latest_attempt(player)
    except RecordsUnavailableError:
        return 0


class ScenarioPlaying:
    """What a learner's requests do to the run: for a block with the run's fields, `_scenario` and the scoring.

    Nothing is recorded where there is no `_player`.
    """

    def _state(self, scenario, learner) -> play.State | None:
        """Where the present run stands, for showing it."""
        return shown(self, self._player(learner)).state(scenario, now()) if self.attempt else None

    @contextmanager
    def _held(self, learner):
        """Yield (scenario, run, state, now), with nobody else able to change the run until the end."""
        scenario, at = self._scenario(), now()
        self._take_over_older_state(scenario)
        try:
            with held(self, self._player(learner)) as run:
                yield scenario, run, run.state(scenario, at), at
        except RecordsUnavailableError as error:
            log.exception("A decision in %s could not be kept.", self._usage_key)
            forget_changes(self)
            raise RefusedError(_("The site could not save this just now. Nothing was lost. Please try again."), 503) from error

    def _is_next(self, form, state) -> bool:
        """True when the form was made from the screen that the learner is on now."""
        step, attempt = number_in(form, "step"), number_in(form, "attempt")
        if not self.attempt or state.scene is None or self._recorded is not None:
            return False
        if len(state.entries) >= MOST_ENTRIES:
            raise RefusedError(_("You have gone round and round in this run. Ask your course staff to reset it."), 409)
        return attempt == self.attempt and step == len(state.entries) and form.get("scene") == state.scene.id

    _overtaken = False  # True while answering a choice that another window was quicker with

    def _was_overtaken(self, form, state) -> bool:
        """True when the moment of the form is decided already, and otherwise than the form wants."""
        step, choice = number_in(form, "step"), form.get("choice", "")
        decided = state.entries[step] if number_in(form, "attempt") == self.attempt and step < len(state.entries) else ()
        return len(decided) == 3 and decided[0] == form.get("scene") and decided[1] not in ("", choice) and bool(choice)

    def _write(self, learner, scenario, run, after) -> None:
        """Keep what is new in the run, tell of it, and at an ending report it."""
        if not self.attempt or (self._recorded is not None and after.lost):  # a finished run stays as it was played
            return
        new = run.write(after)
        if is_impersonated(learner):  # nobody decided this as themselves
            return
        number = len(after.steps) - sum(1 for logged in new if logged.entry[1])
        for logged in new:
            number += bool(logged.entry[1])
            self._tell(logged, number)
        self._settle(learner, scenario, run, after)

    def _tell(self, logged: play.Logged, number: int) -> None:
        scene, choice, _at, *how = logged.entry
        if not choice:
            emit(self, "dti.scenario.clock_started", {"attempt": self.attempt, "scene": scene})
            return
        name = "dti.scenario.timed_out" if how else "dti.scenario.decided"
        made = {"attempt": self.attempt, "decision": number, "scene": scene, "choice": choice}
        emit(self, name, {**made, "led_to": logged.led_to, "seconds": logged.seconds})

    def _is_over(self, state) -> bool:
        """True when the present run is finished: it came to an ending, now or before the scenario was changed."""
        return bool(self.attempt) and (state.ending is not None or self._recorded is not None)

    @property
    def _recorded(self):
        """The result of the present run, None until it is finished."""
        return results.of_attempt(self.finished, self.attempt)

    @property
    def _tries(self) -> int:
        return self.attempt - (self.first_attempt or 1) + 1 if self.attempt else 0

    def _may_try_again(self) -> bool:
        return not self.max_tries or self._tries < self.max_tries

    def _begin(self, learner, scenario, after: int, form) -> None:
        """Begin the run that follows number `after`; where another request has done so already, go on with its run."""
        at, pace, player = now(), self._chosen_pace(form), self._player(learner)
        begun = journal.Begun(max(after, self.attempt) + 1, True, at, pace, scenario.version)
        kept = None
        if player is not None:
            try:
                begun = self._just_begun(player, after, at) or journal.begin(player, after, at, pace, scenario.version)
                kept = None if begun.new or self.attempt else journal.read(player, begun.attempt)
            except RecordsUnavailableError:
                log.exception("The start of a run of %s could not be recorded.", self._usage_key)
        if kept and kept.decisions:  # a page from before the state was reset: its run is over
            raise RefusedError(_("This page is out of date. Reload it, then start."), 409)
        retried = bool(self.attempt)
        self.attempt, self.pace, self.started = begun.attempt, begun.pace, begun.started_at.isoformat()
        self.first_attempt = self.first_attempt or begun.attempt
        self.decisions = []
        if begun.new and not is_impersonated(learner):
            told = {"attempt": begun.attempt, "version": scenario.version, "pace": begun.pace}
            emit(self, "dti.scenario.retried" if retried else "dti.scenario.started", told)

    def _just_begun(self, player, after: int, at: datetime) -> journal.Begun | None:
        """The run with which to go on when the page was made between its start and the saving of this block's state."""
        kept = journal.read(player, after) if after and not self.attempt else None
        if kept is None or kept.decisions or at - kept.started_at > A_MOMENT:
            return None
        return journal.Begun(after, False, kept.started_at, kept.pace, kept.version)

    def _chosen_pace(self, form) -> int:
        """What the learner picked before the start, where they may pick."""
        offered = {str(pace): pace for pace in (play.AS_WRITTEN, play.EXTENDED, play.NO_CLOCK)}
        return PACES.get(self.clock_rule, offered.get(form.get("pace", ""), play.AS_WRITTEN))

    def _settle(self, learner, scenario, run, state: play.State) -> None:
        """At an ending: record the run and report grade and completion, once. Where nothing counts, nothing."""
        player = self._player(learner)
        if state.ending is None or player is None or self._recorded is not None:
            return
        at = state.last.at if state.last else now().isoformat()
        started = run.started or at
        finished = runs.Finished(
            attempt=self.attempt,
            version=scenario.version,
            path=state.stored(),
            ending=state.ending.id,
            result=state.ending.result[:LONGEST_RESULT],
            earned=state.earned,
            possible=state.possible,
            started_at=datetime.fromisoformat(started),
            finished_at=datetime.fromisoformat(at),
            seconds=play.seconds_between(started, at),
            pace=run.pace,
        )
        try:
            first = runs.finish(player, finished)
        except RecordsUnavailableError:
            # The learner's grade does not wait for the operators; the decisions stay in the learner's state.
            log.exception("A finished run of %s could not be recorded.", self._usage_key)
            first = True
        ending = {"ending": state.ending.id, "result": state.ending.result}
        points = {"earned": state.earned, "possible": state.possible}
        kept = {**ending, **points, "title": state.ending.title, "version": scenario.version, "at": at}
        self._keep(results.Result(attempt=self.attempt, **kept))
        if not first:
            self._keep_later_runs(scenario)
        self.publish_grade()
        publish_completion(self)
        if first:  # else another request at the same moment has told of it; grade and completion may be said twice
            told = {"attempt": self.attempt, **ending, **points, "seconds": finished.seconds, "version": scenario.version}
            emit(self, "dti.scenario.ended", told)

    def _player(self, learner) -> runs.Player | None:
        """Under whom the run is recorded; None where nothing counts: outside of a course, in Studio, and for staff who play in a
        learner's name."""
        if not learner or not course_key(self) or in_studio(self) or is_impersonated(learner):
            return None
        return runs.Player(learner.user_id, learner.username, str(course_key(self)), self._usage_key)

    def _player_of_state(self) -> runs.Player | None:
        return self._player(current_learner(self))


def number_in(form, name: str) -> int:
    """The whole number in a field of a form. Raises `RefusedError` for anything else."""
    number = whole_number(form.get(name))
    if number is None:
        raise RefusedError(_("The form arrived damaged. Reload the page and try again."))
    return number


def now() -> datetime:
    """The server's time: the only one that counts."""
    return datetime.now(UTC)


def _common(first: list, second: list) -> int:
    """How many entries both begin with."""
    differing = (place for place, pair in enumerate(zip(first, second, strict=False)) if list(pair[0]) != list(pair[1]))
    return next(differing, min(len(first), len(second)))


def _newest(stored: list, kept: journal.Entries) -> list:
    """The journal is the truth; the block's state goes further only where the journal could not be kept for a while.

    It may also hold an earlier run: a request that took long has saved what it knew after another had begun the next run.
    """
    written = kept.decisions
    longer = len(stored) > len(written) and [list(entry) for entry in stored[: len(written)]] == written
    return list(stored if longer and not _older(stored[len(written)], kept.started_at) else written)


def _older(entry, started: datetime) -> bool:
    """True for an entry from before `started`."""
    try:
        return datetime.fromisoformat(entry[2]) < started
    except (IndexError, TypeError, ValueError):  # damaged; replaying stops there
        return False


def _passes(cause) -> bool:
    """True for a fault of the database that the next try may not meet: a lock that was not given in time, a deadlock."""
    if not isinstance(cause, OperationalError):
        return False
    state = getattr(cause.__cause__, "sqlstate", None) or getattr(cause.__cause__, "pgcode", None)
    return cause.args[:1] in ((1205,), (1213,)) or state in ("40001", "40P01", "55P03") or "database is locked" in str(cause)
