"""What a scenario counts in the grade, and how staff rescore or override it.

The platform calls these as methods of the block, `ScorableXBlockMixin`'s. Scores are shares of the strongest path, 0.0 to 1.0.
"""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from xblock.scorable import Score

from ...platform import clock, progress
from ...records.access import RecordsUnavailableError
from ...records.scenario import runs
from ...scenario import play, results
from ...scenario.model import Scenario
from ...scenario.percent import passes
from .host import ScenarioHost
from .loading import pass_mark, scenario_of
from .players import player_of_state
from .settings import FINISHED
from .tries import may_try_again

log = logging.getLogger(__name__)
MAX_SCORE = 1.0  # the strongest path


def max_score(block: ScenarioHost) -> float:
    """The raw points that the strongest path earns."""
    return MAX_SCORE


def has_submitted_answer(block: ScenarioHost) -> bool:
    """True when the learner has finished a run."""
    return any(result.ending for result in finished(block))


def get_score(block: ScenarioHost) -> Score:
    """The score that counts, 0 before the first finished run."""
    return _score(results.counting(finished(block), counted_rule(block)))


def set_score(block: ScenarioHost, score: Score) -> None:
    """Staff give a score, which replaces those of all runs so far. `score` may be in any points; its share counts.

    What the platform only hands back changes nothing.
    """
    if progress.is_reporting(block):
        return
    share = min(1.0, max(0.0, score.raw_earned / score.raw_possible)) if score.raw_possible else 0.0
    keep(block, results.Result(block.attempt, share, 1.0, at=clock.now().isoformat()))


def calculate_score(block: ScenarioHost) -> Score:
    """The score of the runs as the scenario is now. Keeps nothing, and forgets what staff gave."""
    return _score(results.counting(_recounted(block), counted_rule(block)))


def rescore(block: ScenarioHost, only_if_higher: bool) -> None:
    """Count every run again and report the score. Raises `ValueError` where no run is finished."""
    if not has_submitted_answer(block):
        raise ValueError(_("There is no finished run to rescore: {block}").format(block=block.scope_ids.usage_id))
    recounted = _recounted(block)
    if only_if_higher and _score(results.counting(recounted, counted_rule(block))).raw_earned <= get_score(block).raw_earned:
        return
    block.results = [result.stored() for result in results.trimmed(recounted)]
    publish_grade(block, only_if_higher=only_if_higher)


def publish_grade(block: ScenarioHost, score: Score | None = None, only_if_higher: bool | None = None) -> None:
    """Report `score`, or the one that counts, and completion where it is due. The platform calls this after an override."""
    score = score or get_score(block)
    progress.publish_grade(block, score.raw_earned, score.raw_possible, only_if_higher)
    if is_complete(block):
        progress.publish_completion(block)


def report_grade(block: ScenarioHost) -> None:
    """As `publish_grade`, of a run that has ended just now."""
    score = get_score(block)
    progress.report_grade(block, score.raw_earned, score.raw_possible)
    if is_complete(block):
        progress.report_completion(block)


def finished(block: ScenarioHost) -> list[results.Result]:
    """The learner's results, oldest first, with what staff gave."""
    return results.read(block.results)


def is_complete(block: ScenarioHost) -> bool:
    """True when nothing is left to do: a run has passed, or, where the author wants no more or no try is left, one has ended."""
    known = finished(block)
    if block.completes == FINISHED or not may_try_again(block):
        return bool(known)
    return has_passed(block)


def has_passed(block: ScenarioHost) -> bool:
    """True when a run that counts has passed, or a score that staff gave."""
    return any(passes(result.earned, result.possible, pass_mark(block)) for result in finished(block))


def recorded(block: ScenarioHost) -> results.Result | None:
    """The result of the present run, None until it is finished."""
    return results.of_attempt(finished(block), block.attempt)


def counted_rule(block: ScenarioHost) -> str:
    """Which result counts; a word that means nothing is the default."""
    return block.counted if block.counted in results.COUNTED else results.BEST


def keep(block: ScenarioHost, result: results.Result) -> None:
    """Add `result` to those of the learner."""
    block.results = [kept.stored() for kept in results.trimmed([*finished(block), result])]


def keep_later_runs(block: ScenarioHost, scenario: Scenario) -> None:
    """Keep the runs on record after the present one: a request that took long may hold an old state, and save it last."""
    for attempt, path in _recorded_paths(block, block.attempt + 1).items():
        result = _recount(scenario, _unknown(attempt, path), path)
        if result.ending:
            keep(block, result)


def _score(counting: results.Result | None) -> Score:
    return Score(raw_earned=counting.share if counting else 0.0, raw_possible=MAX_SCORE)


def _recounted(block: ScenarioHost) -> list[results.Result]:
    """The results of the learner's runs as the scenario is now; those it no longer leads to an ending keep theirs.

    Every run on record is among them: one that is not kept here any more may be the best by the points as they now are.
    """
    known = {result.attempt: result for result in finished(block) if result.ending}
    scenario = scenario_of(block)
    if scenario is None or not known:
        return list(known.values())
    on_record = _recorded_paths(block, min(known))
    paths = {block.attempt: block.decisions, **on_record}
    recounted = [
        _recount(scenario, known.get(attempt) or _unknown(attempt, on_record[attempt]), paths.get(attempt))
        for attempt in sorted({*known, *on_record})
    ]
    return [result for result in recounted if result.ending]


def _recorded_paths(block: ScenarioHost, first: int) -> dict[int, list[Any]]:
    """The entries of each run on record by its number, from number `first` on."""
    player = player_of_state(block)
    try:
        return runs.paths(player, first) if player is not None else {}
    except RecordsUnavailableError:
        log.exception("The runs of %s cannot be read; only the last one is rescored.", block.where.usage)
        return {}


def _unknown(attempt: int, path: list[Any]) -> results.Result:
    """The record of a run of which only the path is known, before it is counted."""
    return results.Result(attempt, 0, 0, at=path[-1][2] if path else "")


def _recount(scenario: Scenario, result: results.Result, path: list[Any] | None) -> results.Result:
    state = play.replay(scenario, path) if path else None
    if state is None or state.ending is None or state.lost:
        return result
    return replace(
        result,
        earned=state.earned,
        possible=state.possible,
        ending=state.ending.id,
        title=state.ending.title,
        result=state.ending.result,
        version=scenario.version,
    )
