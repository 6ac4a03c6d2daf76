"""How a scenario is lived. Stored is only what the learner did and when; where that leads is worked out anew each time.

An entry is [scene id, choice id, ISO 8601 time]: a decision. With "time-up" as a fourth part the clock took it; with ""
for the choice, the learner started the scene's clock. The scenario given here is sound (`rules.playable`); the entries may
be of an older version of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from . import motion
from .explore import analysis
from .model import Choice, Ending, Scenario, Scene
from .motion import Standing

TIME_UP = "time-up"
AS_WRITTEN, EXTENDED, NO_CLOCK = 1, 10, 0  # paces: what a scene's seconds are multiplied by (WCAG 2.2.1: at least ten times)
GRACE = timedelta(seconds=3)  # a decision made in time may need that long to arrive
EARLIEST, LATEST = 2000, 9000  # years that an entry may be of; at the ends of the calendar Python cannot count on


@dataclass(frozen=True)
class Step:
    """A decision that holds: in `scene` the learner took `choice` at an ISO 8601 time, or the clock did (`late`).

    `before` and `after` are the standings around it. `since` is when the learner came to the scene or started its clock, ""
    where that is the beginning of the run.
    """

    scene: Scene
    choice: Choice
    at: str
    since: str
    late: bool
    before: Standing
    after: Standing


@dataclass(frozen=True)
class Logged:
    """A stored entry, the id of the scene or ending it led to ("" where a clock was started), and the whole seconds since the
    entry before it, None where that is not known."""

    entry: tuple[str, ...]
    led_to: str
    seconds: int | None


@dataclass(frozen=True)
class Clock:
    """The clock of the present scene: how many seconds the learner has, and when it began to run ("": it does not run yet)."""

    seconds: int
    started: str

    def over(self, now: datetime, grace: timedelta = timedelta()) -> bool:
        """True when the time, and `grace` after it, has run out."""
        return bool(self.started) and now >= self.ends + grace

    @property
    def ends(self) -> datetime:
        """When the time runs out, for a clock that runs."""
        return datetime.fromisoformat(self.started) + timedelta(seconds=self.seconds)

    def left(self, now: datetime) -> float:
        """Seconds that are left: all of them before the clock runs, never less than none, nor more than all."""
        left = (self.ends - now).total_seconds() if self.started else self.seconds
        return min(float(self.seconds), max(0.0, left))


@dataclass(frozen=True)
class State:
    """Where the learner stands: in `scene`, or at `ending` (one of them is None).

    `entries` are the stored ones that hold; `lost` counts those that no longer fit because the scenario was changed.
    `clock` belongs to the present scene, None where time does not matter. `points` are those of the path so far, the ending's
    included.
    """

    steps: tuple[Step, ...]
    entries: tuple[tuple[str, ...], ...]
    standing: Standing
    scene: Scene | None
    ending: Ending | None
    clock: Clock | None
    choices: tuple[Choice, ...]
    lost: int
    points: int
    scenario: Scenario = field(repr=False, compare=False)

    @property
    def possible(self) -> int:
        """The points of the strongest path. Asked for when a run is counted: playing does not need them."""
        return analysis(self.scenario).possible

    @property
    def earned(self) -> int:
        """The points that count: nobody earns more than the strongest path, by going round or by waiting for a clock."""
        return min(self.points, self.possible)

    @property
    def last(self) -> Step | None:
        """The decision just made, if there is one."""
        return self.steps[-1] if self.steps else None

    @property
    def waits(self) -> bool:
        """True when the present scene runs against a clock that the learner has not started yet."""
        return self.clock is not None and not self.clock.started

    @property
    def since(self) -> str:
        """When the learner came to the present scene, or started its clock; "" at the beginning of the run."""
        return self.entries[-1][2] if self.entries else ""

    @property
    def share(self) -> float:
        """The score, 0.0 to 1.0. Where nothing can be earned everybody has it all."""
        return self.earned / self.possible if self.possible else 1.0

    def stored(self) -> list[list[str]]:
        """The entries that hold, as they are kept."""
        return [list(entry) for entry in self.entries]

    def log(self, started: str = "") -> list[Logged]:
        """The entries with what they led to; `started` is the ISO 8601 time at which the run began."""
        steps = iter(self.steps)
        before, log = started, []
        for entry in self.entries:
            led_to = next(steps).after.place if entry[1] else ""
            log.append(Logged(entry, led_to, seconds_between(before, entry[2])))
            before = entry[2]
        return log


def replay(scenario: Scenario, stored: Sequence[Any], pace: int = AS_WRITTEN, now: datetime | None = None) -> State:
    """Live through the entries of `stored` from the start.

    Stops at the first that does not fit: another scene than the one reached, a choice that is no more or not open, or damaged
    data. A clock that was started for a decision waits again then. `pace` multiplies the clocks' seconds, 0 switches them off.
    When at `now` the clock of the present scene has run out, grace included, the author's timeout choice is taken at the time
    it ran out, as one more entry.
    """
    run = _Run(scenario, pace)
    lost = run.live(stored)
    clock = run.clock
    if now is not None and clock and clock.over(now, GRACE):
        run.time_up()
    return run.state(lost)


def decide(scenario: Scenario, state: State, choice_id: str, at: datetime, pace: int = AS_WRITTEN) -> State | None:
    """The state after taking `choice_id` in the present scene; None when it is not open, or when its clock has not been started
    or has run out, grace included."""
    if state.scene is None or state.waits or choice_id not in {choice.id for choice in state.choices}:
        return None
    if state.clock and state.clock.over(at, GRACE):
        return None
    return _gone_on(scenario, state, [state.scene.id, choice_id, at.isoformat()], pace)


def start_clock(scenario: Scenario, state: State, at: datetime, pace: int = AS_WRITTEN) -> State | None:
    """The state with the present scene's clock running from `at`; None when there is none to start."""
    if state.scene is None or not state.waits:
        return None
    return _gone_on(scenario, state, [state.scene.id, "", at.isoformat()], pace)


def time_up(scenario: Scenario, state: State, now: datetime, pace: int = AS_WRITTEN) -> State | None:
    """The state after the clock of the present scene ran out, without grace; None when it has not."""
    if state.scene is None or state.clock is None or not state.clock.over(now):
        return None
    late = [state.scene.id, state.scene.timeout, state.clock.ends.isoformat(), TIME_UP]
    return _gone_on(scenario, state, late, pace)


def _gone_on(scenario: Scenario, state: State, entry: list[str], pace: int) -> State:
    """The state after one more entry, without living through those before it again."""
    run = _Run(scenario, pace)
    run.steps, run.entries, run.points = list(state.steps), list(state.entries), state.points
    run.standing, run.started = state.standing, state.clock.started if state.clock else ""
    return run.state(run.live([entry]))


class _Run:
    """One run, entry by entry."""

    def __init__(self, scenario: Scenario, pace: int):
        self.scenario, self.pace = scenario, pace
        self.steps: list[Step] = []
        self.entries: list[tuple[str, ...]] = []
        self.standing = motion.begin(scenario)
        self.started = ""
        self.points = 0

    @property
    def scene(self) -> Scene | None:
        return self.scenario.scene(self.standing.place)

    @property
    def clock(self) -> Clock | None:
        scene = self.scene
        if scene is None or not scene.clock or not scene.choice(scene.timeout) or not self.pace:
            return None
        return Clock(scene.clock * self.pace, self.started)

    def live(self, stored: Sequence[Any]) -> int:
        """Live through entries until one does not fit. How many are lost so."""
        before = len(self.entries)
        for entry in stored:
            if not self.add(entry):
                if _is_entry(entry) and entry[1]:
                    self.stop_clock()  # a decision was made in time; nobody loses the time since then
                break
        return len(stored) - (len(self.entries) - before)

    def add(self, entry: Any) -> bool:
        """Live through one entry; False when it does not fit."""
        if not _is_entry(entry):
            return False
        scene = self.scene
        scene_id, choice_id, at, *how = entry
        if scene is None or scene.id != scene_id:
            return False
        if not choice_id:
            if how or self.started:
                return False
            self.started = at
            self.entries.append(tuple(entry))
            return True
        late = bool(how)
        if late:
            choice = scene.choice(choice_id) if choice_id == scene.timeout else None
        else:
            choice = next((c for c in motion.open_choices(self.scenario, self.standing) if c.id == choice_id), None)
        if choice is None:
            return False
        self._take(scene, choice, at, late)
        self.entries.append(tuple(entry))
        return True

    def stop_clock(self) -> None:
        """Forget that the clock of the present scene was started."""
        if self.started:
            self.started = ""
            self.entries.pop()

    def time_up(self) -> None:
        """The clock takes the author's timeout choice at the moment it ran out."""
        scene, clock = self.scene, self.clock
        if scene and clock:
            self.add([scene.id, scene.timeout, clock.ends.isoformat(), TIME_UP])

    def _take(self, scene: Scene, choice: Choice, at: str, late: bool) -> None:
        before = self.standing
        self.points += motion.gain(self.scenario, before, choice)
        self.standing = motion.take(self.scenario, before, choice)
        since = self.entries[-1][2] if self.entries else ""
        self.steps.append(Step(scene, choice, at, since, late, before, self.standing))
        self.started = ""

    def state(self, lost: int) -> State:
        ending = self.scenario.ending(self.standing.place)
        return State(
            steps=tuple(self.steps),
            entries=tuple(self.entries),
            standing=self.standing,
            scene=self.scene,
            ending=ending,
            clock=self.clock,
            choices=motion.open_choices(self.scenario, self.standing),
            lost=lost,
            points=self.points + (self.scenario.points_of(ending) if ending else 0),
            scenario=self.scenario,
        )


def seconds_between(since: str, at: str) -> int | None:
    """Whole seconds from one ISO 8601 time to another, never less than none; None where the first is ""."""
    if not since:
        return None
    return max(0, round((datetime.fromisoformat(at) - datetime.fromisoformat(since)).total_seconds()))


def _is_entry(entry: object) -> bool:
    """True for three texts, the last a time of this age with its zone, and maybe `TIME_UP`: what one can count on from."""
    if not isinstance(entry, (list, tuple)) or not all(isinstance(part, str) for part in entry):
        return False
    if len(entry) not in (3, 4) or list(entry[3:]) not in ([], [TIME_UP]):
        return False
    try:
        at = datetime.fromisoformat(entry[2])
    except ValueError:
        return False
    return at.tzinfo is not None and EARLIEST <= at.year <= LATEST
