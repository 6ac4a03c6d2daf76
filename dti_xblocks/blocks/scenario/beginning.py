"""How runs begin: the first, another one from the start, and a replay from where a run turned.

A request that comes late or twice goes on with the run that has begun already; nothing is recorded where nothing counts.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from ...platform import clock
from ...platform.learner import Learner
from ...platform.progress import emit
from ...records.access import RecordsUnavailableError
from ...records.scenario import journal
from ...records.scenario.player import Player
from ...scenario.model import Scenario
from ..base import RefusedError
from . import practice
from .forms import chosen_pace, number_in
from .host import ScenarioHost
from .loading import scenario_in_play
from .players import is_in_person, player_of
from .playing import held_turn
from .run import latest
from .tries import may_try_again

log = logging.getLogger(__name__)
A_MOMENT = timedelta(seconds=30)  # longer than the platform takes from a handler's start to the saving of the state

Form = Mapping[str, str]


def begin(block: ScenarioHost, learner: Learner, form: Form) -> None:
    """Begin the first run."""
    scenario = scenario_in_play(block)
    if block.attempt == 0:
        # A number that is nobody's run would count on from there, beyond what a form or the database takes.
        after = min(number_in(form, "attempt"), latest(player_of(block, learner))) if "attempt" in form else 0
        _begin_run(block, learner, scenario, after, chosen_pace(form, block.clock_rule), journal.Origin())


def again(block: ScenarioHost, learner: Learner, form: Form) -> None:
    """Begin another run after an ending."""
    with held_turn(block, learner) as turn:
        if number_in(form, "attempt") != block.attempt or not turn.is_over:
            return
        turn.write(turn.state)
    if not may_try_again(block):
        raise RefusedError(_("You have used all your tries."))
    _begin_run(
        block, learner, turn.scenario, block.attempt, chosen_pace(form, block.clock_rule), practice.from_start(block, turn.run)
    )


def replay(block: ScenarioHost, learner: Learner, form: Form) -> None:
    """Begin a run at the decision at which the present one turned, with all that was so then. The clocks stay as they were."""
    with held_turn(block, learner) as turn:
        if number_in(form, "attempt") != block.attempt or not turn.is_over:
            return
        turn.write(turn.state)
        complete = turn.state.ending is not None and not turn.state.lost
        origin = practice.from_turn(block, turn.scenario, turn.run, turn.state, turn.at) if complete else None
    if origin is None:
        raise RefusedError(_("There is no decision to replay this run from. Reload the page."), 409)
    _begin_run(block, learner, turn.scenario, block.attempt, turn.run.pace, origin)


def _begin_run(block: ScenarioHost, learner: Learner, scenario: Scenario, after: int, pace: int, origin: journal.Origin) -> None:
    """Begin the run that follows number `after`; where another request has done so already, go on with its run."""
    at, player = clock.now(), player_of(block, learner)
    told = (origin.practice, origin.replays, len(origin.given))
    begun = journal.Begun(max(after, block.attempt) + 1, True, at, pace, scenario.version, *told)
    kept = None
    if player is not None:
        try:
            begun = _just_begun(block, player, after, at) or journal.begin(player, after, at, pace, scenario.version, origin)
            kept = None if begun.new or block.attempt else journal.read(player, begun.attempt)
        except RecordsUnavailableError:
            log.exception("The start of a run of %s could not be recorded.", block.where.usage)
    if kept and kept.decisions:  # a page from before the state was reset: its run is over
        raise RefusedError(_("This page is out of date. Reload it, then start."), 409)
    retried = bool(block.attempt)
    block.attempt, block.pace, block.started = begun.attempt, begun.pace, begun.started_at.isoformat()
    block.first_attempt = block.first_attempt or begun.attempt
    block.decisions = [entry for entry, _led_to in origin.given] if begun.new or player is None else _now(player, begun.attempt)
    block.gone_on, block.met, block.at_end = begun.given, 0, False
    practice.keep(block, player, begun)
    if begun.new and is_in_person(learner):
        _tell(block, begun, retried)


def _now(player: Player, attempt: int) -> list[list[str]]:
    """The entries of a run that another request has begun, though the transaction of this one may not see it otherwise."""
    try:
        return journal.present(player, attempt)
    except RecordsUnavailableError:
        log.exception("The journal of a run of %s cannot be read.", player.usage_key)
        return []


def _tell(block: ScenarioHost, begun: journal.Begun, retried: bool) -> None:
    started = {"attempt": begun.attempt, "version": begun.version, "pace": begun.pace}
    if not retried:
        emit(block, "dti.scenario.started", started)
    elif not begun.replays:
        emit(block, "dti.scenario.retried", {**started, "practice": begun.practice})
    else:
        replayed = {"replays": begun.replays, "decision": begun.given + 1, "practice": begun.practice}
        emit(block, "dti.scenario.replayed", {**started, **replayed})


def _just_begun(block: ScenarioHost, player: Player, after: int, at: datetime) -> journal.Begun | None:
    """The run with which to go on when the page was made between its start and the saving of the block's state."""
    kept = journal.read(player, after) if after and not block.attempt else None
    if kept is None or kept.decisions or at - kept.started_at > A_MOMENT:
        return None
    return journal.Begun(after, False, kept.started_at, kept.pace, kept.version, kept.practice, given=kept.given)
