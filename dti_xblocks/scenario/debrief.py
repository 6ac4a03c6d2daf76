"""The look back at an ending: every decision of the path, what it was worth, and what would have been stronger.

Made of the scenes on the path and, where the learner may know it, of the strongest path; the rest of the scenario stays closed
for the next try.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from . import motion
from .explore import analysis
from .model import Scenario
from .paths import Row, side_by_side
from .percent import passes, percent
from .play import State, Step, seconds_between
from .screen import Authority, Gauge, Lookup, gauges, known
from .turn import turn_of

FULL, HALF, NONE, AGAIN = "full", "half", "none", "again"  # how good a decision was; AGAIN: the scene was decided before


@dataclass(frozen=True)
class Stronger:
    """The choice that leads to the strongest path from a scene."""

    text: str
    why: str


@dataclass(frozen=True)
class Reviewed:
    """One decision looked back at.

    `level` is the title of the choice's level, or else of the scene's. `points` were earned of `best`, the most that a choice
    open there was worth; a scene that was decided before in the run is `again` and earns nothing. `seconds` is how long the
    decision took, None where that is not known. `kept` when the decision keeps to a strongest path; else `stronger` is the choice
    that does, None while the strongest answers are closed. `mark` says how good it was. `given` when it was taken over from the
    run that this one replays.
    """

    number: int
    scene: str
    level: str
    taken: str
    late: bool
    outcome: str
    why: str
    authorities: tuple[Authority, ...]
    points: int
    best: int
    again: bool
    seconds: int | None
    changes: tuple[Gauge, ...]
    kept: bool
    stronger: Stronger | None
    given: bool = False

    @property
    def mark(self) -> str:
        """One of `FULL`, `HALF`, `NONE` and `AGAIN`. What the clock decided is never full."""
        if self.again:
            return AGAIN
        if self.kept and not self.late:
            return FULL
        return HALF if self.points > 0 else NONE


@dataclass(frozen=True)
class LevelScore:
    """Points on one level, out of the best at the scenes passed there.

    A level that the path did not come to is not `reached`; what its scenes are worth stays closed. The last may have no
    `title`: decisions that are on no level, as those of the clock often are.
    """

    title: str
    points: int = 0
    best: int = 0
    reached: bool = True


@dataclass(frozen=True)
class Practice:
    """What to practise: the decisions on one level ("" where there is none) that kept points away or were left to the clock."""

    level: str
    scenes: tuple[str, ...]
    missed: int
    late: int


@dataclass(frozen=True)
class Turned:
    """The decision `number` at which the run turned, in the scene of that title. From there at most `points` of the whole run
    were open; `closed` when that was too little to pass."""

    number: int
    scene: str
    late: bool
    points: int
    percent: int | float
    closed: bool


@dataclass(frozen=True)
class Debrief:
    """The whole review. `percent` is rounded as `percent.percent` says. `map` is empty while the strongest answers are closed.

    `ending_points` and `ending_best` are those of the ending reached and of the strongest path's; None where endings do not
    count. `seconds` is the time of the whole run, None where that is not known. `turn` is None where nothing was
    lost.
    """

    decisions: tuple[Reviewed, ...]
    levels: tuple[LevelScore, ...]
    meters: tuple[Gauge, ...]
    practice: tuple[Practice, ...]
    map: tuple[Row, ...]
    earned: int
    possible: int
    percent: int | float
    pass_mark: int
    passed: bool
    ending_points: int | None
    ending_best: int | None
    seconds: int | None
    turn: Turned | None

    @property
    def closed(self) -> bool:
        """True when there are stronger choices than those taken, and they are not told."""
        return any(not decided.kept and decided.stronger is None for decided in self.decisions)


def look_back(
    scenario: Scenario, state: State, pass_mark: int, lookup: Lookup, started: str = "", *, answers: bool, given: int = 0
) -> Debrief:
    """The review of a finished `state`; with `answers` it tells the strongest ones.

    `pass_mark` is a percentage of the strongest path's points, `started` the ISO 8601 time at which the run began. The first
    `given` decisions were taken over from another run. Raises `ValueError` before an ending.
    """
    if state.ending is None:
        raise ValueError("There is no debrief before an ending.")
    reviewed = [_reviewed(scenario, number, step, lookup, started) for number, step in enumerate(state.steps, start=1)]
    decisions = tuple(
        replace(
            decided,
            stronger=decided.stronger if answers else None,
            given=decided.number <= given,
            seconds=decided.seconds if decided.number > given else None,
        )
        for decided in reviewed
    )
    best_ending = scenario.ending(analysis(scenario).ending)
    endings_count = scenario.score_by != "choices"
    return Debrief(
        decisions=decisions,
        levels=_by_level(scenario, state, decisions),
        meters=gauges(scenario, state.standing, motion.begin(scenario), over=True),
        practice=_practice(decisions),
        map=side_by_side(scenario, state, state.ending) if answers else (),
        earned=state.earned,
        possible=state.possible,
        percent=percent(state.earned, state.possible, pass_mark),
        pass_mark=pass_mark,
        passed=passes(state.earned, state.possible, pass_mark),
        ending_points=scenario.points_of(state.ending) if endings_count else None,
        ending_best=scenario.points_of(best_ending) if endings_count and best_ending else None,
        seconds=seconds_between(started, state.last.at) if state.last else None,
        turn=_turned(scenario, state, pass_mark),
    )


def _turned(scenario: Scenario, state: State, pass_mark: int) -> Turned | None:
    turn = turn_of(scenario, state, pass_mark)
    if turn is None:
        return None
    most = max(turn.after, state.earned)
    return Turned(
        number=turn.number,
        scene=turn.step.scene.title,
        late=turn.step.late,
        points=most,
        percent=percent(most, state.possible, pass_mark),
        closed=not passes(most, state.possible, pass_mark),
    )


def _reviewed(scenario: Scenario, number: int, step: Step, lookup: Lookup, started: str) -> Reviewed:
    scene, choice, before = step.scene, step.choice, step.before
    level = scenario.level(_level(step))
    worth = [motion.gain(scenario, before, other) for other in motion.open_choices(scenario, before)]
    points = motion.gain(scenario, before, choice)
    stronger = _stronger(scenario, step)
    return Reviewed(
        number=number,
        scene=scene.title,
        level=level.title if level else "",
        taken=choice.text,
        late=step.late,
        outcome=choice.outcome,
        why=choice.why,
        authorities=known(choice.authorities, lookup),
        points=points,
        best=max([*worth, points]),
        again=before.place in before.decided,
        seconds=seconds_between(step.since or started, step.at),
        changes=tuple(gauge for gauge in gauges(scenario, step.after, before, over=True) if gauge.change),
        kept=stronger is None,
        stronger=stronger,
    )


def _stronger(scenario: Scenario, step: Step) -> Stronger | None:
    explored = analysis(scenario)
    if explored.worth_of(step.before, step.choice) >= explored.worth(step.before):
        return None
    best = step.scene.choice(explored.best_choice(step.before))
    return Stronger(best.text, best.why) if best else None


def _by_level(scenario: Scenario, state: State, decisions: tuple[Reviewed, ...]) -> tuple[LevelScore, ...]:
    scores = []
    of_scenes = {scene.level for scene in scenario.scenes}
    in_use = of_scenes | {choice.level for scene in scenario.scenes for choice in scene.choices}
    for level in scenario.levels:
        there = [decided for step, decided in zip(state.steps, decisions, strict=True) if _level(step) == level.id]
        if there:
            scores.append(LevelScore(level.title, sum(d.points for d in there), sum(d.best for d in there)))
        elif level.id in in_use:  # a level without scenes is explained at the start and cannot be reached
            scores.append(LevelScore(level.title, reached=False))
    known = {level.id for level in scenario.levels}
    rest = [decided for step, decided in zip(state.steps, decisions, strict=True) if _level(step) not in known]
    if scores and any(decided.best for decided in rest):
        scores.append(LevelScore("", sum(d.points for d in rest), sum(d.best for d in rest)))
    return tuple(scores)


def _level(step: Step) -> str:
    """The id of the level that a decision is on: the choice's, or else the scene's."""
    return step.choice.level or step.scene.level


def _practice(decisions: tuple[Reviewed, ...]) -> tuple[Practice, ...]:
    weak = [decided for decided in decisions if not decided.kept or decided.late]
    levels = dict.fromkeys(decided.level for decided in weak)
    found = []
    for level in levels:
        there = [decided for decided in weak if decided.level == level]
        scenes = tuple(dict.fromkeys(decided.scene for decided in there))
        missed = sum(decided.best - decided.points for decided in there)
        found.append(Practice(level, scenes, missed, sum(decided.late for decided in there)))
    return tuple(sorted(found, key=lambda practice: -practice.missed))
