"""Which runs are practice, and whether the strongest answers are open.

Practice counts for nothing: no grade, no completion, no result, no try. A run is practice when it replays the last part of
another and the author does not let that count, and when it is the first from the start after the learner asked for the strongest
answers.
"""

from __future__ import annotations

import logging
from datetime import datetime

from ...records.access import RecordsUnavailableError
from ...records.scenario import journal
from ...records.scenario.player import Player
from ...scenario.model import Scenario
from ...scenario.play import TIME_UP, State
from ...scenario.turn import turn_of
from . import aside
from .host import ScenarioHost
from .loading import pass_mark
from .run import Run
from .score import has_passed
from .settings import COUNTS
from .tries import may_try_again

log = logging.getLogger(__name__)


def answers_asked(block: ScenarioHost, run: Run) -> bool:
    """Whether the learner has opened the strongest answers since the last run from the start: then the next one is practice."""
    return run.asked or (block.asked > 0 and block.asked >= aside.last_start(block))


def answers_open(block: ScenarioHost, run: Run) -> bool:
    """Whether the review may tell the strongest answers."""
    return answers_asked(block, run) or has_passed(block)


def may_count(block: ScenarioHost, run: Run) -> bool:
    """Whether a replay of the present run would count: where the author says so, of a run that counts, while there are tries."""
    return block.replays == COUNTS and not run.practice and not answers_asked(block, run) and may_try_again(block)


def from_start(block: ScenarioHost, run: Run) -> journal.Origin:
    """How the next run from the start begins."""
    return journal.Origin(practice=answers_asked(block, run))


def from_turn(block: ScenarioHost, scenario: Scenario, run: Run, state: State, at: datetime) -> journal.Origin | None:
    """How a replay of the run in `state` begins at `at`: with the decisions before the one where it turned, None without one.

    Starts of clocks are left out, as those scenes are decided; everything else is as it was.
    """
    turn = turn_of(scenario, state, pass_mark(block))
    if turn is None:
        return None
    steps = state.steps[: turn.number - 1]
    late = ([TIME_UP] if step.late else [] for step in steps)
    entries = [[step.scene.id, step.choice.id, at.isoformat(), *how] for step, how in zip(steps, late, strict=True)]
    led_to = (step.after.place for step in steps)
    return journal.Origin(not may_count(block, run), block.attempt, tuple(zip(entries, led_to, strict=True)))


def keep(block: ScenarioHost, player: Player | None, run: journal.Begun) -> None:
    """Keep in the block's state what the run that has just become the present one is."""
    known = aside.begun(block) + run.practice
    if player is not None:
        try:  # a transaction that began before another's run may not see that one
            known = max(known, journal.practice_runs(player, block.first_attempt))
        except RecordsUnavailableError:
            log.exception("The practice runs of %s cannot be counted.", block.where.usage)
    block.practice = {
        "run": run.attempt if run.practice else 0,
        "start": aside.last_start(block) if run.replays else run.attempt,
        "given": run.given,
        "begun": known,
    }
