"""Who plays, and under whom a run is recorded."""

from __future__ import annotations

from ...platform.learner import Learner, current_learner, in_studio, is_impersonated
from ...records.scenario.runs import Player
from .host import ScenarioHost


def player_of(block: ScenarioHost, learner: Learner | None) -> Player | None:
    """Under whom the run is recorded; None where nothing counts: outside of a course, in Studio, and for staff who play in a
    learner's name."""
    where = block.where
    if not learner or not where.course or in_studio(block) or is_impersonated(learner):
        return None
    return Player(learner.user_id, learner.username, where.course, where.usage)


def player_of_state(block: ScenarioHost) -> Player | None:
    """Under whom the runs of the state at hand are recorded."""
    return player_of(block, current_learner(block))


def is_in_person(learner: Learner) -> bool:
    """False when staff look at the course as `learner`: what they do is nobody's decision."""
    return not is_impersonated(learner)


def sees_report(block: ScenarioHost, learner: Learner | None) -> bool:
    """True for staff of the course, as themselves and in the course."""
    return bool(learner and learner.is_staff and not in_studio(block) and not is_impersonated(learner))
