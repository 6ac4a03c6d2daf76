"""The look back at an ending: every decision of the path, what it was worth, and what would have been stronger.

Made only of the scenes on the path; the rest of the scenario stays closed for the next try.
"""

from __future__ import annotations

from dataclasses import dataclass

from .model import Scenario
from .play import State, Step
from .screen import Authority, Lookup, known


@dataclass(frozen=True)
class Stronger:
    """The choice that leads to the strongest path from a scene."""

    text: str
    why: str


@dataclass(frozen=True)
class Reviewed:
    """One decision looked back at. `best` is the most points a choice of that scene is worth.

    `stronger` is None when the decision keeps to a strongest path.
    """

    number: int
    scene: str
    level: str
    taken: str
    outcome: str
    why: str
    authorities: tuple[Authority, ...]
    points: int
    best: int
    stronger: Stronger | None


@dataclass(frozen=True)
class LevelScore:
    """Points on one level, out of the best at the scenes passed there.

    A level that the path did not come to is not `reached`; what its scenes are worth stays closed.
    """

    title: str
    points: int = 0
    best: int = 0
    reached: bool = True


@dataclass(frozen=True)
class Debrief:
    """The whole review. `percent` is rounded down, so that nobody reads a pass mark they have not reached."""

    decisions: tuple[Reviewed, ...]
    levels: tuple[LevelScore, ...]
    earned: int
    possible: int
    percent: int
    pass_mark: int
    passed: bool


def look_back(scenario: Scenario, state: State, pass_mark: int, lookup: Lookup) -> Debrief:
    """The review of a finished `state`. `pass_mark` is a percentage of the strongest path's points."""
    if state.ending is None:
        raise ValueError("There is no debrief before an ending.")
    return Debrief(
        decisions=tuple(_reviewed(scenario, number, step, lookup) for number, step in enumerate(state.steps, start=1)),
        levels=_by_level(scenario, state),
        earned=state.earned,
        possible=state.possible,
        percent=percent(state.earned, state.possible),
        pass_mark=pass_mark,
        passed=passes(state, pass_mark),
    )


def percent(earned: float, possible: float) -> int:
    """`earned` of `possible` as whole per cent, rounded down."""
    return int(earned * 100 // possible) if possible else 100


def passes(state: State, pass_mark: int) -> bool:
    """True when the score reaches `pass_mark` per cent, counted in whole points so that no rounding decides."""
    return state.earned * 100 >= pass_mark * state.possible


def _reviewed(scenario: Scenario, number: int, step: Step, lookup: Lookup) -> Reviewed:
    scene, choice = step.scene, step.choice
    level = scenario.level(scene.level)
    return Reviewed(
        number=number,
        scene=scene.title,
        level=level.title if level else "",
        taken=choice.text,
        outcome=choice.outcome,
        why=choice.why,
        authorities=known(choice.authorities, lookup),
        points=choice.points or 0,
        best=scene.best_points,
        stronger=_stronger(scenario, step),
    )


def _stronger(scenario: Scenario, step: Step) -> Stronger | None:
    most, choice_id = scenario.strongest[step.scene.id]
    if scenario.worth(step.choice) == most:
        return None
    best = step.scene.choice(choice_id)
    return Stronger(best.text, best.why)


def _by_level(scenario: Scenario, state: State) -> tuple[LevelScore, ...]:
    scores = []
    in_use = {scene.level for scene in scenario.scenes}
    for level in scenario.levels:
        steps = [step for step in state.steps if step.scene.level == level.id]
        if steps:
            points = sum(step.choice.points or 0 for step in steps)
            scores.append(LevelScore(level.title, points, sum(step.scene.best_points for step in steps)))
        elif level.id in in_use:  # a level without scenes is explained at the start and cannot be reached
            scores.append(LevelScore(level.title, reached=False))
    return tuple(scores)
