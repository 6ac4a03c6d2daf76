"""What becomes of a run that came to an ending: its record, its result, grade and completion."""

from __future__ import annotations

import logging
from datetime import datetime

from ...platform import clock
from ...platform.progress import emit
from ...records.access import RecordsUnavailableError
from ...records.scenario import runs
from ...scenario import play, results
from ...scenario.model import Scenario
from . import score
from .host import ScenarioHost
from .run import Run

log = logging.getLogger(__name__)
LONGEST_RESULT = 10  # of the word for an ending, in the records; an author's mistake must not cost the learner the record


def settle_ending(block: ScenarioHost, player: runs.Player | None, scenario: Scenario, run: Run, state: play.State) -> None:
    """At an ending: record the run and report grade and completion, once. Where nothing counts, and of practice, nothing."""
    if state.ending is None or player is None or run.practice or score.recorded(block) is not None:
        return
    at = state.last.at if state.last else clock.now().isoformat()
    started = run.started or at
    finished = runs.Finished(
        attempt=block.attempt,
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
    first = _recorded_first(block, player, finished)
    result = results.Result(
        attempt=block.attempt,
        earned=state.earned,
        possible=state.possible,
        ending=state.ending.id,
        title=state.ending.title,
        result=state.ending.result,
        version=scenario.version,
        at=at,
    )
    score.keep(block, result)
    if not first:
        score.keep_later_runs(block, scenario)
    score.report_grade(block)
    if first:  # else another request at the same moment has told of it; grade and completion may be said twice
        _tell(block, result, finished.seconds)


def tell_practice(block: ScenarioHost, state: play.State) -> None:
    """A practice run came to an ending just now; nothing but the journal keeps it."""
    if state.ending is not None:
        points = {"earned": state.earned, "possible": state.possible}
        ended = {"attempt": block.attempt, "ending": state.ending.id, "result": state.ending.result, **points}
        emit(block, "dti.scenario.practiced", ended)


def _recorded_first(block: ScenarioHost, player: runs.Player, finished: runs.Finished) -> bool:
    """Record the run. False where another request has done so already."""
    try:
        return runs.finish(player, finished)
    except RecordsUnavailableError:
        # The learner's grade does not wait for the operators; the decisions stay in the learner's state.
        log.exception("A finished run of %s could not be recorded.", block.where.usage)
        return True


def _tell(block: ScenarioHost, result: results.Result, seconds: int | None) -> None:
    data = {
        "attempt": result.attempt,
        "ending": result.ending,
        "result": result.result,
        "earned": result.earned,
        "possible": result.possible,
        "seconds": seconds,
        "version": result.version,
    }
    emit(block, "dti.scenario.ended", data)
