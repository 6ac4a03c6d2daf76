"""What a learner may know now. `present` is the only way from a scenario to a learner's page while it is being played.

The values here are made by addition: they hold no scene, choice or scenario, so nothing that is not due can slip out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from .cast import Face, Role, Told, becomes, faces, opening_picture, role_of, told
from .model import Media, Scenario, whole
from .motion import Standing, begin
from .play import State, Step

# From a slug to what follows it in `Authority`; None for what the library does not have.
Lookup = Callable[[str], tuple[str, ...] | None]
# What a screen shows of a run: what came of the last decision, whom the learner becomes, how the story ends, where they are now
# (at an ending the result), or all of it.
CONSEQUENCE, ROLE, END, PLACE, BOTH = "consequence", "role", "end", "place", "both"
BETTER, WORSE, MIXED = "better", "worse", "mixed"  # what a decision did to the meters that are seen
ENDING, CLOCK, SCENE = "ending", "clock", "scene"  # what comes after a consequence


@dataclass(frozen=True)
class Authority:
    """An authority by its name, and the rest of its citation as it follows the name, separator included.

    `link` is the address of its brief, "" where there is none. `brief` is its twenty-second version as safe HTML, "" where it is
    not asked for.
    """

    slug: str
    caption: str
    citation: str
    link: str = ""
    brief: str = ""


@dataclass(frozen=True)
class Rung:
    """A level on the ladder. `here` marks where the learner stands, `seen` where they have been, there included."""

    title: str
    html: str
    here: bool
    seen: bool


@dataclass(frozen=True)
class Gauge:
    """A meter as it stands: `value` between `lowest` and `highest`, `change` by the decision just made. `hidden` of one that is
    kept for the review."""

    title: str
    html: str
    value: int
    lowest: int
    highest: int
    change: int = 0
    hidden: bool = False

    @property
    def before(self) -> int:
        """Its value before the change."""
        return self.value - self.change


@dataclass(frozen=True)
class Option:
    """A choice, before it is taken: its id and its text and nothing else."""

    id: str
    text: str


@dataclass(frozen=True)
class Countdown:
    """A running clock: seconds in all, and seconds left when the screen was made."""

    seconds: int
    left: float


@dataclass(frozen=True)
class Moment:
    """The present scene. `picture` is what its title stands on; `audio` is the address of a recording of all of it, or ""."""

    id: str
    title: str
    place: str
    time: str
    lines: tuple[Told, ...]
    options: tuple[Option, ...]
    clock: Countdown | None
    picture: Media | None = None
    audio: str = ""


@dataclass(frozen=True)
class Gate:
    """A scene with a clock that does not run yet: where and when it plays, how many seconds there will be, no more."""

    id: str
    title: str
    place: str
    time: str
    seconds: int


@dataclass(frozen=True)
class Feedback:
    """What came of the decision just made; `late` when the clock made it. `level` is the title of the choice's level.

    `tone` is what it did to the meters that are seen, "" where none moved; `ahead` is what comes next.
    """

    taken: str
    outcome: str
    why: str
    authorities: tuple[Authority, ...]
    late: bool
    level: str
    tone: str
    ahead: str


@dataclass(frozen=True)
class Close:
    """The ending that was reached. `picture` is what its title stands on while the story is told; `lines` come after it."""

    title: str
    result: str
    lines: tuple[Told, ...]
    picture: Media | None = None


@dataclass(frozen=True)
class Screen:
    """The page before the debrief: `introduction` and `people` before the start, else a `role`, `gate`, `moment` or `close`.

    `timed` tells before the start that some scenes run against a clock.
    """

    introduction: str
    ladder: tuple[Rung, ...]
    made: int
    lost: int
    gauges: tuple[Gauge, ...] = ()
    timed: bool = False
    feedback: Feedback | None = None
    gate: Gate | None = None
    moment: Moment | None = None
    close: Close | None = None
    people: tuple[Face, ...] = ()
    role: Role | None = None

    @property
    def standing_on(self) -> bool:
        """True when the learner stands on a level."""
        return any(rung.here for rung in self.ladder)


def present(scenario: Scenario, state: State | None, lookup: Lookup, now: datetime, shown: str = BOTH) -> Screen:
    """The screen for `state` at `now`; None stands for a learner who has not started. `shown`: what of it."""
    if state is None:
        start = begin(scenario)
        return Screen(
            introduction=scenario.introduction,
            ladder=_ladder(scenario, "", frozenset()),
            made=0,
            lost=0,
            gauges=gauges(scenario, start, start, over=False),
            timed=scenario.timed,
            people=faces(scenario),
        )
    before = state.last.before if state.last else state.standing
    meters = gauges(scenario, state.standing, before, over=False)
    last = state.last if shown in (CONSEQUENCE, BOTH) else None
    person = becomes(scenario, state) if shown in (ROLE, BOTH) else None
    place = shown in (END, PLACE, BOTH) or (last is None and person is None)
    return Screen(
        introduction="",
        ladder=_ladder(scenario, _here(state), state.standing.levels),
        made=len(state.steps),
        lost=state.lost,
        gauges=meters,
        feedback=_feedback(scenario, last, lookup, meters, _ahead(state)) if last else None,
        gate=_gate(state) if place else None,
        moment=_moment(scenario, state, now) if place and not state.waits else None,
        close=_close(scenario, state) if place else None,
        role=role_of(scenario, person) if person else None,
    )


def known(slugs: tuple[str, ...], lookup: Lookup) -> tuple[Authority, ...]:
    """Those of `slugs` that the library has."""
    found = [(slug, lookup(slug)) for slug in slugs]
    return tuple(Authority(slug, *names) for slug, names in found if names)


def gauges(scenario: Scenario, after: Standing, before: Standing, over: bool) -> tuple[Gauge, ...]:
    """The meters after a decision; until a run is `over`, without those that are kept for the review."""
    return tuple(
        Gauge(meter.title, meter.html, value, whole(meter.lowest), whole(meter.highest), value - was, meter.show != "play")
        for meter, value, was in zip(scenario.meters, after.meters, before.meters, strict=True)
        if over or meter.show == "play"
    )


def _here(state: State) -> str:
    """The level on which the learner stands: that of the present scene, else of the last act; "" where that was on no level."""
    if state.scene is None:
        return ""
    return state.scene.level or (state.last.choice.level if state.last else "")


def _ladder(scenario: Scenario, here: str, seen: frozenset[str]) -> tuple[Rung, ...]:
    return tuple(Rung(level.title, level.html, level.id == here, level.id in seen) for level in scenario.levels)


def _moment(scenario: Scenario, state: State, now: datetime) -> Moment | None:
    scene = state.scene
    if scene is None:
        return None
    picture = opening_picture(scene.lines)
    return Moment(
        id=scene.id,
        title=scene.title,
        place=scene.place,
        time=scene.time,
        lines=told(scenario, scene.lines[1:] if picture else scene.lines, scene.you),
        options=tuple(Option(choice.id, choice.text) for choice in state.choices),
        clock=Countdown(state.clock.seconds, state.clock.left(now)) if state.clock else None,
        picture=picture,
        audio=scene.audio,
    )


def _close(scenario: Scenario, state: State) -> Close | None:
    """The ending; the learner's own words in it are those of whom they played last."""
    ending = state.ending
    if ending is None:
        return None
    picture = opening_picture(ending.lines)
    lines = told(scenario, ending.lines[1:] if picture else ending.lines, state.last.scene.you if state.last else "")
    return Close(ending.title, ending.result, lines, picture)


def _gate(state: State) -> Gate | None:
    scene = state.scene
    if scene is None or state.clock is None or not state.waits:
        return None
    return Gate(scene.id, scene.title, scene.place, scene.time, state.clock.seconds)


def _ahead(state: State) -> str:
    if state.ending:
        return ENDING
    return CLOCK if state.waits else SCENE


def _tone(meters: tuple[Gauge, ...]) -> str:
    up, down = (any(gauge.change * sign > 0 for gauge in meters) for sign in (1, -1))
    if up and down:
        return MIXED
    return BETTER if up else WORSE if down else ""


def _feedback(scenario: Scenario, step: Step, lookup: Lookup, meters: tuple[Gauge, ...], ahead: str) -> Feedback:
    choice, level = step.choice, scenario.level(step.choice.level)
    return Feedback(
        taken=choice.text,
        outcome=choice.outcome,
        why=choice.why,
        authorities=known(choice.authorities, lookup),
        late=step.late,
        level=level.title if level else "",
        tone=_tone(meters),
        ahead=ahead,
    )
